"""The curation desk: what of the communities somebody looks after waits to be completed, read again, or given a topic."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from node.contracts import Page, View, Visit
from node.domain.rights import Deed, may
from node.storage.curating import to_review, without_topic
from node.storage.revising import roles_in
from node.storage.stored import StoredThing
from node.storage.unit_of_work import UnitOfWork
from node.web.cards import authors_of, kind_of, title_of
from node.web.desk import Desk, Link

#: So much of each kind is shown at once: the rest follows as it is done.
FEW = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A resource that waits; `edit` leads to its form, `due` is the day on which it was to be read again."""

    iri: str
    link: Link
    kind: str
    authors: tuple[Link, ...]
    at: datetime | None
    edit: str
    due: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """What waits in one community; `proposed`: how much people elsewhere propose to it."""

    community: Link
    unfinished: tuple[Waiting, ...]
    stale: tuple[Waiting, ...]
    unnamed: tuple[Waiting, ...]
    proposed: int
    proposals: str

    @property
    def is_clear(self) -> bool:
        """Whether nothing waits."""
        return not (self.unfinished or self.stale or self.unnamed or self.proposed)


def show(uow: UnitOfWork, visit: Visit) -> View:
    """What waits for the reader; somebody who looks after no repertoire is told whom to ask."""
    desk = Desk(uow, visit)
    benches = [_bench(desk, iri) for iri in desk.communities if _looks_after(desk, iri)]
    done = desk.tongue.say("C’est fait\u00a0: elle n’attend plus.") if visit.query.get("fait") == "complet" else ""
    return View(title=desk.tongue.say("Atelier de curation"), values={"benches": benches, "outcome": done}, is_secret=True)


def _looks_after(desk: Desk, community: str) -> bool:
    return may(roles_in(desk.uow, desk.visit.house, community, desk.visit.reader.actor), Deed.EDIT_ANY)


def _bench(desk: Desk, community: str) -> Bench:
    uow, scope, now = desk.uow, desk.scope, desk.visit.house.now
    unfinished = uow.unfinished.listed(scope=scope, community=community, limit=FEW)
    waiting = {each.entry.iri for each in unfinished}
    unnamed = [each for each in without_topic(uow.ground, community, scope, FEW) if each.entry.iri not in waiting]
    path = desk.addresses.community(community).partition("?")[0]
    return Bench(
        community=desk.community(community),
        unfinished=tuple(_waiting(desk, each) for each in unfinished),
        stale=tuple(_waiting(desk, each) for each in to_review(uow.ground, community, scope, now, FEW)),
        unnamed=tuple(_waiting(desk, each) for each in unnamed),
        proposed=uow.submissions.count(community),
        proposals=desk.addresses.page(f"{path}/propositions"),
    )


def _waiting(desk: Desk, stored: StoredThing) -> Waiting:
    title, language = title_of(desk, stored)
    href = desk.addresses.thing(stored.entry.iri)
    return Waiting(
        iri=stored.entry.iri,
        link=Link(text=title, href=href, language=language),
        kind=kind_of(desk, stored.thing),
        authors=authors_of(desk, stored),
        at=stored.entry.updated_at or stored.entry.published_at,
        edit=desk.addresses.page(f"{href.partition('?')[0]}/modifier"),
        due=getattr(stored.thing, "review_by", None),
    )


PAGE = Page(path="/atelier", right="member", show=show)
