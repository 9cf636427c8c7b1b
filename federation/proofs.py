"""Integrity proofs: an activity or a thing that carries its author's signature with it, whoever passes it on.

The suite is eddsa-jcs-2022: JSON is put in one form by JCS, hashed and signed with Ed25519; RDF is never canonicalised.
Spec: FEP-8b32 §Integrity proofs.
Spec: RFC 8785 §3.2.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import orjson
import rfc8785

from federation.addresses import same_origin
from federation.errors import BadKey, BadProof
from federation.messages import SigningKey
from federation.signatures import base58, keys

SUITE = "eddsa-jcs-2022"
PURPOSE = "assertionMethod"
TYPE = "DataIntegrityProof"
CONTEXT = "@context"
FURTHEST_AHEAD = timedelta(minutes=5)

#: What is not part of what a proof is about: the proof, and what older servers sign the whole with.
_AROUND = frozenset({"proof", "signature"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofClaim:
    """A proof as stated: nothing in it is proven. `owner` is who must have made it, `method` the id of the key."""

    owner: str
    method: str
    options: Mapping[str, object]
    signature: bytes


def attach(document: bytes, key: SigningKey, at: datetime) -> bytes:
    """The same document with a proof at its end, made `at` with an Ed25519 key of its author; every other byte stays.

    The document has a `@context` that defines what a proof says. Raises LocalError for a key of ours that cannot be read.
    """
    body: Mapping[str, object] = orjson.loads(document)
    # Whole seconds in UTC and no further option: a peer that writes the proof anew before it checks changes nothing then.
    options = {
        CONTEXT: body[CONTEXT],
        "type": TYPE,
        "cryptosuite": SUITE,
        "verificationMethod": key.iri,
        "proofPurpose": PURPOSE,
        "created": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
    value = base58.encode(keys.sign_bytes(key.pem, _hashed(options) + _hashed(_inside(body))))
    proof = orjson.dumps({**options, "proofValue": value})
    return document.rstrip().removesuffix(b"}") + b',"proof":' + proof + b"}"


def claim_of(document: Mapping[str, object], now: datetime) -> ProofClaim | None:
    """What a document's proof says of itself, None when it has none; raises BadProof when it cannot hold, whatever the key."""
    proof = document.get("proof")
    if isinstance(proof, list) and len(proof) == 1:
        proof = proof[0]
    if proof is None:
        return None
    if not isinstance(proof, dict):
        raise BadProof("A document carries one proof")
    stated = (proof.get("type"), proof.get("cryptosuite"), proof.get("proofPurpose"))
    if stated != (TYPE, SUITE, PURPOSE):
        raise BadProof(f"Only proofs of {SUITE} for {PURPOSE} are read")
    _check_context(document, proof)
    _check_moments(proof, now)
    owner, method, value = _owner(document), proof.get("verificationMethod"), proof.get("proofValue")
    if not isinstance(method, str) or not isinstance(value, str) or not same_origin(method, owner):
        raise BadProof("The proof names no key on its author's server")
    if not same_origin(_text(document.get("id")), owner):
        raise BadProof("What is proven is on another server than its author")
    options = {name: each for name, each in proof.items() if name != "proofValue"}
    try:
        return ProofClaim(owner=owner, method=method, options=options, signature=base58.decode(value))
    except BadKey as problem:
        raise BadProof("The value of the proof is not written in base58") from problem


def verify(document: Mapping[str, object], claimed: ProofClaim, pem: str) -> None:
    """The proof was made over this very document with the private half of `pem`; raises BadProof or BadKey.

    Whose key that is, the caller knows: it must be in the assertionMethod of `claimed.owner`.
    """
    if keys.check_key(pem) != keys.ED25519:
        raise BadProof("Proofs are made with Ed25519 keys")
    try:
        inside = _hashed(_inside(document))
        hashed = [_hashed(options) + inside for options in _possible(document, claimed.options)]
    except rfc8785.CanonicalizationError as problem:
        raise BadProof("The document holds a number that cannot be put in one form") from problem
    if not any(keys.is_signed(pem, claimed.signature, message) for message in hashed):
        raise BadProof("The proof does not fit what it is on")


def _possible(document: Mapping[str, object], options: Mapping[str, object]) -> list[Mapping[str, object]]:
    """The options as they may have been signed: some servers sign the document's context with them and do not write it there."""
    return [options] if CONTEXT in options else [{**options, CONTEXT: document[CONTEXT]}, options]


def _check_context(document: Mapping[str, object], proof: Mapping[str, object]) -> None:
    # Without a context of its own a document would mean what those make of it who pass it on.
    said, whole = proof.get(CONTEXT), document.get(CONTEXT)
    if not whole:
        raise BadProof("What carries a proof brings its context")
    if said is not None and said != whole:
        raise BadProof("The proof was made in another context")


def _check_moments(proof: Mapping[str, object], now: datetime) -> None:
    created, expires = _moment(proof.get("created")), proof.get("expires")
    if created is None or created > now + FURTHEST_AHEAD:
        raise BadProof("The proof does not say when it was made, or says the future")
    if expires is not None and ((until := _moment(expires)) is None or until <= now):
        raise BadProof("The proof has expired")


def _moment(said: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(_text(said))
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None


def _owner(document: Mapping[str, object]) -> str:
    """Who must have made the proof: who acts or, of a thing, its one author."""
    said = document.get("actor", document.get("attributedTo"))
    if isinstance(said, list) and len(said) == 1:
        said = said[0]
    if isinstance(said, dict):
        said = said.get("id")
    return _text(said)


def _text(said: object) -> str:
    return said if isinstance(said, str) else ""


def _inside(document: Mapping[str, object]) -> Mapping[str, object]:
    return {name: value for name, value in document.items() if name not in _AROUND}


def _hashed(value: Mapping[str, object]) -> bytes:
    return hashlib.sha256(rfc8785.dumps(cast("dict[str, Any]", dict(value)))).digest()
