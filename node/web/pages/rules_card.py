"""The card that opens a meeting, to be shown on a screen or printed: objective, topic, rules, course; in large type."""

from __future__ import annotations

from node.contracts import Page, View, Visit
from node.domain.composing import rendered
from node.domain.promises import STAYS_HERE
from node.storage.patterned import pattern_of
from node.storage.unit_of_work import UnitOfWork
from node.web.cards import document_of
from node.web.desk import Desk
from node.web.meetings import next_meeting
from node.web.promises import promised
from node.web.wording import excerpt
from vocab.values import Text

#: A card has room for so much of an objective.
LONGEST_OBJECTIVE = 300


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The card; the topic is that of the next meeting, for members. Raises NotFound for a community that is not here."""
    desk = Desk(uow, visit)
    row = desk.here(f"/communautes/{visit.path['slug']}")
    document, rules, pattern = document_of(row), uow.rules.current(row.iri), pattern_of(uow, row.iri)
    is_member = row.iri in visit.reader.communities
    objectives = [desk.worded(each) for each in getattr(document, "objective", ()) if isinstance(each, Text)]
    summary = desk.worded(getattr(document, "summary", None))
    return View(
        title=desk.tongue.say("Ouverture"),
        values={
            "community": desk.community(row.iri),
            "objectives": [(excerpt(each, LONGEST_OBJECTIVE), tag) for each, tag in (objectives or [summary]) if each],
            "meeting": next_meeting(uow, visit.house, row.iri, desk.tongue) if is_member else None,
            "promise": promised(desk, rules.mode if rules else STAYS_HERE),
            "text": rendered(rules.text if rules else pattern.rules.in_language(desk.as_spoken)),
            "course": [each.in_language(desk.as_spoken) for each in pattern.course],
            "rules": desk.addresses.page(f"/communautes/{visit.path['slug']}/regles"),
        },
    )


PAGE = Page(path="/communautes/{slug:[a-z0-9-]+}/regles/ouverture", right="anyone", show=show)
