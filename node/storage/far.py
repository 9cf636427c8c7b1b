"""Communities of other servers that people here send their things to."""

from __future__ import annotations

from sqlalchemy import select

from node.domain.entries import Audience, Entry
from node.domain.mentions import handle_of
from node.domain.placing import Placement
from node.errors import Invalid, NotAllowed, NotFound
from node.storage.gathering import is_restricted
from node.storage.shelves.actors import ActorRow
from node.storage.stored import StoredThing
from node.storage.tables.actors import actors
from node.storage.tables.things import thing_readers, things
from node.storage.unit_of_work import UnitOfWork


def far_handle(uow: UnitOfWork, community: str) -> str:
    """The handle of a community of another server (its address when it has none), "" for one of ours or none."""
    row = uow.actors.get(community) if community else None
    if row is None or row.is_local or row.type != "Group":
        return ""
    return handle_of(row.username, row.host) or row.iri


def hands_on(community: ActorRow) -> bool:
    """Whether a community of another server hands on to its members what is answered in it: those of our make do."""
    return not community.is_local and community.type == "Group" and bool(community.repertoire and community.inbox)


def has_heard_from(uow: UnitOfWork, person: str, community: str) -> bool:
    """Whether somebody here may be a member of a community elsewhere that hands on what is said in it.

    They follow it, or it sent them something for its members alone. Whether they may write there, it decides itself.
    """
    row = uow.actors.get(community)
    if row is None or row.state != "active" or not hands_on(row) or uow.peers.is_blocked(row.host):
        return False
    link = uow.followings.get(person, community)
    if link is not None and link.state == "accepted":
        return True
    theirs = things.c.community == community, things.c.audience == Audience.COMMUNITY.value, thing_readers.c.reader == person
    heard = select(things.c.seq).join_from(things, thing_readers, thing_readers.c.thing == things.c.iri).where(*theirs)
    return bool(uow.ground.rows(heard.limit(1)))


def community_of(uow: UnitOfWork, handle: str) -> ActorRow | None:
    """The community of another server that is known here by a handle, as in logement@maison.example."""
    username, _, host = handle.partition("@")
    named = actors.c.username == username, actors.c.host == host, actors.c.type == "Group", actors.c.is_local.is_(False)
    row = uow.ground.row(select(actors.c.iri).where(*named))
    return uow.actors.get(row["iri"]) if row else None


def must_have_heard_from(uow: UnitOfWork, person: str, community: str) -> None:
    """Raises NotFound unless they have, NotAllowed for who has no account here."""
    author = uow.actors.get(person)
    if author is None or not author.is_local or author.type != "Person" or author.state != "active":
        raise NotAllowed("Only a person of this node says something to a community elsewhere.")
    if not has_heard_from(uow, person, community):
        raise NotFound("You belong to no such community.")


def must_be_welcome(uow: UnitOfWork, placed: Placement, known: StoredThing | None) -> None:
    """Raises NotAllowed or Invalid unless the author of a thing may send it to a community of another server.

    Whoever follows may; whether it is published there is decided there.
    """
    author = uow.actors.get(placed.author)
    if author is None or not author.is_local or author.type != "Person" or author.state != "active":
        raise NotAllowed("Only a person of this node sends something to a community elsewhere.")
    if known is not None and placed.reach is Audience.COMMUNITY and _is_a_new_version(placed, known.entry):
        return
    if placed.reach is not Audience.PUBLIC:
        raise Invalid("What goes to a community elsewhere is for everybody: say --audience public.")
    link = uow.followings.get(placed.author, placed.community)
    if link is None or link.state != "accepted":
        raise NotAllowed(f"{author.name} does not follow {placed.far} yet; join it first: maillage join EMAIL {placed.far}")
    if known is not None and (known.entry.author != placed.author or known.entry.community != placed.community):
        raise NotAllowed("Only its author may change it, and where it was published it stays.")
    if is_restricted(uow, placed.community):
        raise NotAllowed("Only those who coordinate this community publish in it.")


def _is_a_new_version(placed: Placement, before: Entry) -> bool:
    """Whether somebody says better what they answered there, to the same people."""
    return (before.author, before.community, before.audience) == (placed.author, placed.community, placed.reach)
