"""What was reported here and from here, for those who look after the node; and what was decided about others, by whom and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from node.contracts import Page, View, Visit
from node.storage.hosts import host_of
from node.storage.shelves.decisions import DecisionRow
from node.storage.shelves.reports import ReportRow
from node.storage.unit_of_work import UnitOfWork
from node.web.cards import thing_link
from node.web.desk import Desk, Link, web
from node.web.moderation import deed_words
from node.web.translations import phrase

#: So many are shown of what waits, of what is closed, and of the log; so many things of one report; so many of its words.
MOST_WAITING, MOST_CLOSED, MOST_DECISIONS, MOST_THINGS = 8, 10, 25, 5
LONGEST_CLOSED = 300

_STATES: Mapping[str, str] = {
    "waiting": phrase("à décider"),
    "sent": phrase("envoyé"),
    "settled": phrase("réglé"),
    "dismissed": phrase("classé sans suite"),
}
#: What each decision is called, by the name it is kept under.
_DEEDS: Mapping[str, str] = {
    "block": phrase("Refusé tout échange"),
    "unblock": phrase("Levé le refus"),
    "limit held": phrase("Retenu ce qui vient"),
    "limit paused": phrase("Mis en pause"),
    "lift": phrase("Repris l’échange"),
    "suspend": phrase("Suspendu une personne"),
    "settle": phrase("Réglé un signalement"),
    "dismiss": phrase("Classé un signalement sans suite"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """What a report is about: itself, who wrote it, and the server of that person on the page of links where it is not ours."""

    link: Link
    author: Link | None
    server: Link | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report. `house` is the organisation it came from, or went to; `by` who here asked for it, or decided."""

    id: int
    state: str
    house: Link
    at: datetime
    words: str
    things: tuple[Reported, ...]
    more: int
    by: Link | None
    decided_at: datetime | None
    decision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A line of the log."""

    at: datetime
    words: str
    subject: Link
    by: Link | None
    reason: str


def show(uow: UnitOfWork, visit: Visit) -> View:
    """Reports and decisions, the newest first; what waits before all else."""
    desk, shelf = Desk(uow, visit), uow.reports
    closed = [*shelf.listed("settled", MOST_CLOSED, category=""), *shelf.listed("dismissed", MOST_CLOSED, category="")]
    closed.sort(key=lambda row: row.decided_at or row.received_at, reverse=True)
    values = {
        "waiting": [_report(desk, row) for row in shelf.listed("waiting", MOST_WAITING, category="")],
        "more": max(shelf.count("waiting", category="") - MOST_WAITING, 0),
        "sent": [_report(desk, row) for row in shelf.listed("sent", MOST_CLOSED)],
        "closed": [_report(desk, row) for row in closed[:MOST_CLOSED]],
        "decisions": [_decision(desk, row) for row in uow.decisions.recent(MOST_DECISIONS)],
        "done": visit.query.get("fait", ""),
    }
    return View(title=desk.tongue.say("Signalements"), values=values)


def _report(desk: Desk, row: ReportRow) -> Report:
    by = row.reporter if row.is_ours else row.decided_by
    return Report(
        id=row.id,
        state=desk.tongue.say(_STATES[row.state]),
        house=_server(desk, row.host),
        at=row.received_at,
        words=row.content if row.state == "waiting" else _short(row.content),
        things=tuple(_reported(desk, iri) for iri in row.objects[:MOST_THINGS]),
        more=max(len(row.objects) - MOST_THINGS, 0),
        by=desk.person(by) if by and by != desk.visit.house.organisation else None,
        decided_at=row.decided_at,
        decision=_short(row.decision),
    )


def _reported(desk: Desk, iri: str) -> Reported:
    """What was reported, by its name as far as this reader may see it, else by its address."""
    actor = desk.uow.actors.get(iri)
    stored = desk.uow.things.get(iri, desk.scope) if actor is None else None
    author = stored.entry.author if stored is not None else ""
    link = desk.person(iri) if actor is not None else thing_link(desk, iri, stored)
    owner = iri if actor is not None else author
    is_far = bool(owner) and not desk.visit.house.is_local(owner)
    server = _server(desk, host_of(owner)) if is_far else None
    return Reported(link=link, author=desk.person(author) if author else None, server=server)


def _server(desk: Desk, host: str) -> Link:
    """A server by the name of its organisation, with the way to what can be done about it."""
    return Link(text=desk.house_of(host), href=f"{desk.addresses.page('/liens')}#{host}")


def _decision(desk: Desk, row: DecisionRow) -> Decision:
    return Decision(
        at=row.at,
        words=desk.tongue.say(_DEEDS[row.deed]) if row.deed in _DEEDS else deed_words(row.deed, desk.as_spoken),
        subject=_reported(desk, row.subject).link if web(row.subject) else _server(desk, row.subject),
        by=desk.person(row.by) if row.by else None,
        reason=_short(row.reason),
    )


def _short(words: str) -> str:
    return words if len(words) <= LONGEST_CLOSED else f"{words[:LONGEST_CLOSED].rstrip()}…"


PAGE = Page(path="/signalements", right="admin", show=show)
