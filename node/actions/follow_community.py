"""Has a community or a person of ours follow a community elsewhere, and stop following it."""

from __future__ import annotations

from federation import outbox
from federation.errors import UnacceptableAnswer
from node.contracts import House, Outside
from node.domain.errands import ASK_AGAIN, ASK_AGAIN_AFTER, CATCH_UP, link
from node.domain.following import LinkEvent, LinkState, after
from node.errors import Conflict, Invalid, NotAllowed, NotFound
from node.storage.engine import Database
from node.storage.keeping import keep_actor
from node.storage.linking import ask, move
from node.storage.sending import send
from node.storage.shelves.actors import ActorRow
from node.storage.shelves.followings import FollowingRow
from node.storage.synchronising import asked_by
from node.storage.unit_of_work import UnitOfWork
from vocab import jsonld
from vocab.things.actor import Actor


async def find_actor(database: Database, outside: Outside, house: House, address: str) -> ActorRow:
    """The actor that `@name@host` or an address of the web names, read from its own server and kept.

    Raises NotFound for one of ours that is not there, else what Outside.lookup raises.
    """
    if house.is_local(address):
        known = await database.read(lambda uow: uow.actors.get(address))
        if known is None:
            raise NotFound(f"There is nobody at {address}.")
        return known
    iri = await outside.lookup(address)
    answer = await outside.document(iri)
    actor = jsonld.read(answer.body)
    if not isinstance(actor, Actor) or actor.inbox is None:
        raise UnacceptableAnswer(f"{address} is nobody that can be followed")
    return await database.write(lambda uow: keep_actor(uow, actor, answer.body, house.now))


def follow(uow: UnitOfWork, house: House, follower: str, target: str, *, is_decided: bool = True) -> FollowingRow:
    """A community or a person of ours asks to follow an actor that is known here (see find_actor).

    The host of what a community follows is approved thereby, when people have decided it (`is_decided`); a person follows
    communities elsewhere alone, and approves nobody. Asked again while the answer is awaited, another Follow goes out; one
    does so by itself after some days. Between two communities of ours the link holds at once. Raises NotFound, Conflict,
    NotAllowed or Invalid.
    """
    asker, asked = _parties(uow, follower, target)
    known = uow.followings.get(follower, target)
    already = LinkState(known.state) if known else None
    state = after(already, LinkEvent.ASK)
    if known is not None and already in {LinkState.ACCEPTED, LinkState.PAUSED}:
        raise Conflict("This link is there already.")
    if state is None:
        raise Conflict(f"This link is {already}.")
    if asked.is_local:
        return uow.followings.put(follower, target, activity="", state="accepted", at=house.now)
    if asker.type == "Group" and is_decided:
        uow.peers.put_state(asked.host, "approved", house.now)
    uow.tasks.wake(ASK_AGAIN, link(follower, target), due_at=house.now + ASK_AGAIN_AFTER[0])
    return ask(uow, house, asker.iri, asked)


def _parties(uow: UnitOfWork, follower: str, target: str) -> tuple[ActorRow, ActorRow]:
    asker, asked = _follower(uow, follower), uow.actors.get(target)
    if asked is None or asked.state != "active":
        raise NotFound("There is nobody of that address to follow.")
    if target == follower:
        raise Invalid("A community does not follow itself.")
    if asker.type == "Person" and (asked.type != "Group" or asked.is_local):
        raise Invalid("A person joins communities of other nodes; for one of this node: maillage member add")
    if not asked.is_local and uow.peers.is_blocked(asked.host):
        raise NotAllowed(f"{asked.host} is blocked here; unblock it first.")
    return asker, asked


def unfollow(uow: UnitOfWork, house: House, community: str, target: str) -> FollowingRow:
    """The community or person no longer follows; what it took into its own repertoire stays. NotFound when there is no link."""
    _follower(uow, community)
    known = uow.followings.get(community, target)
    if known is None or known.state == "ended":
        raise NotFound("There is no such link.")
    asked = uow.actors.get(target)
    if asked is not None and not asked.is_local and asked.inbox:
        done = asked_by(uow, known.activity, known.follower, known.target)
        send(uow, house, lambda name, at: outbox.undo(done, name, at), [asked.inbox], about=target)
    uow.followings.set_state(community, target, "ended", house.now)
    return uow.followings.get(community, target) or known


def receive_nothing(uow: UnitOfWork, house: House, community: str, target: str) -> FollowingRow:
    """What the target publishes is not taken in for now; nobody is told. Raises NotFound or Conflict."""
    return _moved(uow, house, community, target, LinkEvent.PAUSE)


def receive_again(uow: UnitOfWork, house: House, community: str, target: str) -> FollowingRow:
    """It is taken in again, with what appeared meanwhile. Raises NotFound, or Conflict when the link does not rest."""
    row = _moved(uow, house, community, target, LinkEvent.RESUME)
    uow.tasks.wake(CATCH_UP, link(community, target))
    return row


def _moved(uow: UnitOfWork, house: House, community: str, target: str, event: LinkEvent) -> FollowingRow:
    _follower(uow, community)
    known = uow.followings.get(community, target)
    if known is None:
        raise NotFound("There is no such link.")
    if move(uow, known, event, house.now) is None:
        raise Conflict(f"This link is {known.state}.")
    return uow.followings.get(community, target) or known


def _follower(uow: UnitOfWork, iri: str) -> ActorRow:
    row = uow.actors.get(iri)
    if row is None or not row.is_local or row.type not in {"Group", "Person"}:
        raise NotFound("There is no such community or person here.")
    return row
