"""Who elsewhere appreciated what, or not, or passed it on."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from sqlalchemy import delete, func, select

from node.storage.ground import Shelf
from node.storage.tables.reactions import reactions

Kind = Literal["Like", "Dislike", "Announce"]


class Reactions(Shelf):
    """Each person's reactions to a thing, one of a kind. Who may ask is decided before: nothing here knows of scopes."""

    def add(self, thing: str, actor: str, kind: Kind, *, activity: str, at: datetime) -> bool:
        """Notes a reaction; False when that actor reacted so before."""
        values = {"thing": thing, "actor": actor, "type": kind, "activity": activity, "at": at}
        added = self.ground.insert(reactions).values(**values).on_conflict_do_nothing()
        return self.ground.row(added.returning(reactions.c.thing)) is not None

    def remove(self, actor: str, kind: Kind, *, activity: str, thing: str = "") -> str:
        """Takes an actor's reaction back, by its activity, else by what it was about; the thing, "" when there was none."""
        mine = reactions.c.actor == actor, reactions.c.type == kind
        for by, named in ((reactions.c.activity, activity), (reactions.c.thing, thing)):
            gone = self.ground.row(delete(reactions).where(*mine, by == named).returning(reactions.c.thing)) if named else None
            if gone is not None:
                return str(gone["thing"])
        return ""

    def counts(self, thing: str) -> dict[str, int]:
        """How many reactions of each kind a thing has."""
        counted = select(reactions.c.type, func.count().label("n")).where(reactions.c.thing == thing)
        return {row["type"]: row["n"] for row in self.ground.rows(counted.group_by(reactions.c.type))}

    def forget_actor(self, actor: str) -> int:
        """Takes back all that an actor said, who is gone; how many."""
        return self.ground.run(delete(reactions).where(reactions.c.actor == actor))

    def forget_thing(self, thing: str) -> int:
        """Lets go of what was said of a thing that is gone; how many."""
        return self.ground.run(delete(reactions).where(reactions.c.thing == thing))
