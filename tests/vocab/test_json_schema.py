"""The JSON Schema holds what travels to the same rules as check.py and the shapes."""

from __future__ import annotations

import functools
import json
from dataclasses import replace
from typing import Any, cast

import jsonschema
import pytest

from kit.seeds import SHARED, shared
from kit.sound import CLASSES, needed, sound
from kit.spoiled import MUTANTS, example
from vocab import jsonld
from vocab.check import problems
from vocab.json_schema import json_schema
from vocab.things.concept import Concept
from vocab.things.sense import Sense
from vocab.values import Ref, Text

EXAMPLES = sorted(path.name for path in (SHARED / "vocabulary" / "examples").glob("*.json"))


@functools.cache
def _validator() -> Any:
    schema = json.loads(json_schema())
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def _faults(document: object) -> list[str]:
    return [fault.message for fault in _validator().iter_errors(document)]


@pytest.mark.parametrize("key", sorted(CLASSES))
def test_a_sound_thing_is_accepted_and_none_of_what_it_needs_may_lack(key: str) -> None:
    thing = sound(key)
    assert problems(thing) == []
    assert _faults(jsonld.write(thing)) == []
    for slot in needed(CLASSES[key]):
        nothing: dict[str, Any] = {slot.name: () if slot.is_many else None}
        spoiled = replace(thing, **nothing)
        assert problems(spoiled), slot.key
        assert _faults(jsonld.write(spoiled)), slot.key


@pytest.mark.shared
@pytest.mark.parametrize("folder", ["", "inline"])
@pytest.mark.parametrize("name", EXAMPLES or ["03-practice-note.json"])
def test_every_first_example_is_accepted(name: str, folder: str) -> None:
    assert _faults(json.loads(shared("vocabulary", "examples", folder, name).read_bytes())) == []


@pytest.mark.shared
@pytest.mark.parametrize("spoiled", sorted(set(MUTANTS) - {"a meeting that ends before it starts"}))  # no schema compares
def test_the_faults_that_the_check_sees_are_seen(spoiled: str) -> None:
    name, spoil = MUTANTS[spoiled]
    assert _faults(jsonld.write(spoil(example(name))))


def test_what_others_write_otherwise_is_accepted_too() -> None:
    note = jsonld.write(sound("PracticeNote"))
    plain = {key: value for key, value in note.items() if not key.endswith("Map")}
    by_language = {key: value for key, value in note.items() if key not in {"name", "summary", "content"}}
    assert _faults({**plain, "kind": "PracticeNote", "attributedTo": ["https://a.example/p"]}) == []
    assert _faults(by_language) == []
    assert _faults({**note, "https://b.example/ns#humeur": "gaie"}) == []


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("published", "hier"),
        ("license", ["https://a.example/1", "https://a.example/2"]),
        ("knowledgeStatus", 3),
        ("nameMap", {"français": "Nom"}),
        ("to", [7]),
        ("totalItems", 3),
    ],
)
def test_a_value_of_another_form_is_refused(key: str, value: object) -> None:
    assert _faults({**jsonld.write(sound("PracticeNote")), key: value})


def test_what_is_embedded_is_held_to_its_own_class_one_or_many() -> None:
    whole = Sense(voice=(Ref("https://a.example/c"),), definition=Text.of("Ce que c’est.", "fr"))
    for senses in ((replace(whole, voice=()),), (whole, replace(whole, voice=()))):
        term = replace(cast("Concept", sound("Concept")), sense=tuple(sense.ref for sense in senses))
        assert problems(term)
        assert _faults(jsonld.write(term))
    assert _faults(jsonld.write(replace(cast("Concept", sound("Concept")), sense=(whole.ref, whole.ref)))) == []


def test_every_class_and_property_is_told() -> None:
    told = json.loads(json_schema())["$defs"]
    assert {cls.__name__ for cls in CLASSES.values()} <= set(told)
    assert told["HelpRequest"]["properties"]["requestState"]["title"] == "state of the request"
