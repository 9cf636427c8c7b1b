"""What those who look after the node do about a link: examine, approve, limit, refuse, try again, let in what waits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from urllib.parse import quote

from federation.messages import Received
from node.actions import answer_follower, moderate
from node.actions.agree import narrow, open_to
from node.actions.examine_peer import examine_peer
from node.actions.follow_feed import unfollow_feed
from node.contracts import Endpoint, House, Reply, Tools, Visit
from node.domain.errands import FOLLOW_FEED
from node.domain.neighbours import Measure
from node.domain.politeness import BY_HAND
from node.errors import Invalid, NotAllowed, NotFound
from node.storage.examinations import keep_examination
from node.storage.neighbours import HeldMessage, held_messages, neighbour, release, turn_away
from node.storage.shelves.feeds import FeedRow
from node.storage.unit_of_work import UnitOfWork
from node.web.forms import back, field_of

#: A deed, given the server, whom or what of it ("" for the whole), and who decides.
Deed = Callable[[UnitOfWork, House, str, str, str], object]


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """Does it and leads back to the page; raises NotAllowed, NotFound, or Invalid for a deed that is none."""
    if not visit.is_admin:
        raise NotAllowed
    house, host = visit.house, field_of(received, "serveur")
    name, who = field_of(received, "geste"), field_of(received, "qui")
    if name in {"mode", "mode-d-une-communaute"}:
        mode, by = field_of(received, "mode"), visit.reader.actor
        await tools.database.write(
            lambda uow: open_to(uow, house, mode, by) if name == "mode" else narrow(uow, house, who, mode, by)
        )
        return back(visit, "/liens#ouverture", "1")
    if name == "reessayer":
        await tools.database.write(lambda uow: _try_again(uow, who))
        return back(visit, f"/liens#{quote(host, safe='')}", "1")
    if name in _FEED_DEEDS:
        feed_deed = _FEED_DEEDS[name]
        await tools.database.write(lambda uow: feed_deed(uow, house, _feed(uow, who)))
        return back(visit, "/liens#flux", "1")
    await tools.database.read(lambda uow: _check(uow, house, host))
    if name == "examiner":
        found = await examine_peer(tools.database, tools.outside, house, host, visit.language)
        await tools.database.write(lambda uow: keep_examination(uow, host, found, house.now))
    elif name in _DEEDS:
        deed = _DEEDS[name]
        await tools.database.write(lambda uow: deed(uow, house, host, who, visit.reader.actor))
    else:
        raise Invalid("Nothing of that name can be done about a link.")
    return back(visit, f"/liens#{quote(host, safe='')}", name)


def _check(uow: UnitOfWork, house: House, host: str) -> None:
    """Only a server that the page shows can be dealt with, or be sent a request."""
    found = neighbour(uow, host, house.now) if host else None
    if found is None or not (found.links or uow.peers.get(host)):
        raise NotFound("This server is not known here.")


def _try_again(uow: UnitOfWork, who: str) -> None:
    """Has one piece of work that was given up tried once more."""
    found = [row for row in uow.tasks.all(state="parked") if str(row.id) == who]
    if not found:
        raise NotFound("This is not waiting any more.")
    uow.tasks.wake(found[0].kind, found[0].subject)


def _held(uow: UnitOfWork, host: str, who: str) -> list[HeldMessage]:
    found = [message for message in held_messages(uow, host) if str(message.id) == who]
    if not found:
        raise NotFound("This message does not wait any more.")
    return found


def _answer(uow: UnitOfWork, house: House, host: str, who: str, *, is_welcome: bool) -> object:
    if who not in {row.follower for row in neighbour(uow, host, house.now).links}:
        raise NotFound("Nobody of that address asks.")
    return (answer_follower.approve if is_welcome else answer_follower.refuse)(uow, house, who)


def _feed(uow: UnitOfWork, iri: str) -> FeedRow:
    row = uow.feeds.get(iri)
    if row is None:
        raise NotFound("Nobody here follows this feed any more.")
    return row


def _look_now(uow: UnitOfWork, house: House, row: FeedRow) -> None:
    """Has a feed looked at, even one that was gone; but not every minute."""
    uow.feeds.put(replace(row, state="followed", robots_at=None))
    uow.tasks.wake(FOLLOW_FEED, row.iri, due_at=max(house.now, (row.looked_at or house.now - BY_HAND) + BY_HAND))


def _let_go(uow: UnitOfWork, house: House, row: FeedRow) -> None:
    for community in uow.feeds.followers(row.iri):
        unfollow_feed(uow, house, community, row.iri)


_FEED_DEEDS: Mapping[str, Callable[[UnitOfWork, House, FeedRow], None]] = {
    "regarder-le-flux": _look_now,
    "quitter-le-flux": _let_go,
}
_DEEDS: Mapping[str, Deed] = {
    "approuver": lambda uow, house, host, _, __: answer_follower.approve(uow, house, host),
    "accepter-la-demande": lambda uow, house, host, who, _: _answer(uow, house, host, who, is_welcome=True),
    "decliner-la-demande": lambda uow, house, host, who, _: _answer(uow, house, host, who, is_welcome=False),
    "pause": lambda uow, house, host, _, by: moderate.limit(uow, house, host, Measure.PAUSED, by=by),
    "retenir": lambda uow, house, host, _, by: moderate.limit(uow, house, host, Measure.HELD, by=by),
    "reprendre": lambda uow, house, host, _, by: moderate.limit(uow, house, host, Measure.NONE, by=by),
    "refuser": lambda uow, house, host, _, by: moderate.block(uow, house, host, by=by),
    "lever-le-refus": lambda uow, house, host, _, by: moderate.unblock(uow, house, host, by=by),
    "relancer": lambda uow, house, host, _, __: moderate.retry(uow, house, host),
    "laisser-entrer": lambda uow, house, host, who, _: release(uow, _held(uow, host, who), house.now),
    "ecarter": lambda uow, house, host, who, _: turn_away(uow, _held(uow, host, who), house.now, "refused by hand"),
}

ENDPOINT = Endpoint(path="/liens", receive=receive)
