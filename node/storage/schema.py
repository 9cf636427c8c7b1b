"""Every table at once: the declared schema. Databases are made by the migrations; a test compares the two."""

from __future__ import annotations

from node.storage.tables import (
    actors,
    followings,
    holdings,
    inbox,
    intersections,
    mappings,
    members,
    outbox,
    peers,
    search,
    sessions,
    tasks,
    things,
)
from node.storage.tables.columns import metadata

__all__ = ["PARTS", "metadata"]

#: Imported for their tables.
PARTS = (
    actors, followings, holdings, inbox, intersections, mappings, members, outbox, peers, search, sessions, tasks, things,
)  # fmt: skip
