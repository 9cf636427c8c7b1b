"""Inviting people into a community: paste their addresses, look at the letter, see to how many it goes, send it."""

from __future__ import annotations

from node.contracts import Page, View, Visit
from node.domain.offices import called
from node.domain.rights import MEMBER, Deed
from node.storage.office import kept_by
from node.storage.unit_of_work import UnitOfWork
from node.web.desk import Desk
from node.web.inviting import inviting, told_of


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The form, the letter as it will go out, and the invitations that stand open; raises NotFound for whoever may not invite."""
    desk = Desk(uow, visit)
    iri = f"{visit.house.url}/communautes/{visit.path['slug']}"
    community = kept_by(uow, visit.house, visit.reader.actor, iri, Deed.INVITE)
    values = inviting(desk, community)
    is_ready = values["is_ready"] and visit.query.get("etape") == "relire" and not visit.problems
    open_ones = [
        {"row": row, "role": called(row.role or MEMBER, desk.language), "is_open": row.is_open(visit.house.now)}
        for row in reversed(uow.invitations.of(iri))
    ]
    handed = uow.invitations.get(visit.query.get("lien", "")[:100]) if visit.is_admin else None
    link = f"{visit.house.url}/invitation/{visit.query['lien'][:100]}" if handed and handed.community == iri else ""
    return View(
        title=desk.tongue.say("Inviter des personnes"),
        is_secret=True,
        values={
            **values,
            "link": link,
            "whose": handed.email if handed else "",
            "is_ready": is_ready,
            "open_ones": open_ones,
            "done": told_of(desk.tongue, visit.query.get("fait", "")),
        },
    )


PAGE = Page(path="/communautes/{slug:[a-z0-9-]+}/inviter", right="member", show=show)
