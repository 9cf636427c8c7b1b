"""The tables of correspondences name words that exist, in both languages and both ways."""

from __future__ import annotations

import pytest

from vocab.crosswalks import crosswalks, of_class, of_word
from vocab.lexicon import words

TABLES = crosswalks()


def test_seven_platforms_are_told() -> None:
    platforms = {"praxis", "yeswiki", "mobilizon-event", "discourse-topic", "wordpress-article", "zotero-csl"}
    assert platforms | {"schema-learning-resource"} <= set(TABLES)


@pytest.mark.parametrize("name", sorted(TABLES))
def test_a_table_speaks_of_our_words_in_both_languages(name: str) -> None:
    table = TABLES[name]
    assert [key for key in table.classes if (word := words().get(key)) is None or word.cls is None] == []
    told = [key for row in table.rows for key in row.ours if key != "id"]
    assert [key for key in told if (word := words().get(key)) is None or word.slot is None] == []
    assert {row.way for row in table.rows} <= {"both", "in", "out"}
    for texts in (table.title, table.loses, *(row.note for row in table.rows if row.note)):
        assert set(texts) == {"fr", "en"}
    assert table.source


@pytest.mark.parametrize("name", sorted(TABLES))
def test_a_table_leads_both_ways_and_says_what_it_loses(name: str) -> None:
    rows = TABLES[name].rows
    theirs = [row.theirs for row in rows if row.theirs != "–"]
    assert len(theirs) == len(set(theirs))
    inwards = {key for row in rows if row.way != "out" for key in row.ours}
    outwards = {key for row in rows if row.way != "in" for key in row.ours}
    assert {"name", "inLanguage", "published", "issued"} & inwards
    assert {"name", "content", "summary"} & outwards
    assert "À l’entrée" in TABLES[name].loses["fr"]
    assert "On the way out" in TABLES[name].loses["en"]


def test_where_a_word_stands_is_found() -> None:
    assert ("praxis", "Terme(s) relié(s)") in {(table.name, row.theirs) for table, row in of_word("topic")}
    assert "mobilizon-event" in {table.name for table in of_class("Meeting")}
    assert (of_word("jamaisvu"), of_class("jamaisvu")) == ([], [])
