"""The log of exchanges as a file that this organisation has signed: whoever is given it can tell whether it is whole.

Spec: FEP-8b32 §Integrity proofs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import orjson

from federation import proofs
from federation.errors import BadKey, BadProof, RemoteError
from federation.proofs import ProofClaim
from federation.published_keys import keys_of
from federation.signatures.keys import public_pem
from node.contracts import House, Outside
from node.errors import Invalid
from node.storage.traffic import KEPT, MOST, Passage, traffic
from node.storage.unit_of_work import UnitOfWork
from vocab import jsonld
from vocab.things.actor import Actor

#: What a proof says is defined in the second; what the log says is no ActivityPub, and nobody takes it for any.
CONTEXT = ("https://www.w3.org/ns/activitystreams", "https://w3id.org/security/data-integrity/v1")
TYPE = "JournalDesEchanges"
#: Where it is asked for in the browser.
PATH = "/liens/journal.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedLog:
    """A log as it was given: nothing in it is proven before `check`."""

    document: Mapping[str, object]
    claim: ProofClaim

    @property
    def lines(self) -> int:
        """How many exchanges it holds."""
        held = self.document.get("exchanges")
        return len(held) if isinstance(held, list) else 0


def signed_log(uow: UnitOfWork, house: House) -> bytes:
    """The exchanges of the last sixty days, the newest first, signed by the organisation; no words, no addresses of things."""
    since, at = house.now - timedelta(days=KEPT), _moment(house.now)
    held = traffic(uow, since)
    ways = Counter(each.way for each in held)
    said = {
        "@context": list(CONTEXT),
        "id": f"{house.url}{PATH}#{at}",
        "type": TYPE,
        "attributedTo": house.organisation,
        "published": at,
        "startTime": _moment(since),
        "endTime": at,
        # of a busier node the oldest are left out, and it is said
        "isWhole": max(ways.values(), default=0) < MOST,
        "exchanges": [_line(each) for each in held],
    }
    return proofs.attach(orjson.dumps(said), uow.keys.signing(house.organisation, "ed25519"), house.now)


def read_log(content: bytes, now: datetime) -> SignedLog:
    """A log that somebody was given; raises Invalid for what is none."""
    try:
        document = orjson.loads(content)
    except orjson.JSONDecodeError as fault:
        raise Invalid("this is no log: it is no JSON") from fault
    if not isinstance(document, dict) or document.get("type") != TYPE:
        raise Invalid("this is no log of exchanges")
    try:
        claim = proofs.claim_of(document, now)
    except BadProof as fault:
        raise Invalid(f"this log is not signed as it should be: {fault}") from fault
    if claim is None:
        raise Invalid("this log is not signed")
    return SignedLog(document=document, claim=claim)


def own_key(uow: UnitOfWork, log: SignedLog) -> str | None:
    """The public half of the key of ours that is said to have signed it; None where it is none of ours."""
    mine = (row for row in uow.keys.of(log.claim.owner, "ed25519") if row.iri == log.claim.method)
    return next((public_pem(row.pem) for row in mine), None)


async def far_key(outside: Outside, log: SignedLog) -> str:
    """The same of another organisation, asked for at its own server; raises Invalid when it does not publish that key."""
    owner, method = log.claim.owner, log.claim.method
    try:
        actor = jsonld.read((await outside.document(owner, is_anew=True)).body)
    except RemoteError as problem:
        raise Invalid(f"{owner} cannot be asked for its key: {problem}") from problem
    keys = keys_of(actor) if isinstance(actor, Actor) else []
    found = next((named.key.pem for named in keys if named.may_prove and named.key.iri == method), None)
    if found is None:
        raise Invalid(f"{owner} does not publish the key {method}: it may have replaced it since")
    return found


def check(log: SignedLog, pem: str) -> None:
    """Raises Invalid unless whoever has this key signed the log as it is."""
    try:
        proofs.verify(log.document, log.claim, pem)
    except (BadProof, BadKey) as fault:
        raise Invalid(f"this log was changed, or {log.claim.owner} did not sign it: {fault}") from fault


def _line(each: Passage) -> dict[str, str]:
    said = {
        "at": _moment(each.at),
        "way": each.way,
        "host": each.host,
        "type": each.type,
        "state": each.state,
        "status": each.status,
        "key": each.key,
        "reason": each.reason[:200],
    }
    return {name: value for name, value in said.items() if value}


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
