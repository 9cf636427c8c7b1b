"""When what could not be delivered is tried again, over real sockets and at a time that the test moves on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from kit.post import Post, activities, post
from kit.servers import LoopbackServer, answer
from node.actions.withdraw import withdraw

WAITS = [1, 5, 15, 60, 180]


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Post]:
    async with post(tmp_path / "node") as opened:
        yield opened


async def followed(office: Post) -> LoopbackServer:
    server = await office.server("127.0.0.12")
    office.follow(server.url)
    return server


async def test_a_server_in_trouble_is_tried_by_the_table_and_gets_it_once_l07(office: Post) -> None:
    server = await followed(office)
    server.scripts["/inbox"] = answer(b"", status=500)
    office.node.note("Une note")
    for tries, minutes in enumerate(WAITS, start=1):
        await office.settled()
        (row,) = office.rows()
        wait = row.due_at - office.clock()
        assert (row.attempts, row.last_status, len(activities(server))) == (tries, 500, tries)
        assert 0.75 * minutes <= wait / timedelta(minutes=1) <= 1.25 * minutes
        await office.later(seconds=wait.total_seconds() - 2)
        await asyncio.sleep(0.2)
        assert len(activities(server)) == tries, "not before its time"
        if tries == len(WAITS):
            server.scripts["/inbox"] = answer(b"", status=202)
        await office.later(seconds=2)
    await office.settled()
    assert office.counts() == {"delivered": 1}
    bodies = [seen.body for seen in server.seen]
    signatures = [seen.value("signature") for seen in server.seen]
    assert (len(bodies), len(set(bodies)), len(set(signatures))) == (len(WAITS) + 1, 1, len(WAITS) + 1)


@pytest.mark.parametrize("form", ["seconds", "date", "for ever"])
async def test_a_server_that_asks_for_a_pause_gets_it_l08(office: Post, form: str) -> None:
    server = await followed(office)
    said = {
        "seconds": "7200",
        "date": format_datetime(office.clock() + timedelta(hours=2), usegmt=True),
        "for ever": "99999999",
    }[form]
    pause = timedelta(hours=24) if form == "for ever" else timedelta(hours=2)
    server.scripts["/inbox"] = answer(b"", status=429, headers=(("Retry-After", said),))
    office.node.note("Une note")
    await office.until(lambda: activities(server))
    await office.settled()
    (row,) = office.rows()
    assert abs(row.due_at - office.clock() - pause) < timedelta(seconds=2)
    # neither what is written meanwhile, nor a sign of life, is a reason to come earlier
    office.node.note("Une autre")
    office.node.do(lambda uow, house: uow.peers.heard(row.host, house.now))
    await office.later(minutes=100)
    await asyncio.sleep(0.3)
    assert len(activities(server)) == 1
    server.scripts["/inbox"] = answer(b"", status=202)
    await office.later(seconds=pause.total_seconds() - 6000 + 2)
    await office.until(lambda: office.counts() == {"delivered": 2})


async def test_what_is_about_one_thing_arrives_in_order_l21(office: Post) -> None:
    server = await followed(office)
    server.scripts["/inbox"] = answer(b"", status=503)
    entry = office.node.note("Une note")
    office.node.note("Une note corrigée", replaces=entry.iri)
    await office.until(lambda: activities(server))
    await office.settled()
    assert len(activities(server)) == 1, "the second does not even try before the first has arrived"
    server.scripts["/inbox"] = answer(b"", status=202)
    await office.later(minutes=2)
    await office.until(lambda: office.counts() == {"delivered": 2})
    kinds = [said["object"]["type"] if said["type"] == "Announce" else said["type"] for said in activities(server)]
    assert kinds == ["Create", "Create", "Update"]


async def test_what_was_never_delivered_is_deleted_without_a_trace_l21(office: Post) -> None:
    server = await followed(office)
    server.scripts["/inbox"] = answer(b"", status=503)
    entry = office.node.note("Une note")
    office.node.note("Une note corrigée", replaces=entry.iri)
    await office.until(lambda: activities(server))
    await office.settled()
    office.node.do(lambda uow, house: withdraw(uow, house, entry.iri, by=office.node.author))
    server.scripts["/inbox"] = answer(b"", status=202)
    await office.later(minutes=2)
    await office.until(lambda: not office.rows())
    assert office.counts()["dropped"] == 2
    said = [said["object"]["type"] if said["type"] == "Announce" else said["type"] for said in activities(server)]
    assert said == ["Create", "Delete"]


async def test_what_was_given_up_can_be_tried_again(office: Post) -> None:
    server = await followed(office)
    server.scripts["/inbox"] = answer(b"", status=403)
    office.node.note("Une note")
    await office.until(lambda: office.counts() == {"parked": 1})
    await office.later(days=10)
    server.scripts["/inbox"] = answer(b"", status=500)
    assert office.node.do(lambda uow, house: uow.deliveries.retry(None, house.now)) == 1
    await office.until(lambda: len(activities(server)) == 2)
    await office.settled()
    assert office.counts() == {"due": 1}, "its seven days begin anew"
    server.scripts["/inbox"] = answer(b"", status=202)
    assert office.node.do(lambda uow, house: uow.deliveries.retry(None, house.now)) == 1
    await office.until(lambda: office.counts() == {"delivered": 1})
