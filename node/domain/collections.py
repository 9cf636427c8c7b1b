"""A list as one thing: what programs that read linked data get of it, the same whatever they read it in.

Spec: ActivityStreams 2.0 §5.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from vocab.thing import Thing
from vocab.things.ordered_collection import OrderedCollection
from vocab.things.ordered_collection_page import OrderedCollectionPage
from vocab.values import Ref, Text


class List(Protocol):
    """What has to be known of a list; contracts.Listing is one."""

    @property
    def things(self) -> Sequence[Thing]:
        """What it holds, in order."""
        ...

    @property
    def title(self) -> str:
        """What it is called."""
        ...

    @property
    def language(self) -> str:
        """The language of the title."""
        ...

    @property
    def iri(self) -> str:
        """Its address."""
        ...

    @property
    def here(self) -> str:
        """The address of this part of it."""
        ...

    @property
    def following(self) -> str:
        """The address of the next part."""
        ...


def as_one(found: List) -> Thing:
    """The thing that a list is: its only thing where it is that thing's own address (or has none), else a collection in order.

    A list that is read in parts says of which list it is one, and where the next is.
    """
    if len(found.things) == 1 and found.iri in {"", found.things[0].id}:
        return found.things[0]
    items = tuple(thing.ref for thing in found.things)
    name = Text.of(found.title, found.language) if found.title else None
    if not found.iri:
        return OrderedCollection(items=items, total_items=len(items), name=name)
    following = Ref(found.following) if found.following else None
    return OrderedCollectionPage(id=found.here, part_of=Ref(found.iri), items=items, name=name, next=following)
