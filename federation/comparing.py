"""Comparing what two servers hold with few bytes: one digest for all of it, and a tree of digests where they differ.

Things lie in the tree by the SHA-256 of their address, one hexadecimal digit a step, so that a changed thing keeps its place.
Where n things are held and k differ, about k · log n digests are read. Spec: FEP-8fcf §Partial follower collection digest.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import accumulate
from operator import xor

from federation.errors import UnacceptableAnswer
from vocab.things.collection import Collection
from vocab.things.collection_page import CollectionPage
from vocab.things.object import Object
from vocab.values import Ref

DIGITS = "0123456789abcdef"
#: A part that holds no more than this is listed, a larger one is told by the digests of its sixteen parts.
MOST_LISTED = 8
#: How many parts are asked about in one request, and how deep the tree may be asked. Sixteen digests of each stay within the
#: thousand members that a list may have where documents are read.
MOST_PARTS = 60
DEEPEST = 16
#: Digits of the digest of a part: enough to find differences, while the whole digest is what proves that there are none.
SHORT = 16

_PREFIXES = re.compile(rf"[0-9a-f]{{0,{DEEPEST}}}(?:\.[0-9a-f]{{0,{DEEPEST}}}){{0,{MOST_PARTS - 1}}}")
_DIGEST = re.compile(rf"([0-9a-f]{{1,{DEEPEST}}}):([0-9a-f]{{{SHORT}}})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What is said of the parts of a collection that were asked about: digests by prefix, or things with their moments."""

    digests: dict[str, str]
    things: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What differs: `wanted` is listed there and not here, or changed; `surplus` is here alone; `deeper` must be asked about."""

    wanted: tuple[str, ...] = ()
    surplus: tuple[str, ...] = ()
    deeper: tuple[str, ...] = ()


class Tree:
    """The things of a collection, each with the moment of its last change as text, in a tree of digests."""

    def __init__(self, held: Iterable[tuple[str, str]]) -> None:
        placed = sorted((place(iri), iri, moment) for iri, moment in held)
        self._keys = [key for key, _, _ in placed]
        self._things = [(iri, moment) for _, iri, moment in placed]
        marks = (hashlib.sha256(f"{iri} {moment}".encode("utf-8", "replace")).digest() for iri, moment in self._things)
        self._mixed = list(accumulate((int.from_bytes(mark, "big") for mark in marks), xor, initial=0))

    def __len__(self) -> int:
        return len(self._things)

    @property
    def digest(self) -> str:
        """The digest of all of it: 64 hexadecimal digits, zeros for nothing."""
        return f"{self._mixed[-1]:064x}"

    def short(self, prefix: str) -> str:
        """The digest of a part, "" when nothing lies there."""
        first, last = self._bounds(prefix)
        return f"{self._mixed[last] ^ self._mixed[first]:064x}"[:SHORT] if last > first else ""

    def below(self, prefix: str) -> list[tuple[str, str]]:
        """The things of a part with their moments."""
        first, last = self._bounds(prefix)
        return self._things[first:last]

    def told(self, prefixes: Sequence[str]) -> Part:
        """What is answered when these parts are asked about."""
        digests: dict[str, str] = {}
        things: dict[str, str] = {}
        for prefix in prefixes:
            found = self.below(prefix)
            if len(found) <= MOST_LISTED or len(prefix) >= DEEPEST:
                things.update(found)
            else:
                digests.update((part, short) for part in parts(prefix) if (short := self.short(part)))
        return Part(digests=digests, things=things)

    def compared(self, asked: Sequence[str], told: Part) -> Difference:
        """How this tree differs from another of which `told` was answered about the parts `asked`."""
        wanted: list[str] = []
        surplus: list[str] = []
        deeper: list[str] = []
        for prefix in asked:
            if any(part in told.digests for part in parts(prefix)):
                for part in parts(prefix):
                    theirs = told.digests.get(part, "")
                    if not theirs:
                        surplus += [iri for iri, _ in self.below(part)]
                    elif theirs != self.short(part):
                        deeper.append(part)
                continue
            here = dict(self.below(prefix))
            there = {iri: moment for iri, moment in told.things.items() if place(iri).startswith(prefix)}
            wanted += [iri for iri, moment in there.items() if here.get(iri) != moment]
            surplus += [iri for iri in here if iri not in there]
        return Difference(wanted=tuple(wanted), surplus=tuple(surplus), deeper=tuple(deeper))

    def _bounds(self, prefix: str) -> tuple[int, int]:
        return bisect_left(self._keys, prefix), bisect_left(self._keys, f"{prefix}g")


def place(iri: str) -> str:
    """Where a thing lies in the tree."""
    return hashlib.sha256(iri.encode("utf-8", "replace")).hexdigest()[:DEEPEST]


def parts(prefix: str) -> list[str]:
    """The sixteen parts of a part."""
    return [f"{prefix}{digit}" for digit in DIGITS]


def prefixes(text: str) -> tuple[str, ...] | None:
    """The parts that an address asks about, None when it is no list of parts. "" is the whole."""
    return tuple(dict.fromkeys(text.split("."))) if _PREFIXES.fullmatch(text) else None


def page_of(collection: str, asked: Sequence[str], told: Part) -> CollectionPage:
    """What is answered about parts of a collection, as a document of its own."""
    return CollectionPage(
        id=address(collection, asked),
        part_of=Ref(collection),
        digests=tuple(f"{prefix}:{digest}" for prefix, digest in told.digests.items()),
        items=tuple(Ref(iri=iri, thing=_dated(iri, moment)) for iri, moment in told.things.items()),
    )


def told_by(document: object, collection: str) -> Part:
    """What a document says of the parts of a collection; raises UnacceptableAnswer when it is no page of it."""
    if not isinstance(document, CollectionPage) or document.part_of is None or document.part_of.iri != collection:
        raise UnacceptableAnswer("This is no page of the collection that was asked about")
    found = [match for said in document.digests if (match := _DIGEST.fullmatch(said))]
    things = {ref.iri: _moment(ref) for ref in document.items[: MOST_PARTS * MOST_LISTED] if ref.iri}
    return Part(digests={match[1]: match[2] for match in found}, things=things)


def digest_of(document: object) -> str:
    """The digest that a collection says of itself, "" when it says none."""
    said = document.digest if isinstance(document, Collection) else None
    return said.lower() if said and re.fullmatch(r"[0-9a-fA-F]{64}", said) else ""


def address(collection: str, asked: Sequence[str]) -> str:
    """Where parts of a collection are told."""
    return f"{collection}?parties={'.'.join(asked)}"


def moment_of(at: datetime | None) -> str:
    """A moment as it counts in a digest: in UTC, to the microsecond; "" for none."""
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z") if at is not None else ""


def _dated(iri: str, moment: str) -> Object:
    return Object(id=iri, updated=datetime.fromisoformat(moment) if moment else None)


def _moment(ref: Ref) -> str:
    return moment_of(ref.thing.updated) if isinstance(ref.thing, Object) else ""
