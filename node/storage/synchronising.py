"""Who follows whom, agreed on with other servers: what we say of our actors' followers there, and what we hear of our own.

Spec: FEP-8fcf §The Collection-Synchronization HTTP Header.
Spec: FEP-8fcf §Synchronization procedure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from federation import outbox
from federation.addresses import origin, same_origin
from federation.collections import SYNCHRONIZATION_HEADER, Synchronization, digest, parse_synchronization, synchronization
from federation.errors import MalformedActivity
from node.domain.actors import followers_of
from node.domain.errands import BACKFILL, SYNCHRONISE, Agreement, link
from node.domain.spaces import activity_address
from node.storage.ground import Ground
from node.storage.here import Here
from node.storage.remembering import remembered
from node.storage.sending import fresh_name, send
from node.storage.tables.followings import followings
from node.storage.unit_of_work import UnitOfWork
from vocab import jsonld
from vocab.activities.activity import Activity
from vocab.activities.follow import Follow
from vocab.values import Ref

#: A link on pause is one nevertheless: saying nothing of it would end it on the other side.
IN_FORCE = ("accepted", "paused")
#: An answer may be under way: one waits before one asks. And one server is not asked more often than this.
BEFORE, BETWEEN = timedelta(seconds=30), timedelta(hours=1)
ENDED = "Their server no longer counts it among the followers."


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What is said to each server of those who follow an actor of ours from there: a header value by its origin."""

    collection: str
    by_server: Mapping[str, str]

    def headers(self, inbox: str, document: bytes) -> tuple[tuple[str, str], ...]:
        """The header that goes with an activity that is for the followers; none for a server that has none of them."""
        value = self.by_server.get(str(origin(inbox))) if self.by_server and self.collection.encode() in document else None
        return ((SYNCHRONIZATION_HEADER, value),) if value else ()


def partial_address(actor: str) -> str:
    """Where each server reads which of its actors follow an actor of ours."""
    return f"{followers_of(actor)}_synchronization"


def followers_on(uow: UnitOfWork, actor: str, server: str) -> list[str]:
    """The followers of an actor that live on the server of `server`."""
    return [iri for iri in _followers(uow.ground, actor) if same_origin(iri, server)]


def counted(uow: UnitOfWork, sender: str) -> Counted:
    """What is said of the followers of an actor of ours; made anew only after one came or went."""
    return remembered(uow.ground, ("followers", sender), _stamp(uow.ground, sender), lambda: _counted(uow.ground, sender))


def is_news(uow: UnitOfWork, here: Here, sender: str, value: str) -> Synchronization | None:
    """What a proven sender says of its followers here, when that differs from what is known here; what is amiss says nothing."""
    actor = uow.actors.get(sender)
    try:
        said = parse_synchronization(value, sender)
    except MalformedActivity:
        return None
    if actor is None or actor.is_local or said.collection != actor.followers:
        return None
    ours = (iri for iri in _followers(uow.ground, sender) if here.is_local(iri))
    return None if digest(ours) == said.digest else said


def have_settled(uow: UnitOfWork, here: Here, sender: str, said: Synchronization) -> None:
    """Has it looked up, after a while, who of ours follows the sender."""
    last = uow.tasks.get(SYNCHRONISE, sender)
    earliest = last.due_at + BETWEEN if last is not None and last.state != "due" else here.now
    payload = Agreement(url=said.url, digest=said.digest).payload()
    uow.tasks.wake(SYNCHRONISE, sender, due_at=max(here.now + BEFORE, earliest), payload=payload)


def settle(uow: UnitOfWork, here: Here, target: str, listed: Iterable[str], *, is_whole: bool, begun: datetime) -> int:
    """Brings our links to an actor elsewhere in line with the followers that its server lists; how many changed.

    What it counts and we await is accepted; what it counts and we do not know is undone. What it does not count any more ends,
    when the list is whole and proven: nobody here is made to ask again, since they may have meant it.
    """
    counted = {iri for iri in listed if here.is_local(iri)}
    known = {each.follower: each for each in uow.followings.to(target) if here.is_local(each.follower)}
    changed = 0
    for follower in sorted(counted):
        row = known.get(follower)
        if row is not None and row.state == "requested":
            uow.followings.set_state(follower, target, "accepted", here.now)
            uow.tasks.wake(BACKFILL, link(follower, target))
            changed += 1
        elif row is None or row.state not in IN_FORCE:
            changed += _undo(uow, here, follower, target, row.activity if row is not None else "")
    for follower, row in known.items() if is_whole else ():
        is_older = row.answered_at is None or row.answered_at < begun
        if row.state == "accepted" and follower not in counted and is_older:
            uow.followings.set_state(follower, target, "ended", here.now, ENDED)
            changed += 1
    return changed


def _undo(uow: UnitOfWork, here: Here, follower: str, target: str, activity: str) -> bool:
    """Tells the target that somebody here does not follow it; nothing can be said for somebody who is not here."""
    ours, theirs = uow.actors.get(follower), uow.actors.get(target)
    if ours is None or not ours.is_local or theirs is None or not theirs.inbox:
        return False
    done = asked_by(uow, activity or activity_address(here.url, fresh_name(here)), follower, target)
    send(uow, here, lambda name, at: outbox.undo(done, name, at), [theirs.inbox], about=target)
    return True


def asked_by(uow: UnitOfWork, activity: str, follower: str, target: str) -> Activity:
    """The Follow by which somebody here asked, as it was sent, or as it must have been."""
    row = uow.outbox.get(activity)
    sent = jsonld.read(row.document) if row is not None else None
    if isinstance(sent, Activity):
        return sent
    return Follow(id=activity, actor=Ref(follower), object=(Ref(target),), to=(Ref(target),))


def _followers(ground: Ground, actor: str) -> list[str]:
    held = followings.c.target == actor, followings.c.state.in_(IN_FORCE)
    return ground.texts(select(followings.c.follower).where(*held))


def _stamp(ground: Ground, actor: str) -> tuple[object, ...]:
    """Changes with every change of who follows the actor."""
    columns = followings.c
    latest = func.max(columns.requested_at), func.max(columns.answered_at), func.max(columns.ended_at)
    row = ground.row(select(func.count().label("n"), *latest).where(columns.target == actor))
    return tuple(row.values()) if row is not None else ()


def _counted(ground: Ground, sender: str) -> Counted:
    by_server: dict[str, list[str]] = {}
    for iri in _followers(ground, sender):
        by_server.setdefault(str(origin(iri)), []).append(iri)
    collection, url = followers_of(sender), partial_address(sender)
    return Counted(
        collection=collection,
        by_server={
            server: synchronization(Synchronization(collection=collection, url=url, digest=digest(iris)))
            for server, iris in by_server.items()
        },
    )
