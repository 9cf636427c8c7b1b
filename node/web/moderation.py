"""Reports and decisions as those read them who decide, and whom they concern."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from node.domain.moderating import CALMED, CATEGORIES, LIFTED, MEASURES, OVERDUE, USUAL_PACE, Measure
from node.domain.sentences import said
from node.storage.shelves.decisions import DecisionRow
from node.storage.shelves.reports import ReportRow
from node.storage.shelves.restraints import AppealRow
from node.web.cards import thing_link
from node.web.desk import Desk, Link, web
from node.web.wording import excerpt

LONGEST = 600
_APPEALS = {
    "lift": LIFTED,
    "calm": CALMED,
    "resume": USUAL_PACE,
    "appeal granted": said("Revu la décision", "Changed the decision"),
    "appeal refused": said("Maintenu la décision", "Kept the decision"),
}
#: What can be asked of people in a community alone, and of people elsewhere alone.
_IN_COMMUNITY = frozenset({Measure.SLOW, Measure.PAUSE, Measure.END})


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A report that waits. `measures`: what can be decided (value, words, what follows)."""

    id: int
    about: Link
    excerpt: str
    author: Link | None
    by: Link | None
    category: str
    words: str
    at: datetime
    is_overdue: bool
    measures: Sequence[tuple[str, str, str]]
    was_offered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the log of decisions."""

    id: int
    at: datetime
    words: str
    about: Link
    affected: Link | None
    by: Link | None
    reason: str
    href: str
    appeals: Sequence[AppealRow]


def item(desk: Desk, row: ReportRow) -> Item:
    """A report with what may be decided about it."""
    iri, house = row.objects[0], desk.visit.house
    stored = desk.uow.things.get(iri, desk.scope)  # whoever looks after the node sees no more of a community than before
    living = stored if stored is not None and stored.entry.deleted_at is None else None
    owner = living.entry.author if living is not None else iri
    is_far = bool(owner) and not house.is_local(owner)
    offered = [
        each for each in desk.uow.decisions.of_community(row.community) if each.subject == iri and each.deed == Measure.TALK
    ]
    words = desk.worded(getattr(living.thing, "content", None))[0] if living is not None else ""
    return Item(
        id=row.id,
        about=_about(desk, iri),
        excerpt=excerpt(words, LONGEST),
        author=desk.person(owner) if living is not None else None,
        by=desk.person(row.reporter) if row.reporter else None,
        category=CATEGORIES[row.category].in_language(desk.as_spoken) if row.category in CATEGORIES else "",
        words=row.content,
        at=row.received_at,
        is_overdue=house.now - row.received_at > OVERDUE,
        measures=_measures(desk, row, is_thing=living is not None, is_far=is_far),
        was_offered=bool(offered),
    )


def _measures(desk: Desk, row: ReportRow, *, is_thing: bool, is_far: bool) -> list[tuple[str, str, str]]:
    left_out = set() if row.community else set(_IN_COMMUNITY)
    left_out |= set() if is_thing else {Measure.TAKE_OUT}
    left_out |= set() if is_far else {Measure.FORWARD}
    return [
        (each.value, words.in_language(desk.as_spoken), follows.in_language(desk.as_spoken))
        for each, (words, follows, _) in MEASURES.items()
        if each not in left_out
    ]


def line(desk: Desk, row: DecisionRow) -> Line:
    """A decision as a line of the log."""
    return Line(
        id=row.id,
        at=row.at,
        words=deed_words(row.deed, desk.language),
        about=_about(desk, row.subject),
        affected=desk.person(row.affected) if row.affected else None,
        by=desk.person(row.by) if row.by else None,
        reason=row.reason,
        href=desk.addresses.page(f"/decisions/{row.id}"),
        appeals=desk.uow.restraints.appeals(decision=row.id),
    )


def deed_words(deed: str, language: str) -> str:
    """What the log calls a deed."""
    known = {measure.value: words for measure, (_, _, words) in MEASURES.items()} | _APPEALS
    return known[deed].in_language(language) if deed in known else deed


def _about(desk: Desk, iri: str) -> Link:
    """What was reported, by its name as far as this reader may see it."""
    if desk.uow.actors.get(iri) is not None:
        return desk.person(iri)
    stored = desk.uow.things.get(iri, desk.scope)
    if stored is None or stored.entry.deleted_at is not None:
        return Link(text=desk.tongue.say("quelque chose qui n’est plus là"))
    return thing_link(desk, iri, stored) if web(iri) else Link(text=iri)
