"""What is noted of a thing, which version wins, and what comes along with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from node.domain.entries import Audience, Entry
from node.domain.receiving import (
    MOST_REFERENCES,
    entry_of,
    is_newer,
    is_surely_newer,
    joins_repertoire,
    may_be_kept,
    references,
    tombstone,
)
from vocab import jsonld
from vocab.thing import Thing
from vocab.things.mapping import Mapping
from vocab.things.note import Note
from vocab.things.practice_note import PracticeNote
from vocab.values import Ref, Text

AT = datetime(2026, 11, 22, tzinfo=UTC)
OLD, NEW = datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 11, 2, tzinfo=UTC)


def test_an_entry_of_a_thing() -> None:
    thing = PracticeNote(
        id="https://x.example/1", name=Text.of("<b>Nom</b> &amp; titre", "fr"), summary=Text.of("<p>Résumé</p>", "fr-CA"),
        audience=(Ref(""), Ref("https://x.example/c"), Ref("https://x.example/d")), license=Ref("https://l.example"),
        published=OLD, updated=NEW,
    )  # fmt: skip
    entry = entry_of(thing, audience=Audience.PUBLIC, author="a", at=AT, readers=frozenset({"r"}), is_local=True)
    assert entry == Entry(
        iri="https://x.example/1", type="Article", kind="PracticeNote", audience=Audience.PUBLIC, author="a",
        community="https://x.example/c", readers=frozenset({"r"}), is_local=True, name="Nom & titre", summary="Résumé",
        language="fr", license="https://l.example", published_at=OLD, updated_at=NEW, stored_at=AT,
    )  # fmt: skip


def test_an_entry_of_what_says_little() -> None:
    bare = entry_of(Thing(id="x", type="Strange"), audience=Audience.COMMUNITY, author="", at=AT)
    assert (bare.type, bare.kind, bare.name, bare.language, bare.community) == ("Strange", "Strange", "", "", "")
    assert entry_of(Note(in_language="en"), audience=Audience.SELF, author="", at=AT).language == "en"
    assert len(entry_of(Note(name=Text.of("x" * 9_000)), audience=Audience.SELF, author="", at=AT).name) == 500


def entry(**changed: Any) -> Entry:
    return Entry(iri="x", type="", kind="", audience=Audience.PUBLIC, **changed)


@pytest.mark.parametrize(
    ("one", "stored", "wins"),
    [
        (entry(), None, True),
        (entry(updated_at=NEW), entry(updated_at=OLD), True),
        (entry(updated_at=NEW), entry(updated_at=NEW), True),
        (entry(updated_at=OLD), entry(updated_at=NEW), False),
        (entry(published_at=OLD), entry(published_at=OLD, updated_at=NEW), False),
        (entry(), entry(updated_at=NEW), True),
        (entry(updated_at=OLD), entry(), True),
        (entry(updated_at=NEW), entry(updated_at=OLD, deleted_at=OLD), False),
    ],
)
def test_which_version_wins(one: Entry, stored: Entry | None, wins: bool) -> None:
    assert is_newer(one, stored) is wins


def test_a_version_is_surely_newer_only_when_both_are_dated() -> None:
    one = entry_of(Note(id="https://x.example/1", published=OLD), audience=Audience.PUBLIC, author="a", at=AT)
    later, undated = replace(one, updated_at=NEW), replace(one, published_at=None)
    assert is_surely_newer(later, one)
    assert not is_surely_newer(one, later)
    assert not is_surely_newer(one, one)
    assert not is_surely_newer(undated, one)
    assert not is_surely_newer(later, undated)
    assert not is_surely_newer(later, replace(one, deleted_at=OLD))


def test_what_is_listed_in_a_repertoire() -> None:
    note = replace(entry(), community="c", kind="PracticeNote")
    assert joins_repertoire(note)
    assert joins_repertoire(replace(note, audience=Audience.COMMUNITY, kind="Mapping"))
    for changed in (replace(note, community=""), replace(note, audience=Audience.SELF), replace(note, kind="Concept")):
        assert not joins_repertoire(changed)


def test_what_comes_along() -> None:
    note = PracticeNote(topic=(Ref("t"), Ref("t"), Ref("")), territory=(Ref("p"),))
    assert references(note) == ("t", "p")
    assert references(Mapping(subject=Ref("a"), object=(Ref("b"),), topic=(Ref("t"),))) == ("t", "a", "b")
    assert references(Mapping()) == references(Thing()) == ()
    assert len(references(PracticeNote(topic=tuple(Ref(str(n)) for n in range(99))))) == MOST_REFERENCES


def test_what_is_left_of_a_thing() -> None:
    assert tombstone("x", "Article", AT).former_type == ("Article",)
    assert (tombstone("x", "", AT).former_type, tombstone("x", "", AT).deleted) == ((), AT)


@pytest.mark.parametrize(
    "kind", ["Create", "Like", "Person", "Group", "Collection", "OrderedCollectionPage", "Tombstone", "Link", "Key", ""]
)
def test_what_is_no_thing_is_not_kept(kind: str) -> None:
    said = f'{{"@context":"https://www.w3.org/ns/activitystreams","id":"https://x.example/1","type":"{kind}"}}'
    assert not may_be_kept(jsonld.read(said.encode()))


def test_what_is_a_thing_is_kept_also_of_a_type_nobody_knows() -> None:
    assert may_be_kept(Note(id="x"))
    said = b'{"@context":"https://www.w3.org/ns/activitystreams","id":"x:1","type":"Recipe","attributedTo":"https://x.example/u"}'
    assert may_be_kept(jsonld.read(said))


def test_a_name_is_one_line() -> None:
    thing = Note(id="x", name=Text.of("one\r\ntwo\u2028three  four", "en"))
    assert entry_of(thing, audience=Audience.PUBLIC, author="", at=AT).name == "one twothree four"
