from __future__ import annotations

from node.storage.matching import AllOf, Phrase, all_of, any_of, fts5, tsquery

MATCH = all_of([any_of([Phrase(("a",)), Phrase(("b", "c"))]), Phrase(("d",)), Phrase(("d",))])


def test_one_part_needs_no_brackets_of_its_own() -> None:
    assert any_of([Phrase(("a",)), Phrase(("a",))]) == Phrase(("a",))
    assert isinstance(MATCH, AllOf)
    assert len(MATCH.parts) == 2


def test_in_the_words_of_sqlite() -> None:
    assert fts5(MATCH) == '(("a" OR "b c") AND "d")'


def test_in_the_words_of_postgresql() -> None:
    assert tsquery(MATCH) == "((('a') | ('b' <-> 'c')) & ('d'))"
