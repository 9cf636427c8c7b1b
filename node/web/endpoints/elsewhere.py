"""A member looks at an address elsewhere; and who may, follows in the name of a community, and settles what goes which way."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import timedelta
from urllib.parse import urlsplit

from federation.errors import RemoteError, UnacceptableAnswer
from federation.messages import Received
from node.actions import answer_follower, moderate, share_with
from node.actions.follow_community import find_actor, follow, receive_again, receive_nothing, unfollow
from node.actions.follow_feed import Candidate, actor_in, feed_in, fetched, find_feed, follow_feed, take_items
from node.actions.look_around import Neighbouring, address_of, communities_at, seen
from node.contracts import Endpoint, House, Reply, Tools, Visit
from node.domain.household import DONE
from node.domain.rights import Deed, may
from node.errors import Busy, Conflict, Invalid, NodeError, NotAllowed, NotFound
from node.storage.hosts import host_of
from node.storage.household import first_run, mark
from node.storage.shelves.actors import ActorRow
from node.storage.unit_of_work import UnitOfWork
from node.web.forms import back, field_of
from node.web.seeking import PREVIEW, failure_words
from vocab import jsonld
from vocab.things.actor import Actor

PATH = "/ailleurs"
#: So many addresses may one person have looked at within an hour.
MOST_LOOKS, LOOKS_WITHIN = 40, timedelta(hours=1)
_LONGEST = 1_000

#: What is done about the link of one of ours (second) with somebody elsewhere (third), by somebody (fourth).
Settle = Callable[[UnitOfWork, House, tuple[str, str, str]], object]


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """Looks, or does what a button says, and leads on; raises NotAllowed, or Invalid with what is wrong in words."""
    if not visit.form_token:
        raise NotAllowed
    deed = field_of(received, "geste") or "regarder"
    if deed == "regarder":
        return await _look(tools, visit, field_of(received, "adresse").strip()[:_LONGEST])
    ours, theirs = field_of(received, "communaute"), field_of(received, "qui")
    await tools.database.read(lambda uow: _must_be_allowed(uow, visit, ours))
    if deed == "suivre-flux":
        await _follow_feed(tools, visit, ours, theirs)
    elif deed in _DEEDS:
        settle, by = _DEEDS[deed], visit.reader.actor
        is_first = visit.is_admin and deed == "suivre"

        def act(uow: UnitOfWork) -> None:
            settle(uow, visit.house, (ours, theirs, by))
            if is_first and first_run(uow) == "begun":
                mark(uow, "amie", DONE)

        try:
            await tools.database.write(act)
        except (Conflict, NotFound):
            return back(visit, PATH, "deja")
    else:
        raise Invalid("Nothing of that name can be done about a link.")
    return back(visit, PATH if deed == "suivre" else f"{PATH}#liens", deed)


async def _look(tools: Tools, visit: Visit, words: str) -> Reply:
    """Finds out what an address names, and leads to the page that shows it."""
    person, house = visit.reader.actor, visit.house
    if not words:
        raise Invalid("There is no address.", problems={"adresse": failure_words("", visit.language)})
    looks = await tools.database.read(lambda uow: uow.previews.count(person, house.now - LOOKS_WITHIN))
    if looks >= MOST_LOOKS:
        raise Busy(
            "This is enough for an hour.", problems={"adresse": failure_words("This is enough for an hour.", visit.language)}
        )
    try:
        kind, found = await _found(tools, house, address_of(words, allow_http=house.allow_http))
    except (RemoteError, NodeError) as problem:
        await tools.database.write(lambda uow: uow.previews.add(person, "rien", words, "{}", house.now))
        raise Invalid(str(problem), problems={"adresse": failure_words(str(problem), visit.language)}) from problem
    number = await tools.database.write(lambda uow: uow.previews.add(person, kind, words, json.dumps(found), house.now))
    return back(visit, f"{PREVIEW}?n={number}", "vu")


async def _found(tools: Tools, house: House, address: str) -> tuple[str, Mapping[str, object]]:
    """What is there: somebody to follow, a list of communities to choose from, or a feed."""
    try:
        return await _somebody(tools, house, await find_actor(tools.database, tools.outside, house, address))
    except UnacceptableAnswer:
        if not address.startswith(("https://", "http://")):
            raise
    listed = await communities_at(tools.outside, house, address) if urlsplit(address).path in {"", "/"} else []
    if listed:
        return await _among(tools, house, listed)
    page = await fetched(tools.outside, house, address)
    actor = actor_in(page)
    if actor:
        try:
            return await _somebody(tools, house, await find_actor(tools.database, tools.outside, house, actor))
        except RemoteError:
            pass  # its feed is better than nothing
    return _feed(await feed_in(tools.outside, house, page))


async def _somebody(tools: Tools, house: House, row: ActorRow) -> tuple[str, Mapping[str, object]]:
    actor = jsonld.read(row.document)
    if row.type == "Person":
        raise Invalid("a person is no community")
    if row.type != "Group" and isinstance(actor, Actor):
        listed = await communities_at(tools.outside, house, f"{row.iri.split('://')[0]}://{host_of(row.iri)}")
        if listed:
            return await _among(tools, house, listed)
    shown = await seen(tools.outside, actor, house) if isinstance(actor, Actor) and not row.is_local else None
    return "communaute", {"iri": row.iri, "outlook": shown.as_text() if shown else ""}


async def _among(tools: Tools, house: House, listed: list[Neighbouring]) -> tuple[str, Mapping[str, object]]:
    """The communities of a server to choose from; of one alone, that one."""
    if len(listed) > 1:
        return "choix", {"choices": [asdict(each) for each in listed]}
    return await _somebody(tools, house, await find_actor(tools.database, tools.outside, house, listed[0].iri))


def _feed(found: Candidate) -> tuple[str, Mapping[str, object]]:
    items = [str(thing.name.primary) for _, thing in found.read.items[:5] if thing.name is not None]
    said = found.read.feed
    return "flux", {"address": found.address, "title": said.title, "summary": said.summary, "items": items}


async def _follow_feed(tools: Tools, visit: Visit, community: str, address: str) -> None:
    house = visit.house
    try:
        found = await find_feed(tools.outside, house, address)
        row = await tools.database.write(lambda uow: follow_feed(uow, house, community, found.row(house)))
    except (RemoteError, NodeError) as problem:
        raise Invalid(str(problem), problems={"adresse": failure_words(str(problem), visit.language)}) from problem
    for part in found.read.portions:
        await tools.database.write(lambda uow, items=part: take_items(uow, house, row, items))  # type: ignore[misc]


def _must_be_allowed(uow: UnitOfWork, visit: Visit, community: str) -> None:
    roles = uow.members.roles(visit.reader.actor, community, visit.house.now)
    if not may(roles, Deed.FOLLOW):
        raise NotAllowed("Only those who animate a community follow others in its name.")


def _ask(uow: UnitOfWork, house: House, about: tuple[str, str, str]) -> object:
    ours, theirs, _ = about
    known = uow.followings.get(ours, theirs)
    if known is not None and known.state == "accepted":
        return moderate.retry(uow, house, host_of(theirs))
    return follow(uow, house, ours, theirs, is_decided=False)


def _publish(uow: UnitOfWork, house: House, about: tuple[str, str, str]) -> object:
    """Lets them receive what ours publishes: at once where they asked."""
    ours, theirs, by = about
    state = share_with.welcome(uow, house, ours, theirs, by)
    if state == "requested":
        return answer_follower.approve(uow, house, theirs, ours)
    return answer_follower.resume(uow, house, theirs, ours) if state == "paused" else None


def _keep_back(uow: UnitOfWork, house: House, about: tuple[str, str, str]) -> object:
    ours, theirs, _ = about
    state = share_with.unwelcome(uow, ours, theirs)
    return answer_follower.pause(uow, house, theirs, ours) if state == "accepted" else None


def _decline(uow: UnitOfWork, house: House, about: tuple[str, str, str]) -> object:
    ours, theirs, _ = about
    share_with.unwelcome(uow, ours, theirs)
    return answer_follower.refuse(uow, house, theirs, ours)


_DEEDS: Mapping[str, Settle] = {
    "suivre": _ask,
    "relancer": _ask,
    "annuler": lambda uow, house, about: unfollow(uow, house, about[0], about[1]),
    "quitter": lambda uow, house, about: unfollow(uow, house, about[0], about[1]),
    "ne-plus-recevoir": lambda uow, house, about: receive_nothing(uow, house, about[0], about[1]),
    "recevoir": lambda uow, house, about: receive_again(uow, house, about[0], about[1]),
    "publier": _publish,
    "ne-plus-publier": _keep_back,
    "decliner": _decline,
}

ENDPOINT = Endpoint(path=PATH, receive=receive)
