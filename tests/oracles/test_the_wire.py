"""The JSON that goes out is as plain as the strictest readers want it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from federation.appearance import Seen
from vocab.jsonld_contexts import terms_at
from vocab.namespaces import AS_CONTEXT, PUBLIC

#: Maps by language, whose keys are no words.
BY_LANGUAGE = {"prefLabel", "altLabel", "definition"}


def objects(said: Any, known: frozenset[str] = frozenset()) -> Iterator[tuple[dict[str, Any], frozenset[str]]]:
    """Every object in a document, with the words that the contexts in force explain; what is embedded may bring its own."""
    if isinstance(said, list):
        for each in said:
            yield from objects(each, known)
    if not isinstance(said, dict):
        return
    context = said.get("@context", [])
    for part in context if isinstance(context, list) else [context]:
        known |= frozenset(part) if isinstance(part, dict) else frozenset(terms_at(part))
    yield said, known
    for key, value in said.items():
        if not (key == "@context" or key.endswith("Map") or key in BY_LANGUAGE):
            yield from objects(value, known)


def test_the_context_is_named_literally(seen: dict[str, Seen]) -> None:
    for name, each in seen.items():
        context = json.loads(each.document)["@context"]
        assert AS_CONTEXT in (context if isinstance(context, list) else [context]), name


def test_every_word_is_defined_for_those_who_compact(seen: dict[str, Seen]) -> None:
    for name, each in seen.items():
        for said, known in objects(json.loads(each.document)):
            assert said.keys() - known - {"@context"} == set(), name


def test_one_type_one_author_and_lists_where_peers_want_them(seen: dict[str, Seen]) -> None:
    for name, each in seen.items():
        for said, _ in objects(json.loads(each.document)):
            for key in ("type", "attributedTo", "audience", "context", "inReplyTo", "actor"):
                assert isinstance(said.get(key, ""), str), (name, key)
            for key in ("to", "cc", "tag", "attachment"):
                assert isinstance(said.get(key, []), list), (name, key)


def test_everybody_is_named_in_full_and_moments_end_in_z(seen: dict[str, Seen]) -> None:
    for name, each in seen.items():
        assert b"as:Public" not in each.document, name
        for said, _ in objects(json.loads(each.document)):
            assert PUBLIC.partition("#")[2] not in said.get("to", []), name
            assert None not in list(said.values()), name
            for key in ("published", "updated", "startTime", "endTime"):
                assert said.get(key, "Z").endswith("Z"), (name, key)


def test_things_are_for_everybody_and_notes_carry_no_warning(seen: dict[str, Seen]) -> None:
    for name, each in seen.items():
        said = json.loads(each.document)
        if said["type"] in {"Article", "Page", "Event", "Note"}:
            assert PUBLIC in said["to"], name
        if said["type"] in {"Article", "Page", "Event"}:
            assert {"name", "summary", "content", "url"} <= said.keys(), name
        if said["type"] == "Note":
            assert "summary" not in said, name
