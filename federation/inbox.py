"""Who sent this? Every check on a request in one order, and the only place where Received becomes Verified.

Spec: ActivityPub §7.
Spec: FEP-fe34 §Authentication.
Spec: RFC 9421 §3.2.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import orjson

from federation import proofs, signatures
from federation.addresses import host_of, origin, same_origin
from federation.addressing import is_public, recipients
from federation.errors import (
    BadKey,
    BadProof,
    BadSignature,
    ForbiddenAddress,
    Gone,
    KeyUnavailable,
    MalformedActivity,
    NotTheSigner,
    RemoteError,
    TooLarge,
    UnacceptableAnswer,
    Unreachable,
    UnsupportedMediaType,
    WrongHost,
)
from federation.fetching import is_activity_type
from federation.messages import PublicKey, Received, Verified
from federation.ports import KeyDirectory
from federation.proofs import ProofClaim
from federation.signatures import SignatureClaim
from federation.signatures.claims import BODILESS, is_ours
from vocab import jsonld
from vocab.activities.activity import Activity
from vocab.errors import VocabError

LARGEST_BODY = 1_048_576

#: Taken in without a profile too: here the signature says what it is, while of a document only its type does.
JSON_LD = "application/ld+json"
_LONGEST_CLAIM = 500
#: Before anything is proven, nothing is read that would take longer than the proof.
_MOST_BRACKETS = 50_000
_NAMED_KEY = re.compile(r"""(?:^|[,;\s])keyid="([^"\\]{1,2048})\"""", re.IGNORECASE)

#: What may be passed on with its author's proof by anybody.
FORWARDABLE = frozenset({"Create", "Update", "Delete"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What a request says of itself, none of it proven: for the list of what was refused. Empty where it says nothing."""

    host: str = ""
    actor: str = ""
    activity: str = ""
    type: str = ""
    object: str = ""
    key_id: str = ""


async def authenticate(received: Received, *, keys: KeyDirectory, url: str, recipient: str | None = None) -> Verified:
    """The activity that came in, its actor proven to have signed it; `url` is our public address, without path.

    In order: envelope, host, one signature, digest, window, coverage, key, proof, reading, actor is signer. Raises RemoteError
    and nothing else; its `status_hint` suits the answer. `recipient` is whose inbox it came to, None for the shared one.
    """
    _check_envelope(received)
    key, standard = await _signer(received, keys, url)
    activity = _read(received.body)
    if activity.actor is not None and activity.actor.iri != key.owner:
        forwarded = await _forwarded(received, keys, recipient)
        if forwarded is not None:
            return forwarded
    _check_actor(activity, key)
    return Verified(
        activity=activity,
        actor=key.owner,
        key_id=key.iri,
        body=received.body,
        at=received.at,
        recipient=recipient,
        standard=standard,
    )


def proven_method(document: bytes, at: datetime) -> str:
    """The id of the key by which a document says that it is proven, "" when it names none that could be."""
    claimed = _proof(_loosely_read(document), at)
    return claimed.method if claimed is not None else ""


def proven(
    document: bytes, key: PublicKey, at: datetime, recipient: str | None = None, *, handed_on_by: str = ""
) -> Verified | None:
    """The activity in a document, when `key` has proven it as it stands; None when not. It means what it means alone.

    `key` is in the assertionMethod of its owner: the caller has seen that. Only what is public, or what its author addressed to
    the very group that hands it on (`handed_on_by`): of anything else nobody but its author says to whom it may go.
    Spec: FEP-8b32 §Proof verification.
    """
    try:
        said = jsonld.parse(document)
        claimed = _proof(said, at)
        if claimed is None or claimed.method != key.iri or claimed.owner != key.owner:
            return None
        proofs.verify(said, claimed, key.pem)
        activity = _read(document)
        _check_actor(activity, key)
    except (VocabError, RemoteError):
        return None
    if not is_public(activity) and not (handed_on_by and handed_on_by in recipients(activity)):
        return None
    return Verified(activity=activity, actor=key.owner, key_id=key.iri, body=document, at=at, recipient=recipient)


async def authenticate_reader(received: Received, *, keys: KeyDirectory, url: str) -> str:
    """The IRI of the actor that signed a GET. Raises Unsigned when nobody did, else RemoteError."""
    if received.method not in BODILESS:
        raise BadSignature("This is not a request to read something")
    key, _ = await _signer(received, keys, url)
    return key.owner


def claim(received: Received) -> Claim:
    """Who claims to send what; never raises, proves nothing."""
    said = _loosely_read(received.body)
    actor = _id(said.get("actor"))
    key_id = _key_id(received)
    return Claim(
        host=host_of(actor) or host_of(key_id),
        actor=actor,
        activity=_id(said.get("id")),
        type=_id(said.get("type")),
        object=_id(said.get("object")),
        key_id=key_id,
    )


def named_key(received: Received) -> str:
    """The key that a request seems to name, at a glance: to look something up by it; nothing may rest on it. "" for none."""
    return key_in([*received.values("Signature-Input"), *received.values("Signature")])


def key_in(stated: Iterable[str]) -> str:
    """The same from the values of `Signature-Input`, then of `Signature`."""
    for value in stated:
        if (found := _NAMED_KEY.search(value)) is not None:
            return found.group(1)
    return ""


