"""What documents say, read once for as long as they are asked for: pages name the same few things again and again."""

from __future__ import annotations

from functools import lru_cache

from vocab.jsonld import read
from vocab.thing import Thing

#: So many readings are kept, of documents of at most so many bytes: some megabytes in all.
KEPT, LARGEST = 1_000, 6_000

_kept = lru_cache(maxsize=KEPT)(read)


def said(document: bytes) -> Thing:
    """The Thing that a document says; raises VocabError.

    Kept by its bytes alone: what they say never changes, and whoever has them was let through the gate before.
    """
    return _kept(document) if len(document) <= LARGEST else read(document)
