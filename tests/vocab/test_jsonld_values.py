"""Single values: what fits, and None for what does not."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from vocab import jsonld
from vocab import jsonld_values as values
from vocab.namespaces import AS_CONTEXT, PUBLIC, SCHEMA
from vocab.things.object import Object
from vocab.values import Text


@pytest.mark.parametrize(
    "written", ["2026-09-01T13:00:00Z", "2026-09-01T09:00:00-04:00", "2026-09-01T13:00:00", "2026-09-01T13:00Z"]
)
def test_a_moment_is_in_utc(written: str) -> None:
    assert values.moment({"@value": written}) == datetime(2026, 9, 1, 13, tzinfo=UTC)


def test_a_moment_of_nanoseconds_is_cut() -> None:
    found = values.moment({"@value": "2026-07-12T19:30:38.560996451Z"})
    assert found == datetime(2026, 7, 12, 19, 30, 38, 560996, tzinfo=UTC)


@pytest.mark.parametrize("value", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "9999-12-31"])
def test_a_moment_at_which_no_clock_can_be_set_is_none(value: str) -> None:
    assert values.moment({"@value": value}) is None


@pytest.mark.parametrize("value", [{"@value": "hier"}, {"@value": 7}, {"@id": "x"}, "x", {"@value": "0001-01-01T00:00:00+14:00"}])
def test_what_is_no_moment(value: Any) -> None:
    assert values.moment(value) is None


@pytest.mark.parametrize("name", ["as:Public", "Public", PUBLIC])
def test_everybody_has_one_address(name: str) -> None:
    assert values.address({"@id": name}) == PUBLIC
    assert values.address({"@value": name}) == PUBLIC


def test_numbers_and_truths_are_kept_apart() -> None:
    assert values.count({"@value": True}) is None
    assert values.number({"@value": True}) is None
    assert values.truth({"@value": 1}) is None
    assert values.count({"@value": 2.0}) == 2
    assert values.count({"@value": 2.5}) is None
    assert values.number({"@value": 2}) == 2.0
    assert isinstance(values.number({"@value": 2}), float)
    assert values.truth({"@value": False}) is False
    assert values.word({"@value": 3}) == "3"
    assert values.word({"@id": "Note"}) == "Note"
    assert values.word({"@value": True}) is None
    assert values.word([]) is None
    assert values.address([]) is None
    assert values.address({"@value": 7}) is None


def test_tags_have_their_usual_spelling() -> None:
    assert [values.language_tag(tag) for tag in ("fr-ca", "ZH-hant", "EN", "und", "en-x-private")] == [
        "fr-CA",
        "zh-Hant",
        "en",
        "",
        "en-X-private".replace("X", "x"),
    ]


def test_the_language_that_says_the_plain_value_leads() -> None:
    pairs = [("", "Bonjour"), ("en", "Hello"), ("fr", "Bonjour")]
    assert values.text(pairs) == Text(entries=(("fr", "Bonjour"), ("en", "Hello")))


def test_else_the_first_by_tag_leads_and_nothing_is_lost() -> None:
    assert values.text([("fr", "B"), ("en", "A")]) == Text(entries=(("en", "A"), ("fr", "B")))
    assert values.text([("fr", "B"), ("", "C")]) == Text(entries=(("", "C"), ("fr", "B")))
    assert values.text([("fr", "B"), ("fr", "C")]) == Text(entries=(("fr", "B"),))
    assert values.text([]) is None


def test_schema_org_is_spelled_in_one_way() -> None:
    assert {values.respelled(f"{begin}x") for begin in ("http://schema.org#", "https://schema.org/", SCHEMA)} == {SCHEMA + "x"}
    assert values.respelled("https://x.example/") == "https://x.example/"


@pytest.mark.parametrize("iri", ["http://[", "https://[::1", "//]", "https://ex\u2100mple.org/x", "https://a.example]/"])
def test_what_nobody_can_take_apart_is_no_address(iri: str) -> None:
    """One such topic of somebody elsewhere, and every page that lists it would fail."""
    assert values.address({"@id": iri}) is None
    document = {"@context": AS_CONTEXT, "id": "https://a.example/1", "type": "Note", "inReplyTo": [iri, "https://a.example/2"]}
    tag = {"type": "Mention", "href": iri, "name": "@a"}
    note = jsonld.read(json.dumps({**document, "tag": [tag, {"id": iri, "type": "Object", "name": "x"}]}).encode())
    assert isinstance(note, Object)
    assert [ref.iri for ref in note.in_reply_to] == ["https://a.example/2"]
    assert {ref.iri for ref in note.tag} == {""}
    assert {ref.thing.id for ref in note.tag if ref.thing is not None} == {""}


@pytest.mark.parametrize("iri", ["https://[2606:4700::1]/x", "https://exámple.org/é", "urn:x", "Logement [Québec]"])
def test_what_can_be_taken_apart_is_kept(iri: str) -> None:
    assert values.address({"@id": iri}) == iri
