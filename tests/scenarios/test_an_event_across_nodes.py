"""An event that people of another node join: published, joined, accepted, held, left, called off; over real sockets."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from federation.errors import RemoteError
from kit.nodes import LiveNode, live_node, now
from node.actions.answer_participant import decline, welcome
from node.actions.publish import publish
from node.actions.take_part import find_event, participate, say, stay_away
from node.contracts import Draft
from node.domain.entries import Audience
from node.domain.participation import State, is_cancelled
from node.domain.placing import Placement
from node.domain.recurring import at_each
from node.domain.sittings import at_date, day_of
from node.domain.visibility import PUBLIC_SCOPE
from node.errors import Conflict, NotAllowed, NotFound
from node.storage.participating import standing, taken
from vocab.things.event import Event
from vocab.things.meeting import Meeting
from vocab.values import Text


@asynccontextmanager
async def two_nodes(folder: Path) -> AsyncIterator[tuple[LiveNode, LiveNode]]:
    async with (
        live_node("Habitation", "127.0.0.11", folder / "a") as here,
        live_node("Logement social", "127.0.0.12", folder / "b") as there,
    ):
        for one, other in ((here, there), (there, here)):
            befriend(one, other.url.removeprefix("http://"))
        yield here, there


def befriend(node: LiveNode, host: str) -> None:
    node.do(lambda uow, house: uow.peers.put_state(host, "approved", house.now))


def meeting(
    node: LiveNode, *, audience: Audience = Audience.PUBLIC, replaces: str = "", said: str = "prévu", **more: object
) -> str:
    """A meeting of the node's community, tomorrow."""
    start = now().replace(microsecond=0) + timedelta(days=1)
    thing = Meeting(
        name=Text.of("Soirée d’échange", "fr"),
        content=Text.of("<p>On se raconte.</p>", "fr"),
        start_time=start,
        end_time=start + timedelta(hours=2),
        **more,  # type: ignore[arg-type]
    )
    options = {"location": "Maison Gauvreau, Rimouski", "eventStatus": said}
    placed = Placement(author=node.author, community=node.community, audience=audience, replaces=replaces)
    return node.do(lambda uow, house: publish(uow, house, Draft(thing=thing, source="s", options=options), placed)).iri


async def joined(here: LiveNode, event: str) -> State:
    await find_event(here.database, here.tools.outside, here.house(), event)
    return here.do(lambda uow, house: participate(uow, house, here.author, event)).state


async def until(node: LiveNode, event: str, person: str, state: State) -> None:
    await node.until(lambda uow: (row := uow.participations.get(event, person)) is not None and row.state is state)


@pytest.mark.shows(
    "FEP-8a8e",
    "One date of a meeting that comes back is joined and left by itself, at an address below that of the meeting.",
    how="two nodes",
)
@pytest.mark.shows("FEP-8a8e", "A Join is accepted, counted, and ended by a Leave.", how="two nodes")
async def test_joined_accepted_left(tmp_path: Path) -> None:
    async with two_nodes(tmp_path) as (here, there):
        event = meeting(there)
        assert await joined(here, event) is State.REQUESTED
        for node in (here, there):
            await until(node, event, here.author, State.ACCEPTED)
        assert there.see(lambda uow: uow.participations.count(event)) == 1
        with pytest.raises(Conflict):
            await joined(here, event)
        here.do(lambda uow, house: stay_away(uow, house, here.author, event))
        await until(there, event, here.author, State.ENDED)
        assert there.see(lambda uow: uow.participations.count(event)) == 0
        await _one_date_is_answered_by_itself(here, there)


