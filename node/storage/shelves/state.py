"""What the node remembers of itself, by key."""

from __future__ import annotations

from sqlalchemy import bindparam, select

from node.storage.ground import Shelf
from node.storage.prepared import Prepared
from node.storage.tables.sessions import state

#: Under which name the address of the node is remembered: it may never change.
ADDRESS = "node.url"


class State(Shelf):
    """Texts by key."""

    def get(self, key: str) -> str | None:
        """The text kept under a key."""
        row = _KEPT.row(self.ground.connection, key=key)
        return str(row["value"]) if row else None

    def set(self, key: str, value: str) -> None:
        """Keeps a text under a key."""
        self.ground.upsert(state, ["key"], {"key": key, "value": value})


_KEPT = Prepared(lambda _: select(state.c.value).where(state.c.key == bindparam("key")))
