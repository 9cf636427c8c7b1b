"""Searches that people keep, so as to be told what is new in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select, update

from node.errors import Conflict
from node.storage.ground import Shelf, made
from node.storage.tables.finding import saved_searches

#: Nobody looks through more.
MOST = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedSearch:
    """A search of a person: `query` is what stands behind /recherche?, `seen` the place of the last thing known then.

    `told` is the place of the last thing of which its owner was told.
    """

    id: int
    person: str
    name: str
    query: str
    seen: int
    since: datetime
    told: int = 0


class SavedSearches(Shelf):
    """The searches that people keep, each their own."""

    def add(self, person: str, name: str, query: str, seen: int, since: datetime) -> SavedSearch:
        """Keeps a search; the same one is kept once. Raises Conflict when there are too many."""
        held = self.of(person)
        known = next((each for each in held if each.query == query), None)
        if known is not None:
            return known
        if len(held) >= MOST:
            raise Conflict("There are too many saved searches.")
        values = {"person": person, "name": name, "query": query, "seen": seen, "told": seen, "since": since}
        row = self.ground.row(insert(saved_searches).values(values).returning(*saved_searches.c))
        if row is None:
            raise Conflict
        return made(SavedSearch, row)

    def of(self, person: str) -> list[SavedSearch]:
        """The searches of a person, the first kept first."""
        wanted = select(saved_searches).where(saved_searches.c.person == person).order_by(saved_searches.c.id)
        return [made(SavedSearch, row) for row in self.ground.rows(wanted)]

    def everybody(self) -> list[SavedSearch]:
        """All of them, person by person."""
        wanted = select(saved_searches).order_by(saved_searches.c.person, saved_searches.c.id)
        return [made(SavedSearch, row) for row in self.ground.rows(wanted)]

    def see(self, person: str, id: int, seen: int) -> None:  # noqa: A002 - the word of the domain
        """Notes up to where its owner knows of what it finds."""
        mine = saved_searches.c.person == person, saved_searches.c.id == id, saved_searches.c.seen < seen
        self.ground.run(update(saved_searches).where(*mine).values(seen=seen))

    def untold(self, last: int, limit: int) -> list[str]:
        """The people who keep a search and were not told of what came up to this place."""
        behind = saved_searches.c.told < last, saved_searches.c.seen < last
        return self.ground.texts(select(saved_searches.c.person).where(*behind).distinct().limit(limit))

    def tell(self, person: str, last: int) -> None:
        """Notes that somebody was told of all that their searches find up to this place."""
        self.ground.run(update(saved_searches).where(saved_searches.c.person == person).values(told=last))

    def remove(self, person: str, id: int) -> bool:  # noqa: A002 - the word of the domain
        """Lets go of one; False when it is not theirs."""
        mine = saved_searches.c.person == person, saved_searches.c.id == id
        return self.ground.run(delete(saved_searches).where(*mine)) > 0
