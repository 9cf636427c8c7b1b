"""Collections: their pages, how far they are walked, and digests by which two servers see whether they hold the same.

Spec: ActivityPub §5.
Spec: FEP-8fcf §Synchronization.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from federation.addresses import origin, same_origin
from federation.errors import MalformedActivity, UnacceptableAnswer
from vocab.thing import Thing
from vocab.things.collection import Collection
from vocab.things.collection_page import CollectionPage
from vocab.things.ordered_collection import OrderedCollection
from vocab.things.ordered_collection_page import OrderedCollectionPage
from vocab.values import Ref

#: How many pages of a collection are read in one go, and how many items of a page.
MOST_PAGES = 10
MOST_ITEMS = 1_000
#: The largest count of items that is believed.
LARGEST_TOTAL = 10**7

SYNCHRONIZATION_HEADER = "Collection-Synchronization"

_PARAMETER = re.compile(r'\s*([A-Za-z]+)="([^"]*)"\s*(?:,|$)')
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Synchronization:
    """What a sender says of the followers that it counts on our server: `digest` is theirs together, at `url` they are listed."""

    collection: str
    url: str
    digest: str


def collection(
    iri: str, *, total: int | None, first: str = "", attributed_to: str = "", digest: str = ""
) -> OrderedCollection:  # fmt: skip
    """A collection, newest first, without its items. `total` None hides the count; without `first`, the items are hidden too."""
    return OrderedCollection(
        id=iri,
        total_items=total,
        first=Ref(first) if first else None,
        attributed_to=(Ref(attributed_to),) if attributed_to else (),
        digest=digest or None,
    )


def page(iri: str, *, part_of: str, items: Sequence[Ref], next_page: str = "", total: int | None = None) -> Collection:
    """A page of an ordered collection; `next_page` is "" on the last one."""
    return OrderedCollectionPage(
        id=iri, part_of=Ref(part_of), items=tuple(items), next=Ref(next_page) if next_page else None, total_items=total
    )


def items(thing: Thing) -> tuple[Ref, ...]:
    """What a collection or page holds, at most 1,000; empty for other things. Nothing embedded is believed by it."""
    return thing.items[:MOST_ITEMS] if isinstance(thing, Collection) else ()


def total(thing: Thing) -> int | None:
    """How many things a collection says it holds, None when it does not say or cannot be serious."""
    said = thing.total_items if isinstance(thing, Collection) else None
    return said if said is not None and 0 <= said <= LARGEST_TOTAL else None


def next_page(thing: Thing, *, of: str, walked: Sequence[str], most: int = MOST_PAGES) -> str | None:
    """Where the walk through the collection `of` goes after a page, `walked` being the pages read so far, this one included.

    None at the end, after `most` pages, and where the walk would turn in a circle. Raises UnacceptableAnswer when `thing` is no
    page of that collection, or its next one is elsewhere.
    """
    if not isinstance(thing, Collection):
        raise UnacceptableAnswer(f"{thing.id[:200]} is no page of a collection")
    _of_its_origin(thing.id, of)
    if not isinstance(thing, CollectionPage):
        return None
    if thing.part_of is not None and thing.part_of.iri != of:
        raise UnacceptableAnswer(f"{thing.id[:200]} is a page of another collection")
    if thing.next is None or not thing.next.iri or len(walked) >= most or thing.next.iri in walked:
        return None
    return _of_its_origin(thing.next.iri, of)


def digest(iris: Iterable[str]) -> str:
    """One number for a set of ids, in any order: the XOR of the SHA-256 of each, 64 hexadecimal digits."""
    mixed = 0
    for iri in set(iris):
        mixed ^= int.from_bytes(hashlib.sha256(iri.encode("utf-8", "surrogatepass")).digest(), "big")
    return f"{mixed:064x}"


def synchronization(said: Synchronization) -> str:
    """The value of the Collection-Synchronization header."""
    return f'collectionId="{said.collection}", url="{said.url}", digest="{said.digest}"'


def parse_synchronization(value: str, sender: str) -> Synchronization:
    """What a sender says of its followers here; raises MalformedActivity unless all of it is on the sender's own origin."""
    said: dict[str, str] = {}
    position = 0
    while position < len(value):
        match = _PARAMETER.match(value, position)
        if match is None or match.group(1) in said:
            raise MalformedActivity("Collection-Synchronization cannot be read")
        said[match.group(1)] = match.group(2)
        position = match.end()
    stated = Synchronization(
        collection=said.get("collectionId", ""), url=said.get("url", ""), digest=said.get("digest", "").lower()
    )
    if not _DIGEST.fullmatch(stated.digest):
        raise MalformedActivity("Collection-Synchronization says no digest")
    if not same_origin(stated.collection, sender) or not same_origin(stated.url, sender):
        raise MalformedActivity("Collection-Synchronization speaks of another server")
    return stated


def _of_its_origin(iri: str, of: str) -> str:
    if origin(iri) is None or not same_origin(iri, of):
        raise UnacceptableAnswer(f"{iri[:200]} is not where its collection is")
    return iri
