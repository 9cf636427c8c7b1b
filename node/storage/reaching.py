"""How far back reaches what came over a link, as of now: read from what is here, since things arrive one by one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from node.domain.errands import FETCH
from node.domain.history import sentence
from node.storage.shelves.followings import FollowingRow, History
from node.storage.unit_of_work import UnitOfWork
from vocab.values import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """`history` is how far the bringing over has come, `until` the day of the oldest thing, None while there is none."""

    history: History
    until: datetime | None

    @property
    def words(self) -> Text:
        """The same as a sentence; "" while nothing was begun. `{day}` in it is the day of the oldest thing."""
        return sentence(self.history, is_dated=self.until is not None)


def reach(uow: UnitOfWork, link: FollowingRow, now: datetime) -> Reach:
    """What came over a link. While something of a list that was read to its end waits to be fetched, it is still arriving."""
    if not link.history:
        return Reach(history="", until=None)
    is_arriving = link.history == "complete" and uow.tasks.waiting(FETCH, now, f" {link.target}") > 0
    return Reach(history="running" if is_arriving else link.history, until=uow.holdings.oldest(link.target))
