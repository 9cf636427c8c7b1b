"""What somebody has just shared: who sees it, how to take it back, what may come next."""

from __future__ import annotations

from urllib.parse import urlsplit

from node.actions.share import UNDO, may_undo
from node.contracts import Page, View, Visit
from node.domain.entries import Audience
from node.errors import NotFound
from node.storage.onlookers import onlookers
from node.storage.unit_of_work import UnitOfWork
from node.web.cards import card
from node.web.desk import Desk
from node.web.sharing import said_of


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The card of a thing that the reader wrote; NotFound for any other."""
    desk, iri = Desk(uow, visit), visit.query.get("iri", "")[:500]
    stored = uow.things.get(iri, desk.scope) if iri else None
    if stored is None or stored.entry.deleted_at is not None or stored.entry.author != visit.reader.actor:
        raise NotFound
    entry, path = stored.entry, urlsplit(iri).path
    among = entry.readers if entry.audience is Audience.CHOSEN else {entry.community}
    seen = onlookers(uow, entry.audience, entry.author, among, visit.house.now)
    is_chosen = entry.audience is Audience.CHOSEN
    return View(
        title=desk.tongue.say("C’est gardé pour vous") if entry.audience is Audience.SELF else desk.tongue.say("C’est publié"),
        values={
            "item": card(desk, stored),
            "iri": iri,
            "thing_href": desk.addresses.thing(iri),
            "edit_href": desk.addresses.page(f"{path}/modifier"),
            "seen_href": desk.addresses.page(f"{path}/visibilite"),
            "seen_by": "" if is_chosen else said_of(desk, seen),
            "chosen": [desk.community(each) for each in sorted(entry.readers)] if is_chosen else [],
            "until": (entry.published_at + UNDO)
            if entry.published_at and may_undo(entry, visit.reader.actor, visit.house)
            else None,
            "waits": bool(uow.unfinished.among([iri])),
            "community": desk.community(entry.community) if entry.community else None,
        },
        is_secret=True,
    )


PAGE = Page(path="/partager/fait", right="member", show=show)
