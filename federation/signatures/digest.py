"""Digests of a body: `Digest`, as everybody sends it, and `Content-Digest`, which replaced it.

Spec: RFC 3230 §4.3.2.
Spec: RFC 9530 §2.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac

import http_sf

from federation.errors import BadDigest
from federation.messages import Received

DIGEST = "Digest"
CONTENT_DIGEST = "Content-Digest"

_HASHES = {"sha-256": hashlib.sha256, "sha-512": hashlib.sha512}


def digest(body: bytes) -> str:
    """The value of `Digest` for a body: SHA-256 in base64, its name in capitals."""
    return f"SHA-256={base64.b64encode(hashlib.sha256(body).digest()).decode('ascii')}"


def content_digest(body: bytes) -> str:
    """The value of `Content-Digest` for a body: sha-256 as a structured field."""
    return http_sf.ser({"sha-256": hashlib.sha256(body).digest()})


def check_digests(received: Received) -> frozenset[str]:
    """Every digest that the request carries fits its body: their header names in lower case; raises BadDigest.

    A header that names no algorithm we know proves nothing and is refused, as are two headers of one name.
    """
    found = set()
    for name, read in ((DIGEST, _read_digest), (CONTENT_DIGEST, _read_content_digest)):
        values = received.values(name)
        if not values:
            continue
        if len(values) > 1:
            raise BadDigest(f"There is more than one {name}")
        _check(name, read(values[0]), received.body)
        found.add(name.lower())
    return frozenset(found)


def _check(name: str, stated: list[tuple[str, bytes]], body: bytes) -> None:
    known = [(algorithm, value) for algorithm, value in stated if algorithm in _HASHES]
    if not known:
        raise BadDigest(f"{name} names neither SHA-256 nor SHA-512")
    for algorithm, value in known:
        if not hmac.compare_digest(_HASHES[algorithm](body).digest(), value):
            raise BadDigest(f"{name} does not fit the body")


def _read_digest(text: str) -> list[tuple[str, bytes]]:
    stated = []
    for part in text.split(","):
        algorithm, _, value = part.strip().partition("=")
        try:
            stated.append((algorithm.lower(), base64.b64decode(value.encode("ascii"), validate=True)))
        except (ValueError, binascii.Error):
            # Another algorithm may have another encoding (UNIXsum is a number); ours must be base64.
            stated.append((algorithm.lower(), b""))
    return stated


def _read_content_digest(text: str) -> list[tuple[str, bytes]]:
    try:
        stated = http_sf.parse(text.encode("latin-1"), tltype="dictionary", on_duplicate_key=_refuse_double)
    except (http_sf.StructuredFieldError, UnicodeEncodeError) as problem:
        raise BadDigest("Content-Digest cannot be read") from problem
    entries = stated.items() if isinstance(stated, dict) else ()
    values = ((name, member[0] if isinstance(member, tuple) else member) for name, member in entries)
    return [(name, value if isinstance(value, bytes) else b"") for name, value in values]


def _refuse_double(key: str, _where: str) -> None:
    raise BadDigest(f"Content-Digest names {key} twice")
