"""RFC 9421: what we send, what we accept, and every attack on it that security.md lists."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from hypothesis import given
from hypothesis import strategies as st

from federation import signatures
from federation.errors import BadDigest, BadKey, BadSignature, CoversTooLittle, RemoteError, StaleSignature, WrongHost
from federation.messages import Outgoing, Received
from federation.signatures import keys, rfc9421
from federation.signatures.claims import SignatureClaim
from federation.signatures.digest import content_digest
from kit.signing import ED, INBOX, NODE, NOW, M, Signer, activity, arrived, post, signed, with_header

ALL = ("@method", "@target-uri", "content-digest")
CREATED = int(NOW.timestamp())


def _verify(received: Received, signer: Signer = M, url: str = NODE) -> SignatureClaim:
    """What the signature says, once it is proven."""
    claim = signatures.claims_of(received)
    signatures.check(received, claim)
    signatures.verify(received, claim, signer.public.pem, url)
    return claim


def _by_hand(
    received: Received, covered: Sequence[str] = ALL, parameters: str | None = None, signer: Signer = M, uri: str = INBOX
) -> Received:
    """Signs as any implementation would, the text put together without our code; components are written with their quotes."""
    values = {name.lower(): value for name, value in received.headers}
    values |= {"@method": received.method, "@target-uri": uri, "@authority": "noeud.example", "@scheme": "https"}
    values |= {"@path": "/communautes/logement/inbox", "@query": "?", "@request-target": received.target}
    stated = f';created={CREATED};keyid="{signer.key.iri}"' if parameters is None else parameters
    statement = _inner(covered) + stated
    lines = [f'"{name}": {values[name]}' for name in covered] + [f'"@signature-params": {statement}']
    made = base64.b64encode(keys.sign_bytes(signer.key.pem, "\n".join(lines).encode())).decode()
    return with_header(with_header(received, "Signature-Input", f"x={statement}"), "Signature", f"x=:{made}:")


def _inner(covered: Sequence[str]) -> str:
    return "(" + " ".join('"' + name + '"' for name in covered) + ")"


def _plain(body: bytes | None = None) -> Received:
    body = activity(M.iri) if body is None else body
    received = with_header(arrived(post(body)), "Host", "noeud.example")
    return with_header(received, "Content-Digest", content_digest(body))


def _parameters(created: int | None = CREATED, **more: int | str) -> str:
    stated: dict[str, int | str] = {} if created is None else {"created": created}
    stated |= {"keyid": M.key.iri, **more}
    return "".join(f";{key}={value}" if isinstance(value, int) else f';{key}="{value}"' for key, value in stated.items())


# --- the standard's own example


@pytest.mark.shows("RFC 9421", "The Ed25519 example of the standard verifies.", how="example")
def test_the_ed25519_example_of_the_standard() -> None:
    # RFC 9421, appendix B.2.6 with the key of appendix B.1.4.
    key = "MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs="
    pem = f"-----BEGIN PUBLIC KEY-----\n{key}\n-----END PUBLIC KEY-----\n"
    stated = '("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"'
    request = Received(
        method="POST",
        target="/foo?param=Value&Pet=dog",
        headers=(
            ("Host", "example.com"),
            ("Date", "Tue, 20 Apr 2021 02:07:55 GMT"),
            ("Content-Type", "application/json"),
            ("Content-Length", "18"),
            ("Signature-Input", f"sig-b26={stated}"),
            ("Signature", "sig-b26=:wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==:"),
        ),
        body=b'{"hello": "world"}',
        at=datetime(2021, 4, 20, 2, 8, tzinfo=UTC),
    )
    claim = rfc9421.read(request)
    rfc9421.verify(request, claim, pem, "https://example.com")
    assert claim.created == datetime.fromtimestamp(1618884473, UTC)
    with pytest.raises(CoversTooLittle):  # a true signature over too little is still no proof
        rfc9421.check(request, claim)
    with pytest.raises(BadSignature):
        rfc9421.verify(request, claim, pem, "https://example.org")


# --- what we send


def test_others_can_verify_what_we_sign() -> None:
    sent = signatures.sign("rfc9421", post(b"{}", "https://autre.example:8443/inbox?a=%40b"), M.key, NOW)
    headers = dict(sent.headers)
    statement = headers["Signature-Input"].removeprefix("sig1=")
    assert statement == (
        '("@method" "@target-uri" "@authority" "content-digest" "content-type")'
        f';created={CREATED};keyid="{M.key.iri}";alg="rsa-v1_5-sha256"'
    )
    text = (
        '"@method": POST\n"@target-uri": https://autre.example:8443/inbox?a=%40b\n"@authority": autre.example:8443\n'
        f'"content-digest": {content_digest(b"{}")}\n"content-type": application/activity+json\n'
        f'"@signature-params": {statement}'
    )
    public = load_pem_public_key(M.public.pem.encode())
    assert isinstance(public, RSAPublicKey)
    public.verify(base64.b64decode(headers["Signature"].removeprefix("sig1=:")[:-1]), text.encode(), PKCS1v15(), SHA256())


def test_a_fetch_covers_method_target_and_authority() -> None:
    sent = signatures.sign("rfc9421", Outgoing(method="GET", url=INBOX), ED.key, NOW)
    assert dict(sent.headers)["Signature-Input"].startswith('sig1=("@method" "@target-uri" "@authority");created=')
    _verify(arrived(sent), ED)


# --- what we accept


@pytest.mark.shows("RFC 9421", "Signatures of requests are made and verified, with RSA and Ed25519.")
@pytest.mark.parametrize("signer", [M, ED])
def test_what_we_sign_we_verify(signer: Signer) -> None:
    assert _verify(signed(signer, standard="rfc9421"), signer).key_id == signer.key.iri


def test_the_components_that_others_cover() -> None:
    few = ("@method", "@target-uri", "@authority", "host", "content-digest")
    many = (*ALL, "@scheme", "@path", "@query", "@request-target", "content-type")
    assert [_verify(_by_hand(_plain(), covered)).covered for covered in (few, many)] == [few, many]
    parameters = _parameters(expires=CREATED + 300, alg="rsa-v1_5-sha256", nonce="n", tag="t")
    assert _verify(_by_hand(_plain(), parameters=parameters)).expires == NOW + timedelta(seconds=300)


def test_the_order_of_components_and_parameters_is_theirs() -> None:
    covered = ("content-digest", "@target-uri", "@method")
    claim = _verify(_by_hand(_plain(), covered, f';keyid="{M.key.iri}";created={CREATED}'))
    assert (claim.covered, claim.key_id, claim.created) == (covered, M.key.iri, NOW)


# --- attacks


def test_a20_digest_not_covered() -> None:
    received = _by_hand(_plain(), ("@method", "@target-uri"))
    for without in (received, with_header(received, "Content-Digest")):
        with pytest.raises(CoversTooLittle, match="content-digest"):
            _verify(without)
    with pytest.raises(BadDigest, match="no Content-Digest"):
        _verify(with_header(_by_hand(_plain()), "Content-Digest"))
    with pytest.raises(BadDigest, match="does not fit"):
        _verify(replace(_by_hand(_plain()), body=b"{}"))


@pytest.mark.parametrize("covered", [("content-digest",), ("@method", "content-digest"), ("@path", "@method", "content-digest")])
def test_a21_target_not_covered(covered: tuple[str, ...]) -> None:
    with pytest.raises(CoversTooLittle, match="@target-uri"):
        _verify(_by_hand(_plain(), covered))


def test_a21_target_of_another_server() -> None:
    with pytest.raises(BadSignature, match="does not fit"):
        _verify(_by_hand(_plain(), uri="https://innocent.example/communautes/logement/inbox"))


def test_a22_time() -> None:
    with pytest.raises(CoversTooLittle, match="no time"):
        _verify(_by_hand(_plain(), parameters=_parameters(None)))
    for created in (CREATED - 26 * 3600, CREATED + 2 * 3600):
        with pytest.raises(StaleSignature):
            _verify(_by_hand(_plain(), parameters=_parameters(created)))
    with pytest.raises(StaleSignature, match="expired"):
        _verify(_by_hand(_plain(), parameters=_parameters(expires=CREATED - 60)))
    with pytest.raises(StaleSignature):
        _verify(signed(M, standard="rfc9421", at=NOW - timedelta(hours=2)))


def test_a23_two_labels() -> None:
    received = _by_hand(_plain())
    (given_input,), (given_signature,) = received.values("Signature-Input"), received.values("Signature")
    for order in (1, -1):
        inputs = ", ".join([given_input, f'y=("@method");created={CREATED};keyid="v"'][::order])
        made = ", ".join([given_signature, "y=:AAAA:"][::order])
        with pytest.raises(BadSignature, match="exactly one"):
            _verify(with_header(with_header(received, "Signature-Input", inputs), "Signature", made))
    with pytest.raises(BadSignature, match="exactly one"):
        _verify(with_header(received, "Signature", f"{given_signature}, y=:AAAA:"))


def test_a24_doubled_parameters_and_headers() -> None:
    received = _by_hand(_plain())
    for name in ("Signature", "Signature-Input"):
        with pytest.raises(BadSignature, match="exactly once"):
            _verify(with_header(received, name, *received.values(name), *received.values(name)))
    with pytest.raises(BadSignature, match="twice"):
        _verify(_by_hand(_plain(), parameters=f'{_parameters()};keyid="{ED.key.iri}"'))
    with pytest.raises(BadSignature, match="twice"):
        _verify(_by_hand(_plain(), (*ALL, "@method")))


@pytest.mark.parametrize("algorithm", ["hmac-sha256", "rsa-pss-sha512", "ecdsa-p256-sha256", "rsa-sha256"])
def test_a19_algorithms_that_are_not_accepted(algorithm: str) -> None:
    with pytest.raises(BadSignature, match=algorithm):
        _verify(_by_hand(_plain(), parameters=_parameters(alg=algorithm)))


def test_a19_the_algorithm_follows_from_the_key() -> None:
    with pytest.raises(BadKey):
        _verify(_by_hand(_plain(), parameters=_parameters(alg="ed25519")))


@pytest.mark.parametrize(
    "covered",
    ['"@status"', '"@query-param";name="a"', '"content-digest";sf', '"@method";req', '"Host"', "host", "1", "@method"],
)
def test_odd_components_are_refused(covered: str) -> None:
    stated = f'x=("@method" {covered}){_parameters()}'
    with pytest.raises(BadSignature):  # already when it is read, whoever signed it
        signatures.claims_of(with_header(_by_hand(_plain()), "Signature-Input", stated))


@pytest.mark.parametrize(
    "parameters",
    [
        "", ";keyid", ";keyid=1", ';keyid=""', ';keyid="k";created="1"', ';keyid="k";created', ';keyid="k";created=1.5',
        ';keyid="k";created=-1', ';keyid="k";alg=1', ';keyid="k";expires=@1',
    ],
)  # fmt: skip
def test_odd_parameters_are_refused(parameters: str) -> None:
    with pytest.raises(BadSignature):
        _verify(_by_hand(_plain(), parameters=parameters))


@pytest.mark.parametrize("stated", ["", "x", "x=1", 'x="a"', "x=()", "x=(", "é", "x=?0", 'x=("@method"), x=("@path")'])
def test_broken_headers_are_refused(stated: str) -> None:
    for name in ("Signature-Input", "Signature"):
        with pytest.raises(BadSignature):
            _verify(with_header(_by_hand(_plain()), name, stated))


def test_too_many_components_are_refused() -> None:
    names = " ".join(f'"x-{number}"' for number in range(51))
    with pytest.raises(BadSignature, match="too many"):
        _verify(with_header(_by_hand(_plain()), "Signature-Input", f"x=({names}){_parameters()}"))


def test_our_own_address_must_be_one() -> None:
    with pytest.raises(WrongHost):
        _verify(_by_hand(_plain()), url="nowhere")


@given(st.sampled_from(["Signature", "Signature-Input"]), st.text(max_size=120))
def test_any_header_gives_a_verdict(name: str, stated: str) -> None:
    with pytest.raises(RemoteError):
        _verify(with_header(signed(M, standard="rfc9421"), name, stated))
