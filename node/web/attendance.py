"""Who said what about an event of ours, and about which of its dates, for those who organise it and nobody else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from node.domain.entries import Entry
from node.domain.occasions import organises
from node.domain.participation import State
from node.domain.sittings import parted
from node.storage.shelves.participations import ParticipationRow
from node.storage.stored import StoredThing
from node.web.desk import Desk, Link
from node.web.translations import TAGS
from node.web.wording import date_words

#: So many people of each answer are named.
MOST_PEOPLE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """Those who gave the same answer about an event, or about the date of it at `iri`.

    `waits`: somebody who organises has to say whether they may come.
    """

    iri: str
    words: str
    people: tuple[tuple[str, Link], ...]
    count: int
    waits: bool


def office(desk: Desk, stored: StoredThing) -> dict[str, Any]:
    """For those who organise an event of ours, and nobody else: who said what, and where it is changed."""
    entry, person, now = stored.entry, desk.visit.reader.actor, desk.visit.house.now
    roles = desk.uow.members.roles(person, entry.community, now) if person and entry.community else frozenset[str]()
    if not entry.is_local or not desk.visit.form_token or not organises(person, entry.author, roles):
        return {"answers": [], "changes": ""}
    return {"answers": _answers(desk, entry, now), "changes": desk.addresses.page(f"{urlsplit(entry.iri).path}/modifier")}


def _answers(desk: Desk, entry: Entry, now: datetime) -> list[Answers]:
    """Those about all of it, then those about each date that is still to come."""
    said: dict[str, list[ParticipationRow]] = {entry.iri: []}
    for row in desk.uow.participations.around(entry.iri):
        said.setdefault(row.event, []).append(row)
    dates = sorted((day, iri) for iri in said if (day := parted(iri)[1]) is not None and day >= now.date())
    named = [(entry.iri, ""), *((iri, date_words(day, "d MMMM", TAGS[desk.language])) for day, iri in dates)]
    return [each for iri, day in named for each in _of(desk, iri, day, said[iri])]


def _of(desk: Desk, iri: str, day: str, rows: list[ParticipationRow]) -> list[Answers]:
    groups = (
        (desk.tongue.say("Attendent votre réponse"), {State.REQUESTED}),
        (desk.tongue.say("Y seront"), {State.ACCEPTED}),
        (desk.tongue.say("Peut-être"), {State.MAYBE}),
        *([(desk.tongue.say("N’y seront pas"), {State.DECLINED, State.ENDED})] if day else []),
    )
    found = [(words, states, [row.person for row in rows if row.state in states]) for words, states in groups]
    return [
        Answers(
            iri=iri,
            words=desk.tongue.say("Le %(day)s\u00a0: %(words)s", day=day, words=words[0].lower() + words[1:]) if day else words,
            people=tuple((who, desk.person(who)) for who in people[:MOST_PEOPLE]),
            count=len(people),
            waits=State.REQUESTED in states,
        )
        for words, states, people in found
        if people
    ]