async def _one_date_is_answered_by_itself(here: LiveNode, there: LiveNode) -> None:
    event = meeting(there, recurrence=("FREQ=WEEKLY;COUNT=3",), maximum_attendee_capacity=1)
    await find_event(here.database, here.tools.outside, here.house(), event)
    stored = there.see(lambda uow: uow.things.get_any(event))
    assert stored is not None
    assert isinstance(stored.thing, Meeting)
    days = [day for each in at_each(stored.thing, after=now(), before=now() + timedelta(days=30)) if (day := day_of(each))]
    first, second, third = (at_date(event, day) for day in days)
    assert await joined(here, second) is State.REQUESTED
    for node in (here, there):
        await until(node, second, here.author, State.ACCEPTED)
    # The one place of that date is gone, those of the others are not; all of them together cannot be had any more.
    there.do(lambda uow, house: participate(uow, house, there.author, first))
    for full in (second, event):
        with pytest.raises(NotAllowed, match="place"):
            there.do(lambda uow, house, full=full: participate(uow, house, there.author, full))  # type: ignore[misc]
    there.do(lambda uow, house: stay_away(uow, house, there.author, first))
    # A yes to all takes the place of a no to one; then yes to all, but for one date: told apart on both nodes.
    here.do(lambda uow, house: say(uow, house, here.author, third, State.DECLINED))
    assert await joined(here, event) is State.REQUESTED
    for node in (here, there):
        await until(node, event, here.author, State.ACCEPTED)
        at_last = node.see(lambda uow: standing(uow, third, here.author))
        assert at_last is not None
        assert at_last.state is State.ACCEPTED
    here.do(lambda uow, house: say(uow, house, here.author, third, State.DECLINED))
    await until(there, third, here.author, State.ENDED)
    assert [there.see(lambda uow, at=at: taken(uow, at)) for at in (first, second, third)] == [1, 1, 0]  # type: ignore[misc]
    # No to all takes back whatever was said of one.
    here.do(lambda uow, house: say(uow, house, here.author, event, State.DECLINED))
    await until(there, event, here.author, State.ENDED)
    assert [there.see(lambda uow, at=at: taken(uow, at)) for at in (first, second, third, event)] == [0, 0, 0, 0]  # type: ignore[misc]
    with pytest.raises(NotFound):
        here.do(lambda uow, house: participate(uow, house, here.author, f"{event}#date-19700101"))


@pytest.mark.shows(
    "FEP-8a8e", "A Join of an event that is restricted waits for an answer; a place can be taken back.", how="two nodes"
)
async def test_held_let_in_and_turned_away(tmp_path: Path) -> None:
    async with two_nodes(tmp_path) as (here, there):
        event = meeting(there, join_mode="restricted")
        await joined(here, event)
        await until(there, event, here.author, State.REQUESTED)
        assert there.see(lambda uow: uow.participations.count(event)) == 0
        there.do(lambda uow, house: welcome(uow, house, event, here.author))
        await until(here, event, here.author, State.ACCEPTED)
        assert there.see(lambda uow: uow.participations.count(event)) == 1
        there.do(lambda uow, house: decline(uow, house, event, here.author))
        await until(here, event, here.author, State.REFUSED)
        assert there.see(lambda uow: uow.participations.count(event)) == 0


async def test_the_last_place_is_given_once_and_can_be_had_again(tmp_path: Path) -> None:
    async with two_nodes(tmp_path) as (here, there):
        event = meeting(there, maximum_attendee_capacity=1)
        there.do(lambda uow, house: participate(uow, house, there.author, event))
        await joined(here, event)
        await until(here, event, here.author, State.REFUSED)
        assert there.see(lambda uow: uow.participations.get(event, here.author)) is None
        there.do(lambda uow, house: stay_away(uow, house, there.author, event))
        await joined(here, event)
        await until(here, event, here.author, State.ACCEPTED)


@pytest.mark.shows("FEP-8a8e", "An event that is called off reaches those who take part, followers or not.", how="two nodes")
async def test_those_who_take_part_learn_that_it_is_off(tmp_path: Path) -> None:
    async with two_nodes(tmp_path) as (here, there):
        event = meeting(there)
        await joined(here, event)
        await until(here, event, here.author, State.ACCEPTED)
        meeting(there, replaces=event, said="annulée")

        def is_off(thing: object) -> bool:
            return isinstance(thing, Event) and is_cancelled(thing)

        await here.until(lambda uow: (kept := uow.things.get(event, PUBLIC_SCOPE)) is not None and is_off(kept.thing))
        assert there.see(lambda uow: uow.followings.all()) == [], "nobody told it to followers"


async def test_an_event_for_the_community_alone_is_joined_by_its_members_alone(tmp_path: Path) -> None:
    async with two_nodes(tmp_path) as (here, there):
        event = meeting(there, audience=Audience.COMMUNITY)
        with pytest.raises(RemoteError):
            await joined(here, event)
        assert there.see(lambda uow: uow.participations.of(event)) == []
        assert there.do(lambda uow, house: participate(uow, house, there.author, event)).state is State.ACCEPTED
