"""Every table at once: the declared schema. Databases are made by the migrations; a test compares the two."""

from __future__ import annotations

from node.storage.tables import (
    accounts,
    actors,
    bringing,
    changes,
    discussions,
    featured,
    feeds,
    finding,
    followings,
    holdings,
    imports,
    inbox,
    incidents,
    intersections,
    invitations,
    letterbox,
    letters,
    mappings,
    media,
    members,
    notices,
    outbox,
    participations,
    peers,
    private_addresses,
    public_keys,
    reactions,
    reports,
    restraints,
    rules,
    search,
    sessions,
    submissions,
    tasks,
    things,
    threads,
    versions,
)
from node.storage.tables.columns import metadata

__all__ = ["PARTS", "metadata"]

#: Imported for their tables.
PARTS = (
    accounts, actors, bringing, changes, discussions, featured, feeds, finding, followings, holdings, imports, inbox, incidents,
    intersections, invitations, letterbox, letters, mappings, media, members, notices, outbox, participations, peers,
    private_addresses, public_keys, reactions, reports, restraints, rules, search, sessions, submissions, tasks, things, threads,
    versions,
)  # fmt: skip
