"""What becomes of a task whose work broke in a way that nobody foresaw, where no job knows better."""

from __future__ import annotations

from node.storage.here import Here
from node.storage.shelves.tasks import TaskRow
from node.storage.unit_of_work import UnitOfWork


def set_aside(uow: UnitOfWork, here: Here, row: TaskRow, reason: str) -> None:
    """Leaves it until somebody wakes it: what broke once for no known reason would break again."""
    uow.tasks.park(row, reason, here.now)
