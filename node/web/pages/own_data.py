"""What the node knows of the reader: seen, corrected, taken along, erased; and what was decided about them."""

from __future__ import annotations

from node.contracts import Page, View, Visit
from node.domain.personal import CATEGORIES
from node.storage.personal import counts
from node.storage.unit_of_work import UnitOfWork
from node.web.cards import thing_link
from node.web.desk import Desk
from node.web.moderation import deed_words
from node.web.translations import phrase
from node.web.wording import excerpt

#: So much of each is shown here; all of it is in the files.
MOST = 20
_STATES = {
    "waiting": phrase("à décider"),
    "settled": phrase("réglé"),
    "dismissed": phrase("classé sans suite"),
    "sent": phrase("envoyé"),
}


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The page of whoever reads."""
    desk, person = Desk(uow, visit), visit.reader.actor
    member = uow.members.get(person)
    found = counts(uow, person, member.email if member else "")
    known = [
        (
            each.name.in_language(desk.as_spoken),
            each.purpose.in_language(desk.as_spoken),
            each.kept.in_language(desk.as_spoken),
            found[name],
        )
        for name, each in CATEGORIES.items()
        if name in found
    ]
    written = uow.things.listed(scope=desk.scope, author=person, limit=MOST)
    return View(
        title=desk.tongue.say("Mes données"),
        values={
            "member": member,
            "known": known,
            "written": [(thing_link(desk, each.entry.iri, each), each.entry.published_at) for each in written],
            "consents": [(desk.community(row.subject), row) for row in uow.rules.log(person)[:MOST]],
            "decisions": [
                (deed_words(row.deed, desk.language), desk.addresses.page(f"/decisions/{row.id}"), row.at)
                for row in uow.decisions.about(person)[:MOST]
            ],
            "reports": [
                (excerpt(row.content, 200), desk.tongue.say(_STATES[row.state]), row.received_at, row.decision)
                for row in uow.reports.by(person)[:MOST]
            ],
        },
        is_secret=True,
    )


PAGE = Page(path="/moi/donnees", right="member", show=show)
