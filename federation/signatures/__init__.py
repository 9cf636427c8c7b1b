"""Signatures on requests, by standard: one table, and the choice of the standard that a request uses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from federation.errors import BadSignature, LocalError, Unsigned
from federation.messages import Outgoing, Received, SigningKey
from federation.signatures import draft_cavage, rfc9421
from federation.signatures.claims import SignatureClaim

__all__ = ["DRAFT_CAVAGE", "RFC9421", "STANDARDS", "SignatureClaim", "Standard", "check", "claims_of", "sign", "verify", "wished"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standard:
    """One way of signing: `sign` ours; `read` theirs, then `check` digest, window and coverage, then `verify` with the key."""

    sign: Callable[[Outgoing, SigningKey, datetime], Outgoing]
    read: Callable[[Received], SignatureClaim]
    check: Callable[[Received, SignatureClaim], None]
    verify: Callable[[Received, SignatureClaim, str, str], None]


DRAFT_CAVAGE, RFC9421 = draft_cavage.NAME, rfc9421.NAME

STANDARDS: Mapping[str, Standard] = MappingProxyType(
    {
        module.NAME: Standard(sign=module.sign, read=module.read, check=module.check, verify=module.verify)
        for module in (draft_cavage, rfc9421)
    }
)


def sign(standard: str, outgoing: Outgoing, key: SigningKey, at: datetime) -> Outgoing:
    """The request signed by the standard of that name, "draft-cavage" or "rfc9421"; sign anew at each try.

    The address becomes the one that was signed: send it as it is. Raises LocalError, or ForbiddenAddress for a bad address.
    """
    if standard not in STANDARDS:
        raise LocalError(f"There is no signature standard {standard!r}")
    return STANDARDS[standard].sign(outgoing, key, at)


def claims_of(received: Received) -> SignatureClaim:
    """What the request says of its signature, nothing proven; raises Unsigned, or BadSignature unless it is exactly one."""
    has_input = bool(received.values("Signature-Input"))
    if not has_input and not received.values("Signature"):
        raise Unsigned
    return STANDARDS[RFC9421 if has_input else DRAFT_CAVAGE].read(received)


def wished(method: str) -> tuple[tuple[str, str], ...]:
    """How an answer of 401 says in both standards what a signature of such a request must cover. Spec: RFC 9110 §15.5.2."""
    is_read = method in {"GET", "HEAD"}
    covered = '"@method" "@target-uri" "@authority"' if is_read else '"@method" "@target-uri" "@authority" "content-digest"'
    return (
        ("WWW-Authenticate", f'Signature headers="(request-target) host date{"" if is_read else " digest"}"'),
        ("Accept-Signature", f"sig1=({covered});created"),
    )


def check(received: Received, claim: SignatureClaim) -> None:
    """Whatever can be checked without the key: digest, window, coverage; raises BadSignature and its kinds."""
    STANDARDS[claim.standard].check(received, claim)


def verify(received: Received, claim: SignatureClaim, pem: str, url: str) -> None:
    """The key `pem` signed this request to our address `url`; raises BadSignature or BadKey."""
    if not claim.signature:
        raise BadSignature("The signature is empty")
    STANDARDS[claim.standard].verify(received, claim, pem, url)