def is_farewell(received: Received) -> bool:
    """Whether this says that an actor deletes itself. Its key is often gone already: answer 202 and drop it when it is."""
    said = claim(received)
    return said.type == "Delete" and bool(said.actor) and said.actor == said.object


def _check_envelope(received: Received) -> None:
    if received.method != "POST":
        raise MalformedActivity("An inbox takes POST")
    types = received.values("Content-Type")
    if len(types) != 1 or not (is_activity_type(types[0]) or types[0].partition(";")[0].strip().lower() == JSON_LD):
        raise UnsupportedMediaType
    if any(value.strip().lower() not in {"", "identity"} for value in received.values("Content-Encoding")):
        raise UnsupportedMediaType("Compressed bodies are not accepted")
    if len(received.body) > LARGEST_BODY:
        raise TooLarge(f"The body is larger than {LARGEST_BODY} bytes")


async def _signer(received: Received, keys: KeyDirectory, url: str) -> tuple[PublicKey, str]:
    """The key that signed the request and by which standard; asked for once more when it does not fit: it may be a new one."""
    _check_host(received, url)
    claimed = signatures.claims_of(received)
    signatures.check(received, claimed)
    if origin(claimed.key_id) is None:
        raise KeyUnavailable("The key is at no address that may be asked")
    key = await _key(keys, claimed)
    try:
        signatures.verify(received, claimed, key.pem, url)
    except BadSignature:
        newer = await _newer_key(keys, claimed)
        if newer is None:
            raise
        signatures.verify(received, claimed, newer.pem, url)
        return newer, claimed.standard
    return key, claimed.standard


async def _forwarded(received: Received, keys: KeyDirectory, recipient: str | None) -> Verified | None:
    """What somebody passes on of somebody else's, when its author's proof goes with it, and the key is known already.

    Only what says something of a thing: an old Follow or Undo could be played again. Nothing is fetched for it.
    """
    method = proven_method(received.body, received.at)
    key = await keys.proving(method) if method else None
    found = proven(received.body, key, received.at, recipient) if key is not None else None
    about = getattr(found.activity, "object", ()) if found is not None else ()
    if found is None or found.activity.type not in FORWARDABLE or [ref.iri for ref in about] == [found.actor]:
        return None
    return found


def _proof(said: Mapping[str, object], at: datetime) -> ProofClaim | None:
    try:
        return proofs.claim_of(said, at)
    except BadProof:
        return None


def _check_host(received: Received, url: str) -> None:
    place = origin(url)
    hosts = received.values("Host")
    if place is None or len(hosts) != 1 or not is_ours(hosts[0].strip(), place):
        raise WrongHost
    if not received.target.startswith("/"):
        raise WrongHost("The request names an address, not a path")


async def _key(keys: KeyDirectory, claimed: SignatureClaim) -> PublicKey:
    try:
        key = await keys.find(claimed.key_id)
    except (Unreachable, Gone, UnacceptableAnswer, ForbiddenAddress) as problem:
        # Whatever stands in the way of the key, the sender is told the same, and may try again.
        raise KeyUnavailable(str(problem)) from problem
    return _whole(key, claimed)


async def _newer_key(keys: KeyDirectory, claimed: SignatureClaim) -> PublicKey | None:
    try:
        key = await keys.find_again(claimed.key_id)
    except RemoteError:
        return None
    return key and _whole(key, claimed)


def _whole(key: PublicKey, claimed: SignatureClaim) -> PublicKey:
    """The key, when it is the one that was named and lives where its owner does."""
    if key.iri != claimed.key_id or not same_origin(key.iri, key.owner):
        raise BadKey("This key is not its owner's")
    return key


def _read(body: bytes) -> Activity:
    try:
        said = jsonld.parse(body)
        thing = jsonld.thing_of(jsonld.expand(said))
    except VocabError as problem:
        raise MalformedActivity(str(problem)) from problem
    if not isinstance(thing, Activity):
        raise MalformedActivity(f"A {thing.type[:100] or 'thing without type'} is no activity")
    if isinstance(said.get("actor"), list):
        raise MalformedActivity("An activity has one actor")
    return thing


def _check_actor(activity: Activity, key: PublicKey) -> None:
    actor = activity.actor.iri if activity.actor is not None else ""
    if origin(actor) is None:
        raise MalformedActivity("The activity names no actor at an http(s) address")
    if actor != key.owner:
        raise NotTheSigner(f"The activity is by {actor[:200]}, the signature by {key.owner[:200]}")
    if origin(activity.id) is None:
        raise MalformedActivity("The activity has no id that is an http(s) address")
    if not same_origin(activity.id, actor):
        raise NotTheSigner("The activity's id is on another server than its actor")


def _loosely_read(body: bytes) -> dict[str, object]:
    if len(body) > LARGEST_BODY or body.count(b"[") + body.count(b"{") > _MOST_BRACKETS:
        return {}
    try:
        said = orjson.loads(body)
    except orjson.JSONDecodeError:
        return {}
    return said if isinstance(said, dict) else {}


def _id(value: object) -> str:
    if isinstance(value, dict):
        value = value.get("id")
    return value[:_LONGEST_CLAIM] if isinstance(value, str) else ""


def _key_id(received: Received) -> str:
    try:
        return signatures.claims_of(received).key_id[:_LONGEST_CLAIM]
    except RemoteError:
        return ""
