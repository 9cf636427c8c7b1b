"""Decides about a report that somebody elsewhere sent: something was done about it, or there is nothing to be done."""

from __future__ import annotations

from node.contracts import House
from node.errors import Invalid, NotFound
from node.storage.shelves.reports import ReportRow
from node.storage.unit_of_work import UnitOfWork

LONGEST = 2_000


def settle(uow: UnitOfWork, house: House, number: int, by: str, decision: str) -> ReportRow:
    """Notes what was decided and done, in words; nobody elsewhere is told. Raises NotFound, or Invalid without words."""
    if not decision.strip():
        raise Invalid("Say what was decided.")
    return _close(uow, house, number, by, decision, is_settled=True)


def dismiss(uow: UnitOfWork, house: House, number: int, by: str, decision: str = "") -> ReportRow:
    """Notes that nothing is to be done about it; nobody elsewhere is told. Raises NotFound or Invalid."""
    return _close(uow, house, number, by, decision, is_settled=False)


def _close(uow: UnitOfWork, house: House, number: int, by: str, decision: str, *, is_settled: bool) -> ReportRow:
    row = uow.reports.get(number)
    if row is None or row.state != "waiting":
        raise NotFound(f"No report of the number {number} waits for a decision.")
    words = decision.strip()
    if len(words) > LONGEST:
        raise Invalid(f"A decision has at most {LONGEST} characters.")
    uow.reports.decide(row.id, "settled" if is_settled else "dismissed", by, house.now, words)
    uow.decisions.add(house.now, "settle" if is_settled else "dismiss", row.objects[0], by=by, reason=words)
    return row
