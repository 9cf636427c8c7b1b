"""Core words keep their meaning; what needs the processor is marked; harmless maps are read directly."""

from __future__ import annotations

from typing import Any

import pytest

from vocab.errors import ForbiddenKeyword, Malformed, RedefinesTerm, TooLarge, VocabError
from vocab.jsonld_active import core_iris, core_meanings, ground, within
from vocab.jsonld_core import KEYWORDS, core_names
from vocab.namespaces import AS, AS_CONTEXT, CDP_CONTEXT, DCTERMS, SECURITY_CONTEXT

AS2 = ground(is_known=True)

REFUSED: list[Any] = [
    {"actor": "http://evil.example/ns#x"},
    {"a": {"@id": "as:actor"}},
    {"a": "as:actor"},
    {"a": "https://www.w3.org/ns/activitystreams#actor"},
    {"x": "https://www.w3.org/ns/activitystreams#", "a": "x:actor"},
    {"b": "as:actor", "a": "b"},
    {"a": "actor"},
    {"Like": "as:Create"},
    {"Note": None},
    {"Note": "Note"},
    {"x": "@id"},
    {"x": {"@id": "@type"}},
    {"id": "@type"},
    {"type": "http://x.example/type"},
    {"as": "http://evil.example/"},
    {"ldp": "http://evil.example/"},
    {"to": {"@id": "as:to", "@type": "@json"}},
    {"to": {"@id": "as:cc", "@type": "@id"}},
    {"object": {"@id": "as:object", "@container": "@id"}},
    {"object": {"@id": "as:object", "@type": "@vocab"}},
    {"publicKey": "http://evil.example/key"},
    {"publicKeyPem": {"@id": "http://evil.example/pem"}},
    {"inbox": "as:outbox"},
    {"x": {"@id": "http://x.example/x", "@context": {"actor": "http://x.example/actor"}}},
    {"x": {"@id": "http://x.example/x", "@context": {"y": "as:actor"}}},
    {"@base": "https://victim.example/"},
    {"@base": None},
    [AS_CONTEXT, None],
]


@pytest.mark.parametrize("local", REFUSED, ids=str)
def test_no_core_term_gets_another_meaning(local: Any) -> None:
    with pytest.raises(RedefinesTerm):
        within(AS2, local)


HARMLESS: list[Any] = [
    {},
    [],
    AS_CONTEXT,
    [AS_CONTEXT, SECURITY_CONTEXT, CDP_CONTEXT],
    "https://unknown.example/context",
    {"toot": "http://joinmastodon.org/ns#", "featured": {"@id": "toot:featured", "@type": "@id"}},
    {"Hashtag": "as:Hashtag", "sensitive": "as:sensitive", "movedTo": {"@id": "as:movedTo", "@type": "@id"}},
    {"likes": {"@id": "as:likes", "@type": "@id"}},
    {"to": {"@id": "as:to", "@type": "@id", "@container": "@set"}},
    {"inbox": {"@id": "ldp:inbox", "@type": "@id"}, "id": "@id", "type": "@type"},
    {"x": {"@id": "http://x.example/x", "@container": "@list"}},
    {"xMap": {"@id": "http://x.example/x", "@container": "@language"}},
    {"@language": "fr", "@version": 1.1},
    {"later": "early:x", "early": "http://x.example/"},
]


@pytest.mark.parametrize("local", HARMLESS, ids=str)
def test_harmless_maps_are_read_directly(local: Any) -> None:
    assert not within(AS2, local).needs_processor


LEFT: list[Any] = [
    {"location": {"@id": "http://schema.org#location", "@type": "http://schema.org#Place"}},
    {"likes": None},
    {"@vocab": "http://x.example/"},
    {"@language": None},
    {"@protected": True},
    {"@propagate": False},
    {"x": {"@id": "http://x.example/x", "@container": "@index"}},
    {"x": {"@id": "http://x.example/x", "@container": ["@set", "@language"]}},
    {"x": {"@id": "http://x.example/x", "@type": "@json"}},
    {"x": {"@id": "http://x.example/x", "@language": "fr"}},
    {"x": {"@id": "http://x.example/x", "@context": {"y": "http://x.example/y"}}},
    {"as:published": {"@type": "xsd:dateTime"}},
    {"x": {"@type": "@id"}},
]


