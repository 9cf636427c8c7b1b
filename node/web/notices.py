"""Notices in words: what happened, about what, who did it; those of one conversation together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from node.domain.notice_words import told
from node.storage.declining import REFUSED, WAITING
from node.storage.shelves.notices import NoticeRow
from node.web.cards import title_of
from node.web.declined import declined_words
from node.web.desk import Desk, Link
from node.web.wording import excerpt

#: So many lines of one conversation are shown.
MOST_LINES = 3
LONGEST_TITLE = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing that happened: who did what, and where that is read."""

    words: str
    href: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """All that happened in one conversation. `more`: so many lines more than are shown. `subject` is what can be muted."""

    subject: str
    title: Link
    community: Link | None
    lines: Sequence[Line]
    more: int
    is_new: bool
    at: datetime


def gathered(desk: Desk, rows: Iterable[NoticeRow]) -> list[Told]:
    """Notices (the newest first) by conversation; in each the new ones apart from those that were looked at."""
    found: dict[tuple[str, bool], list[NoticeRow]] = {}
    for row in rows:
        found.setdefault((row.conversation, row.seen_at is None), []).append(row)
    return [_told(desk, group, is_new=is_new) for (_, is_new), group in found.items()]


def _told(desk: Desk, rows: Sequence[NoticeRow], *, is_new: bool) -> Told:
    first, about = rows[0], title(desk, rows[-1])
    community = desk.community(first.community) if first.community else None
    return Told(
        subject=first.conversation,
        title=about,
        community=community if community is not None and community.text != about.text else None,
        lines=[line(desk, row) for row in rows[:MOST_LINES]],
        more=max(len(rows) - MOST_LINES, 0),
        is_new=is_new,
        at=first.at,
    )


def line(desk: Desk, row: NoticeRow) -> Line:
    """One notice in words; of what was not taken, also why."""
    stored = desk.uow.things.get(row.iri, desk.scope) if row.kind in {REFUSED, WAITING} else None
    why = declined_words(desk, stored) if stored is not None else ""
    if why:
        return Line(words=why, href=_href(desk, row.iri), at=row.at)
    words = told(row.kind, desk.person(row.by).text if row.by else "", desk.language)
    return Line(words=words, href=_href(desk, row.iri), at=row.at)


def title(desk: Desk, row: NoticeRow) -> Link:
    """What a notice is about, by its name as far as the reader may see it."""
    for iri in (desk.uow.threads.first(row.conversation, scope=desk.scope), row.conversation, row.iri):
        stored = desk.uow.things.get(iri, desk.scope) if iri else None
        if stored is not None and stored.entry.deleted_at is None:
            words, language = title_of(desk, stored)
            return Link(text=excerpt(words, LONGEST_TITLE), href=_href(desk, iri), language=language)
    actor = desk.uow.actors.get(row.iri) or desk.uow.actors.get(row.community)
    if actor is not None:
        return Link(text=desk.person(actor.iri).text, href=_href(desk, row.iri))
    return Link(text=desk.visit.house.name, href=_href(desk, row.iri))


def subject_of(desk: Desk, subject: str) -> Link:
    """What somebody muted, by its name as far as they may see it."""
    actor = desk.uow.actors.get(subject)
    if actor is not None:
        return desk.person(subject)
    iri = desk.uow.threads.first(subject, scope=desk.scope) or subject
    stored = desk.uow.things.get(iri, desk.scope)
    if stored is None or stored.entry.deleted_at is not None:
        return Link(text=desk.tongue.say("un échange que vous ne pouvez plus lire"))
    return Link(text=excerpt(title_of(desk, stored)[0], LONGEST_TITLE), href=_href(desk, iri))


def _href(desk: Desk, iri: str) -> str:
    row = desk.uow.actors.get(iri)
    if row is not None and row.type == "Group":
        return desk.addresses.community(iri)
    parts = urlsplit(iri)
    is_page = desk.visit.house.is_local(iri) and parts.query
    return f"{parts.path}?{parts.query}" if is_page else desk.addresses.thing(iri)
