"""Takes what is of elsewhere, or of another community, into the repertoire of one of ours, by reference; and lets go of it."""

from __future__ import annotations

from federation import outbox
from node.contracts import House
from node.domain.actors import followers_of
from node.domain.entries import Audience, Entry
from node.domain.repertoire import Mode
from node.domain.rights import ANIMATION, Deed, may
from node.domain.visibility import PUBLIC_SCOPE
from node.errors import Conflict, NotAllowed, NotFound
from node.storage.gathering import is_restricted
from node.storage.receivers import followers_inboxes
from node.storage.restraining import must_be_free
from node.storage.sending import send
from node.storage.unit_of_work import UnitOfWork
from vocab import jsonld
from vocab.activities.activity import Activity

#: What stands beside the repertoires: exchanges, and what comes along with what names it.
NEVER_SHARED = frozenset({"Concept", "ConceptScheme", "Place", "Mapping", "Note", "HelpRequest", "Reformulation"})


def integrate(uow: UnitOfWork, house: House, iri: str, community: str, by: str) -> None:
    """The community refers to a public thing that is known here, and tells its followers; held already, nothing happens."""
    _must_be_allowed(uow, house, community, by)
    stored = uow.things.get(iri, PUBLIC_SCOPE)
    if stored is None or stored.entry.deleted_at is not None:
        raise NotFound("Nothing public of that address is known here.")
    if uow.feeds.of_item(iri) is not None:
        raise NotAllowed("This came by a feed, and no other server could fetch it; take it in with: maillage import")
    if stored.entry.community == community:
        raise Conflict("It is this community's own.")
    _refer(uow, house, iri, community)


def share_also(uow: UnitOfWork, house: House, iri: str, community: str, by: str) -> None:
    """A member shares in one more community what everybody may read: a pointer to the same thing, whose conversation stays one.

    Shared there already, nothing happens. Raises NotFound, or NotAllowed for whoever may not publish in that community.
    """
    stored = uow.things.get(iri, PUBLIC_SCOPE)
    if stored is None or not may_be_shared_also(uow, stored.entry):
        raise NotFound("Nothing of that address may be shared once more.")
    _must_be_allowed(uow, house, community, by, Deed.PUBLISH)
    if is_restricted(uow, community) and ANIMATION not in uow.members.roles(by, community, house.now):
        raise NotAllowed("Only those who coordinate this community publish in it.")
    must_be_free(uow, house, by, community)
    if stored.entry.community != community:
        _refer(uow, house, iri, community)


def may_be_shared_also(uow: UnitOfWork, entry: Entry) -> bool:
    """Whether a thing may stand in the repertoire of a further community: everybody may read it, and it is fetched somewhere."""
    is_there = entry.audience is Audience.PUBLIC and entry.deleted_at is None and entry.kind not in NEVER_SHARED
    return is_there and uow.feeds.of_item(entry.iri) is None


def _refer(uow: UnitOfWork, house: House, iri: str, community: str) -> None:
    """The community refers to a thing and tells its followers, once."""
    if community in uow.holdings.holders(iri):
        return
    told = send(
        uow,
        house,
        lambda name, at: outbox.announce(iri, community, name, at, followers=followers_of(community)),
        followers_inboxes(uow, community),
        about=iri,
        audience=Audience.PUBLIC,
    )
    uow.holdings.add(community, iri, Mode.REFERENCE.value, house.now, told.id)
    uow.changes.touch(iri, house.now)


def let_go(uow: UnitOfWork, house: House, iri: str, community: str, by: str) -> None:
    """The community no longer refers to a thing, and tells its followers; raises NotFound when it does not hold it so."""
    _must_be_allowed(uow, house, community, by)
    held = uow.holdings.get(community, iri, scope=PUBLIC_SCOPE)
    if held is None or held.mode == Mode.OWN.value:
        raise NotFound("The community does not refer to such a thing.")
    sent = uow.outbox.get(held.activity) if held.activity else None
    done = jsonld.read(sent.document) if sent is not None else None
    if isinstance(done, Activity):
        send(
            uow,
            house,
            lambda name, at: outbox.undo(done, name, at),
            followers_inboxes(uow, community),
            about=iri,
            audience=Audience.PUBLIC,
        )
    uow.holdings.remove(community, iri)
    uow.changes.touch(iri, house.now)


def _must_be_allowed(uow: UnitOfWork, house: House, community: str, by: str, deed: Deed = Deed.INTEGRATE) -> None:
    row = uow.actors.get(community)
    if row is None or not row.is_local or row.type != "Group":
        raise NotFound("There is no such community here.")
    roles = [entry.role for entry in uow.members.of(community, house.now) if entry.person == by]
    held = [ANIMATION] if by in {house.organisation, community} else roles
    if not may(held, deed):
        raise NotAllowed("Only whoever looks after the repertoire may take things into it.")
