"""Whose a key of others is: believed only when key and owner name one another, in all the ways that servers have for it."""

from __future__ import annotations

from typing import Any

import pytest

from federation.errors import BadKey
from federation.messages import PublicKey
from federation.signatures.keys import pem_of_multibase
from kit.key_bench import ACTOR, KEY, Bench, E, V, actor
from node.storage.keyring import KeptKey


async def test_a_key_with_a_document_of_its_own_is_traced_to_its_owner() -> None:
    lone = f"{E}/keys/1"
    bench = Bench({lone: {"id": lone, "type": "CryptographicKey", "owner": ACTOR, "publicKeyPem": "PEM"}, ACTOR: actor(key=lone)})
    assert await bench.keys.find(lone) == PublicKey(iri=lone, owner=ACTOR, pem="PEM")


@pytest.mark.parametrize("kind", ["CryptographicKey", "Key", "VerificationMethod"])
@pytest.mark.parametrize("more", [{}, {"type": "Service"}], ids=str)
async def test_a_key_that_its_owner_names_by_address_alone_is_read_there(kind: str, more: dict[str, str]) -> None:
    """The application actor of activitypub.bot does so; onepage.pub called its keys `Key`."""
    lone = f"{E}/keys/1"
    bench = Bench(
        {
            lone: {"id": lone, "type": kind, "owner": ACTOR, "publicKeyPem": "PEM"},
            ACTOR: {**actor(), "publicKey": lone, **more},
        }
    )
    assert await bench.keys.find(lone) == PublicKey(iri=lone, owner=ACTOR, pem="PEM")


@pytest.mark.parametrize(
    "named",
    [
        {"owner": ACTOR, "publicKeyPem": "PEM"},
        {"id": KEY, "owner": ACTOR, "publicKeyPem": "PEM"},
        {"id": f"{E}/keys/1", "type": "RSAKey", "owner": ACTOR, "publicKeyPem": "PEM"},
        [{"id": f"{V}#k", "owner": V, "publicKeyPem": "OTHER"}, {"id": KEY, "owner": ACTOR, "publicKeyPem": "PEM"}],
    ],
    ids=str,
)
async def test_an_actors_own_address_names_its_first_key(named: object) -> None:
    """SemApps signs by the address of the actor, whatever the key is called."""
    bench = Bench({ACTOR: {**actor(), "publicKey": named}})
    assert await bench.keys.find(ACTOR) == PublicKey(iri=ACTOR, owner=ACTOR, pem="PEM")


@pytest.mark.parametrize(
    "documents",
    [
        {ACTOR: actor(owner=V)},
        {ACTOR: actor(key=f"{ACTOR}#other")},
        {ACTOR: actor(pem="")},
        {ACTOR: actor(iri=V)},
        {ACTOR: {"id": ACTOR, "type": "CryptographicKey", "owner": V, "publicKeyPem": "PEM"}, V: actor(V)},
        {ACTOR: {"id": ACTOR, "type": "CryptographicKey", "owner": f"{E}/users/x", "publicKeyPem": "PEM"},
         f"{E}/users/x": actor(f"{E}/users/x", f"{E}/users/x#k", f"{E}/users/x")},
        {ACTOR: {"id": ACTOR, "type": "CryptographicKey", "owner": f"{E}/n/1", "publicKeyPem": "PEM"},
         f"{E}/n/1": {"id": f"{E}/n/1", "type": "Note"}},
        {ACTOR: {"id": ACTOR, "type": "Note", "content": "x"}},
        {ACTOR: {"id": ACTOR, "type": "CryptographicKey", "owner": f"{E}/users/x", "publicKeyPem": "PEM"},
         f"{E}/users/x": {**actor(f"{E}/users/x"), "publicKey": f"{E}/keys/other"}},
    ],
)  # fmt: skip
async def test_a_one_sided_claim_is_no_key(documents: dict[str, dict[str, Any]]) -> None:
    bench = Bench(documents)
    with pytest.raises(BadKey):
        await bench.keys.find(KEY)
    assert bench.rows == {}
    assert len(bench.asked) <= 2


def modern(**more: Any) -> dict[str, Any]:
    """An actor with two RSA keys in a list, and one that proves."""
    keys = [{"id": f"{ACTOR}#{name}", "owner": ACTOR, "publicKeyPem": name} for name in ("first", "second")]
    multikey = {"id": f"{ACTOR}#ed", "type": "Multikey", "controller": ACTOR, "publicKeyMultibase": PROVES}
    return {**actor(), "publicKey": keys, "assertionMethod": multikey, "@context": CONTEXTS, **more}


CONTEXTS = ["https://www.w3.org/ns/activitystreams", "https://w3id.org/security/v1", "https://www.w3.org/ns/cid/v1"]
PROVES = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"


@pytest.mark.parametrize(("name", "pem"), [("first", "first"), ("second", "second"), ("ed", pem_of_multibase(PROVES))])
async def test_each_of_several_keys_is_found(name: str, pem: str) -> None:
    bench = Bench({ACTOR: modern()})
    assert await bench.keys.find(f"{ACTOR}#{name}") == PublicKey(iri=f"{ACTOR}#{name}", owner=ACTOR, pem=pem)


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": f"{ACTOR}#ed", "type": "Multikey", "controller": V, "publicKeyMultibase": PROVES},
        {"id": f"{ACTOR}#ed", "type": "Multikey", "publicKeyMultibase": PROVES},
        {"id": f"{ACTOR}#ed", "type": "Multikey", "controller": ACTOR, "publicKeyMultibase": "z6Mk"},
        {"id": f"{ACTOR}#ed", "type": "Multikey", "controller": ACTOR},
        {"id": f"{V}#ed", "type": "Multikey", "controller": ACTOR, "publicKeyMultibase": PROVES},
        f"{ACTOR}#ed",
    ],
    ids=str,
)
async def test_a_key_for_proofs_that_is_not_wholly_the_actors_is_none(wrong: object) -> None:
    bench = Bench({ACTOR: modern(assertionMethod=wrong)})
    with pytest.raises(BadKey):
        await bench.keys.find(f"{ACTOR}#ed")


async def test_a_key_for_proofs_with_a_document_of_its_own_is_traced_to_its_controller() -> None:
    lone = {"id": f"{E}/keys/ed", "type": "Multikey", "controller": ACTOR, "publicKeyMultibase": PROVES, "@context": CONTEXTS}
    bench = Bench({f"{E}/keys/ed": lone, ACTOR: modern(assertionMethod=lone)})
    assert (await bench.keys.find(f"{E}/keys/ed")).owner == ACTOR


async def test_only_what_is_known_and_may_prove_proves() -> None:
    bench = Bench({ACTOR: modern()})
    key = PublicKey(iri=f"{ACTOR}#ed", owner=ACTOR, pem="PEM")
    assert await bench.keys.proving(key.iri) is None
    for may_prove, is_usable in ((False, True), (True, False), (True, True)):
        bench.rows[key.iri] = KeptKey(key=key, fetched_at=bench.now, is_usable=is_usable, may_prove=may_prove)
        assert (await bench.keys.proving(key.iri) == key) is (may_prove and is_usable)
    assert bench.asked == []
