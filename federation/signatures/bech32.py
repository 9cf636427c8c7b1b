"""Bytes as bech32 text: keys that people copy, with a checksum that notices a slip.

Spec: BIP 173 §Bech32.
"""

from __future__ import annotations

from collections.abc import Iterable

from federation.errors import BadKey

_LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_CHECKSUM, _LONGEST = 6, 200


def encode(prefix: str, content: bytes) -> str:
    """The text of some bytes, after a prefix that says what they are, in small letters."""
    digits = _regrouped(content, 8, 5)
    rest = _remainder([*_spread(prefix), *digits, *([0] * _CHECKSUM)]) ^ 1
    check = [(rest >> 5 * (_CHECKSUM - 1 - place)) & 31 for place in range(_CHECKSUM)]
    return f"{prefix}1{''.join(_LETTERS[digit] for digit in [*digits, *check])}"


def decode(prefix: str, text: str) -> bytes:
    """The bytes of such a text, in small letters or capitals; raises BadKey for another prefix, or a slip."""
    lower = text.lower()
    head, mark, body = lower.rpartition("1")
    digits = [_LETTERS.find(letter) for letter in body]
    is_even = text in {lower, text.upper()} and len(text) <= _LONGEST and mark and head == prefix
    if not is_even or len(digits) < _CHECKSUM or min(digits) < 0 or _remainder([*_spread(prefix), *digits]) != 1:
        raise BadKey("This is not such a key, or a letter of it is wrong")
    return bytes(_regrouped(digits[:-_CHECKSUM], 5, 8, is_padded=False))


def _regrouped(groups: Iterable[int], size: int, wanted: int, *, is_padded: bool = True) -> list[int]:
    """Groups of bits in groups of another size."""
    number, bits, found = 0, 0, []
    for group in groups:
        number, bits = (number << size) | group, bits + size
        while bits >= wanted:
            bits -= wanted
            found.append((number >> bits) & ((1 << wanted) - 1))
        number &= (1 << bits) - 1
    if is_padded and bits:
        found.append((number << (wanted - bits)) & ((1 << wanted) - 1))
    elif not is_padded and (number or bits >= size):
        raise BadKey("This is not such a key")
    return found


def _spread(prefix: str) -> list[int]:
    return [*(ord(letter) >> 5 for letter in prefix), 0, *(ord(letter) & 31 for letter in prefix)]


def _remainder(digits: Iterable[int]) -> int:
    rest = 1
    for digit in digits:
        top = rest >> 25
        rest = (rest & 0x1FFFFFF) << 5 ^ digit
        for place, part in enumerate(_GENERATOR):
            rest ^= part if top >> place & 1 else 0
    return rest
