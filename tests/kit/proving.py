"""Somebody elsewhere whose words carry proofs, and what they wrote, passed on by others."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from federation import proofs
from federation.messages import SigningKey
from federation.signatures.keys import multibase
from kit.signing import pair
from node.storage.keeping import keep_actor
from node.storage.unit_of_work import UnitOfWork
from vocab import jsonld
from vocab.namespaces import AS_CONTEXT, CDP_CONTEXT, PROOF_CONTEXT
from vocab.things.actor import Actor

CONTEXT = [AS_CONTEXT, CDP_CONTEXT, PROOF_CONTEXT]


def proof_key(actor: str, name: str = "") -> SigningKey:
    """The key by which an actor elsewhere proves; of the pair called `name` when that is another."""
    return SigningKey(iri=f"{actor}#ed25519-key", pem=pair(name or actor, "ed25519")[0])


def described(actor: str, **more: Any) -> dict[str, Any]:
    """The document of an actor elsewhere, with both of its keys."""
    multikey = {
        "id": f"{actor}#ed25519-key",
        "type": "Multikey",
        "controller": actor,
        "publicKeyMultibase": multibase(pair(actor, "ed25519")[1]),
    }
    return {
        "@context": [AS_CONTEXT, "https://w3id.org/security/v1", "https://www.w3.org/ns/cid/v1"],
        "id": actor,
        "type": "Person",
        "preferredUsername": actor.rpartition("/")[2],
        "inbox": f"{actor}/inbox",
        "publicKey": {"id": f"{actor}#main-key", "owner": actor, "publicKeyPem": pair(actor)[1]},
        "assertionMethod": [multikey],
        **more,
    }


def introduce(uow: UnitOfWork, actor: str, at: datetime, **more: Any) -> None:
    """Has an actor elsewhere known here as its own document tells it."""
    document = json.dumps(described(actor, **more)).encode()
    thing = jsonld.read(document)
    assert isinstance(thing, Actor)
    keep_actor(uow, thing, document, at)


def with_proof(activity: dict[str, Any], key: SigningKey, at: datetime) -> dict[str, Any]:
    """The same document with its context and a proof."""
    found: dict[str, Any] = json.loads(proofs.attach(json.dumps({"@context": CONTEXT, **activity}).encode(), key, at))
    return found
