"""What was shared quickly, and waits for somebody to complete it: a list for curators, which goes to nobody else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, select

from node.domain.visibility import Scope
from node.storage.ground import Shelf
from node.storage.scopes import within
from node.storage.stored import StoredThing, stored
from node.storage.tables.drafts import unfinished
from node.storage.tables.things import things


class Unfinished(Shelf):
    """The things to be completed."""

    def add(self, thing: str, at: datetime) -> None:
        """Puts a thing on the list; there already, nothing happens."""
        self.ground.run(self.ground.insert(unfinished).values(thing=thing, at=at).on_conflict_do_nothing())

    def remove(self, thing: str) -> bool:
        """Takes a thing off the list: somebody completed it; False when it was not there."""
        return self.ground.run(delete(unfinished).where(unfinished.c.thing == thing)) > 0

    def among(self, iris: Iterable[str]) -> frozenset[str]:
        """Those of these things that are on the list."""
        chosen = select(unfinished.c.thing).where(unfinished.c.thing.in_(sorted(set(iris))))
        return frozenset(self.ground.texts(chosen))

    def listed(self, *, scope: Scope, community: str = "", limit: int = 50) -> list[StoredThing]:
        """What waits, of a community or of all, the longest waiting first."""
        chosen = select(things).join(unfinished, unfinished.c.thing == things.c.iri)
        chosen = chosen.where(within(scope), things.c.deleted_at.is_(None))
        if community:
            chosen = chosen.where(things.c.community == community)
        return stored(self.ground, chosen.order_by(unfinished.c.at, things.c.seq).limit(limit))
