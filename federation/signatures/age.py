"""Files sealed for whoever holds a key, in the format of age: any program that knows it opens them, without one of ours.

Spec: age §Encrypted file format.
Spec: RFC 7748 §6.1.
"""

from __future__ import annotations

import os
import re
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from federation.errors import BadKey
from federation.signatures import bech32

CHUNK = 65_536
_TAG, _NONCE, _FILE_KEY = 16, 16, 16
_INTRO = b"age-encryption.org/v1"
_X25519 = b"age-encryption.org/v1/X25519"
_SECRET, _PUBLIC = "age-secret-key-", "age"
_LONGEST_HEADER = 8_192
_STANZA = re.compile(rb"-> X25519 ([A-Za-z0-9+/]{43})\n([A-Za-z0-9+/]{43})\n")
_HEADER = re.compile(rb"(?s)\A(age-encryption\.org/v1\n.*?\n---) ([A-Za-z0-9+/]{43})\n")
_WIDTH = 32


def new_keys() -> tuple[str, str]:
    """A fresh pair: the secret one, which opens, and the one that seals."""
    secret = bech32.encode(_SECRET, X25519PrivateKey.generate().private_bytes_raw()).upper()
    return secret, public_of(secret)


def public_of(secret: str) -> str:
    """The key that seals for a secret one; raises BadKey."""
    return bech32.encode(_PUBLIC, _private(secret).public_key().public_bytes_raw())


def sealed(public: str, content: Iterable[bytes]) -> Iterator[bytes]:
    """The sealed file of some bytes, piece by piece; raises BadKey."""
    recipient = _raw(_PUBLIC, public)
    file_key, own = os.urandom(_FILE_KEY), X25519PrivateKey.generate()
    share = own.public_key().public_bytes_raw()
    wrap = _derived(own.exchange(X25519PublicKey.from_public_bytes(recipient)), share + recipient, _X25519)
    body = ChaCha20Poly1305(wrap).encrypt(bytes(12), file_key, None)
    header = b"%s\n-> X25519 %s\n%s\n---" % (_INTRO, _text(share), _text(body))
    nonce = os.urandom(_NONCE)
    yield b"%s %s\n%s" % (header, _text(_mac(file_key, header).finalize()), nonce)
    payload = ChaCha20Poly1305(_derived(file_key, nonce, b"payload"))
    for number, (piece, is_last) in enumerate(_pieces(content, CHUNK)):
        yield payload.encrypt(_counted(number, is_last=is_last), piece, None)


def size_of(size: int) -> int:
    """How many bytes the sealed file of so many bytes has."""
    header = len(_INTRO) + len("\n-> X25519 \n\n--- \n") + 3 * 43
    return header + _NONCE + size + _TAG * max(1, -(-size // CHUNK))


def opened(secret: str, content: Iterable[bytes]) -> Iterator[bytes]:
    """The bytes of a sealed file, piece by piece, each proven before it is given; raises BadKey for another key, or damage.

    Whoever stops reading before the end has not seen that the end is there.
    """
    own, parts = _private(secret), iter(content)
    start = b""
    while not (found := _HEADER.match(start)):
        piece = next(parts, b"")
        if not piece or len(start) > _LONGEST_HEADER:
            raise BadKey("This is no sealed file")
        start += piece
    header, rest = found[1], start[found.end() :]
    file_key = _file_key(own, header + b"\n")
    try:
        _mac(file_key, header).verify(_bytes(found[2]))
    except InvalidSignature as fault:
        raise BadKey("This sealed file is damaged") from fault
    while len(rest) < _NONCE and (piece := next(parts, b"")):
        rest += piece
    payload = ChaCha20Poly1305(_derived(file_key, rest[:_NONCE], b"payload"))
    for number, (piece, is_last) in enumerate(_pieces(_after(rest[_NONCE:], parts), CHUNK + _TAG)):
        try:
            yield payload.decrypt(_counted(number, is_last=is_last), piece, None)
        except InvalidTag as fault:
            raise BadKey("This sealed file is damaged, or its end is missing") from fault


def _file_key(own: X25519PrivateKey, header: bytes) -> bytes:
    public = own.public_key().public_bytes_raw()
    for share, body in _STANZA.findall(header):
        try:
            shared = own.exchange(X25519PublicKey.from_public_bytes(_bytes(share)))
            wrap = _derived(shared, _bytes(share) + public, _X25519)
            return ChaCha20Poly1305(wrap).decrypt(bytes(12), _bytes(body), None)
        except (InvalidTag, ValueError):
            continue
    raise BadKey("This file was sealed for another key")


def _after(first: bytes, parts: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from parts


def _pieces(content: Iterable[bytes], size: int) -> Iterator[tuple[bytes, bool]]:
    """The bytes in pieces of one size, and with each whether it is the last; of nothing, one empty piece."""
    kept = bytearray()
    for part in content:
        kept += part
        while len(kept) > size:
            yield bytes(kept[:size]), False
            del kept[:size]
    yield bytes(kept), True


def _counted(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])


def _derived(key: bytes, salt: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=_WIDTH, salt=salt, info=purpose).derive(key)


def _mac(file_key: bytes, header: bytes) -> HMAC:
    made = HMAC(_derived(file_key, b"", b"header"), SHA256())
    made.update(header)
    return made


def _private(secret: str) -> X25519PrivateKey:
    return X25519PrivateKey.from_private_bytes(_raw(_SECRET, secret.strip()))


def _raw(prefix: str, text: str) -> bytes:
    found = bech32.decode(prefix, text)
    if len(found) != _WIDTH:
        raise BadKey("This is not such a key")
    return found


def _text(content: bytes) -> bytes:
    return b64encode(content).rstrip(b"=")


def _bytes(text: bytes) -> bytes:
    return b64decode(text + b"=" * (-len(text) % 4))
