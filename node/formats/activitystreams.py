"""ActivityStreams: things as they travel between nodes; several of them as one collection. Writes only."""

from __future__ import annotations

from node.contracts import Format, Listing
from node.domain.collections import as_one
from vocab import jsonld


def write(listing: Listing) -> bytes:
    """One thing as it is; a list as a part of a collection, whatever it holds."""
    return jsonld.dump(as_one(listing))


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
