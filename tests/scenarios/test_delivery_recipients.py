"""An inbox that is not there any more: its owner is looked at before anything is given up. Over real sockets."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from kit.post import Post, activities, post
from kit.servers import answer


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Post]:
    async with post(tmp_path / "node") as opened:
        yield opened


def links(office: Post) -> list[str]:
    return [link.state for link in office.node.see(lambda uow: uow.followings.to(office.node.community))]


async def test_gone_with_its_owner_l09(office: Post) -> None:
    server = await office.server("127.0.0.12")
    office.follow(server.url)
    server.scripts["/inbox"] = server.scripts["/u/a"] = answer(b"", status=410)
    office.node.note("Une note")
    await office.until(lambda: links(office) == ["ended"])
    await office.until(lambda: office.counts() == {"dropped": 1})
    office.node.note("Une autre")
    await office.settled()
    assert (len(activities(server)), sum(office.counts().values())) == (1, 1)


async def test_moved_to_another_inbox_l09(office: Post) -> None:
    server = await office.server("127.0.0.12")
    follower = office.follow(server.url)
    server.scripts["/inbox"] = answer(b"", status=404)
    server.scripts["/boite"] = answer(b"", status=202)
    server.scripts["/u/a"] = answer(office.document(follower, f"{server.url}/boite"))
    office.node.note("Une note")
    await office.until(lambda: [row.inbox for row in office.rows()] == [f"{server.url}/boite"])
    await office.settled()
    await office.later(minutes=2)
    await office.until(lambda: office.counts() == {"delivered": 1})
    assert activities(server) == activities(server, "/boite")
    office.node.note("Une autre")
    await office.until(lambda: len(activities(server, "/boite")) == 2)
    assert len(activities(server)) == 1


async def test_still_there_and_only_out_of_order_l09(office: Post) -> None:
    server = await office.server("127.0.0.12")
    follower = office.follow(server.url)
    server.scripts["/inbox"] = answer(b"", status=404)
    server.scripts["/u/a"] = answer(office.document(follower, f"{server.url}/inbox"))
    office.node.note("Une note")
    await office.until(lambda: activities(server))
    await office.settled()
    assert (office.counts(), links(office)) == ({"due": 1}, ["accepted"])
    server.scripts["/inbox"] = answer(b"", status=202)
    await office.later(minutes=2)
    await office.until(lambda: office.counts() == {"delivered": 1})


async def test_a_shared_inbox_that_is_gone_ends_only_those_who_are_gone_l09(office: Post) -> None:
    server = await office.server("127.0.0.12")
    for name in ("a", "b"):
        office.follow(server.url, name, shared=True)
    server.scripts["/inbox"] = server.scripts["/u/a"] = answer(b"", status=410)
    server.scripts["/u/b"] = answer(office.document(f"{server.url}/u/b", f"{server.url}/u/b/inbox"))
    office.node.note("Une note")
    await office.until(lambda: sorted(links(office)) == ["accepted", "ended"])
    server.scripts["/u/b/inbox"] = answer(b"", status=202)
    office.node.note("Une autre")
    await office.until(lambda: len(activities(server, "/u/b/inbox")) == 1)
    assert (len(activities(server)), sorted(links(office))) == (1, ["accepted", "ended"]), "nothing more goes to what is gone"
