"""Who may change a thing of ours, and how what it points to is called by people."""

from __future__ import annotations

from node.domain.entries import Audience, Entry
from node.domain.fields import fold
from node.domain.filling import Names
from node.domain.publishing import may_publish
from node.domain.rights import ANIMATION, Deed, may
from node.domain.visibility import Scope
from node.storage.far import far_handle
from node.storage.gathering import is_restricted
from node.storage.here import Here
from node.storage.stored import StoredThing
from node.storage.unit_of_work import UnitOfWork
from vocab import concepts

#: So many things of one name are looked at.
_FEW = 5


def may_revise(uow: UnitOfWork, here: Here, entry: Entry, person: str) -> bool:
    """Whether somebody may change a thing: who wrote it, and who looks after the repertoire of its community."""
    if not person or not entry.is_local or entry.deleted_at is not None:
        return False
    is_theirs = entry.author == person
    if entry.community and far_handle(uow, entry.community):
        return is_theirs
    roles = roles_in(uow, here, entry.community, person)
    if not may_publish(roles, entry.audience, community=entry.community, readers=entry.readers).is_given:
        return False
    if entry.audience is not Audience.SELF and ANIMATION not in roles and is_restricted(uow, entry.community):
        return False
    return is_theirs or may(roles, Deed.EDIT_ANY)


def roles_in(uow: UnitOfWork, here: Here, community: str, person: str) -> frozenset[str]:
    """The roles of somebody in a community."""
    rows = uow.members.of(community, here.now) if community else []
    return frozenset(row.role for row in rows if row.person == person)


def scope_of_person(uow: UnitOfWork, here: Here, person: str) -> Scope:
    """What somebody with an account here may see."""
    return Scope(actor=person, communities=uow.members.communities_of(person, here.now))


def names_for(uow: UnitOfWork, scope: Scope, language: str) -> Names:
    """What things are called as far as a reader may see them, and which one is so called."""

    def of(iri: str) -> str:
        stored = uow.things.get(iri, scope)
        is_here = stored is not None and stored.entry.deleted_at is None
        return (stored.entry.name if stored and is_here else "") or concepts.label(iri, language) or ""

    def known(title: str) -> str:
        found = [
            each
            for each in uow.search.find(title, scope=scope, limit=_FEW)
            if fold(each.thing.entry.name) == fold(title) and each.thing.entry.deleted_at is None
        ]
        return found[0].thing.entry.iri if found else ""

    return Names(of=of, known=known)


def living(uow: UnitOfWork, iri: str, scope: Scope) -> StoredThing | None:
    """A thing that is here and may be seen, to be changed: nobody else changes it until the transaction ends."""
    stored = uow.things.held(iri)
    if stored is None or stored.entry.deleted_at is not None or uow.things.get(iri, scope) is None:
        return None
    return stored
