"""Which keys an actor's own document names: those that sign its messages, and those that prove what it writes.

Spec: FEP-521a §Keys.
Spec: ActivityPub §4.1.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from federation.addresses import document_url, same_origin
from federation.errors import BadKey
from federation.messages import PublicKey
from federation.signatures.keys import pem_of_multibase
from vocab.things.actor import Actor
from vocab.things.multikey import Multikey
from vocab.things.public_key import PublicKey as KeyThing
from vocab.values import Ref

#: So many keys of one actor are looked at.
MOST_KEYS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedKey:
    """A key that an actor's document names; `may_prove`: in its assertionMethod, so that proofs by it are the actor's."""

    key: PublicKey
    may_prove: bool = False


def keys_of(actor: Actor, proven: frozenset[str] = frozenset()) -> list[NamedKey]:
    """The keys that are the actor's, in the order of its document, each once; one in both lists may prove.

    A key is part of the actor's document, or one of `proven`: of those that have a document of their own, on the same server,
    whoever asked has read it. One that only lists a neighbour's key would otherwise keep the neighbour from signing.
    The actor's own address in `proven` names its first key, whatever that one is called: SemApps signs so.
    """
    found: dict[str, NamedKey] = {}
    for named in (*_signing(actor, proven), *_proving(actor, proven)):
        known = found.get(named.key.iri)
        if known is None or (named.may_prove and known.key.pem.split() == named.key.pem.split()):
            found[named.key.iri] = named
    if actor.id in proven and actor.id not in found and (first := _first(actor)) is not None:
        found[actor.id] = NamedKey(key=PublicKey(iri=actor.id, owner=actor.id, pem=first))
    return list(found.values())


def _first(actor: Actor) -> str | None:
    """The first key that the actor's document says is the actor's, wherever else it is to be found."""
    for ref in actor.public_key[:MOST_KEYS]:
        key = ref.thing
        if isinstance(key, KeyThing) and key.public_key_pem and (key.owner is None or key.owner.iri == actor.id):
            return key.public_key_pem
    return None


def _signing(actor: Actor, proven: frozenset[str]) -> Iterator[NamedKey]:
    for ref in actor.public_key[:MOST_KEYS]:
        key = ref.thing
        if isinstance(key, KeyThing) and key.public_key_pem and _is_own(ref, key.owner, actor, proven):
            yield NamedKey(key=PublicKey(iri=ref.iri, owner=actor.id, pem=key.public_key_pem))


def _proving(actor: Actor, proven: frozenset[str]) -> Iterator[NamedKey]:
    for ref in actor.assertion_method[:MOST_KEYS]:
        key = ref.thing
        if not isinstance(key, Multikey) or key.controller is None or not _is_own(ref, key.controller, actor, proven):
            continue
        try:
            pem = pem_of_multibase(key.public_key_multibase or "")
        except BadKey:
            continue
        yield NamedKey(key=PublicKey(iri=ref.iri, owner=actor.id, pem=pem), may_prove=True)


def _is_own(ref: Ref, owner: Ref | None, actor: Actor, proven: frozenset[str]) -> bool:
    is_here = document_url(ref.iri) == document_url(actor.id) or ref.iri in proven
    return is_here and same_origin(ref.iri, actor.id) and (owner is None or owner.iri == actor.id)
