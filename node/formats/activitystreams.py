"""ActivityStreams: things as they travel between nodes; several of them as one collection. Writes only."""

from __future__ import annotations

from node.contracts import Format, Listing
from vocab import jsonld
from vocab.things.ordered_collection import OrderedCollection


def write(listing: Listing) -> bytes:
    """One thing as it is; none or several in an OrderedCollection without an address of its own."""
    things = listing.things
    if len(things) == 1:
        return jsonld.dump(things[0])
    return jsonld.dump(OrderedCollection(total_items=len(things), items=tuple(thing.ref for thing in things)))


FORMAT = Format(
    name="activitystreams",
    media_type="application/activity+json",
    extension="json",
    loses={
        "fr": "Rien : c’est la forme dans laquelle tout voyage.",
        "en": "Nothing: it is the form in which everything travels.",
    },
    write=write,
)
