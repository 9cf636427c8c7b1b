"""What somebody passes on of somebody else's: let in with its author's proof, and only what says something of a thing."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from federation.errors import NotTheSigner, RemoteError
from federation.inbox import authenticate
from federation.messages import PublicKey
from kit.proving import proof_key, with_proof
from kit.signing import NODE, NOW, PUBLIC, Directory, M, V, directory, note, pair, signed

INNER: dict[str, Any] = {
    "id": "https://innocent.example/act/1",
    "type": "Create",
    "actor": V.iri,
    "object": note(V.iri),
    "to": [PUBLIC],
}


def knowing() -> Directory:
    """A directory that knows the proof key of V too."""
    found = directory()
    key = proof_key(V.iri).iri
    found.proofs[key] = PublicKey(iri=key, owner=V.iri, pem=pair(V.iri, "ed25519")[1])
    return found


def proven(**more: Any) -> dict[str, Any]:
    return with_proof({**INNER, **more}, proof_key(V.iri), NOW)


async def test_the_author_is_believed_whoever_sends_it() -> None:
    body = json.dumps(proven()).encode()
    keys = knowing()
    verified = await authenticate(signed(M, body), keys=keys, url=NODE)
    assert (verified.actor, verified.key_id, verified.body) == (V.iri, f"{V.iri}#ed25519-key", body)
    assert keys.asked == [M.key.iri], "nothing but the sender's key is asked for"


async def test_one_whose_key_is_not_known_is_not_believed() -> None:
    with pytest.raises(NotTheSigner):
        await authenticate(signed(M, json.dumps(proven()).encode()), keys=directory(), url=NODE)


def _changed(**more: Any) -> Callable[[], dict[str, Any]]:
    return lambda: {**proven(), **more}


@pytest.mark.parametrize(
    "made",
    [
        _changed(object={**note(V.iri), "content": "<p>changed</p>"}),
        _changed(to=[PUBLIC, f"{NODE}/communautes/logement"]),
        _changed(proof={**proven()["proof"], "created": "2026-11-22T09:59:59Z"}),
        _changed(proof={**proven()["proof"], "verificationMethod": f"{M.iri}#ed25519-key"}),
        lambda: with_proof(INNER, proof_key(V.iri, "m"), NOW),
        lambda: with_proof({**INNER, "actor": M.iri}, proof_key(V.iri), NOW) | {"actor": V.iri},
        lambda: proven(to=[f"{V.iri}/followers"]),
        lambda: proven(type="Follow", object=f"{NODE}/communautes/logement"),
        lambda: proven(type="Undo", object=f"{V.iri}/follows/1"),
        lambda: proven(type="Like", object=f"{NODE}/ressources/1"),
        lambda: proven(type="Delete", object=V.iri),
        lambda: {**INNER, "signature": {"type": "RsaSignature2017", "creator": V.key.iri, "signatureValue": "AA=="}},
    ],
    ids=[
        "content", "addresses", "options", "method", "another's key", "another's proof", "not for all", "Follow", "Undo",
        "Like", "farewell", "LD signature",
    ],
)  # fmt: skip
async def test_anything_else_is_refused(made: Callable[[], dict[str, Any]]) -> None:
    with pytest.raises(RemoteError) as refused:
        await authenticate(
            signed(M, json.dumps({"@context": "https://www.w3.org/ns/activitystreams", **made()}).encode()),
            keys=knowing(),
            url=NODE,
        )
    assert refused.value.status_hint == 401