@pytest.mark.parametrize("local", LEFT, ids=str)
def test_what_the_direct_reader_cannot_follow_is_left_to_the_processor(local: Any) -> None:
    assert within(AS2, local).needs_processor


@pytest.mark.parametrize(
    "local", [7, [["x"]], {"x": 7}, {"x": "@nothing"}, {"@nothing": 1}, {"a": "b", "b": "a"}, {"x": "y z:w"}]
)
def test_nonsense_is_refused(local: Any) -> None:
    with pytest.raises(VocabError) as caught:
        within(AS2, local)
    assert caught.type in {Malformed, RedefinesTerm}


@pytest.mark.parametrize("name", ["@graph", "@included", "@reverse", "@nest", "@import"])
def test_a_forbidden_keyword_has_no_other_name(name: str) -> None:
    for local in ({"x": name}, {"x": {"@id": name}}, {"x": {"@id": "http://x.example/", "@container": ["@set", name]}}):
        with pytest.raises(ForbiddenKeyword):
            within(AS2, local)


def test_a_long_chain_of_terms_is_refused() -> None:
    with pytest.raises(TooLarge):
        within(AS2, {f"t{number}": f"t{number + 1}" for number in range(900)} | {"t900": "http://x.example/"})


def test_contexts_in_one_list_and_terms_at_once_are_bounded() -> None:
    assert not within(AS2, [AS_CONTEXT] * 32).needs_processor
    with pytest.raises(TooLarge):
        within(AS2, [AS_CONTEXT] * 33)
    with pytest.raises(TooLarge):
        within(AS2, [{f"t{number}x{other}": "http://x.example/" for other in range(900)} for number in range(3)])


def test_words_of_ours_lie_under_documents_whose_contexts_we_do_not_know() -> None:
    assert ground(is_known=False).iri("topic", is_word=True) == DCTERMS + "subject"
    assert ground(is_known=True).iri("topic", is_word=True) == "_:topic"
    assert ground(is_known=True).iri("Hashtag", is_word=True) == AS + "Hashtag"


def test_names_become_iris() -> None:
    assert AS2.iri("as:Public") == AS + "Public"
    assert AS2.iri("Public") == "Public"
    assert AS2.iri("https://a.example/1", is_word=True) == "https://a.example/1"
    assert AS2.iri("as://a.example/1") == "as://a.example/1"
    assert AS2.iri("tag:a.example,2020:x") == "tag:a.example,2020:x"
    assert AS2.iri("_:b0") == "_:b0"
    assert AS2.iri(":x", is_word=True) == "_::x"


def test_contexts_are_remembered_within_bounds() -> None:
    assert within(AS2, {"x": "http://x.example/"}) is within(AS2, {"x": "http://x.example/"})
    for number in range(300):
        within(AS2, {"x": f"http://x.example/{number}"})
    assert len(AS2.memory) <= AS2.capacity


def test_contexts_in_contexts_are_not_all_remembered() -> None:
    """Each holds some hundred words: a thousand of them in one document would stay in memory."""
    deep = AS2
    for level in range(5):
        deep = within(deep, {f"x{level}": "http://x.example/"})
    assert not deep.memory
    first = within(AS2, {"x0": "http://x.example/"})
    assert all(not second.memory for second in first.memory.values())


def test_the_core_is_what_trust_rests_on() -> None:
    assert {"actor", "object", "id", "type", "to", "attributedTo", "publicKey", "Create", "Delete"} <= core_names()
    assert {"location", "likes", "latitude"}.isdisjoint(core_names())
    assert core_names() <= core_meanings().keys()
    assert {AS + "actor", AS + "Create", "http://www.w3.org/ns/ldp#inbox"} <= core_iris()
    assert AS not in core_iris()
    assert "@reverse" in KEYWORDS
