"""A list as one thing: what programs that read linked data get of it, the same whatever they read it in.

Spec: ActivityStreams 2.0 §5.
"""

from __future__ import annotations

from collections.abc import Sequence

from vocab.thing import Thing
from vocab.things.ordered_collection import OrderedCollection
from vocab.things.ordered_collection_page import OrderedCollectionPage
from vocab.values import Ref, Text


def as_one(things: Sequence[Thing], *, iri: str, here: str, following: str = "", title: str = "", language: str = "") -> Thing:
    """The thing that a list is: its only thing where it is that thing's own address (or has none), else a collection in order.

    A list that is read in parts says of which list it is one, and where the next is.
    """
    if len(things) == 1 and iri in {"", things[0].id}:
        return things[0]
    items = tuple(thing.ref for thing in things)
    name = Text.of(title, language) if title else None
    if not iri:
        return OrderedCollection(items=items, total_items=len(items), name=name)
    return OrderedCollectionPage(id=here, part_of=Ref(iri), items=items, name=name, next=Ref(following) if following else None)
