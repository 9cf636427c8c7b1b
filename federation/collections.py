"""Collections: their pages, how far they are walked, and digests by which two servers see whether they hold the same.

Spec: ActivityPub §5.
Spec: FEP-8fcf §Synchronization.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from federation.addresses import same_origin
from federation.errors import MalformedActivity
from vocab.things.collection import Collection
from vocab.things.ordered_collection import OrderedCollection
from vocab.things.ordered_collection_page import OrderedCollectionPage
from vocab.values import Ref

#: How many pages of a collection are read in one go.
MOST_PAGES = 10

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
