"""Tells those who animate a community of ours what became of its links: that somebody asks, or answered."""

from __future__ import annotations

from node.storage.here import Here
from node.storage.office import animators
from node.storage.unit_of_work import UnitOfWork

#: Somebody elsewhere asks to follow; somebody elsewhere answered what ours asked.
ASKED, ANSWERED = "request", "decision"


def tell_animators(uow: UnitOfWork, here: Here, community: str, kind: str, by: str) -> None:
    """A notice to each of them; nothing for what is no community of ours."""
    row = uow.actors.get(community)
    if row is None or not row.is_local or row.type != "Group":
        return
    for person in animators(uow, here, community):
        uow.notices.add(person, kind, community, here.now, by=by, community=community)
