"""What becomes of a task whose work failed: it is tried again, given up, or set aside when nobody foresaw it."""

from __future__ import annotations

from federation.errors import RemoteError
from node.storage.here import Here
from node.storage.shelves.tasks import TaskRow
from node.storage.unit_of_work import UnitOfWork


def set_aside(uow: UnitOfWork, here: Here, row: TaskRow, reason: str) -> None:
    """Leaves it until somebody wakes it: what broke once for no known reason would break again."""
    uow.tasks.park(row, reason, here.now)


def is_lost(problem: Exception, row: TaskRow, most: int) -> bool:
    """Whether trying again is useless: the other server has spoken, or so many tries were made."""
    return not isinstance(problem, RemoteError) or problem.is_final or row.attempts >= most


def put_off(uow: UnitOfWork, here: Here, row: TaskRow, problem: Exception, most: int) -> None:
    """After a try that failed: lets it wait for the next one, or gives it up."""
    uow.tasks.put_off(row, str(problem), here.now, is_final=is_lost(problem, row, most))
