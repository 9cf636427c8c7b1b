"""Who takes part in which event: asked for here or from elsewhere, and what became of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, or_, select

from node.domain.participation import State
from node.domain.sittings import MARK
from node.storage.ground import Shelf
from node.storage.tables.participations import participations
from node.storage.tables.things import things


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipationRow:
    """One person and one event, or one date of it (domain/sittings.py).

    `activity` is the IRI of the Join, "" when none was sent; `note` the reason of the state.
    """

    event: str
    person: str
    activity: str
    state: State
    note: str
    asked_at: datetime
    answered_at: datetime | None


class Participations(Shelf):
    """Who takes part in what. There is one row per event and person; a new request takes the place of an ended one."""

    def put(self, row: ParticipationRow) -> None:
        """Writes a participation as it is now."""
        values: dict[str, Any] = {"event": row.event, "person": row.person, "activity": row.activity, "state": row.state.value}
        values |= {"note": row.note, "asked_at": row.asked_at, "answered_at": row.answered_at}
        self.ground.upsert(participations, ["event", "person"], values)

    def get(self, event: str, person: str) -> ParticipationRow | None:
        """The participation of a person in an event."""
        row = self.ground.row(select(participations).where(participations.c.event == event, participations.c.person == person))
        return _made(row) if row else None

    def by_activity(self, activity: str) -> ParticipationRow | None:
        """The participation that a Join of that IRI asked for."""
        row = self.ground.row(select(participations).where(participations.c.activity == activity))
        return _made(row) if row and activity else None

    def of(self, event: str, states: Collection[State] | None = None) -> list[ParticipationRow]:
        """Who takes part in an event, or asked to, the first to ask first."""
        wanted = select(participations).where(participations.c.event == event)
        if states is not None:
            wanted = wanted.where(participations.c.state.in_([state.value for state in states]))
        return [_made(row) for row in self.ground.rows(wanted.order_by(participations.c.asked_at, participations.c.person))]

    def around(self, event: str) -> list[ParticipationRow]:
        """What was said of an event, and of each of its dates, the first to ask first."""
        its = or_(participations.c.event == event, participations.c.event.startswith(f"{event}{MARK}", autoescape=True))
        wanted = select(participations).where(its)
        return [_made(row) for row in self.ground.rows(wanted.order_by(participations.c.asked_at, participations.c.person))]

    def clear_dates(self, event: str, person: str) -> None:
        """What a person said of single dates no longer counts; a refusal by those who organise does."""
        dated = participations.c.event.startswith(f"{event}{MARK}", autoescape=True), participations.c.person == person
        self.ground.run(delete(participations).where(*dated, participations.c.state != State.REFUSED.value))

    def by_person(self, person: str) -> list[ParticipationRow]:
        """What a person takes part in, or asked to, the first asked for first."""
        wanted = select(participations).where(participations.c.person == person).order_by(participations.c.asked_at)
        return [_made(row) for row in self.ground.rows(wanted)]

    def all(self) -> list[ParticipationRow]:
        """Every participation, the last asked for first."""
        wanted = select(participations).order_by(
            participations.c.asked_at.desc(), participations.c.event, participations.c.person
        )
        return [_made(row) for row in self.ground.rows(wanted)]

    def hold_places(self, event: str) -> None:
        """Until the transaction ends nobody else decides about places of an event: the last one is given once."""
        self.ground.rows(select(things.c.seq).where(things.c.iri == event).with_for_update())

    def count(self, event: str) -> int:
        """How many people take part in an event."""
        held = participations.c.event == event, participations.c.state == State.ACCEPTED.value
        return self.ground.number(select(func.count()).select_from(participations).where(*held))


def _made(row: Any) -> ParticipationRow:  # noqa: ANN401 - a row of the table
    return ParticipationRow(**{**dict(row), "state": State(row["state"])})
