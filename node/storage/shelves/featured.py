"""What a community shows first, in its order."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, delete, func, select

from node.domain.visibility import Scope
from node.storage.ground import Shelf
from node.storage.scopes import Gated
from node.storage.tables.featured import featured
from node.storage.tables.things import GATE, things

#: More would be no choice; and a list from elsewhere is not taken further.
MOST = 50


class Featured(Shelf):
    """What communities show first, ours and those that are followed from here."""

    def add(self, community: str, thing: str, since: datetime) -> bool:
        """Puts a thing at the end of the list; False when it is there already, or when the list is full."""
        mine = featured.c.community == community
        row = self.ground.row(select(func.count().label("n"), func.max(featured.c.place).label("last")).where(mine))
        if row is None or row["n"] >= MOST:
            return False
        values = {"community": community, "thing": thing, "place": (row["last"] or 0) + 1, "since": since}
        added = self.ground.insert(featured).values(**values).on_conflict_do_nothing()
        return self.ground.row(added.returning(featured.c.thing)) is not None

    def remove(self, community: str, thing: str) -> bool:
        """Takes a thing off the list; False when it was not on it."""
        listed = featured.c.community == community, featured.c.thing == thing
        return self.ground.run(delete(featured).where(*listed)) > 0

    def of(self, community: str, *, scope: Scope) -> list[str]:
        """The IRIs of what a community shows first: what is here, is within scope and was not deleted."""
        return [str(row["thing"]) for row in _FIRST.rows(self.ground.connection, scope, community=community)]


_FIRST = Gated(
    lambda seen: (
        select(featured.c.thing)
        .join(things, things.c.iri == featured.c.thing)
        .with_hint(things, GATE, "sqlite")
        .where(featured.c.community == bindparam("community"), seen(things), things.c.deleted_at.is_(None))
        .order_by(featured.c.place)
    )
)
