"""Tells those who keep searches of what came that they find."""

from __future__ import annotations

from collections.abc import Sequence

from node.actions.tell_searches import tell_searches
from node.contracts import House, Job, Tools
from node.storage.unit_of_work import UnitOfWork

#: So long what comes is gathered, in seconds: nobody waits for the answer to a search that they keep.
EVERY = 900.0


def claim(uow: UnitOfWork, house: House, n: int) -> Sequence[tuple[str, int]]:
    """Who keeps a search and was not told of all that came, with the place of what came last. Nothing is leased."""
    del house
    last = uow.search.newest()
    return [(person, last) for person in uow.search.saved.untold(last, n)]


async def work(tools: Tools, due: tuple[str, int]) -> None:
    """Tells one person, and notes it, in one transaction."""
    person, last = due
    await tools.database.write(lambda uow: tell_searches(uow, tools.house(), person, last))


JOB = Job(name="tell_searches", every=EVERY, claim=claim, work=work, at_once=1, is_timed=True)
