"""What a community says of itself, for those who animate it: its name, its sentence, the time it takes; who publishes in it."""

from __future__ import annotations

from node.contracts import Page, View, Visit
from node.domain.rights import Deed
from node.storage.gathering import is_restricted, may_decide
from node.storage.office import kept_by
from node.storage.patterned import pattern_of
from node.storage.presenting import actor_of_ours
from node.storage.unit_of_work import UnitOfWork
from node.web.desk import Desk
from node.web.founding import patterns
from node.web.wording import excerpt
from vocab.things.group import Group


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The form as it stands; raises NotFound for whoever may not change it."""
    desk = Desk(uow, visit)
    iri = f"{visit.house.url}/communautes/{visit.path['slug']}"
    community = kept_by(uow, visit.house, visit.reader.actor, iri, Deed.DESCRIBE)
    actor = actor_of_ours(uow, iri)
    summary = excerpt(desk.worded(actor.summary)[0], 400)
    values = {
        "slug": community.username,
        "community": community.name,
        "sentence": "" if summary == community.name else summary,
        "time": desk.worded(actor.expected_time)[0] if isinstance(actor, Group) else "",
        "is_restricted": is_restricted(uow, iri),
        "pattern": pattern_of(uow, iri).name,
        "patterns": patterns(desk.language, is_full=False),
        "decides": may_decide(uow, visit.reader.actor, iri, visit.house.now),
        "done": visit.query.get("fait", ""),
    }
    return View(title=desk.tongue.say("%(name)s\u00a0: les réglages", name=community.name), values=values)


PAGE = Page(path="/communautes/{slug:[a-z0-9-]+}/reglages", right="member", show=show)
