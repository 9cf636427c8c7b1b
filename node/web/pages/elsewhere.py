"""Elsewhere: the communities of other sites that ours follow, sites followed by their feed, and those that follow ours."""

from __future__ import annotations

from collections.abc import Iterable

from node.contracts import Listing, Page, View, Visit
from node.storage.shelves.actors import ActorRow
from node.storage.unit_of_work import UnitOfWork
from node.web.cards import community_card, document_of
from node.web.desk import Desk
from node.web.feeding import sites
from node.web.listings import listing
from node.web.translations import phrase
from vocab.thing import Thing


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The communities elsewhere that have a link in force with one of ours."""
    desk = Desk(uow, visit)
    followed, following = _linked(desk)
    return View(
        title=desk.tongue.say("Ailleurs"),
        things=_documents([*followed, *following][:1]),
        values={
            "followed": [community_card(desk, row) for row in followed],
            "sites": sites(desk),
            "following": [community_card(desk, row) for row in following],
        },
    )


def listed(uow: UnitOfWork, visit: Visit) -> Listing:
    """The same communities, as they tell of themselves."""
    desk = Desk(uow, visit)
    followed, following = _linked(desk)
    return listing(desk, _documents([*followed, *following]), title=desk.tongue.say("Ailleurs"), at=("/ailleurs", {}))


def _documents(rows: Iterable[ActorRow]) -> list[Thing]:
    return [thing for row in rows if (thing := document_of(row))]


def _linked(desk: Desk) -> tuple[list[ActorRow], list[ActorRow]]:
    """Those that ours follow, and those that follow ours without being followed."""
    links = desk.uow.followings.all("accepted")
    followed = {link.target for link in links if link.follower in desk.communities} - set(desk.communities)
    following = {link.follower for link in links if link.target in desk.communities} - set(desk.communities)
    rows = [row for row in desk.uow.actors.known("Group") if not row.is_local and row.state == "active"]
    return [row for row in rows if row.iri in followed], [row for row in rows if row.iri in following - followed]


PAGE = Page(path="/ailleurs", right="anyone", show=show, menu=5, label=phrase("Ailleurs"), listing=listed)
