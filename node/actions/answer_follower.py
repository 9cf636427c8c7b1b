"""Answers those who ask to follow a community of ours: approve, refuse, pause, resume; with a `target`, for that one alone."""

from __future__ import annotations

from collections.abc import Sequence

from federation import outbox
from node.contracts import House
from node.domain.following import LinkEvent, LinkState
from node.errors import Conflict, NotFound
from node.storage.hosts import host_of, normal
from node.storage.linking import move
from node.storage.sending import send
from node.storage.shelves.followings import FollowingRow
from node.storage.unit_of_work import UnitOfWork
from vocab import jsonld
from vocab.activities.activity import Activity
from vocab.activities.follow import Follow
from vocab.values import Ref


def approve(uow: UnitOfWork, house: House, who: str, target: str = "") -> list[FollowingRow]:
    """Approves a host ("savoirs.example") with all that wait from there, or one follower by its IRI; the links that now hold.

    Raises NotFound when a follower has not asked.
    """
    if "://" not in who:
        uow.peers.put_state(who, "approved", house.now)
    return [_answer(uow, house, row, LinkEvent.ACCEPT) for row in _asking(uow, house, (who, target), {LinkState.REQUESTED})]


def refuse(uow: UnitOfWork, house: House, who: str, target: str = "") -> list[FollowingRow]:
    """Refuses those who wait, or no longer lets follow, by host or by follower."""
    states = {LinkState.REQUESTED, LinkState.ACCEPTED, LinkState.PAUSED}
    return [_answer(uow, house, row, LinkEvent.REFUSE) for row in _asking(uow, house, (who, target), states)]


def pause(uow: UnitOfWork, house: House, who: str, target: str = "") -> list[FollowingRow]:
    """Sends nothing to a follower for now; nobody is told."""
    return [_move(uow, house, row, LinkEvent.PAUSE) for row in _asking(uow, house, (who, target), {LinkState.ACCEPTED})]


def resume(uow: UnitOfWork, house: House, who: str, target: str = "") -> list[FollowingRow]:
    """Sends again; the follower is accepted anew, so that it catches up."""
    return [_answer(uow, house, row, LinkEvent.RESUME) for row in _asking(uow, house, (who, target), {LinkState.PAUSED})]


def _asking(uow: UnitOfWork, house: House, between: tuple[str, str], states: set[LinkState]) -> Sequence[FollowingRow]:
    """The links to our communities (or to one) that a host or a follower is part of, in these states."""
    who, target = between
    is_host = "://" not in who
    links = [
        row
        for row in uow.followings.all()
        if house.is_local(row.target)
        and target in {"", row.target}
        and LinkState(row.state) in states
        and (host_of(row.follower) == normal(who) if is_host else row.follower == who)
    ]
    if not links and not is_host:
        raise NotFound(f"Nothing of {who} waits for an answer here.")
    return links


def _answer(uow: UnitOfWork, house: House, row: FollowingRow, event: LinkEvent) -> FollowingRow:
    moved = _move(uow, house, row, event)
    follower, asked = uow.actors.get(row.follower), _follow(uow, row)
    wrap = outbox.reject if event is LinkEvent.REFUSE else outbox.accept
    if follower is not None and follower.inbox and not follower.is_local:
        send(uow, house, lambda name, at: wrap(asked, row.target, name, at), [follower.inbox], about=row.activity)
    return moved


def _move(uow: UnitOfWork, house: House, row: FollowingRow, event: LinkEvent) -> FollowingRow:
    if move(uow, row, event, house.now) is None:
        raise Conflict(f"This link is {row.state}.")
    return uow.followings.get(row.follower, row.target) or row


def _follow(uow: UnitOfWork, row: FollowingRow) -> Activity:
    """The Follow as it came, to be embedded in the answer; made again from the link when its bytes are no longer here."""
    came = uow.inbox.get(row.activity)
    read = jsonld.read(came.body) if came is not None and came.body else None
    if isinstance(read, Activity):
        return read
    return Follow(id=row.activity, actor=Ref(row.follower), object=(Ref(row.target),))
