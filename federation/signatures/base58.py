"""Bytes as base58 text with the letter z in front, as keys and proofs carry them.

Spec: FEP-521a §Keys.
Spec: FEP-8b32 §Proof generation.
"""

from __future__ import annotations

from federation.errors import BadKey

_DIGITS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_LONGEST = 100


def encode(content: bytes) -> str:
    """The text of some bytes."""
    number, text = int.from_bytes(content, "big"), ""
    while number:
        number, rest = divmod(number, len(_DIGITS))
        text = _DIGITS[rest] + text
    zeros = len(content) - len(content.lstrip(b"\0"))
    return f"z{_DIGITS[0] * zeros}{text}"


def decode(text: str) -> bytes:
    """The bytes of such a text, at most 100 letters of it; raises BadKey."""
    digits = [_DIGITS.find(letter) for letter in text[1:]] if len(text) <= _LONGEST else []
    if not text.startswith("z") or not digits or min(digits) < 0:
        raise BadKey("This is not bytes written in base58")
    number = 0
    for digit in digits:
        number = number * len(_DIGITS) + digit
    zeros = len(text) - 1 - len(text[1:].lstrip(_DIGITS[0]))
    return bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8, "big")
