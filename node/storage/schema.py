"""Every table at once: the declared schema. Databases are made by the migrations; a test compares the two."""

from __future__ import annotations

from node.storage.tables import (
    actors,
    changes,
    featured,
    feeds,
    followings,
    holdings,
    imports,
    inbox,
    intersections,
    mappings,
    members,
    outbox,
    participations,
    peers,
    private_addresses,
    public_keys,
    reactions,
    reports,
    search,
    sessions,
    submissions,
    tasks,
    things,
    threads,
)
from node.storage.tables.columns import metadata

__all__ = ["PARTS", "metadata"]

#: Imported for their tables.
PARTS = (
    actors, changes, featured, feeds, followings, holdings, imports, inbox, intersections, mappings, members, outbox,
    participations, peers, private_addresses, public_keys, reactions, reports, search, sessions, submissions, tasks, things,
    threads,
)  # fmt: skip
