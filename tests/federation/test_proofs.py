"""Integrity proofs: the vectors of the proposal, a round trip, and every change that must break one."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from hypothesis import given
from hypothesis import strategies as st

from federation import proofs
from federation.errors import BadKey, BadProof
from federation.messages import SigningKey
from federation.signatures import base58, keys
from kit.signing import NOW, pair
from vocab.namespaces import AS_CONTEXT

ALICE = "https://server.example/users/alice"
METHOD = f"{ALICE}#ed25519-key"
MADE = datetime(2023, 2, 24, 23, 36, 38, tzinfo=UTC)
#: FEP-8b32, fep-8b32.feature: the key, the document and the value of its proof.
SECRET = "z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq"
PUBLIC = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
VALUE = "z42ffGu6AUKPCFcFPiabmUvnGLPJzC7e4DGWC52NUasSSH37UMa9c58tdgVszUcZfytxa4fQ5TYHaJENCxUDe9SdL"
VECTOR: dict[str, Any] = {
    "@context": [AS_CONTEXT, "https://w3id.org/security/data-integrity/v2"],
    "id": "https://server.example/activities/1",
    "type": "Create",
    "actor": ALICE,
    "object": {
        "id": "https://server.example/objects/1",
        "type": "Note",
        "attributedTo": ALICE,
        "content": "Hello world",
        "location": {"type": "Place", "longitude": -71.184902, "latitude": 25.273962},
    },
}


def secret() -> str:
    raw = base58.decode(SECRET)[2:]
    return Ed25519PrivateKey.from_private_bytes(raw).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def made(document: dict[str, Any] | None = None, *, at: datetime = MADE) -> dict[str, Any]:
    """A document with a proof by Alice."""
    body = json.dumps(VECTOR if document is None else document).encode()
    found: dict[str, Any] = json.loads(proofs.attach(body, SigningKey(iri=METHOD, pem=secret()), at))
    return found


def is_proven(document: dict[str, Any], pem: str | None = None) -> bool:
    """Whether the proof is stated well and fits."""
    try:
        claimed = proofs.claim_of(document, NOW)
        if claimed is not None:
            proofs.verify(document, claimed, pem or keys.pem_of_multibase(PUBLIC))
    except (BadProof, BadKey):
        return False
    return claimed is not None


def test_the_vector_of_the_proposal_is_made_and_verified() -> None:
    document = made()
    assert document["proof"] == {
        "@context": VECTOR["@context"],
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-jcs-2022",
        "verificationMethod": METHOD,
        "proofPurpose": "assertionMethod",
        "created": "2023-02-24T23:36:38Z",
        "proofValue": VALUE,
    }
    assert is_proven(document)
    claimed = proofs.claim_of(document, NOW)
    assert claimed is not None
    assert (claimed.owner, claimed.method) == (ALICE, METHOD)


def test_every_other_byte_stays_where_it_was() -> None:
    body = b'{ "@context":["a"],\n"actor":"x", "n": 1.50, "s":"\\u00e9" }\n'
    assert proofs.attach(body, SigningKey(iri=METHOD, pem=secret()), MADE).startswith(body.rstrip()[:-1])


@pytest.mark.shows("FEP-8b32", "Our proofs hold, read by its rules.", peer="Mastodon", how="oracle")
def test_a_proof_of_ours_is_one_by_the_rules_of_mastodon() -> None:
    """Mastodon 4.7: app/lib/activitypub/object_integrity_proof.rb.

    The context of the document is a list that begins with that of the proof, the proof is one object, and all of its options
    but its value are hashed before the document.
    """
    document = made()
    proof = document.pop("proof")
    assert isinstance(document["@context"], list)
    assert document["@context"][: len(proof["@context"]) + 1] == proof["@context"]
    assert (proof["type"], proof["cryptosuite"], proof["proofPurpose"]) == (
        "DataIntegrityProof",
        "eddsa-jcs-2022",
        "assertionMethod",
    )
    value = base58.decode(proof.pop("proofValue"))
    hashed = b"".join(hashlib.sha256(rfc8785.dumps(each)).digest() for each in (proof, document))
    Ed25519PublicKey.from_public_bytes(base58.decode(PUBLIC)[2:]).verify(value, hashed)


def test_a_proof_within_a_list_and_one_whose_context_is_only_signed_are_read() -> None:
    document = made()
    assert is_proven({**document, "proof": [document["proof"]]})
    # As Fedify writes it: the context is signed with the options, and left out of what is sent.
    assert is_proven({**document, "proof": {name: each for name, each in document["proof"].items() if name != "@context"}})


def test_what_older_servers_sign_the_whole_with_does_not_count() -> None:
    assert is_proven({**made(), "signature": {"type": "RsaSignature2017", "creator": METHOD, "signatureValue": "AA=="}})


def test_a_document_without_proof_claims_nothing() -> None:
    assert proofs.claim_of(VECTOR, NOW) is None


CHANGED: list[dict[str, Any]] = [
    {"object": {**VECTOR["object"], "content": "Hello world!"}},
    {"object": {**VECTOR["object"], "location": {"type": "Place", "longitude": -71.1849, "latitude": 25.273962}}},
    {"to": ["https://server.example/more"]},
    {"type": "Update"},
    {"id": "https://server.example/activities/2"},
    {"id": "https://other.example/activities/1"},
    {"actor": "https://server.example/users/bob"},
    {"actor": "https://other.example/users/alice"},
    {"actor": [ALICE, "https://server.example/users/bob"]},
    {"actor": 1},
    {"@context": AS_CONTEXT},
    {"@context": None},
    {"summary": None},
    {"number": 2**60},
]


@pytest.mark.parametrize("changed", CHANGED, ids=str)
def test_changed_content_is_not_proven(changed: dict[str, Any]) -> None:
    assert not is_proven({**made(), **changed})


OPTIONS: list[dict[str, Any]] = [
    {"type": "Ed25519Signature2020"},
    {"cryptosuite": "eddsa-rdfc-2022"},
    {"cryptosuite": None},
    {"proofPurpose": "authentication"},
    {"created": "2023-02-24T23:36:39Z"},
    {"created": "2030-01-01T00:00:00Z"},
    {"created": "2023-02-24T23:36:38"},
    {"created": "yesterday"},
    {"created": None},
    {"expires": "2030-01-01T00:00:00Z"},
    {"nonce": "more"},
    {"domain": "https://noeud.example"},
    {"@context": [AS_CONTEXT]},
    {"verificationMethod": f"{ALICE}#other-key"},
    {"verificationMethod": "https://other.example/users/alice#ed25519-key"},
    {"verificationMethod": {"id": METHOD}},
    {"proofValue": VALUE[:-1]},
    {"proofValue": f"u{VALUE[1:]}"},
    {"proofValue": "z"},
    {"proofValue": "z" + "2" * 1000},
    {"proofValue": 7},
]


@pytest.mark.parametrize("changed", OPTIONS, ids=str)
def test_changed_options_are_not_proven(changed: dict[str, Any]) -> None:
    document = made()
    assert not is_proven({**document, "proof": {**document["proof"], **changed}})


def test_an_expired_proof_is_none_and_one_that_lasts_is_one() -> None:
    document = {**VECTOR, "proof": None}
    for expires, holds in ((NOW - timedelta(seconds=1), False), (NOW + timedelta(hours=1), True)):
        options = {**made()["proof"], "expires": expires.isoformat()}
        del options["proofValue"]
        message = proofs._hashed(options) + proofs._hashed(VECTOR)
        value = base58.encode(keys.sign_bytes(secret(), message))
        assert is_proven({**document, "proof": {**options, "proofValue": value}}) is holds


def test_the_key_of_another_who_names_the_authors_method_proves_nothing() -> None:
    forged = json.loads(proofs.attach(json.dumps(VECTOR).encode(), SigningKey(iri=METHOD, pem=pair("m", "ed25519")[0]), MADE))
    assert not is_proven(forged)
    assert not is_proven(made(), pair("m", "ed25519")[1])
    assert not is_proven(made(), pair("m")[1])


@pytest.mark.parametrize("proof", [1, "text", [], [made()["proof"]] * 2, [1], {}])
def test_what_is_no_single_proof_is_refused(proof: object) -> None:
    with pytest.raises(BadProof):
        proofs.claim_of({**VECTOR, "proof": proof}, NOW)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(["proof", "actor", "id", "@context", "attributedTo", "x"]), _JSON))
def test_nothing_but_its_own_error_is_raised(document: dict[str, Any]) -> None:
    assert not is_proven(document)


@given(
    st.dictionaries(st.sampled_from(["type", "created", "expires", "proofValue", "verificationMethod", "@context"]), _JSON), _JSON
)
def test_nothing_but_its_own_error_is_raised_for_nearly_good_ones(changed: dict[str, Any], extra: Any) -> None:
    document = made()
    assert not is_proven({**document, "x": extra, "proof": {**document["proof"], **changed}})
