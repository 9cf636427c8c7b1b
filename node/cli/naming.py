"""How things are named on the command line: communities by slug, address or IRI; people by e-mail; peers by host."""

from __future__ import annotations

import re

from node.contracts import House
from node.domain.visibility import Scope
from node.errors import Invalid, NotFound
from node.storage import hosts
from node.storage.shelves.actors import ActorRow
from node.storage.shelves.members import MemberRow
from node.storage.unit_of_work import UnitOfWork

_HOST = re.compile(r"[^\s/@:?#\[\]]+(?::\d{1,5})?|\[[0-9a-f:.]+\](?::\d{1,5})?")


def community_iri(uow: UnitOfWork, name: str) -> str:
    """The IRI of the community that a slug, `@slug@host` or an IRI names; raises NotFound with the names there are."""
    groups = uow.actors.known("Group")
    wanted = name.strip().removeprefix("@")
    slug, _, host = wanted.partition("@")
    for group in groups:
        if group.iri == wanted or (group.username == slug and group.host == host if host else _is_here(group, slug)):
            return group.iri
    known = ", ".join(sorted(group.username for group in groups if group.is_local)) or "none yet"
    raise NotFound(f"there is no community {name!r} here; known: {known}")


def local_community(uow: UnitOfWork, name: str) -> str:
    """The IRI of one of this node's communities; raises NotFound."""
    iri = community_iri(uow, name)
    if not any(group.iri == iri for group in uow.actors.local("Group")):
        raise NotFound(f"{name!r} is not a community of this node")
    return iri


def followed(uow: UnitOfWork, community: str, name: str) -> str:
    """The IRI of whom a community follows, be it a person, by `@name@host`, IRI or as `community_iri`; raises NotFound."""
    wanted = name.strip().removeprefix("@")
    for link in uow.followings.of(community):
        actor = uow.actors.get(link.target)
        if wanted == link.target or (actor is not None and wanted == f"{actor.username}@{actor.host}"):
            return link.target
    return community_iri(uow, name)


def local_actor(uow: UnitOfWork, house: House, name: str) -> str:
    """The IRI of an actor of this node, by e-mail, by username (`organisation` and `noeud` too), or by address."""
    if "@" in name.strip("@") and "://" not in name:
        return member(uow, name).iri
    found = uow.actors.get(name) or uow.actors.get(f"{house.url}/{name}") or uow.actors.by_username(name.removeprefix("@"))
    if found is None or not found.is_local:
        raise NotFound(f"{name!r} is nobody of this node")
    return found.iri


def member(uow: UnitOfWork, email: str) -> MemberRow:
    """The member with that e-mail address; raises NotFound."""
    found = uow.members.by_email(email.strip())
    if found is None:
        raise NotFound(f"nobody here has the address {email!r}; add them with: maillage member add {email} --name NAME")
    return found


def host_of(text: str) -> str:
    """The host, as hosts are compared, of an IRI, `@name@host`, or a host itself; "" for an IRI that has none."""
    return hosts.host_of(text) if "://" in text else hosts.normal(text.rpartition("@")[2].strip("/"))


def far_host(house: House, text: str) -> str:
    """The host of another node that somebody named; raises Invalid for what is no host, and for our own."""
    host = host_of(text.strip())
    if not _HOST.fullmatch(host):
        raise Invalid(f"{text!r} is not a host; write it as in savoirs.example")
    if host == host_of(house.url):
        raise Invalid(f"{host} is this node itself")
    return host


def everything(uow: UnitOfWork) -> Scope:
    """What anybody of this node may see, drafts excepted: for those who look after the node."""
    people = frozenset(row.iri for row in uow.members.all())
    groups = frozenset(row.iri for row in uow.actors.known("Group"))
    return Scope(communities=people | groups)


def _is_here(group: ActorRow, slug: str) -> bool:
    return group.is_local and group.username == slug
