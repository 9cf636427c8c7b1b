"""Somebody asks for a decision about them to be looked at again, by those who look after the node; and is answered."""

from __future__ import annotations

from node.contracts import House
from node.domain.moderating import LONGEST_REASON
from node.errors import Conflict, Invalid, NotFound
from node.storage.office import keepers
from node.storage.shelves.decisions import DecisionRow
from node.storage.unit_of_work import UnitOfWork


def appeal(uow: UnitOfWork, house: House, number: int, by: str, words: str) -> None:
    """Keeps what the person concerned says, once; raises NotFound for anybody else, Invalid without words, Conflict."""
    row = uow.decisions.get(number)
    if row is None or not row.affected or row.affected != by:
        raise NotFound("There is no such decision about you.")
    said = _words(words)
    if not uow.restraints.appeal(number, by, said, house.now):
        raise Conflict("You asked for this already.")
    for person in set(keepers(uow, house)) - {by}:
        uow.notices.add(person, "appeal", f"{house.url}/decisions/{number}", house.now, by=by, community=row.community)


def answer_appeal(uow: UnitOfWork, house: House, appeal_number: int, by: str, words: str, *, is_reversed: bool) -> None:
    """Answers an appeal: the decision stays, or what it asked for ends. Raises NotFound for whoever may not, or too late."""
    waiting = {row.id: row for row in uow.restraints.appeals(is_waiting=True)}
    row = waiting.get(appeal_number)
    decision = uow.decisions.get(row.decision) if row is not None else None
    if row is None or decision is None or by not in keepers(uow, house) or by == row.by:
        raise NotFound("No such appeal waits for an answer.")
    said = _words(words)
    uow.restraints.answer(row.id, by, said, house.now)
    if is_reversed and decision.community:
        uow.restraints.end(row.by, decision.community, house.now)
    uow.decisions.take(
        DecisionRow(
            id=0,
            at=house.now,
            by=by,
            deed="appeal granted" if is_reversed else "appeal refused",
            subject=decision.subject,
            reason=said,
            community=decision.community,
        )
    )
    page = f"{house.url}/decisions/{decision.id}"
    uow.notices.add(row.by, "decision", page, house.now, by=by, community=decision.community)


def _words(words: str) -> str:
    said = words.strip().replace("\0", "")
    if not said or len(said) > LONGEST_REASON:
        raise Invalid(f"Say why, in at most {LONGEST_REASON} characters.")
    return said
