"""Which keys are an actor's: named by its own document, on its own server, without another owner."""

from __future__ import annotations

import json
from typing import Any

import pytest

from federation.published_keys import MOST_KEYS, keys_of
from federation.signatures.keys import multibase
from kit.proving import described
from kit.signing import M, V, pair
from vocab import jsonld
from vocab.things.actor import Actor


def found(*, proven: frozenset[str] = frozenset(), **more: Any) -> dict[str, bool]:
    """The ids of V's keys, and whether each may prove."""
    actor = jsonld.read(jsonld_bytes(described(V.iri, **more)))
    assert isinstance(actor, Actor)
    return {named.key.iri: named.may_prove for named in keys_of(actor, proven)}


def jsonld_bytes(document: dict[str, Any]) -> bytes:

    return json.dumps(document).encode()


def test_one_that_signs_and_one_that_proves() -> None:
    assert found() == {f"{V.iri}#main-key": False, f"{V.iri}#ed25519-key": True}


def test_one_that_is_in_both_lists_may_prove_when_it_is_the_same() -> None:
    same = {"id": f"{V.iri}#ed25519-key", "owner": V.iri, "publicKeyPem": pair(V.iri, "ed25519")[1]}
    assert found(publicKey=same) == {f"{V.iri}#ed25519-key": True}
    assert found(publicKey={**same, "publicKeyPem": pair(M.iri, "ed25519")[1]}) == {f"{V.iri}#ed25519-key": False}


@pytest.mark.parametrize(
    "more",
    [
        {"owner": M.iri},
        {"id": f"{M.iri}#main-key"},
        {"id": "https://innocent.example/users/neighbour#main-key"},
        {"id": "https://innocent.example/keys/1"},
        {"publicKeyPem": ""},
    ],
    ids=str,
)
def test_a_key_that_is_anothers_or_only_listed_is_none(more: dict[str, str]) -> None:
    key = {"id": f"{V.iri}#main-key", "owner": V.iri, "publicKeyPem": pair(V.iri)[1], **more}
    assert found(publicKey=key) == {f"{V.iri}#ed25519-key": True}


def test_a_key_with_a_document_of_its_own_counts_once_that_was_read() -> None:
    lone = "https://innocent.example/keys/1"
    key = {"id": lone, "owner": V.iri, "publicKeyPem": pair(V.iri)[1]}
    assert lone in found(publicKey=key, proven=frozenset({lone}))
    assert lone not in found(publicKey={**key, "owner": M.iri}, proven=frozenset({lone}))


def test_the_actors_own_address_names_its_first_key_for_whoever_signs_by_it() -> None:
    lone = {"id": "https://innocent.example/keys/1", "owner": V.iri, "publicKeyPem": pair(V.iri)[1]}
    assert V.iri in found(publicKey=lone, proven=frozenset({V.iri}))
    assert V.iri not in found(publicKey=lone)
    for other in ({**lone, "owner": M.iri}, {**lone, "publicKeyPem": ""}, lone["id"]):
        assert V.iri not in found(publicKey=other, proven=frozenset({V.iri}))


def test_an_rsa_key_among_those_that_prove_is_left_out_and_their_number_is_bounded() -> None:
    proving = described(V.iri)["assertionMethod"][0]
    rsa = {
        **proving,
        "id": f"{V.iri}#rsa",
        "publicKeyMultibase": "z4MXj1wBzi9jUstyPMS4jQqB6KdJaiatPkAtVtGc6bQEQEEsKTic4G7Rou3iBf9vP",
    }
    assert found(assertionMethod=[rsa, proving]) == {f"{V.iri}#main-key": False, f"{V.iri}#ed25519-key": True}
    many = [{**proving, "id": f"{V.iri}#{number}"} for number in range(100)]
    assert len(found(assertionMethod=many)) == MOST_KEYS + 1
    assert multibase(pair(V.iri, "ed25519")[1]) == proving["publicKeyMultibase"]
