from __future__ import annotations

from datetime import UTC, datetime

import pytest

from node.domain.fields import fold, is_address, plain_value, pointers, texts
from node.errors import Invalid
from vocab.namespaces import CONCEPTS
from vocab.terms import Slot, slots_of
from vocab.things.group import Group
from vocab.things.intersection import Intersection
from vocab.things.mapping import Mapping
from vocab.things.meeting import Meeting
from vocab.things.membership import Membership
from vocab.values import Ref, Text


def _slot(cls: type, name: str) -> Slot:
    return next(slot for slot in slots_of(cls) if slot.name == name)


@pytest.mark.parametrize(
    ("name", "text", "iri"),
    [
        ("genre", "Étude de cas", "https://w3id.org/cdp/genres/etude-de-cas"),
        ("genre", "outil", "https://w3id.org/cdp/genres/outil"),
        ("action_lever", "trust and reciprocity", "https://w3id.org/cdp/leviers/confiance"),
        ("license", "CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
        ("relationship", "≈", "http://www.w3.org/2004/02/skos/core#closeMatch"),
        ("relationship", "skos:exactMatch", "http://www.w3.org/2004/02/skos/core#exactMatch"),
        ("relationship", "plus étroit", "http://www.w3.org/2004/02/skos/core#narrowMatch"),
        ("mapping_state", "acceptée", "https://w3id.org/cdp/etats-de-correspondance/acceptee"),
        ("topic", "https://a.example/termes/1", "https://a.example/termes/1"),
    ],
)
def test_words_of_the_vocabulary_point_to_it(name: str, text: str, iri: str) -> None:
    assert pointers(_slot(Mapping, name), [text]) == ((Ref(iri),), ())


def test_a_name_that_only_the_node_knows_is_handed_back() -> None:
    assert pointers(_slot(Mapping, "topic"), ["logement", "https://a.example/x"]) == (
        (Ref("https://a.example/x"),),
        ("logement",),
    )


@pytest.mark.parametrize(("name", "text"), [("genre", "roman"), ("license", "à moi"), ("relationship", "presque")])
def test_a_word_that_is_not_known_is_refused_with_those_that_are(name: str, text: str) -> None:
    with pytest.raises(Invalid, match=f"« {text} » is not known among .*; write one of "):
        pointers(_slot(Mapping, name), [text])


def test_a_word_of_the_event_standard_points_to_it() -> None:
    found = pointers(_slot(Meeting, "event_status"), ["EventCancelled"])
    assert found == ((Ref("https://w3id.org/fep/8a8e/EventCancelled"),), ())


@pytest.mark.parametrize(("cls", "text"), [(Group, "phases/coalescence"), (Intersection, "intersection-phases/visible")])
def test_a_phase_is_looked_up_in_both_schemes_of_phases(cls: type, text: str) -> None:
    assert pointers(_slot(cls, "phase"), [text.partition("/")[2]])[0] == (Ref(CONCEPTS + text),)


def test_dates_numbers_and_truths_are_read() -> None:
    start = _slot(Meeting, "start_time")
    assert plain_value(start, "2026-11-22") == datetime(2026, 11, 22, tzinfo=UTC)
    assert plain_value(start, "2026-11-22T09:00:00-05:00") == datetime(2026, 11, 22, 14, tzinfo=UTC)
    assert plain_value(_slot(Mapping, "confidence"), "0,8") == 0.8
    assert plain_value(_slot(Membership, "has_intersection_consent"), "Oui") is True
    assert plain_value(_slot(Meeting, "maximum_attendee_capacity"), "30") == 30
    assert plain_value(_slot(Meeting, "timezone"), "America/Toronto") == "America/Toronto"


@pytest.mark.parametrize(
    ("cls", "name", "text"),
    [
        (Meeting, "start_time", "demain"),
        (Mapping, "confidence", "forte"),
        (Membership, "has_intersection_consent", "peut-être"),
        (Meeting, "maximum_attendee_capacity", "30.5"),
    ],
)
def test_what_is_no_such_value_is_refused(cls: type, name: str, text: str) -> None:
    with pytest.raises(Invalid, match=f"^« {text} » is not .*; write "):
        plain_value(_slot(cls, name), text)


def test_texts_come_in_one_language_in_several_or_as_a_list() -> None:
    assert texts("un", "fr") == (Text.of("un", "fr"),)
    assert texts("", "fr") == ()
    assert texts(("un", "deux"), "fr") == (Text.of("un", "fr"), Text.of("deux", "fr"))
    assert texts({"en": ("one",), "fr": ("un",)}, "fr") == (Text((("fr", "un"), ("en", "one"))),)
    assert texts({"fr": ("un", "deux"), "en": ("one",)}, "fr") == (
        Text.of("un", "fr"),
        Text.of("deux", "fr"),
        Text.of("one", "en"),
    )
    assert texts({}, "fr") == ()


def test_names_are_compared_without_accents_and_case() -> None:
    assert fold("  Déjà   VU ") == "deja vu"
    assert is_address("https://a.example/x")
    assert not is_address("a.example")


def test_a_name_full_of_marks_is_compared_in_proportion_to_its_length() -> None:
    """In disorder on one letter, half a million marks would take minutes."""
    assert fold("de" + "\u0301" * 250_000 + "\u0316" * 250_000 + "ja vu") == "deja vu"
    assert fold("de\u0301ja\u0300 ﬁn") == "deja fin"
