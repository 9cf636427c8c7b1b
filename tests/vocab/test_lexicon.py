"""Every word by its name, with what hangs on it."""

from __future__ import annotations

from vocab.lexicon import by_iri, form_of, own_properties, required, words
from vocab.namespaces import CDP, SKOS
from vocab.types import all_slots, all_types, key_of


def test_every_class_that_travels_and_every_property_is_a_word() -> None:
    expected = {key_of(cls) for cls in all_types() if not cls.ABOUT.is_abstract} | {slot.key for slot in all_slots()}
    assert set(words()) == expected
    assert all((word.cls is None) != (word.slot is None) for word in words().values())
    assert all(set(word.label) == set(word.definition) == {"fr", "en"} for word in words().values())


def test_a_class_knows_what_is_above_and_below_it() -> None:
    note = words()["PracticeNote"]
    assert (note.iri, note.above) == (f"{CDP}PracticeNote", (f"{CDP}RepertoireItem",))
    assert "PracticeNote" in words()["RepertoireItem"].below
    assert note.cls is not None
    assert "license" in {word.key for word in required(note.cls)}


def test_a_property_knows_what_carries_and_what_needs_it() -> None:
    highlight, topic = words()["highlight"], words()["topic"]
    assert (highlight.owners, topic.owners) == (("Meeting",), ())
    assert words()["license"].needed_in == ("PracticeNote",)
    meeting = words()["Meeting"].cls
    assert meeting is not None
    assert highlight in own_properties(meeting)


def test_the_form_of_a_value_is_one_word() -> None:
    forms = {key: form_of(slot) for key, word in words().items() if (slot := word.slot)}
    assert forms["topic"] == "concept"
    assert (forms["url"], forms["name"], forms["published"], forms["allDay"]) == ("link", "text", "moment", "truth")
    assert (forms["totalItems"], forms["latitude"], forms["inLanguage"]) == ("count", "number", "word")


def test_a_word_is_found_by_its_address() -> None:
    assert by_iri()[f"{CDP}Meeting"].key == "Meeting"
    assert by_iri()[f"{SKOS}Concept"].cls is not None
