"""A server that was there and goes silent: those who look after the node get one letter after two days, and one alone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from federation.messages import Verified
from kit.guests import B, Stage
from kit.rows import document, failed
from node.actions.add_member import appoint
from node.jobs import watch_links
from node.storage.engine import Database
from node.storage.hosts import host_of
from node.storage.unit_of_work import UnitOfWork
from vocab.jsonld import read

HOST = host_of(B)


@pytest.fixture
def stage(memory: Database) -> Stage:
    made = Stage(memory)

    def deed(uow: UnitOfWork) -> None:
        appoint(uow, made.house(), made.author)
        uow.followings.put(made.community, B, activity="https://x.example/1", state="accepted", at=made.house().now)

    memory.write_now(deed)
    return made


async def watch(stage: Stage) -> list[str]:
    """The subjects of the letters that wait after a look."""
    stage.database.write_now(lambda uow: uow.tasks.wake(watch_links.WATCH, watch_links.ALL, due_at=stage.house().now))
    for row in stage.database.write_now(lambda uow: watch_links.claim(uow, stage.house(), 1)):
        await watch_links.work(stage.tools, row)
    return [row.text for row in stage.database.read_now(lambda uow: uow.letters.listed("due"))]


async def test_a_server_that_fails_for_two_days_is_told_of_once(stage: Stage) -> None:
    stage.database.write_now(lambda uow: failed(uow, HOST, stage.house().now, "Cannot connect to host"))
    stage.later(hours=47)
    assert await watch(stage) == []
    stage.later(hours=2)
    [text] = await watch(stage)
    assert HOST in text
    assert "/liens#" in text
    stage.later(hours=24)
    assert len(await watch(stage)) == 1


async def test_a_server_that_usually_sends_and_sends_nothing_is_told_of(stage: Stage) -> None:
    for day in range(8):
        body = document(f"{B}/a/{day}", type="Create", actor=B, object=f"{B}/n/{day}")

        def deed(uow: UnitOfWork, body: bytes = body) -> None:
            at = stage.house().now
            uow.inbox.add(Verified(activity=read(body), actor=B, key_id=f"{B}#main-key", body=body, at=at))
            uow.peers.heard(HOST, at)

        stage.database.write_now(deed)
        stage.later(hours=24)
    assert await watch(stage) == []
    stage.later(hours=25)
    [text] = await watch(stage)
    assert "presque chaque jour" in text


async def test_one_that_seldom_sends_or_is_paused_is_left_in_peace(stage: Stage) -> None:
    stage.database.write_now(lambda uow: uow.peers.heard(HOST, stage.house().now))
    stage.later(hours=24 * 9)
    assert await watch(stage) == []
    stage.database.write_now(lambda uow: failed(uow, HOST, stage.house().now - timedelta(days=3), "it answered 503"))
    stage.database.write_now(lambda uow: uow.peers.put_measure(HOST, "paused", stage.house().now))
    assert await watch(stage) == []
