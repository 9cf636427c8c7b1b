"""A link as a value for JSON and for people: where it stands, how far its history reaches, what waits."""

from __future__ import annotations

from datetime import datetime

from node.cli.naming import host_of
from node.contracts import House
from node.domain.errands import CATCH_UP, Comparison, link
from node.domain.following import LinkState, Side, next_step, sentence
from node.storage.reaching import reach
from node.storage.shelves.followings import FollowingRow
from node.storage.unit_of_work import UnitOfWork


def link_row(uow: UnitOfWork, row: FollowingRow, language: str, house: House) -> dict[str, object]:
    """One link, looked at from this node."""
    state, side = LinkState(row.state), Side.OUT if house.is_local(row.follower) else Side.IN
    names = {"follower": _name(uow, row.follower), "target": _name(uow, row.target)}
    other = host_of(row.target if side is Side.OUT else row.follower)
    peer = uow.peers.get(other)
    moment = row.ended_at or row.answered_at or row.requested_at
    return {
        "state": row.state,
        "direction": str(side),
        "since": moment.isoformat(timespec="seconds"),
        "in_words": sentence(state, side).in_language(language).format(**names),
        "next": next_step(state, side).in_language(language),
        "host": other,
        **_history(uow, row, house.now, language),
        "waiting": len(uow.deliveries.waiting(other)),
        "last_error": peer.last_error if peer else "",
        "follower": row.follower,
        "target": row.target,
    }


def _history(uow: UnitOfWork, row: FollowingRow, now: datetime, language: str) -> dict[str, object]:
    """How far back what came over reaches, and what the last comparison with the other side found."""
    found = reach(uow, row, now)
    until = found.until.isoformat(timespec="seconds") if found.until else ""
    task = uow.tasks.get(CATCH_UP, link(row.follower, row.target))
    last = Comparison.of(task.payload if task else "")
    return {
        "history": found.history,
        "history_until": until,
        "history_in_words": found.words.in_language(language).format(day=until[:10]),
        "compared_at": last.at[:19],
        "differences": last.differences if last.at else None,
    }


def _name(uow: UnitOfWork, iri: str) -> str:
    known = uow.actors.get(iri)
    return known.name if known and known.name else iri
