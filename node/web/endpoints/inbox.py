"""Takes messages in: proven, allowed, kept; answered only once they are on disk. What they mean is found out later.

Spec: ActivityPub §7.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from http import HTTPStatus

from federation.addresses import same_origin
from federation.errors import Blocked, FederationError, KeyUnavailable
from federation.inbox import Claim, authenticate, claim, is_farewell, named_key
from federation.messages import Received, Verified
from node.contracts import Endpoint, House, Reply, Tools, Visit
from node.domain.errands import REFRESH_ACTOR
from node.domain.peers import may_receive_from
from node.errors import NotFound
from node.storage.acquaintance import Acquaintance, acquaintance, state_of
from node.storage.hosts import host_of
from node.storage.keyring import kept_key
from node.storage.unit_of_work import UnitOfWork
from node.web.attending import attend
from node.web.refused import note, plain

#: Nobody has an actor looked up again and again by farewells in its name.
PATIENCE = timedelta(minutes=5)

ACCEPTED = Reply(body=b"", media_type="text/plain", status=HTTPStatus.ACCEPTED)


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """202 once the message is kept, or was kept before; raises a RemoteError, Blocked or NotFound, and notes the refusal."""
    house, owner = visit.house, visit.path["owner"].rstrip("/")
    recipient = f"{house.url}/{owner}" if owner else None
    try:
        holder = await tools.database.recall(_at_the_door, (named_key(received), recipient or ""))
        if not holder and await _is_vain(tools, received):
            return ACCEPTED
        verified = await authenticate(received, keys=tools.keys, url=house.url, recipient=recipient)
        if not house.is_local(verified.actor):
            _check(house, verified, await tools.database.recall(_standing, verified.actor))
        await tools.database.write_together(_keep, verified)
        await attend(tools, house, received, verified)
    except KeyUnavailable as problem:
        if is_farewell(received):
            await tools.database.write(lambda uow: _look_again(uow, house, claim(received)))
            return ACCEPTED
        await note(tools, received, problem.status_hint, str(problem))
        raise
    except FederationError as problem:
        await note(tools, received, problem.status_hint, str(problem))
        raise
    except NotFound as problem:
        await note(tools, received, HTTPStatus.NOT_FOUND, str(problem))
        raise
    return ACCEPTED


def _at_the_door(uow: UnitOfWork, about: tuple[str, str]) -> str:
    """Who holds the key that is named, "" when that is not known; only to see what else must be looked at before the proof.

    Raises NotFound for an inbox that is not there, and Blocked for a key on a server that is blocked.
    """
    key_id, recipient = about
    owner = uow.actors.get(recipient) if recipient else None
    if recipient and (owner is None or not owner.is_local or owner.state != "active"):
        raise NotFound("There is no such inbox here.")
    if key_id and uow.peers.is_blocked(host_of(key_id)):
        raise Blocked
    known = kept_key(uow, key_id)
    return known.key.owner if known is not None else ""


async def _is_vain(tools: Tools, received: Received) -> bool:
    """Whether a message needs no proof, since nothing would follow from it: somebody unknown here says farewell.

    Every big server sends such messages, signed with keys that are gone. Raises Blocked for a sender that is blocked, before
    anything is fetched for its sake.
    """
    said = claim(received)

    def look(uow: UnitOfWork) -> bool:
        if any(uow.peers.is_blocked(host_of(iri)) for iri in (said.key_id, said.actor) if iri):
            raise Blocked
        return uow.actors.get(plain(said.actor)) is None

    is_unknown = await tools.database.read(look)
    return is_unknown and bool(said.key_id) and is_farewell(received)


def _look_again(uow: UnitOfWork, house: House, said: Claim) -> None:
    """Has an actor that says farewell with a key that is gone looked up: whether it is gone, its own server tells."""
    known = uow.actors.get(plain(said.actor))
    if known is None or known.is_local or known.state != "active" or not same_origin(said.key_id, known.iri):
        return
    if known.fetched_at is None or house.now - known.fetched_at > PATIENCE:
        uow.tasks.wake(REFRESH_ACTOR, known.iri)


def _standing(uow: UnitOfWork, actor: str) -> tuple[str, Acquaintance]:
    return state_of(uow, actor), acquaintance(uow, host_of(actor))


def _check(house: House, verified: Verified, standing: tuple[str, Acquaintance]) -> None:
    """Raises Blocked when the sender of a proven message may not write here."""
    state, known = standing
    if state not in {"", "active"}:
        raise Blocked("This actor may not write here.")
    opinion = may_receive_from(house.mode, known.trust, is_followed=known.is_followed, activity=verified.activity.type)
    if not opinion.is_allowed:
        raise Blocked(opinion.reason.in_language("en"))


def _keep(uow: UnitOfWork, many: Sequence[Verified]) -> None:
    """Keeps proven messages, all that wait at this moment in one transaction."""
    # What somebody passed on with its author's proof is no sign of life of the author's server.
    heard = {host_of(verified.actor): verified for verified in many if verified.standard}
    for host, verified in sorted(heard.items()):
        uow.peers.heard(host, verified.at, verified.standard)
    uow.inbox.add_all(many)


ENDPOINT = Endpoint(
    path="/{owner:organisation/|noeud/|communautes/[a-z0-9-]+/|personnes/[a-z0-9-]+/|}inbox",
    receive=receive,
    is_open=True,
)
