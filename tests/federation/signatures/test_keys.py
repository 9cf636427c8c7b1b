"""Which keys are accepted, and that they sign what they say."""

from __future__ import annotations

import time

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from federation.errors import BadKey, LocalError
from federation.signatures import keys
from kit.signing import ED, M, pair

# A public modulus of 512 bits, and what one of 16,384 bits looks like: no key is that big by accident.
GIANT = (1 << 16383) + 1


def _public_pem(key: rsa.RSAPublicKey | ec.EllipticCurvePublicKey) -> str:
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


@pytest.mark.parametrize(("signer", "kind"), [(M, "rsa"), (ED, "ed25519")])
def test_made_keys_are_of_their_kind_and_sign(signer: object, kind: str) -> None:
    private, public = pair(getattr(signer, "iri"), kind)  # noqa: B009 -- the fixture is told apart by its value
    assert keys.kind_of(private) == keys.check_key(public) == kind
    assert keys.public_pem(private) == public
    assert "BEGIN PRIVATE KEY" in private
    assert "BEGIN PUBLIC KEY" in public
    signature = keys.sign_bytes(private, b"bonjour")
    assert keys.is_signed(public, signature, b"bonjour")
    assert not keys.is_signed(public, signature, b"bonsoir")
    assert not keys.is_signed(public, b"", b"bonjour")


def test_there_are_no_other_kinds() -> None:
    with pytest.raises(LocalError, match="dsa"):
        keys.generate_keys("dsa")


def test_the_older_pem_of_rsa_is_read() -> None:
    key = keys._public(pair(M.iri)[1])
    assert isinstance(key, rsa.RSAPublicKey)
    assert keys.check_key(f"\n{key.public_bytes(Encoding.PEM, PublicFormat.PKCS1).decode()}\n") == "rsa"


@pytest.mark.parametrize(
    ("numbers", "reason"),
    [
        (rsa.RSAPublicNumbers(e=3, n=(1 << 2047) + 1), "exponent"),
        (rsa.RSAPublicNumbers(e=65537, n=(1 << 4096) + 1), "4097 bits"),
        (rsa.RSAPublicNumbers(e=65537, n=(1 << 2046) + 1), "2047 bits"),
    ],
)
def test_keys_of_an_odd_size_are_refused(numbers: rsa.RSAPublicNumbers, reason: str) -> None:
    with pytest.raises(BadKey, match=reason):
        keys.check_key(_public_pem(numbers.public_key()))


def test_a_toy_key_is_refused_a18() -> None:
    toy = (
        "-----BEGIN PUBLIC KEY-----\nMFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAMpVlM5OqYdRmBFGFVjVjWZ9wKvFQJmR\n"
        "MjJ3lGm5V6oQm0d7pQ6r8rT9K4J0u8bLrZx3yqkq9cU1vZ8b0h2pM1kCAwEAAQ==\n-----END PUBLIC KEY-----\n"
    )
    with pytest.raises(BadKey):
        keys.check_key(toy)


def test_a_giant_key_is_refused_at_once_a18() -> None:
    pem = _public_pem(rsa.RSAPublicNumbers(e=65537, n=GIANT).public_key())
    began = time.perf_counter()
    with pytest.raises(BadKey, match="16384 bits"):
        keys.check_key(pem)
    with pytest.raises(BadKey, match="too long"):
        keys.check_key(pem * 10)
    assert time.perf_counter() - began < 1


def test_keys_of_another_kind_are_refused() -> None:
    with pytest.raises(BadKey, match="neither"):
        keys.check_key(_public_pem(ec.generate_private_key(ec.SECP256R1()).public_key()))


def test_our_own_broken_keys_are_our_fault() -> None:
    with pytest.raises(LocalError, match="cannot be read"):
        keys.sign_bytes("no key", b"")
    curve = ec.generate_private_key(ec.SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with pytest.raises(LocalError, match="neither"):
        keys.kind_of(curve.decode())


@pytest.mark.shows("FEP-521a", "Keys are read and written as Multikey.", how="example")
def test_multibase_is_that_of_the_standard() -> None:
    # The key of the first example of FEP-521a and of the did:key specification.
    text = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
    assert keys.multibase(keys.pem_of_multibase(text)) == text
    public = pair(ED.iri, "ed25519")[1]
    assert keys.pem_of_multibase(keys.multibase(public)) == public
    with pytest.raises(BadKey, match="Only Ed25519"):
        keys.multibase(pair(M.iri)[1])


@pytest.mark.parametrize("text", ["", "z", "m6Mk", "z0OIl", "z6Mk", f"z{'2' * 200}", "z" + "2" * 48])
def test_other_multibase_is_refused(text: str) -> None:
    with pytest.raises(BadKey):
        keys.pem_of_multibase(text)


@given(st.text(max_size=200))
def test_any_text_is_refused_as_key(text: str) -> None:
    with pytest.raises(BadKey):
        keys.check_key(text)
    with pytest.raises(BadKey):
        keys.pem_of_multibase(f"z{text}")
