"""The context of our vocabulary holds all that was released, word for word, and takes nothing from others."""

from __future__ import annotations

import orjson
import pytest

from kit.seeds import shared
from vocab.definitions import context, definitions, given, pruned, source_of
from vocab.jsonld_contexts import terms_at
from vocab.namespaces import AS_CONTEXT, SECURITY_CONTEXT
from vocab.types import all_slots


@pytest.mark.shared
def test_every_released_term_is_there_word_for_word() -> None:
    released = orjson.loads(shared("vocabulary", "context-v1.jsonld").read_bytes())["@context"]
    ours = context()
    assert {key: ours.get(key) for key in released} == released


def test_no_word_of_others_is_redefined() -> None:
    theirs = terms_at(AS_CONTEXT) | terms_at(SECURITY_CONTEXT)
    assert not [key for key in definitions() if key in theirs]


def test_only_the_json_ld_1_0_subset_is_used() -> None:
    allowed = {"@id", "@type", "@container"}
    for value in context().values():
        if isinstance(value, dict):
            assert value.keys() <= allowed
            assert value.get("@container", "@list") in {"@list", "@language"}


def test_a_pruned_context_has_the_words_and_the_prefixes_they_need() -> None:
    assert pruned(["topic"]) == {
        "dcterms": "http://purl.org/dc/terms/",
        "topic": {"@id": "dcterms:subject", "@type": "@id"},
    }
    assert pruned(["name", "nothing"]) == {}


def test_every_slot_is_explained_by_one_context() -> None:
    for slot in all_slots():
        source = source_of(slot)
        assert (slot.key in definitions()) == (not source)
        assert source in {"", given().get(slot.key)}
    sources = {slot.key: source_of(slot) for slot in all_slots()}
    assert sources["publicKeyPem"] == SECURITY_CONTEXT
    assert sources["inbox"] == AS_CONTEXT
    assert sources["assertionMethod"] == ""
    assert sources["sensitive"] == ""
