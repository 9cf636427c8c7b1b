"""The page behind an invitation: who invites, into what, when the next meeting is, and three fields to be a member."""

from __future__ import annotations

from node.contracts import Page, View, Visit
from node.domain.composing import rendered
from node.domain.offices import called, told
from node.domain.rights import MEMBER
from node.errors import NotFound
from node.storage.presenting import actor_of_ours
from node.storage.shelves.accounts import Accounts
from node.storage.unit_of_work import UnitOfWork
from node.web.desk import Desk
from node.web.meetings import next_meeting
from node.web.wording import excerpt
from vocab.things.group import Group


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The welcome, for whoever holds the link; of one that opens nothing any more, why and what to do."""
    desk = Desk(uow, visit)
    row = uow.invitations.get(visit.path["token"][:100])
    if row is None:
        raise NotFound
    community = uow.actors.get(row.community)
    if community is None or community.state != "active":
        raise NotFound
    inviter, me = uow.members.get(row.by), visit.reader.actor
    actor, rules = actor_of_ours(uow, row.community), uow.rules.current(row.community)
    values = {
        "is_open": row.is_open(visit.house.now),
        "state": row.state,
        "name": community.name,
        "summary": excerpt(desk.worded(actor.summary)[0], 400),
        "inviter": inviter.name if inviter else "",
        "role": called(row.role or MEMBER, desk.language),
        "role_told": told(row.role or MEMBER, desk.language),
        "email": row.email,
        "time": desk.worded(actor.expected_time)[0] if isinstance(actor, Group) else "",
        "people": len({each.person for each in uow.members.of(row.community, visit.house.now)}),
        "meeting": next_meeting(uow, visit.house, row.community, desk.tongue),
        "said": row.answer,
        "is_member": uow.members.is_member(me, row.community, visit.house.now) if me else False,
        "has_account": not me and uow.members.by_email(row.email) is not None,
        "providers": Accounts(uow.ground).providers.all() if not me else [],
        "rules": {"text": rendered(rules.text), "version": rules.version} if rules is not None else None,
        "path": f"/communautes/{community.username}",
        "done": visit.query.get("fait", ""),
    }
    return View(title=desk.tongue.say("Bienvenue dans %(name)s", name=community.name), values=values, is_secret=True)


PAGE = Page(path="/invitation/{token:[A-Za-z0-9_-]+}", right="anyone", show=show)
