"""Has those here who follow somebody who moved follow the new account, once both accounts, read again, say so.

It is one hop, and opens no door that people here have not opened: a server that may not be fetched from is not followed either.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from federation.errors import RemoteError, UnacceptableAnswer
from node.actions.follow_community import follow, unfollow
from node.contracts import House, Job, Tools
from node.domain.errands import FOLLOW_MOVED, Errand
from node.domain.moving import doubt
from node.errors import Conflict, Invalid, NodeError
from node.storage.acquaintance import may_fetch
from node.storage.claims import owner_here
from node.storage.hosts import host_of
from node.storage.keeping import keep_actor
from node.storage.mishaps import put_off, set_aside
from node.storage.presenting import actor_of_ours
from node.storage.shelves.tasks import TaskRow
from node.storage.unit_of_work import UnitOfWork
from vocab import jsonld
from vocab.errors import VocabError
from vocab.things.actor import Actor

LEASE = timedelta(seconds=120)
MOST_TRIES = 6


def claim(uow: UnitOfWork, house: House, n: int) -> Sequence[TaskRow]:
    """Leases accounts that moved."""
    return uow.tasks.claim(FOLLOW_MOVED, house.now, owner_here(), n, LEASE)


async def work(tools: Tools, row: TaskRow) -> None:
    """Reads both accounts, and moves the links when both say so."""
    new = Errand.of(row.payload).iri
    refusal = await tools.database.read(lambda uow: _refusal(uow, tools.house(), new))
    if refusal:
        await tools.database.write(lambda uow: uow.tasks.park(row, refusal, tools.house().now))
        return
    try:
        pair = await _read(tools, row.subject), await _read(tools, new)
        await tools.database.write(lambda uow: _move(uow, tools.house(), row, pair))
    except (RemoteError, VocabError, NodeError) as problem:
        await tools.database.write(partial(put_off, here=tools.house(), row=row, problem=problem, most=MOST_TRIES))


def _refusal(uow: UnitOfWork, house: House, new: str) -> str:
    if house.is_local(new):
        return ""
    opinion = may_fetch(uow, house, host_of(new), is_vouched=True)
    return "" if opinion.is_allowed else f"{host_of(new)} : {opinion.reason.in_language(house.language)}"


async def _read(tools: Tools, iri: str) -> tuple[Actor, bytes]:
    house = tools.house()
    if house.is_local(iri):
        return await tools.database.read(lambda uow: actor_of_ours(uow, iri)), b""
    answer = await tools.outside.document(iri)
    actor = jsonld.read(answer.body)
    if not isinstance(actor, Actor) or actor.id != iri:
        raise UnacceptableAnswer(f"{iri} is no actor")
    return actor, answer.body


def _move(uow: UnitOfWork, house: House, row: TaskRow, pair: tuple[tuple[Actor, bytes], tuple[Actor, bytes]]) -> None:
    (old, _), (new, _) = pair
    for actor, document in pair:
        if document:
            keep_actor(uow, actor, document, house.now)
    reason = doubt(
        old.id,
        new.id,
        aliases=[ref.iri for ref in new.also_known_as],
        old_went_to=old.moved_to.iri if old.moved_to else "",
        new_went_to=new.moved_to.iri if new.moved_to else "",
    )
    if reason:
        uow.tasks.park(row, reason, house.now)
        return
    for link in uow.followings.to(old.id):
        is_concerned = house.is_local(link.follower) and link.state in {"accepted", "requested"} and link.follower != new.id
        if is_concerned and _follows_there(uow, house, link.follower, new.id):
            unfollow(uow, house, link.follower, old.id)
    uow.tasks.finish(row, house.now)


def _follows_there(uow: UnitOfWork, house: House, follower: str, new: str) -> bool:
    """Has one of ours follow the new account; False for whoever left it, was refused there, or may not follow such an actor.

    So two accounts that move to one another lead nobody in circles.
    """
    known = uow.followings.get(follower, new)
    if known is not None and known.state in {"ended", "refused"}:
        return False
    try:
        follow(uow, house, follower, new, is_decided=False)
    except Conflict:
        return True  # they do already
    except Invalid:
        return False
    return True


JOB = Job(name="follow_moved", every=2.0, claim=claim, work=work, at_once=2, mishap=set_aside)
