"""A draft made whole: addressed, dated, licensed, and fit to be shown by others."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from node.domain.completing import LICENCE, NOTE_GENRE, Setting, addresses, completed, concept
from node.domain.entries import Audience
from vocab.namespaces import PUBLIC
from vocab.things.note import Note
from vocab.things.object import Object
from vocab.things.place import Place
from vocab.things.practice_note import PracticeNote
from vocab.things.repertoire_item import RepertoireItem
from vocab.things.source import Source
from vocab.values import Ref, Text

AT, BEFORE, AFTER = (datetime(2026, 11, day, tzinfo=UTC) for day in (22, 21, 23))


def setting(**changed: Any) -> Setting:
    return Setting(**{"author": "a", "community": "c", "audience": Audience.PUBLIC, "at": AT, "language": "fr", **changed})


def whole(thing: Object, *topics: str, **changed: Any) -> Any:
    return completed(thing, "https://x.example/1", topics, setting(**changed))


@pytest.mark.parametrize(
    ("changed", "to", "cc"),
    [
        ({}, [PUBLIC], ["c", "c/followers"]),
        ({"community": ""}, [PUBLIC], ["a/followers"]),
        ({"audience": Audience.COMMUNITY}, ["c/membres"], []),
        ({"audience": Audience.CHOSEN, "readers": frozenset({"e", "d"})}, ["d/membres", "e/membres"], []),
        ({"audience": Audience.SELF}, [], []),
    ],
)
def test_for_whom_it_is(changed: dict[str, Any], to: list[str], cc: list[str]) -> None:
    assert addresses(setting(**changed)) == (tuple(map(Ref, to)), tuple(map(Ref, cc)))


def test_what_nobody_said() -> None:
    made = whole(PracticeNote(name=Text.of("Accueillir les locataires dans la coopérative", "")), "t")
    assert (made.id, made.url, made.attributed_to, made.audience) == (
        "https://x.example/1",
        (Ref("https://x.example/1"),),
        (Ref("a"),),
        (Ref("c"),),
    )
    assert (made.license, made.genre, made.topic) == (Ref(LICENCE), Ref(NOTE_GENRE), (Ref("t"),))
    assert (made.published, made.updated) == (AT, None)
    assert made.summary == made.content == Text.of("<p>Accueillir les locataires dans la coopérative</p>", "fr")


def test_nobody_gives_a_licence_to_what_others_wrote_elsewhere() -> None:
    there = Ref("https://praxis.example/n/1/")
    assert whole(RepertoireItem(name=Text.of("Venue d’ailleurs", "fr"), origin=there)).license is None
    assert whole(RepertoireItem(name=Text.of("D’ici", "fr"))).license == Ref(LICENCE)
    assert whole(PracticeNote(name=Text.of("Une note n’est pas sans", "fr"), origin=there)).license == Ref(LICENCE)


def test_collections_that_are_not_served_are_not_named() -> None:
    made = whole(PracticeNote(name=Text.of("Accueil", "fr")))
    assert (made.likes, made.shares) == (None, None)
    assert made.replies is not None
    assert made.context_ is not None


def test_what_was_said_stays() -> None:
    given = RepertoireItem(
        name=Text.of("x"), summary=Text.of("s"), content=Text.of("c"), license=Ref("l"), in_language="en", published=BEFORE,
        url=(Ref("u"),), topic=(Ref("t"),), bcc=(Ref("secret"),),
    )  # fmt: skip
    made = whole(given, "t", "v")
    assert (made.summary, made.content, made.license, made.in_language) == (given.summary, given.content, Ref("l"), "en")
    assert (made.published, made.url, made.topic, made.bcc, made.genre) == (BEFORE, (Ref("u"),), (Ref("t"), Ref("v")), (), None)
    assert whole(PracticeNote(name=Text.of("x"), genre=Ref("g"))).genre == Ref("g")


def test_the_future_is_not_a_date_of_publication() -> None:
    assert whole(Note(content=Text.of("x"), published=AFTER)).published == AT


def test_a_new_version_keeps_its_first_date() -> None:
    made = whole(Note(content=Text.of("x"), published=AFTER), first_published_at=BEFORE)
    assert (made.published, made.updated) == (BEFORE, AT)


@pytest.mark.parametrize(
    ("thing", "language"),
    [
        (Note(content=Text.of("x", "en")), "en"),
        (Note(content=Text.of("The members of the board have met with their neighbours in the hall")), "en"),
        (Note(content=Text.of("x")), "fr"),
        (Note(), "fr"),
    ],
)
def test_its_language(thing: Object, language: str) -> None:
    assert whole(thing).in_language == language


def test_notes_have_words_and_no_summary_and_places_neither() -> None:
    made = whole(Note(name=Text.of("a < b", "fr")))
    assert (made.content, made.summary) == (Text.of("<p>a &lt; b</p>", "fr"), None)
    place = whole(Place(name=Text.of("Estrie")), community="")
    assert (place.summary, place.content, place.license, place.audience) == (None, None, None, ())
    assert whole(Note(content=Text.of("x")), language="").in_language is None


def test_a_term_belongs_to_a_glossary() -> None:
    term = concept("Éviction", "fr")
    assert term.pref_label == term.name == Text.of("Éviction", "fr")
    assert whole(term).in_scheme == (Ref("c/glossaire"),)
    assert whole(term, community="").in_scheme == ()
    assert concept("x", "").in_language is None


def test_the_source_gets_a_name_of_its_own() -> None:
    source = Source(content=Text.of("**a**"), media_type="text/markdown")
    made = whole(PracticeNote(name=Text.of("A", "fr"), source=source.ref))
    assert made.source == Source(id=f"{made.id}#source", content=Text.of("**a**"), media_type="text/markdown").ref
