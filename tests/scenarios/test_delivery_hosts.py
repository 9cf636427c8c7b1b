"""How servers are treated that dawdle, come and go, or never come back; over real sockets, at a time that the test moves on."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from federation import delivery, outbox
from kit.post import Post, activities, post
from kit.servers import Seen, answer
from kit.signing import Signer
from node.storage.hosts import host_of
from node.storage.shelves.actors import ActorRow
from node.storage.unit_of_work import UnitOfWork
from vocab.namespaces import AS_CONTEXT


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Post]:
    async with post(tmp_path / "node") as opened:
        yield opened


class Counting:
    """Answers after a while; how many were being answered at the same time, at most."""

    def __init__(self, status: int, seconds: float) -> None:
        self.status, self.seconds = status, seconds
        self.now = self.most = 0

    async def __call__(self, seen: Seen, writer: asyncio.StreamWriter) -> None:
        self.now += 1
        self.most = max(self.most, self.now)
        await asyncio.sleep(self.seconds)
        self.now -= 1
        await answer(b"", status=self.status)(seen, writer)


async def test_who_never_answers_holds_up_nobody_else_l10(office: Post) -> None:
    slow, quick = await office.server("127.0.0.12"), await office.server("127.0.0.13")
    never = Counting(202, 60)
    slow.scripts["/inbox"] = never
    for server in (slow, quick):
        office.follow(server.url)
    began = time.monotonic()
    for number in range(40):
        office.node.note(f"Note {number}")
    await office.until(lambda: len(activities(quick)) == 40)
    # Two at a time, for five seconds each.
    assert len(slow.seen) <= 2 * (1 + (time.monotonic() - began) // 5), "all of it while the other was tried once or twice"
    assert never.most == 2
    await office.until(lambda: office.peer(slow.url).failures >= 2)
    assert "did not answer" in office.peer(slow.url).last_error


async def test_one_that_comes_and_goes_gets_all_without_a_storm_l11(office: Post) -> None:
    server = await office.server("127.0.0.12")
    office.follow(server.url)
    for number in range(24):
        office.node.note(f"Note {number}")
    opened = 0
    for half_minute in range(120):
        phase = Counting(202 if half_minute % 2 else 500, 0.002)
        server.scripts["/inbox"] = phase
        await office.later(seconds=30)
        await office.settled()
        assert phase.most <= 2
        opened += delivery.is_open(office.peer(server.url).health, office.clock())
    assert opened > 0
    server.scripts["/inbox"] = recovered = Counting(202, 0.002)
    for _ in range(12):  # the longest that anything may have been put off in an hour
        await office.later(minutes=30)
        await office.settled()
    assert office.counts() == {"delivered": 24}
    assert recovered.most <= 2
    assert len({said["id"] for said in activities(server)}) == 24
    assert len(activities(server)) < 24 * 8


async def test_after_an_opening_one_try_at_a_time_l11(office: Post) -> None:
    server = await office.server("127.0.0.12")
    office.follow(server.url)
    server.scripts["/inbox"] = answer(b"", status=500)
    for number in range(20):
        office.node.note(f"Note {number}")
    await office.until(lambda: office.peer(server.url).failures >= 10)
    await office.settled()
    before = len(activities(server))
    assert before <= 11
    halves = Counting(500, 0.2)
    server.scripts["/inbox"] = halves
    await office.later(minutes=38)
    await office.settled()
    assert (len(activities(server)) - before, halves.most) == (1, 1)
    server.scripts["/inbox"] = answer(b"", status=202)
    await office.later(minutes=38)
    await office.until(lambda: office.counts() == {"delivered": 20})


async def test_a_week_of_silence_ends_it_and_a_sign_of_life_revives_it_l12(office: Post) -> None:
    server = await office.server("127.0.0.12")
    follower = Signer(iri=office.follow(server.url))
    server.scripts["/u/a"] = answer(office.document(follower.iri, f"{server.url}/inbox"))
    server.scripts["/inbox"] = answer(b"", status=500)
    for day in range(8):
        office.node.note(f"Jour {day}")
        for _ in range(4):
            await office.settled()
            await office.later(hours=6)
    await office.settled()
    office.node.note("Pour personne")
    tries = len(activities(server))
    await office.settled()
    assert len(activities(server)) == tries, "nothing is sent any more"
    counts = office.counts()
    assert (counts.get("due", 0), counts["dropped"] > 0, sum(counts.values())) == (0, True, 9)
    server.scripts["/inbox"] = answer(b"", status=202)
    body = json.dumps(
        {
            "@context": AS_CONTEXT,
            "id": f"{server.url}/act/1",
            "type": "Like",
            "actor": follower.iri,
            "object": "https://x.example/",
        }
    ).encode()
    sealed = outbox.seal(body, f"{office.node.community}/inbox", follower.key, office.clock(), "rfc9421")
    answered = await office.node.tools.outside.send(sealed)
    assert answered.status == 202
    office.node.note("De nouveau")
    await office.until(lambda: office.counts().get("delivered") == 1)
    assert office.peer(server.url).standard == "rfc9421"
    assert "signature-input" in {name.lower() for name, _ in server.seen[-1].headers}


async def test_a_thousand_dead_servers_cost_a_live_one_little_l13(office: Post) -> None:
    live = await office.server("127.0.0.12")
    office.follow(live.url)

    async def latency(name: str) -> float:
        came = len(activities(live))
        began = time.monotonic()
        office.node.note(name)
        while len(activities(live)) == came:  # noqa: ASYNC110 -- what is watched has no event
            await asyncio.sleep(0.002)
        return time.monotonic() - began

    alone = sorted([await latency(f"Seule {number}") for number in range(7)])[3]
    for number in range(1000):
        office.follow(f"http://127.0.0.14:{30_000 + number}")
    office.node.note("À beaucoup")
    await office.until(lambda: office.node.see(lambda uow: len(uow.deliveries.waiting())) >= 1000)
    await office.settled(60)
    # From now on each of them is known to fail: a second post comes to the live one as if they were not there.
    crowded = sorted([await latency(f"Parmi les morts {number}") for number in range(3)])[1]
    assert crowded < 2 * alone + 1.5, (alone, crowded)


async def test_one_delivery_for_all_of_a_server_l18(office: Post) -> None:
    servers = [await office.server("127.0.0.12") for _ in range(300)]

    def deed(uow: UnitOfWork) -> None:
        for number in range(5000):
            plant(uow, office, servers[number % 300].url, number)

    office.node.database.write_now(deed)
    began = time.thread_time()
    office.node.note("À toutes et à tous")
    took = time.thread_time() - began
    assert sum(office.counts().values()) == 300
    assert took < 1.5, f"{took:.2f} s of a processor; 0.3 s on most"
    await office.until(lambda: office.counts() == {"delivered": 300})
    assert {len(activities(server)) for server in servers} == {1}


def plant(uow: UnitOfWork, office: Post, url: str, number: int) -> None:
    """One of many followers at a server that has an inbox for all of them."""
    iri = f"{url}/u/{number}"
    common = f"{url}/inbox"
    uow.actors.put(
        ActorRow(iri=iri, type="Person", document=b"{}", name="x", host=host_of(url), inbox=f"{iri}/inbox", shared_inbox=common)
    )
    uow.followings.put(iri, office.node.community, activity=f"{iri}#f", state="accepted", at=office.clock() - timedelta(days=1))
    if number < 300:
        uow.peers.put_software(host_of(url), "lemmy", office.clock())
