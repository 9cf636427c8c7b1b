"""Takes messages in: proven, allowed, kept; answered only once they are on disk. What they mean is found out later.

Spec: ActivityPub §7.
"""

from __future__ import annotations

from http import HTTPStatus

from federation.errors import Blocked, FederationError, KeyUnavailable
from federation.inbox import Claim, authenticate, claim, is_farewell
from federation.messages import Received, Verified
from node.contracts import Endpoint, House, Reply, Tools, Visit
from node.domain.peers import may_receive_from
from node.errors import NotFound
from node.storage.acquaintance import acquaintance
from node.storage.hosts import host_of
from node.storage.unit_of_work import UnitOfWork
from node.web.refused import note, plain

ACCEPTED = Reply(body=b"", media_type="text/plain", status=HTTPStatus.ACCEPTED)


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """202 once the message is kept, or was kept before; raises a RemoteError, Blocked or NotFound, and notes the refusal."""
    house, owner = visit.house, visit.path["owner"].rstrip("/")
    recipient = f"{house.url}/{owner}" if owner else None
    said = claim(received)
    try:
        if await tools.database.read(lambda uow: _is_vain(uow, received, said, recipient)):
            return ACCEPTED
        verified = await authenticate(received, keys=tools.keys, url=house.url, recipient=recipient)
        await tools.database.write(lambda uow: _keep(uow, house, verified))
    except KeyUnavailable as problem:
        if is_farewell(received):
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


def _is_vain(uow: UnitOfWork, received: Received, said: Claim, recipient: str | None) -> bool:
    """Whether a message needs no proof, since nothing would follow from it: somebody unknown here says farewell.

    Every big server sends such messages, signed with keys that are gone. Raises NotFound for an inbox that is not there and
    Blocked for a sender that is blocked, before anything is fetched for its sake.
    """
    owner = uow.actors.get(recipient) if recipient else None
    if recipient and (owner is None or not owner.is_local or owner.state != "active"):
        raise NotFound("There is no such inbox here.")
    if any(uow.peers.is_blocked(host_of(iri)) for iri in (said.key_id, said.actor) if iri):
        raise Blocked
    return is_farewell(received) and bool(said.key_id) and uow.actors.get(plain(said.actor)) is None


def _keep(uow: UnitOfWork, house: House, verified: Verified) -> None:
    """Keeps a proven message; raises Blocked when its sender may not write here."""
    host, actor = host_of(verified.actor), uow.actors.get(verified.actor)
    if actor is not None and actor.state != "active":
        raise Blocked("This actor may not write here.")
    if not house.is_local(verified.actor):
        known = acquaintance(uow, host)
        opinion = may_receive_from(house.mode, known.trust, is_followed=known.is_followed, activity=verified.activity.type)
        if not opinion.is_allowed:
            raise Blocked(opinion.reason.in_language("en"))
        uow.peers.heard(host, house.now, verified.standard)
    uow.inbox.add(verified)


ENDPOINT = Endpoint(
    path="/{owner:organisation/|noeud/|communautes/[a-z0-9-]+/|personnes/[a-z0-9-]+/|}inbox",
    receive=receive,
    is_open=True,
)
