"""What those who look after the node decide: what is reported to them, waits too long elsewhere, or is to be reviewed."""

from __future__ import annotations

from node.contracts import Page, View, Visit
from node.domain.moderating import LONGEST_REASON, OVERDUE
from node.storage.unit_of_work import UnitOfWork
from node.web.desk import Desk
from node.web.moderation import item, line
from node.web.translations import phrase

MOST = 50
_SAID = {
    "decide": phrase("C’est décidé, noté, et dit à qui cela concerne."),
    "repondu": phrase("C’est répondu, et noté."),
}


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The desk of the node."""
    desk, outcome = Desk(uow, visit), visit.query.get("fait", "")
    own = [row for row in uow.reports.listed("waiting", MOST, community="") if row.category]
    communities = [
        (desk.community(iri), count, since, visit.house.now - since > OVERDUE, f"{iri.removeprefix(visit.house.url)}/moderation")
        for iri, (count, since) in sorted(uow.reports.waiting_by_community().items())
    ]
    appeals = [
        (row, decision) for row in uow.restraints.appeals(is_waiting=True) if (decision := uow.decisions.get(row.decision))
    ]
    return View(
        title=desk.tongue.say("Modération du site"),
        values={
            "waiting": [item(desk, row) for row in reversed(own)],
            "communities": communities,
            "appeals": [(row, line(desk, decision), desk.person(row.by)) for row, decision in appeals],
            "lines": [line(desk, row) for row in uow.decisions.recent(MOST) if row.community or row.affected],
            "from_elsewhere": uow.reports.count("waiting", category=""),
            "longest": LONGEST_REASON,
            "path": "/noeud/moderation",
            "said": desk.tongue.say(_SAID[outcome]) if outcome in _SAID else "",
        },
    )


PAGE = Page(path="/noeud/moderation", right="admin", show=show)
