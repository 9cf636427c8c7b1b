"""Ordered collections of things, the first said first, as far as the reader may see them; totals count what is listed.

Spec: ActivityPub §5.
Spec: FEP-f228 §Collection of posts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from federation.collections import collection, page
from node.contracts import Reply, Visit
from node.web.negotiation import ACTIVITY
from vocab import jsonld
from vocab.values import Ref

#: Entries on one page.
PAGE = 50

#: The query parameters that name a page: the first one, or the one after a cursor.
FIRST, AFTER = "page", "apres"


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A collection at `iri`, of the actor `owner`, with so many entries in `total`."""

    iri: str
    owner: str
    total: int


def is_page(visit: Visit) -> bool:
    """Whether one page of a collection is asked for, not the collection itself."""
    return FIRST in visit.query or AFTER in visit.query


def whole(series: Series) -> Reply:
    """The collection itself, without its entries."""
    first = f"{series.iri}?{FIRST}=1" if series.total else ""
    return _reply(jsonld.dump(collection(series.iri, total=series.total, first=first, attributed_to=series.owner)))


def part(series: Series, visit: Visit, listed: Sequence[tuple[str, str]]) -> Reply:
    """One page: (IRI, cursor) of up to one entry more than it shows, as asked for after `visit.query[AFTER]`."""
    shown, cursor = listed[:PAGE], visit.query.get(AFTER)
    following = f"{series.iri}?{AFTER}={quote(shown[-1][1], safe='')}" if len(listed) > PAGE else ""
    here = f"{series.iri}?{AFTER}={quote(cursor, safe='')}" if cursor else f"{series.iri}?{FIRST}=1"
    return _reply(jsonld.dump(page(here, part_of=series.iri, items=[Ref(iri) for iri, _ in shown], next_page=following)))


def _reply(body: bytes) -> Reply:
    return Reply(body=body, media_type=ACTIVITY)
