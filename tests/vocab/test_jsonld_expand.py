"""The direct reader gives what the processor gives, on what real servers send and on odd values."""

from __future__ import annotations

from typing import Any

import pytest

from kit.recorded import listed, recorded
from vocab import jsonld
from vocab.errors import Malformed, RedefinesTerm, WrongValue
from vocab.jsonld_active import NeedsProcessor
from vocab.jsonld_limits import parse
from vocab.namespaces import AS, AS_CONTEXT

ODD: list[dict[str, Any]] = [
    {"name": ["a", {"@value": "b", "@language": "FR-ca"}, {"@value": 3}], "nameMap": {"fr": ["c", None], "@none": "d"}},
    {"nameMap": {"en": "A"}, "name": "B"},
    {"name": [{"@value": None}], "tag": {"@list": ["https://a.example/1"]}, "cc": [["x"], [], None]},
    {"published": {"@value": "2026-01-01", "@type": "http://www.w3.org/2001/XMLSchema#date"}, "to": {"id": "x"}},
    {"https://x.example/p": [1, 2.5, True, "x", {"https://x.example/q": {}}], "_:b": 1, "1:x": 2, ":y": 3, "as:name": "n"},
    {"type": ["Note", "x", "as:Page", "https://x.example/T"], "kind": "Note"},
    {"orderedItems": {"@list": [1]}, "totalItems": "3", "source": {"content": "x"}},
    {"@context": [AS_CONTEXT, {"@language": "fr"}], "name": "x", "tag": {"@context": {"@language": "en"}, "name": "y"}},
    {"@context": [AS_CONTEXT, {"x": {"@id": "https://x.example/x", "@container": "@list"}}], "x": ["a", 1], "object": {"x": []}},
    {"contentMap": "x", "eventStatus": "as:x", "latitude": 1, "radius": "1"},
    {"name": {"@value": "x", "@type": "as:x"}, "summary": {"@value": "x", "@language": None}},
]


@pytest.mark.parametrize("odd", ODD, ids=str)
def test_odd_values_expand_as_the_processor_expands_them(odd: dict[str, Any]) -> None:
    document = {"@context": AS_CONTEXT, "id": "https://a.example/1", "type": "Note"} | odd
    assert jsonld.expand_directly(document) == jsonld.expand_fully(document)


@pytest.mark.shared
@pytest.mark.parametrize("name", listed("wire"))
def test_recorded_messages_mean_the_same_to_both_readers(name: str) -> None:
    document = parse(recorded(name))
    try:
        direct = jsonld.expand_directly(document)
    except NeedsProcessor:
        assert name.split("/", maxsplit=1)[0] in {"mobilizon", "mastodon", "wordpress"}
        return
    assert jsonld.thing_of(direct) == jsonld.thing_of(jsonld.expand_fully(document))


@pytest.mark.parametrize(
    "odd",
    [
        {"@type": "Note", "type": "Note"},
        {"@id": "https://b.example/1", "id": "https://a.example/1"},
        {"actor": "https://a.example/m", "as:actor": "https://a.example/v"},
        {"to": [], "https://www.w3.org/ns/activitystreams#to": "https://a.example/v"},
    ],
    ids=str,
)
@pytest.mark.parametrize("is_forced", [False, True])
def test_two_keys_do_not_say_the_same_core_property(odd: dict[str, Any], is_forced: bool) -> None:
    forcing = [AS_CONTEXT, {"location": "http://schema.org/location"}] if is_forced else AS_CONTEXT
    with pytest.raises(RedefinesTerm):
        jsonld.expand({"@context": forcing, **odd})


def test_two_keys_for_another_property_are_left_to_the_processor() -> None:
    document = {"@context": AS_CONTEXT, "type": "Note", "likes": "https://a.example/1", "as:likes": "https://a.example/2"}
    with pytest.raises(NeedsProcessor):
        jsonld.expand_directly(document)
    assert len(jsonld.expand(document)[AS + "likes"]) == 2


@pytest.mark.parametrize(
    ("odd", "reason"),
    [
        ({"id": 7}, WrongValue),
        ({"type": [7]}, WrongValue),
        ({"nameMap": {"fr": 7}}, WrongValue),
        ({"name": {"@value": []}}, Malformed),
        ({"name": {"@value": 7, "@language": "fr"}}, Malformed),
    ],
    ids=str,
)
def test_what_makes_no_sense_is_refused(odd: dict[str, Any], reason: type[Exception]) -> None:
    with pytest.raises(reason):
        jsonld.expand_directly({"@context": AS_CONTEXT, "type": "Note", **odd})


@pytest.mark.parametrize(
    "odd",
    [
        {"name": {"@set": ["x"]}},
        {"name": {"@value": "x", "@index": "y"}},
        {"orderedItems": [["x"]]},
        {"orderedItems": [{"@list": []}]},
        {"tag": {"@list": None}},
        {"name": {"@value": "x", "@type": "bare"}},
        {"name": {"@value": "x", "@type": []}},
        {"two words": 1},
        {"@index": "x"},
        {"": 1},
    ],
    ids=str,
)
def test_rare_forms_are_left_to_the_processor(odd: dict[str, Any]) -> None:
    with pytest.raises(NeedsProcessor):
        jsonld.expand_directly({"@context": AS_CONTEXT, "type": "Note", **odd})
