"""Terms become slots: name, key, shape, one or many."""

from __future__ import annotations

from vocab.namespaces import AS, XSD
from vocab.terms import Shape, Term, camel, own_slots, slots_of
from vocab.things.collection import Collection
from vocab.things.event import Event
from vocab.things.note import Note
from vocab.things.ordered_collection import OrderedCollection
from vocab.things.place import Place

NAME = {"fr": "nom", "en": "name"}


def test_a_field_becomes_a_key_in_camel_case() -> None:
    assert camel("attributed_to") == "attributedTo"
    assert camel("context_") == "context"
    assert camel("to") == "to"


def test_a_slot_knows_its_shape() -> None:
    slots = {slot.name: slot for slot in slots_of(Note)}
    assert slots["content"].shape is Shape.TEXT
    assert not slots["content"].is_many
    assert slots["content"].has_map
    assert slots["to"].shape is Shape.REF
    assert slots["to"].is_many
    assert slots["to"].coercion == "@id"
    assert slots["published"].shape is Shape.MOMENT
    assert slots["published"].coercion == XSD + "dateTime"
    assert slots["is_sensitive"].key == "sensitive"
    assert slots["is_sensitive"].shape is Shape.TRUTH
    assert slots["width"].shape is Shape.COUNT
    assert slots["media_type"].shape is Shape.WORD
    assert slots["source"].coercion == ""


def test_other_shapes_and_coercions() -> None:
    place = {slot.name: slot for slot in slots_of(Place)}
    assert place["latitude"].shape is Shape.NUMBER
    assert {slot.name: slot.coercion for slot in own_slots(Event)}["event_status"] == "@vocab"


def test_a_field_declared_again_takes_the_place_of_the_older_one() -> None:
    plain = {slot.name: slot.key for slot in slots_of(Collection)}
    ordered = {slot.name: slot.key for slot in slots_of(OrderedCollection)}
    assert plain["items"] == "items"
    assert ordered["items"] == "orderedItems"


def test_what_is_no_annotated_field_is_no_slot() -> None:
    assert own_slots(object) == ()
    assert "unknown" not in {slot.name for slot in slots_of(Note)}


def test_only_our_own_words_are_minted() -> None:
    assert not Term(AS + "name", NAME, NAME).is_minted
    assert Term("https://w3id.org/cdp/ns#x", NAME, NAME).is_minted
