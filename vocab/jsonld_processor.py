"""The full processor, for the few documents that redefine a word or use what the direct reader does not follow.

Fenced: contexts come from the package alone, nothing is fetched, and the document is small and shallow. Spec: JSON-LD 1.1.
"""

from __future__ import annotations

import warnings
from collections import Counter
from typing import Any

from pyld import jsonld as pyld  # noqa: TID251  (this is the one place)
from pyld.documentloader.frozen import FrozenDocumentLoader

from vocab.errors import Malformed, RedefinesTerm, TooLarge
from vocab.jsonld_active import Active, Meaning, as_list, core_iris, known_address, terms_of_context, within
from vocab.jsonld_contexts import FEDIVERSE, index
from vocab.jsonld_limits import Json
from vocab.namespaces import AS_CONTEXT, CDP_CONTEXT, SECURITY_CONTEXT
from vocab.types import remembered

#: How many keys and values a document may have to be worth the slow way, and like how many of them each context counts.
MAX_VALUES, A_CONTEXT = 7_500, 30


@remembered
def _loader() -> FrozenDocumentLoader:
    addresses = [pinned.addresses[0] for pinned in index()] + [CDP_CONTEXT]
    return FrozenDocumentLoader({address: {"@context": terms_of_context(address)} for address in addresses})


def expand(document: dict[str, Any], active: Active, *, is_known: bool) -> dict[str, Any]:
    """The expanded form of a whole document; `active` are the meanings under it, of known contexts alone or of all of ours."""
    ground = [FEDIVERSE, SECURITY_CONTEXT, AS_CONTEXT] if is_known else [CDP_CONTEXT, FEDIVERSE, SECURITY_CONTEXT, AS_CONTEXT]
    prepared = _prepared(document, active)
    if _count(prepared) > MAX_VALUES:
        raise TooLarge
    prepared["@context"] = [{"@base": None}, *ground, *as_list(prepared.get("@context"))]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SyntaxWarning)
            found = pyld.expand(prepared, {"documentLoader": _loader()})
    except (pyld.JsonLdError, RecursionError, TypeError, AttributeError, KeyError, ValueError) as error:
        raise Malformed(f"This is no JSON-LD: {error}".splitlines()[0]) from error
    if len(found) != 1:
        raise Malformed("This document says nothing of one thing.")
    only: dict[str, Any] = found[0]
    return only


def _prepared(node: Json, active: Active) -> Json:
    """A copy with contexts that we know, under their main address, without the others and without null; the core kept safe."""
    if isinstance(node, list):
        return [_prepared(member, active) for member in node]
    if not isinstance(node, dict):
        return node
    found: dict[str, Any] = {}
    if "@context" in node:
        active = within(active, node["@context"])
        found["@context"] = _contexts(node["@context"])
    for key, value in node.items():
        if key != "@context" and (value is not None or key == "@value"):
            found[key] = _prepared(value, active)
    _refuse_doubles(found, active)
    return found


def _refuse_doubles(node: dict[str, Any], active: Active) -> None:
    """RedefinesTerm when two keys of a node say the same property of the core; a text and its map by language may."""
    iris = [
        key if key in {"@id", "@type"} else active.iri(key, is_word=True) for key in node if not _is_map(active.terms.get(key))
    ]
    said = Counter(iris)
    for iri, times in said.items():
        if times > 1 and (iri in {"@id", "@type"} or iri in core_iris()):
            raise RedefinesTerm(f"Two keys say {iri}.")


def _is_map(meaning: Meaning | None) -> bool:
    return meaning is not None and meaning.container == "@language"


def _contexts(local: Json) -> list[Any]:
    addressed = [known_address(item) if isinstance(item, str) else item for item in as_list(local)]
    return [item for item in addressed if item is not None]


def _count(node: Json) -> int:
    if isinstance(node, dict):
        contexts = len(as_list(node.get("@context")))
        return len(node) + A_CONTEXT * contexts + sum(_count(member) for member in node.values())
    return len(node) + sum(_count(member) for member in node) if isinstance(node, list) else 0
