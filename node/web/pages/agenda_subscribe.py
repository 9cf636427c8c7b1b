"""How to have the calendar in one’s own: the addresses that everybody may know, and one of a member's own; what to expect."""

from __future__ import annotations

from node.contracts import Page, View, Visit
from node.storage.unit_of_work import UnitOfWork
from node.web.announcing import SUBSCRIBE
from node.web.desk import Desk

#: The list that a member's own address gives: what their communities hold, as they may see it.
OWN = "/agenda?portee=miennes"


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The addresses: of the whole site and of each community; for a member those of their own, by name."""
    desk, url = Desk(uow, visit), visit.house.url
    asked = visit.query.get("communaute", "")
    every = [desk.community(iri) for iri in desk.communities]
    rows = (
        [row for row in uow.private_addresses.of(visit.reader.actor) if row.list.startswith("/agenda")]
        if visit.form_token
        else []
    )
    values = {
        "whole": f"{url}/agenda?format=icalendar",
        "communities": [
            (link, f"{iri}/agenda?format=icalendar", iri.endswith(f"/{asked}") if asked else False)
            for iri, link in zip(desk.communities, every, strict=True)
        ],
        "own": OWN,
        "rows": rows,
        "is_member": bool(visit.form_token),
    }
    return View(title=desk.tongue.say("L’agenda dans mon agenda"), values=values)


PAGE = Page(path=SUBSCRIBE, right="anyone", show=show)
