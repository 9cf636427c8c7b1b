"""Request signatures as the fediverse has always sent them: one `Signature` header over pseudo-headers and headers.

Spec: draft-cavage-http-signatures-12 §2.3.
Spec: draft-cavage-http-signatures-12 §4.1.
"""

from __future__ import annotations

import base64
import re
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from functools import lru_cache

from federation.errors import BadDigest, BadSignature, CoversTooLittle
from federation.messages import Outgoing, Received, SigningKey
from federation.signatures import claims, keys
from federation.signatures.claims import BODILESS, SignatureClaim
from federation.signatures.digest import check_digests, digest

NAME = "draft-cavage"

TARGET, CREATED, EXPIRES = "(request-target)", "(created)", "(expires)"
ALGORITHMS = frozenset({"", "rsa-sha256", "hs2019"})

_PARAMETER = re.compile(r'[ \t]*([A-Za-z]+)[ \t]*=[ \t]*(?:"([^"\\]*)"|([0-9]+))[ \t]*(?:,|$)')
_SECONDS = re.compile(r"[1-9][0-9]{0,10}")

#: One of these is covered where there is a body; some servers write the newer one into the older signature.
OF_BODY = frozenset({"digest", "content-digest"})

#: Headers of ours that are signed where they stand: what FEP-8fcf says of followers is believed only when it is.
ALSO_SIGNED = frozenset({"collection-synchronization"})


def sign(outgoing: Outgoing, key: SigningKey, at: datetime) -> Outgoing:
    """The request with Host, Date, Digest (unless it has no body by its method) and Signature.

    The algorithm is named rsa-sha256, or hs2019 for an Ed25519 key; no spaces after commas. Raises LocalError, ForbiddenAddress.
    """
    place, target = claims.place_of(outgoing.url)
    headers = [("Host", place.authority), ("Date", format_datetime(at.astimezone(UTC), usegmt=True))]
    if outgoing.method not in BODILESS:
        headers.append(("Digest", digest(outgoing.body)))
    also = [(name, value) for name, value in outgoing.headers if name.lower() in ALSO_SIGNED]
    lines = [(TARGET, f"{outgoing.method.lower()} {target}"), *((name.lower(), value) for name, value in (*headers, *also))]
    signature = keys.sign_bytes(key.pem, "\n".join(f"{name}: {value}" for name, value in lines).encode("ascii"))
    algorithm = "rsa-sha256" if keys.kind_of(key.pem) == keys.RSA else "hs2019"
    names = " ".join(name for name, _ in lines)
    stated = (
        f'keyId="{key.iri}",algorithm="{algorithm}",headers="{names}",signature="{base64.b64encode(signature).decode("ascii")}"'
    )
    return claims.with_headers(outgoing, *headers, ("Signature", stated))


def read(received: Received) -> SignatureClaim:
    """What the Signature header says; raises BadSignature when it is not exactly one, clean and understood."""
    stated = _parameters(claims.only(received, "Signature"))
    covered = tuple(stated.get("headers", CREATED).lower().split())
    if len(set(covered)) != len(covered):
        raise BadSignature("The signature covers one header twice")
    algorithm = stated.get("algorithm", "").lower()
    if algorithm not in ALGORITHMS:
        raise BadSignature(f"Signatures by {algorithm[:50]!r} are not accepted")
    if algorithm == "rsa-sha256" and {CREATED, EXPIRES} & set(covered):
        raise BadSignature("(created) and (expires) may not be covered by rsa-sha256")
    if not stated.get("keyid"):
        raise BadSignature("The signature names no key")
    return SignatureClaim(
        standard=NAME,
        key_id=stated["keyid"],
        algorithm=algorithm,
        covered=covered,
        signature=_decoded(stated.get("signature", "")),
        created=_moment(stated, "created"),
        expires=_moment(stated, "expires"),
    )


def check(received: Received, claim: SignatureClaim) -> None:
    """Digest, window and coverage; raises BadDigest, StaleSignature or CoversTooLittle."""
    digests = check_digests(received)
    for signed_at in _signed_at(received, claim):
        claims.check_window(signed_at, claim.expires, received.at)
    has_body = received.method not in BODILESS
    missing = {TARGET, "host"} - set(claim.covered)
    if has_body and not OF_BODY & set(claim.covered):
        missing.add("digest")
    if missing:
        raise CoversTooLittle(f"The signature does not cover {', '.join(sorted(missing))}")
    if has_body and not digests & set(claim.covered):
        raise BadDigest("There is no Digest")


def verify(received: Received, claim: SignatureClaim, pem: str, url: str) -> None:
    """The key `pem` made the signature over this very request; raises BadSignature or BadKey.

    On GET the target is tried without its query too, as older servers sign it. `url` is ours; the host has been checked.
    """
    del url  # Host is signed as it was sent, and was compared with ours before
    targets = [received.target]
    if received.method in BODILESS and "?" in received.target:
        targets.append(received.target.partition("?")[0])
    claims.proven(pem, claim, [_base(received, claim, target) for target in targets])


def _base(received: Received, claim: SignatureClaim, target: str) -> str:
    return "\n".join(f"{name}: {_value(received, claim, name, target)}" for name in claim.covered)


def _value(received: Received, claim: SignatureClaim, name: str, target: str) -> str:
    if name == TARGET:
        return f"{received.method.lower()} {target}"
    if name in {CREATED, EXPIRES}:
        stated = claim.created if name == CREATED else claim.expires
        if stated is None:
            raise BadSignature(f"The signature covers {name} and does not say it")
        return str(int(stated.timestamp()))
    return claims.combined(received, name)


def _signed_at(received: Received, claim: SignatureClaim) -> list[datetime]:
    moments = [claim.created] if claim.created else []
    if "date" in claim.covered:
        moments.append(_date(claims.only(received, "Date")))
    if not moments or not {"date", CREATED} & set(claim.covered):
        raise CoversTooLittle("The signature covers no time: neither date nor (created)")
    return moments


@lru_cache(maxsize=256)
def _date(text: str) -> datetime:
    try:
        date = parsedate_to_datetime(text)
    except (ValueError, OverflowError, IndexError, TypeError) as problem:
        raise BadSignature("Date cannot be read") from problem
    if date.tzinfo is None:
        raise BadSignature("Date says no time zone")
    return date


def _parameters(text: str) -> dict[str, str]:
    stated: dict[str, str] = {}
    position = 0
    while position < len(text):
        match = _PARAMETER.match(text, position)
        if match is None:
            raise BadSignature("The Signature header cannot be read")
        name = match.group(1).lower()
        if name in stated:
            raise BadSignature(f"The Signature header says {name} twice")
        stated[name] = match.group(2) if match.group(2) is not None else match.group(3)
        position = match.end()
    return stated


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text.encode("ascii"), validate=True)
    except ValueError as problem:
        raise BadSignature("The signature is not base64") from problem


def _moment(stated: dict[str, str], name: str) -> datetime | None:
    text = stated.get(name)
    if text is None:
        return None
    if not _SECONDS.fullmatch(text):
        raise BadSignature(f"{name} is not a whole number of seconds")
    return claims.moment(int(text))
