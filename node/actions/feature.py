"""Has a community show something first, or no longer; its followers are told.

Spec: ActivityPub §7.8.
Spec: FEP-1b12 §Group.
"""

from __future__ import annotations

from node.contracts import House
from node.domain.actors import followers_of
from node.domain.entries import Audience
from node.domain.rights import ANIMATION, Deed, may
from node.domain.visibility import PUBLIC_SCOPE
from node.errors import Conflict, NotAllowed, NotFound
from node.storage.featuring import featured_of
from node.storage.receivers import followers_inboxes
from node.storage.sending import send
from node.storage.unit_of_work import UnitOfWork
from vocab.activities.activity import Activity
from vocab.activities.add import Add
from vocab.activities.remove import Remove
from vocab.namespaces import PUBLIC
from vocab.values import Ref


def feature(uow: UnitOfWork, house: House, community: str, iri: str, by: str) -> None:
    """The community shows a public thing that it holds, or that was said in it, before others; shown already, nothing happens.

    Raises NotFound, NotAllowed, or Conflict when the list is full.
    """
    _must_be_allowed(uow, house, community, by)
    stored = uow.things.get(iri, PUBLIC_SCOPE)
    if stored is None or stored.entry.deleted_at is not None:
        raise NotFound("Nothing public of that address is known here.")
    if community not in {stored.entry.community, *uow.holdings.holders(iri)}:
        raise NotFound("The community does not hold it; integrate it first.")
    if iri in uow.featured.of(community, scope=PUBLIC_SCOPE):
        return
    if not uow.featured.add(community, iri, house.now):
        raise Conflict("The list is full; take something off it first.")
    _tell(uow, house, Add, community, iri)


def unfeature(uow: UnitOfWork, house: House, community: str, iri: str, by: str) -> None:
    """The community no longer shows it first; raises NotFound when it did not."""
    _must_be_allowed(uow, house, community, by)
    if not uow.featured.remove(community, iri):
        raise NotFound("The community does not show it first.")
    _tell(uow, house, Remove, community, iri)


def _tell(uow: UnitOfWork, house: House, kind: type[Activity], community: str, iri: str) -> None:
    listed = featured_of(uow, community)
    send(
        uow,
        house,
        lambda name, at: kind(
            id=name,
            actor=Ref(community),
            object=(Ref(iri),),
            target=Ref(listed),
            published=at,
            to=(Ref(PUBLIC),),
            cc=(Ref(followers_of(community)),),
        ),
        followers_inboxes(uow, community),
        about=iri,
        audience=Audience.PUBLIC,
    )


def _must_be_allowed(uow: UnitOfWork, house: House, community: str, by: str) -> None:
    row = uow.actors.get(community)
    if row is None or not row.is_local or row.type != "Group":
        raise NotFound("There is no such community here.")
    roles = {ANIMATION} if by in {house.organisation, community} else uow.members.roles(by, community, house.now)
    if not may(roles, Deed.INTEGRATE):
        raise NotAllowed("Only whoever looks after the repertoire decides what is shown first.")
