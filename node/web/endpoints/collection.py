"""The collections of an actor: what it sent, who follows it, what a community holds; each as far as the reader may see it.

Totals count what the same reader would see listed, nothing else; the digests of a repertoire are of what everybody may see,
whoever asks. What is short is told at once: Lemmy, PieFed and Mbin read no pages of moderators.
Spec: ActivityPub §5. Spec: FEP-1b12 §Group.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from federation import comparing
from federation.collections import collection, page
from node.contracts import Endpoint, Reply, Visit
from node.domain.rights import ANIMATION
from node.domain.visibility import scope_of
from node.errors import Invalid, NotFound
from node.storage.repertoires import tree_of
from node.storage.unit_of_work import UnitOfWork
from node.web.negotiation import ACTIVITY
from node.web.sent import sent_page, sent_total
from vocab import jsonld
from vocab.thing import Thing
from vocab.things.ordered_collection import OrderedCollection
from vocab.values import Ref

#: Entries on one page.
PAGE = 50

#: The query parameters that name a page: the first one, the one after a cursor, or what parts of a repertoire come to.
FIRST, AFTER, PARTS = "page", "avant", "parties"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """Entries of one page, and the cursor of the next one, "" for none."""

    entries: Sequence[Ref]
    cursor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """A kind of collection: how much it holds, None for too much to count, and, unless its entries stay untold, its pages."""

    total: Callable[[UnitOfWork, Visit, str], int | None]
    page: Callable[[UnitOfWork, Visit, str, str | None], Listed] | None = None


def answer(uow: UnitOfWork, visit: Visit) -> Reply:
    """A collection of an actor here, or one page of it; raises NotFound, or Invalid for a cursor that is none."""
    owner, name = f"{visit.house.url}/{visit.path['actor']}", visit.path["collection"]
    row = uow.actors.get(owner)
    if row is None or not row.is_local or row.state != "active" or (name in OF_GROUPS and row.type != "Group"):
        raise NotFound
    if name == "membres" and owner not in visit.reader.communities:
        raise NotFound
    return Reply(body=jsonld.dump(_document(uow, visit, owner, name)), media_type=ACTIVITY)


def _document(uow: UnitOfWork, visit: Visit, owner: str, name: str) -> Thing:
    iri = f"{owner}/{name}"
    if name in LISTS:
        items = tuple(Ref(each) for each in LISTS[name](uow, visit, owner))
        return OrderedCollection(id=iri, total_items=len(items), items=items, attributed_to=(Ref(owner),))
    shelf, cursor = SHELVES[name], visit.query.get(AFTER)
    if name == REPERTOIRE and PARTS in visit.query:
        return _parts(uow, owner, iri, visit.query[PARTS])
    if shelf.page is None or not (cursor or FIRST in visit.query):
        total = shelf.total(uow, visit, owner)
        first = f"{iri}?{FIRST}=1" if shelf.page and total != 0 else ""
        digest = tree_of(uow, owner).digest if name == REPERTOIRE else ""
        return collection(iri, total=total, first=first, attributed_to=owner, digest=digest)
    listed = shelf.page(uow, visit, owner, cursor)
    return page(
        f"{iri}?{AFTER}={quote(cursor, safe='')}" if cursor else f"{iri}?{FIRST}=1",
        part_of=iri,
        items=listed.entries,
        next_page=f"{iri}?{AFTER}={quote(listed.cursor, safe='')}" if listed.cursor else "",
    )


def _parts(uow: UnitOfWork, owner: str, iri: str, asked: str) -> Thing:
    """What parts of a repertoire come to, for a server that compares it with what it holds; raises Invalid."""
    prefixes = comparing.prefixes(asked)
    if prefixes is None:
        raise Invalid("These parts of the repertoire do not exist.")
    return comparing.page_of(iri, prefixes, tree_of(uow, owner).told(prefixes))


def _repertoire_total(uow: UnitOfWork, visit: Visit, owner: str) -> int:
    return uow.holdings.count(owner, scope=scope_of(visit.reader))


def _repertoire(uow: UnitOfWork, visit: Visit, owner: str, cursor: str | None) -> Listed:
    held = uow.holdings.of(owner, scope=scope_of(visit.reader), limit=PAGE + 1, before=cursor)
    more = held[PAGE - 1].cursor if len(held) > PAGE else ""
    return Listed(entries=[Ref(iri=holding.iri) for holding in held[:PAGE]], cursor=more)


def _outbox_total(uow: UnitOfWork, visit: Visit, owner: str) -> int | None:
    return sent_total(uow, visit.reader, owner)


def _outbox(uow: UnitOfWork, visit: Visit, owner: str, cursor: str | None) -> Listed:
    rows, more = sent_page(uow, visit.reader, owner, limit=PAGE, before=cursor)
    return Listed(entries=[Ref(iri=row.iri, thing=jsonld.read(row.document)) for row in rows], cursor=more)


def _followers(uow: UnitOfWork, visit: Visit, owner: str) -> int:
    del visit
    return len(uow.followings.to(owner, "accepted"))


def _following_total(uow: UnitOfWork, visit: Visit, owner: str) -> int:
    del visit
    return len(uow.followings.of(owner, "accepted"))


def _members(uow: UnitOfWork, visit: Visit, owner: str) -> list[str]:
    return list(dict.fromkeys(row.person for row in uow.members.of(owner, visit.house.now)))


def _moderators(uow: UnitOfWork, visit: Visit, owner: str) -> list[str]:
    names = {ANIMATION, ANIMATION.rpartition("/")[2]}
    return list(dict.fromkeys(row.person for row in uow.members.of(owner, visit.house.now) if row.role in names))


def _featured(uow: UnitOfWork, visit: Visit, owner: str) -> list[str]:
    return uow.featured.of(owner, scope=scope_of(visit.reader))


REPERTOIRE = "repertoire"

#: Who follows whom is counted, not told.
SHELVES = {
    "outbox": Shelf(total=_outbox_total, page=_outbox),
    "followers": Shelf(total=_followers),
    "following": Shelf(total=_following_total),
    REPERTOIRE: Shelf(total=_repertoire_total, page=_repertoire),
}

#: What is told without pages.
LISTS: dict[str, Callable[[UnitOfWork, Visit, str], list[str]]] = {
    "animation": _moderators,
    "membres": _members,
    "en-vedette": _featured,
}

#: What communities alone have.
OF_GROUPS = {REPERTOIRE, *LISTS}

ENDPOINT = Endpoint(
    path="/{actor:organisation|noeud|communautes/[a-z0-9-]+|personnes/[a-z0-9-]+}/{collection:"
    + "|".join((*SHELVES, *LISTS))
    + "}",
    answer=answer,
)
