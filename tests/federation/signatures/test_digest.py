"""Digests fit their body, or the request is refused."""

from __future__ import annotations

import base64
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from federation.errors import BadDigest
from federation.messages import Received
from federation.signatures.digest import check_digests, content_digest, digest
from kit.signing import NOW

BODY = b'{"hello": "world"}'
SHA256 = base64.b64encode(hashlib.sha256(BODY).digest()).decode()
SHA512 = base64.b64encode(hashlib.sha512(BODY).digest()).decode()


def _request(*headers: tuple[str, str], body: bytes = BODY) -> Received:
    return Received(method="POST", target="/inbox", headers=headers, body=body, at=NOW)


def test_digest_is_spelled_as_strict_readers_want_it() -> None:
    assert digest(BODY) == f"SHA-256={SHA256}"
    assert content_digest(BODY) == f"sha-256=:{SHA256}:"


def test_the_vector_of_rfc_9530_holds() -> None:
    # RFC 9530, appendix B.1: the body ends with a line feed.
    body = b'{"hello": "world"}\n'
    assert content_digest(body) == "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Digest", f"SHA-256={SHA256}"),
        ("Digest", f"sha-256={SHA256}"),
        ("DIGEST", f"SHA-256={SHA256}"),
        ("Digest", f"unixsum=30637, SHA-256={SHA256}"),
        ("Digest", f"SHA-512={SHA512}"),
        ("Digest", f"SHA-256={SHA256},SHA-512={SHA512}"),
        ("Content-Digest", f"sha-256=:{SHA256}:"),
        ("Content-Digest", f"sha-512=:{SHA512}:, md5=:AAAA:"),
    ],
)
def test_a_right_digest_is_found(name: str, value: str) -> None:
    assert check_digests(_request((name, value))) == {name.lower()}


def test_both_headers_are_looked_at() -> None:
    both = (("Digest", f"SHA-256={SHA256}"), ("Content-Digest", f"sha-256=:{SHA256}:"))
    assert check_digests(_request(*both)) == {"digest", "content-digest"}
    assert check_digests(_request()) == frozenset()
    with pytest.raises(BadDigest, match="Content-Digest does not fit"):
        check_digests(_request(both[0], ("Content-Digest", "sha-256=:AAAA:")))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Digest", "SHA-256=AAAA"),
        ("Digest", "SHA-256=not base64"),
        ("Digest", "SHA-256=é"),
        ("Digest", "md5=Sd/dVLAcvNLSq16eXua5uQ=="),
        ("Digest", ""),
        ("Digest", f"SHA-256={SHA256},SHA-256=AAAA"),
        ("Digest", f"SHA-256={SHA256},SHA-512=AAAA"),
        ("Content-Digest", f"sha-256={SHA256}"),
        ("Content-Digest", f"sha-256=:{SHA256}:, sha-256=:{SHA256}:"),
        ("Content-Digest", "sha-256"),
        ("Content-Digest", "sha-256=(:AAAA:)"),
        ("Content-Digest", "sha-256=:é:"),
        ("Content-Digest", "sha-256=:\N{SNOWMAN}:"),
        ("Content-Digest", "md5=:AAAA:"),
    ],
)
def test_a_wrong_digest_is_refused(name: str, value: str) -> None:
    with pytest.raises(BadDigest):
        check_digests(_request((name, value)))


def test_two_headers_of_one_name_are_refused() -> None:
    right = ("Digest", f"SHA-256={SHA256}")
    with pytest.raises(BadDigest, match="more than one"):
        check_digests(_request(right, right))


@given(st.sampled_from(["Digest", "Content-Digest"]), st.text(max_size=80))
def test_any_text_gives_a_verdict(name: str, text: str) -> None:
    with pytest.raises(BadDigest):
        check_digests(_request((name, text)))
