"""Keys: making them, reading them, and which ones are accepted: RSA of 2048 to 4096 bits with e = 65537, and Ed25519.

The algorithm always follows from the key, never from what a message says.
Spec: RFC 8017 §8.2.
Spec: RFC 8032 §5.1.
Spec: FEP-521a §Keys.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TypeAlias

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from federation.errors import BadKey, LocalError
from federation.signatures import base58

RSA = "rsa"
ED25519 = "ed25519"

SMALLEST_RSA, LARGEST_RSA = 2048, 4096
ONLY_EXPONENT = 65537
LONGEST_PEM = 10_000

_MULTICODEC_ED25519 = b"\xed\x01"
_ED25519_BYTES = 32

_Private: TypeAlias = RSAPrivateKey | Ed25519PrivateKey
_Public: TypeAlias = RSAPublicKey | Ed25519PublicKey


def generate_keys(kind: str = RSA) -> tuple[str, str]:
    """A new pair of keys of kind "rsa" (2048 bits) or "ed25519": (private PKCS#8 PEM, public SubjectPublicKeyInfo PEM)."""
    private: _Private
    if kind == RSA:
        private = generate_private_key(public_exponent=ONLY_EXPONENT, key_size=SMALLEST_RSA)
    elif kind == ED25519:
        private = Ed25519PrivateKey.generate()
    else:
        raise LocalError(f"There are no keys of kind {kind!r}")
    secret = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode("ascii")
    return secret, _pem(private.public_key())


def public_pem(private_pem: str) -> str:
    """The public half of a private key of ours; raises LocalError when it cannot be read."""
    return _pem(_private(private_pem).public_key())


def check_key(pem: str) -> str:
    """The kind of a public key, "rsa" or "ed25519", when it is one that is accepted; raises BadKey."""
    return RSA if isinstance(_public(pem), RSAPublicKey) else ED25519


def kind_of(private_pem: str) -> str:
    """The kind of a private key of ours, "rsa" or "ed25519"; raises LocalError."""
    return RSA if isinstance(_private(private_pem), RSAPrivateKey) else ED25519


def sign_bytes(private_pem: str, message: bytes) -> bytes:
    """The signature of `message`: RSASSA-PKCS1-v1_5 with SHA-256, or Ed25519, as the key is; raises LocalError."""
    key = _private(private_pem)
    if isinstance(key, Ed25519PrivateKey):
        return key.sign(message)
    return key.sign(message, PKCS1v15(), SHA256())


def is_signed(pem: str, signature: bytes, message: bytes) -> bool:
    """Whether `signature` is one of `message` by the private half of the public key `pem`; raises BadKey."""
    key = _public(pem)
    try:
        if isinstance(key, Ed25519PublicKey):
            key.verify(signature, message)
        else:
            key.verify(signature, message, PKCS1v15(), SHA256())
    except InvalidSignature:
        return False
    return True


def multibase(pem: str) -> str:
    """The publicKeyMultibase of an Ed25519 public key, as a Multikey carries it; raises BadKey for other keys."""
    key = _public(pem)
    if not isinstance(key, Ed25519PublicKey):
        raise BadKey("Only Ed25519 keys are written as Multikey")
    return base58.encode(_MULTICODEC_ED25519 + key.public_bytes(Encoding.Raw, PublicFormat.Raw))


def pem_of_multibase(text: str) -> str:
    """The PEM of an Ed25519 key given as publicKeyMultibase; raises BadKey."""
    packed = base58.decode(text)
    raw = packed.removeprefix(_MULTICODEC_ED25519)
    if len(packed) != len(raw) + len(_MULTICODEC_ED25519) or len(raw) != _ED25519_BYTES:
        raise BadKey("Only Ed25519 keys are read from a Multikey")
    return _pem(Ed25519PublicKey.from_public_bytes(raw))


@lru_cache(maxsize=256)
def _private(pem: str) -> _Private:
    try:
        key = load_pem_private_key(pem.encode("ascii"), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as problem:
        raise LocalError("One of our own private keys cannot be read") from problem
    if not isinstance(key, RSAPrivateKey | Ed25519PrivateKey):
        raise LocalError("One of our own private keys is neither RSA nor Ed25519")
    return key


@lru_cache(maxsize=2048)
def _public(pem: str) -> _Public:
    if len(pem) > LONGEST_PEM:
        raise BadKey("This key is too long to be one")
    try:
        key = load_pem_public_key(pem.strip().encode("ascii"))
    except (ValueError, TypeError, UnsupportedAlgorithm) as problem:
        raise BadKey("This key cannot be read") from problem
    if isinstance(key, Ed25519PublicKey):
        return key
    if not isinstance(key, RSAPublicKey):
        raise BadKey("This key is neither RSA nor Ed25519")
    if not SMALLEST_RSA <= key.key_size <= LARGEST_RSA:
        raise BadKey(f"An RSA key of {key.key_size} bits is not accepted: {SMALLEST_RSA} to {LARGEST_RSA}")
    if key.public_numbers().e != ONLY_EXPONENT:
        raise BadKey(f"An RSA key whose exponent is not {ONLY_EXPONENT} is not accepted")
    return key


def _pem(key: _Public) -> str:
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode("ascii")
