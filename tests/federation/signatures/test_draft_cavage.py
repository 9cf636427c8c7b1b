"""draft-cavage: what we send, what we accept, and every attack on it that security.md lists."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from email.utils import format_datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from hypothesis import given
from hypothesis import strategies as st

from federation import signatures
from federation.errors import BadDigest, BadKey, BadSignature, CoversTooLittle, RemoteError, StaleSignature
from federation.messages import Outgoing, Received
from federation.signatures import keys
from federation.signatures.claims import SignatureClaim
from federation.signatures.digest import content_digest, digest
from kit.signing import ED, INBOX, NODE, NOW, M, Signer, activity, arrived, pair, post, signed, with_header

ALL = ("(request-target)", "host", "date", "digest")


def _verify(received: Received, signer: Signer = M, url: str = NODE) -> SignatureClaim:
    """What the signature says, once it is proven."""
    claim = signatures.claims_of(received)
    signatures.check(received, claim)
    signatures.verify(received, claim, signer.public.pem, url)
    return claim


def _by_hand(received: Received, covered: Sequence[str] = ALL, signer: Signer = M, **more: str) -> Received:
    """Signs what `covered` names, as any implementation would: an independent second opinion on the text that is signed."""
    values = {name.lower(): value for name, value in received.headers}
    values |= {"(request-target)": f"{received.method.lower()} {received.target}"}
    values |= {f"({name})": more[name] for name in ("created", "expires") if name in more}
    text = "\n".join(f"{name.lower()}: {values[name.lower()]}" for name in covered)
    made = base64.b64encode(keys.sign_bytes(signer.key.pem, text.encode())).decode()
    stated = {"keyId": signer.key.iri, "headers": " ".join(covered), "signature": made, **more}
    return with_header(received, "Signature", ",".join(f'{name}="{value}"' for name, value in stated.items()))


def _plain(body: bytes | None = None, **headers: str) -> Received:
    body = activity(M.iri) if body is None else body
    received = arrived(post(body))
    given = {"Host": "noeud.example", "Date": format_datetime(NOW, usegmt=True), "Digest": digest(body), **headers}
    for name, value in given.items():
        received = with_header(received, name, value)
    return received


def _get(target: str = "/communautes/logement?page=2") -> Received:
    headers = (("Host", "noeud.example"), ("Date", format_datetime(NOW, usegmt=True)))
    return Received(method="GET", target=target, headers=headers, body=b"", at=NOW)


# --- what we send


def test_the_header_is_spelled_for_naive_readers() -> None:
    (stated,) = signed(M).values("Signature")
    assert stated.startswith(
        f'keyId="{M.iri}#main-key",algorithm="rsa-sha256",headers="(request-target) host date digest",signature="'
    )
    assert ", " not in stated


def test_others_can_verify_what_we_sign() -> None:
    sent = signatures.sign("draft-cavage", post(b"{}", "https://autre.example:8443/inbox?a=%40b"), M.key, NOW)
    headers = dict(sent.headers)
    assert headers["Host"] == "autre.example:8443"
    assert headers["Date"] == "Sun, 22 Nov 2026 10:00:00 GMT"
    text = (
        "(request-target): post /inbox?a=%40b\nhost: autre.example:8443\ndate: Sun, 22 Nov 2026 10:00:00 GMT\n"
        f"digest: {digest(b'{}')}"
    )
    public = load_pem_public_key(M.public.pem.encode())
    assert isinstance(public, RSAPublicKey)
    made = base64.b64decode(headers["Signature"].rpartition('signature="')[2].rstrip('"'))
    public.verify(made, text.encode(), PKCS1v15(), SHA256())


def test_a_fetch_covers_target_host_and_date() -> None:
    sent = signatures.sign("draft-cavage", Outgoing(method="GET", url=INBOX), M.key, NOW)
    assert 'headers="(request-target) host date"' in dict(sent.headers)["Signature"]
    assert "Digest" not in dict(sent.headers)
    _verify(arrived(sent))


def test_ed25519_says_hs2019() -> None:
    received = signed(ED)
    assert 'algorithm="hs2019"' in received.values("Signature")[0]
    _verify(received, ED)


# --- what we accept


@pytest.mark.shows("draft-cavage-http-signatures-12", "Signatures of requests are made and verified.")
def test_what_we_sign_we_verify() -> None:
    assert _verify(signed(M)).key_id == M.key.iri
    assert _verify(signed(M, at=NOW - timedelta(minutes=59))).key_id == M.key.iri


@pytest.mark.parametrize("algorithm", ["hs2019", "rsa-sha256", "HS2019", ""])
def test_the_algorithms_of_the_fediverse_of_which_none_is_one_too(algorithm: str) -> None:
    received = _by_hand(_plain(), algorithm=algorithm) if algorithm else _by_hand(_plain())
    assert _verify(received).algorithm == algorithm.lower()


def test_spaces_after_commas_and_bare_numbers() -> None:
    created = str(int(NOW.timestamp()))
    received = _by_hand(_plain(), ("(request-target)", "host", "(created)", "digest"), algorithm="hs2019", created=created)
    stated = received.values("Signature")[0].replace(f'created="{created}"', f"created={created}").replace(",", ", ")
    assert _verify(with_header(received, "Signature", stated)).created == NOW


def test_content_type_may_be_covered_too() -> None:
    assert _verify(_by_hand(_plain(), (*ALL, "content-type"))).covered == (*ALL, "content-type")


def test_a_get_may_be_signed_without_its_query() -> None:
    without = replace(_get(), target="/communautes/logement")
    covered = ("(request-target)", "host", "date")
    _verify(_by_hand(_get(), covered))
    _verify(replace(_get(), headers=_by_hand(without, covered).headers))
    with pytest.raises(BadSignature, match="does not fit"):
        _verify(replace(_get("/autre?page=2"), headers=_by_hand(without, covered).headers))


def test_a_post_may_not_be_signed_without_its_query() -> None:
    with pytest.raises(BadSignature, match="does not fit"):
        _verify(replace(signed(M), target="/communautes/logement/inbox?x=1"))


# --- attacks


def test_a02_a_subset_of_headers() -> None:
    with pytest.raises(CoversTooLittle, match=r"\(request-target\), digest, host"):
        _verify(_by_hand(_plain(), ("date",)))


def test_a03_a04_digest_not_covered_or_not_there() -> None:
    covered = ("(request-target)", "host", "date")
    with pytest.raises(CoversTooLittle, match="digest"):
        _verify(_by_hand(_plain(), covered))
    with pytest.raises(CoversTooLittle):
        _verify(_by_hand(with_header(_plain(), "Digest"), covered))
    with pytest.raises(BadDigest, match="no Digest"):
        _verify(with_header(signed(M), "Digest"))


def test_a05_the_body_swapped() -> None:
    with pytest.raises(BadDigest):
        _verify(replace(signed(M), body=activity(M.iri, thing="https://evil.example/n/2")))


def test_the_newer_digest_in_the_older_signature() -> None:
    covered = ("(request-target)", "host", "date", "content-digest")
    newer = with_header(_plain(), "Content-Digest", content_digest(activity(M.iri)))
    received = replace(newer, headers=tuple(each for each in newer.headers if each[0] != "Digest"))
    _verify(_by_hand(received, covered))
    with pytest.raises(CoversTooLittle, match="digest"):
        _verify(_by_hand(received, covered[:3]))
    with pytest.raises(BadDigest):
        _verify(replace(_by_hand(received, covered), body=activity(M.iri, thing="https://evil.example/n/2")))


def test_a06_digest_in_capitals() -> None:
    received = _by_hand(_plain(), ("(request-target)", "host", "date", "DIGEST"))
    _verify(received)
    with pytest.raises(BadDigest):
        _verify(replace(received, body=b"{}"))


def test_a07_another_path() -> None:
    with pytest.raises(BadSignature):
        _verify(replace(signed(M, url=f"{NODE}/some/other/inbox"), target="/communautes/logement/inbox"))


def test_a08_another_host() -> None:
    with pytest.raises(BadSignature, match="does not fit"):
        _verify(with_header(signed(M, url="https://innocent.example/inbox"), "Host", "noeud.example"))


@pytest.mark.parametrize("late", [timedelta(hours=26), timedelta(hours=-2)])
def test_a09_stale_or_from_the_future(late: timedelta) -> None:
    with pytest.raises(StaleSignature):
        _verify(signed(M, at=NOW - late))


def test_a10_no_signed_time_or_an_expired_one() -> None:
    with pytest.raises(CoversTooLittle, match="no time"):
        _verify(_by_hand(_plain(), ("(request-target)", "host", "digest")))
    created, ago = str(int(NOW.timestamp())), str(int(NOW.timestamp()) - 60)
    with pytest.raises(CoversTooLittle, match="no time"):  # said, but not signed
        _verify(_by_hand(_plain(), ("(request-target)", "host", "digest"), created=created))
    with pytest.raises(StaleSignature, match="expired"):
        _verify(_by_hand(_plain(), (*ALL, "(expires)"), algorithm="hs2019", expires=ago))
    with pytest.raises(CoversTooLittle):
        _verify(_by_hand(_plain(), ("(request-target)", "host", "digest", "(expires)"), expires=created))


def test_a12_another_key() -> None:
    with pytest.raises(BadSignature):
        _verify(signed(M), Signer(iri="https://innocent.example/users/v"))


@pytest.mark.parametrize("algorithm", ["hmac-sha256", "rsa-sha1", "rsa-sha512", "ecdsa-sha256", "none"])
def test_a19_algorithms_that_are_not_accepted(algorithm: str) -> None:
    with pytest.raises(BadSignature, match=algorithm):
        _verify(_by_hand(_plain(), algorithm=algorithm))


def test_a19_the_algorithm_follows_from_the_key() -> None:
    with pytest.raises(BadKey):
        _verify(_by_hand(_plain(), signer=ED, algorithm="rsa-sha256"), ED)


def test_a24_doubled_parameters_and_headers() -> None:
    (stated,) = signed(M).values("Signature")
    for doubled in (f'keyId="{ED.key.iri}",{stated}', f'{stated},KEYID="{ED.key.iri}"'):
        with pytest.raises(BadSignature, match="twice"):
            _verify(with_header(signed(M), "Signature", doubled))
    with pytest.raises(BadSignature, match="exactly once"):
        _verify(with_header(signed(M), "Signature", stated, stated))
    with pytest.raises(BadSignature, match="twice"):
        _verify(_by_hand(_plain(), (*ALL, "Host")))


def test_two_dates_or_none() -> None:
    received = signed(M)
    for dates in ((), (*received.values("Date"), *received.values("Date"))):
        with pytest.raises(BadSignature, match="exactly once"):
            _verify(with_header(received, "Date", *dates))


@pytest.mark.parametrize("date", ["yesterday", "Sun, 22 Nov 2026 10:00:00 -0000", "Sun, 99 Nov 2026 10:00:00 GMT", ""])
def test_a_date_must_be_one(date: str) -> None:
    with pytest.raises(BadSignature):
        _verify(_by_hand(_plain(Date=date)))


def test_created_is_legal_only_with_hs2019() -> None:
    created = str(int(NOW.timestamp()))
    with pytest.raises(BadSignature, match="rsa-sha256"):
        _verify(_by_hand(_plain(), (*ALL, "(created)"), algorithm="rsa-sha256", created=created))
    received = _by_hand(_plain(), (*ALL, "(created)"), created=created)
    with pytest.raises(BadSignature, match="does not say it"):
        _verify(with_header(received, "Signature", received.values("Signature")[0].replace(f',created="{created}"', "")))


@pytest.mark.parametrize(
    "stated",
    [
        "", "x", 'keyId="a"', 'keyId="",signature="AAAA"', 'keyId="a",signature="é"', 'keyId="a",signature="A"',
        'keyId="a" signature="AAAA"', 'keyId="a\\"b",signature="AAAA"', 'keyId="a",created="now"', 'keyId="a",created="0"',
        'keyId="a",created="1e9"', f'keyId="{"a" * 9000}"',
    ],
)  # fmt: skip
def test_broken_headers_are_refused(stated: str) -> None:
    with pytest.raises(BadSignature):
        _verify(with_header(signed(M), "Signature", stated))


def test_a_covered_header_must_be_there() -> None:
    received = _by_hand(with_header(_plain(), "X-Extra", "1"), (*ALL, "x-extra"))
    _verify(received)
    with pytest.raises(BadSignature, match="x-extra"):
        _verify(with_header(received, "X-Extra"))


@given(st.text(max_size=120), st.text(max_size=40))
def test_any_header_gives_a_verdict(stated: str, date: str) -> None:
    for received in (with_header(signed(M), "Signature", stated), with_header(signed(M), "Date", date)):
        with pytest.raises(RemoteError):
            _verify(received)


@given(st.sampled_from(["keyId", "algorithm", "headers", "signature", "created", "expires"]), st.text(max_size=40))
def test_any_parameter_gives_a_verdict(name: str, value: str) -> None:
    parts = dict(part.split("=", 1) for part in signed(M).values("Signature")[0].split(","))
    parts[name] = f'"{value}"'
    try:
        _verify(with_header(signed(M), "Signature", ",".join(f"{key}={part}" for key, part in parts.items())))
    except RemoteError:
        return
    assert name in {"keyId", "algorithm", "created", "expires"}  # what is not covered, or means the same


def test_keys_are_made_once() -> None:
    assert pair(M.iri) is pair(M.iri)
