"""Names that this node gives: opaque ids for things, slugs for communities and people."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from datetime import datetime

#: Crockford's letters: no i, l, o, u, so that an id can be read aloud.
_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
_LENGTH = 26
_RANDOM_BYTES = 10
_LONGEST_SLUG = 40
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "&": " et "})


def new_id(now: datetime, randomness: bytes) -> str:
    """An opaque id of 26 lower-case letters and digits that sorts by `now` (to the millisecond).

    `randomness` is at least ten bytes from a source that cannot be guessed; ValueError when there are fewer.
    """
    if len(randomness) < _RANDOM_BYTES:
        raise ValueError("an id needs ten bytes of randomness")
    milliseconds = int(now.timestamp() * 1000)
    number = (milliseconds << 8 * _RANDOM_BYTES) | int.from_bytes(randomness[:_RANDOM_BYTES])
    return "".join(_LETTERS[(number >> 5 * place) & 31] for place in reversed(range(_LENGTH)))


def slug(name: str) -> str:
    """A short name for an address: `[a-z0-9-]`, accents folded, at most 40 characters, never empty.

    A name without a single Latin letter or digit gets one made from its hash, so that two such names differ.
    """
    folded = unicodedata.normalize("NFKD", name.casefold().translate(_LIGATURES))
    plain = re.sub(r"[^a-z0-9]+", "-", "".join(letter for letter in folded if not unicodedata.combining(letter)))
    short = _cut(plain.strip("-"))
    return short or f"n-{hashlib.sha256(name.encode(errors='replace')).hexdigest()[:8]}"


def _cut(words: str) -> str:
    """Cuts between two words where that keeps more than half of the room."""
    if len(words) <= _LONGEST_SLUG:
        return words
    whole = words[: _LONGEST_SLUG + 1].rpartition("-")[0]
    return whole if len(whole) > _LONGEST_SLUG // 2 else words[:_LONGEST_SLUG].strip("-")
