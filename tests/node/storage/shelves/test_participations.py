from __future__ import annotations

from dataclasses import replace

from kit.rows import HERE, NOW, THERE, later
from node.domain.participation import State
from node.storage.engine import Database
from node.storage.shelves.participations import ParticipationRow

EVENT = f"{HERE}/rencontres/1"


def row(number: int, state: State = State.ACCEPTED) -> ParticipationRow:
    return ParticipationRow(
        event=EVENT,
        person=f"{THERE}/personnes/{number}",
        activity=f"{THERE}/activites/{number}",
        state=state,
        note="",
        asked_at=later(number),
        answered_at=NOW,
    )


def test_one_row_per_event_and_person_found_by_either_end(database: Database) -> None:
    asked = row(1, State.REQUESTED)
    database.write_now(lambda uow: uow.participations.put(asked))
    database.write_now(lambda uow: uow.participations.put(replace(asked, state=State.ACCEPTED, activity="https://x.example/2")))
    known = database.read_now(lambda uow: uow.participations.get(EVENT, asked.person))
    assert known == replace(asked, state=State.ACCEPTED, activity="https://x.example/2")
    assert database.read_now(lambda uow: uow.participations.by_activity("https://x.example/2")) == known
    assert database.read_now(lambda uow: uow.participations.by_activity("")) is None
    assert database.read_now(lambda uow: uow.participations.get(EVENT, "https://x.example/p")) is None


def test_those_who_take_part_are_counted_and_listed_as_they_asked(database: Database) -> None:
    for each in (row(2), row(1), row(3, State.REQUESTED), row(4, State.ENDED)):
        database.write_now(lambda uow, each=each: uow.participations.put(each))  # type: ignore[misc]
    database.write_now(lambda uow: uow.participations.hold_places(EVENT))
    assert database.read_now(lambda uow: uow.participations.count(EVENT)) == 2
    of = database.read_now(lambda uow: uow.participations.of(EVENT, {State.ACCEPTED}))
    assert [each.person.rpartition("/")[2] for each in of] == ["1", "2"]
    assert len(database.read_now(lambda uow: uow.participations.of(EVENT))) == 4
    assert [each.person.rpartition("/")[2] for each in database.read_now(lambda uow: uow.participations.all())] == list("4321")
