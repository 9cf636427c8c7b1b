"""The other organisations that this node trusts or is linked with: whose communities one may look through, to follow some."""

from __future__ import annotations

from urllib.parse import urlsplit

from node.web.desk import Desk, Link

#: So many are shown.
MOST = 10


def friends(desk: Desk) -> list[Link]:
    """Each by its name, with the address at which it lists its communities; those that vouched for this node are among them."""
    uow = desk.uow
    links = uow.followings.all("accepted")
    ends = {iri for link in links for iri in (link.follower, link.target)}
    there = {row.host: root_of(row.iri) for row in uow.actors.called("Group") if row.iri in ends and not row.is_local}
    roots = {host: root for host, root in there.items() if not uow.peers.is_blocked(host)}
    scheme = "http" if desk.visit.house.allow_http else "https"
    for peer in uow.peers.all():
        if peer.state == "approved":
            roots.setdefault(peer.host, f"{scheme}://{peer.host}/")
    found = [Link(text=desk.house_of(host), href=root) for host, root in roots.items()]
    return sorted(found, key=lambda link: link.text.casefold())[:MOST]


def root_of(iri: str) -> str:
    """The first page of the site of an actor."""
    parts = urlsplit(iri)
    return f"{parts.scheme}://{parts.netloc}/"
