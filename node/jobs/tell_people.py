"""Writes people what concerns them: at once what names them, and on the day that they chose a summary."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from node.actions.write_digest import write_at_once, write_digest
from node.contracts import House, Job, Tools
from node.domain.digest import PATIENCE, PROMPT, is_due
from node.domain.fields import ZONE
from node.storage.unit_of_work import UnitOfWork


def claim(uow: UnitOfWork, house: House, n: int) -> Sequence[str]:
    """The people for whom a letter is due. Nothing is leased: whether it is due is looked at again where it is written."""
    zone = ZoneInfo(ZONE)
    habits = (habit for habit in uow.notices.habits() if is_due(habit.rhythm, habit.weekday, habit.told_at, house.now, zone))
    summaries = [habit.person for habit in habits]
    prompt = uow.notices.waiting(PROMPT, house.now - PATIENCE, n)
    return list(dict.fromkeys([*prompt, *summaries]))[:n]


async def work(tools: Tools, person: str) -> None:
    """Writes to one person, and notes what was told, in one transaction."""

    def write(uow: UnitOfWork) -> None:
        house = tools.house()
        write_at_once(uow, house, person)
        write_digest(uow, house, person)

    await tools.database.write(write)


JOB = Job(name="tell_people", every=60.0, claim=claim, work=work, at_once=1, is_timed=True)
