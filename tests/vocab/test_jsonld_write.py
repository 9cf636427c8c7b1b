"""The wire form, point by point."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from vocab import jsonld
from vocab.activities.follow import Follow
from vocab.errors import WrongValue
from vocab.jsonld_write import moment
from vocab.namespaces import AS_CONTEXT, FEP8A8E, PUBLIC, SECURITY_CONTEXT
from vocab.things.concept import Concept
from vocab.things.event import Event
from vocab.things.hashtag import Hashtag
from vocab.things.meeting import Meeting
from vocab.things.note import Note
from vocab.things.ordered_collection import OrderedCollection
from vocab.things.ordered_collection_page import OrderedCollectionPage
from vocab.things.person import Person
from vocab.things.place import Place
from vocab.things.practice_note import PracticeNote
from vocab.things.public_key import PublicKey
from vocab.things.relationship import Relationship
from vocab.values import Ref, Text


def test_plain_activitystreams_needs_one_context() -> None:
    follow = Follow(id="https://a.example/f", actor=Ref("https://a.example/a"), object=(Ref("https://b.example/b"),))
    assert jsonld.write(follow) == {
        "@context": AS_CONTEXT,
        "id": "https://a.example/f",
        "type": "Follow",
        "actor": "https://a.example/a",
        "object": "https://b.example/b",
    }


def test_addresses_tags_and_items_are_arrays_and_public_is_the_full_iri() -> None:
    tag = Hashtag(name=Text.of("#x"), href=Ref("https://a.example/x"))
    note = Note(
        to=(Ref("as:Public"),), cc=(Ref("https://a.example/g"),), tag=(tag.ref,), attachment=(Ref("x:1"),), url=(Ref("x:2"),)
    )
    written = jsonld.write(note)
    assert written["to"] == [PUBLIC]
    assert written["cc"] == ["https://a.example/g"]
    assert written["tag"] == [{"type": "Hashtag", "name": "#x", "href": "https://a.example/x"}]
    assert written["attachment"] == ["x:1"]
    assert written["url"] == "x:2"
    assert written["@context"] == [AS_CONTEXT, {"Hashtag": "as:Hashtag"}]
    assert jsonld.write(OrderedCollection(items=(Ref("x:1"),)))["orderedItems"] == ["x:1"]


def test_a_list_that_is_known_to_be_empty_says_so_and_an_untold_one_does_not() -> None:
    iri = "https://a.example/liste"
    assert jsonld.write(OrderedCollection(id=iri, total_items=0))["orderedItems"] == []
    assert jsonld.write(OrderedCollectionPage(id=f"{iri}?page=1", part_of=Ref(iri)))["orderedItems"] == []
    assert "orderedItems" not in jsonld.write(OrderedCollection(id=iri, total_items=3, first=Ref(f"{iri}?page=1")))
    assert "orderedItems" not in jsonld.write(OrderedCollection(id=iri))
    assert "items" not in jsonld.write(Note(id=iri))


def test_one_type_and_an_array_of_kinds() -> None:
    written = jsonld.write(PracticeNote(kind=("PracticeNote", "BoundaryObject")))
    assert written["type"] == "Article"
    assert written["kind"] == ["PracticeNote", "BoundaryObject"]
    assert written["@context"][1].keys() == {"cdp", "rdf", "kind", "PracticeNote", "BoundaryObject"}


def test_a_text_is_plain_and_by_language_with_the_primary_first() -> None:
    text = Text.by_language({"en": "Hello", "fr": "Bonjour", "iu": "ᐊ"}, "fr")
    written = jsonld.write(PracticeNote(name=text, summary=Text.of("s")))
    assert written["name"] == "Bonjour"
    assert list(written["nameMap"]) == ["fr", "en", "iu"]
    assert written["summary"] == "s"
    assert "summaryMap" not in written


def test_texts_of_our_own_travel_by_language_alone() -> None:
    highlights = (Text.of("a", "fr"), Text.of("b", "fr"), Text.of("c", "en"), Text.of("d"))
    written = jsonld.write(Meeting(highlight=highlights))
    assert written["highlightMap"] == {"fr": ["a", "b"], "en": "c"}
    assert written["highlight"] == "d"
    concept = jsonld.write(Concept(pref_label=Text.of("mot", "fr"), alt_label=(Text.of("x"), Text.of("y", "fr"))))
    assert concept["prefLabel"] == {"fr": "mot"}
    assert concept["altLabel"] == ["x", {"@value": "y", "@language": "fr"}]


def test_security_is_named_only_where_keys_are() -> None:
    key = PublicKey(id="x:k", owner=Ref("x:p"), public_key_pem="PEM")
    written = jsonld.write(Person(public_key=(key.ref,), inbox=Ref("x:in")))
    assert written["@context"] == [AS_CONTEXT, SECURITY_CONTEXT]
    assert written["publicKey"] == {"id": "x:k", "owner": "x:p", "publicKeyPem": "PEM"}
    assert SECURITY_CONTEXT not in jsonld.write(Person())["@context"]


def test_embedded_things_bring_their_words_into_the_one_context() -> None:
    place = Place(id="x:place", address=(Ref("x:address"),))
    written = jsonld.write(Event(location=(place.ref,)))
    assert "@context" not in written["location"]
    assert written["@context"][1]["address"] == "schema:address"
    assert written["location"]["address"] == {"id": "x:address"}


def test_words_stand_for_their_iris() -> None:
    written = jsonld.write(Event(event_status=Ref(FEP8A8E + "EventCancelled")))
    assert written["eventStatus"] == "EventCancelled"
    assert written["@context"][1]["EventCancelled"] == "fep8a8e:EventCancelled"
    assert "EventScheduled" not in written["@context"][1]
    assert jsonld.write(Event(event_status=Ref("x:other")))["eventStatus"] == "x:other"


def test_moments_end_in_z() -> None:
    assert moment(datetime(2026, 9, 1, 9, tzinfo=timezone(timedelta(hours=-4)))) == "2026-09-01T13:00:00Z"
    assert moment(datetime(2026, 9, 1, 9, 0, 0, 500, tzinfo=UTC)) == "2026-09-01T09:00:00.000500Z"
    with pytest.raises(WrongValue):
        moment(datetime(2026, 9, 1))  # noqa: DTZ001  (that is the fault)


@pytest.mark.parametrize("latitude", [float("nan"), float("inf")])
def test_what_is_no_number_is_not_written(latitude: float) -> None:
    with pytest.raises(WrongValue):
        jsonld.write(Place(latitude=latitude))


def test_what_we_do_not_know_is_written_back() -> None:
    unknown = (
        ("_:humeur", '[{"@value":"gaie"}]'),
        ("_:topic", '[{"@id":"x:1"},{"@value":2}]'),
        ("http://joinmastodon.org/ns#votersCount", '[{"@value":3}]'),
    )
    written = jsonld.write(Relationship(unknown=unknown))
    assert written["humeur"] == "gaie"
    assert written["_:topic"] == [{"@id": "x:1"}, 2]
    assert written["http://joinmastodon.org/ns#votersCount"] == 3
