"""The pictures that go along with a list, into formats that hold them: those of this node, as far as the reader may see them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from node.contracts import Format, Listing, Visit
from node.domain.visibility import scope_of
from node.storage.unit_of_work import UnitOfWork
from vocab.things.object import Object

#: So many pictures of one list go along, of so many bytes together.
MOST, MOST_BYTES = 300, 40_000_000
_ADDRESS = re.compile(r"/media/([0-9a-f]{64})\.(?:jpg|png)")


def given(uow: UnitOfWork, visit: Visit, give: Callable[[UnitOfWork, Visit], Listing], form: Format) -> Listing:
    """What a page lists, with the pictures that its texts show where the format holds them."""
    listing = give(uow, visit)
    return _with_pictures(uow, visit, listing) if form.holds_pictures else listing


def _with_pictures(uow: UnitOfWork, visit: Visit, listing: Listing) -> Listing:
    texts = (thing.content.primary for thing in listing.things if isinstance(thing, Object) and thing.content is not None)
    found: dict[str, bytes] = {}
    left, scope = MOST_BYTES, scope_of(visit.reader)
    for digest in dict.fromkeys(digest for text in texts for digest in _ADDRESS.findall(text)):
        row = uow.media.seen(digest, scope) if len(found) < MOST else None
        if row is not None and row.is_picture and row.size <= left:
            left -= row.size
            found[f"{visit.house.url}{row.path}"] = uow.media.content(digest)
    return replace(listing, pictures=found)
