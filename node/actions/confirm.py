"""Somebody here says of a summary that it is what was understood.

Spec: ActivityPub §6.8.
"""

from __future__ import annotations

from node.contracts import House
from node.domain.entries import Audience
from node.domain.rights import Deed, may
from node.domain.visibility import Scope
from node.errors import NotAllowed, NotFound
from node.storage.sending import send
from node.storage.unit_of_work import UnitOfWork
from vocab.activities.like import Like
from vocab.things.reformulation import Reformulation
from vocab.values import Ref


def confirm(uow: UnitOfWork, house: House, person: str, iri: str) -> bool:
    """Notes that a person agrees with a summary, and tells its author; False when they did before, or wrote it themselves.

    Raises NotFound for what is no summary or may not be seen, NotAllowed for whoever may read only.
    """
    scope = Scope(actor=person, communities=uow.members.communities_of(person, house.now))
    stored = uow.things.get(iri, scope)
    if stored is None or stored.entry.deleted_at is not None or not isinstance(stored.thing, Reformulation):
        raise NotFound("There is no such summary here.")
    entry = stored.entry
    roles = uow.members.roles(person, entry.community, house.now)
    if entry.audience is not Audience.PUBLIC and roles and not may(roles, Deed.DISCUSS):
        raise NotAllowed("This role lets one read, not answer.")
    if entry.author == person or not uow.reactions.add(iri, person, "Like", activity="", at=house.now):
        return False
    uow.notices.add(entry.author, "understood", iri, house.now, by=person, community=entry.community)
    author = uow.actors.get(entry.author)
    if author is not None and not author.is_local and author.inbox and author.state == "active":
        send(
            uow,
            house,
            lambda name, at: Like(id=name, actor=Ref(person), object=(Ref(iri),), published=at, to=(Ref(author.iri),)),
            [author.inbox],
            about=iri,
            audience=Audience.SELF,
        )
    return True
