"""Tells those who animate a community of ours what became of its links: that somebody asks, accepted or refused."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

from node.storage.here import Here
from node.storage.office import animators
from node.storage.unit_of_work import UnitOfWork

#: Somebody elsewhere asks to follow; somebody elsewhere answered what ours asked, one way or the other.
ASKED, ACCEPTED, REFUSED = "request", "link-accepted", "link-refused"


def tell_animators(uow: UnitOfWork, here: Here, community: str, kind: str, by: str) -> None:
    """A notice to each of them, which leads to where links are looked after; nothing for what is no community of ours."""
    row = uow.actors.get(community)
    if row is None or not row.is_local or row.type != "Group":
        return
    links = f"{here.url}/ailleurs?{urlencode({'de': urlsplit(community).path.rpartition('/')[2]})}"
    for person in animators(uow, here, community):
        uow.notices.add(person, kind, links, here.now, by=by, community=community)
