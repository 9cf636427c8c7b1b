"""What another server runs: asked once, at its own addresses alone, and what it says decides how it is written to."""

from __future__ import annotations

import json
from typing import Any

import pytest

from federation.errors import RemoteError, Unreachable
from federation.messages import Answer
from kit.guests import Stage
from node.jobs import look_at_peer
from node.storage.engine import Database
from node.storage.shelves.peers import PeerRow

HOST = "ailleurs.example"
REL = "http://nodeinfo.diaspora.software/ns/schema/2.1"


def says(document: Any, *, status: int = 200, path: str = "/.well-known/nodeinfo", location: str = "") -> Answer:
    headers = (("location", location),) if location else ()
    return Answer(status=status, url=f"https://{HOST}{path}", headers=headers, body=json.dumps(document).encode())


def pointing(href: str) -> Answer:
    return says({"links": [{"rel": REL, "href": href}]})


def runs(software: str) -> Answer:
    return says({"version": "2.1", "software": {"name": software, "version": "1.2.3"}}, path="/nodeinfo/2.1")


async def look(database: Database, *answers: Answer | RemoteError) -> tuple[Stage, PeerRow]:
    """The stage after one look, and what is known then."""
    stage = Stage(database)
    stage.outside.answers = list(answers)
    stage.database.write_now(lambda uow: uow.peers.meet([HOST]))
    for row in stage.database.write_now(lambda uow: look_at_peer.claim(uow, stage.house(), 5)):
        await look_at_peer.work(stage.tools, row)
    known = stage.database.read_now(lambda uow: uow.peers.get(HOST))
    assert known is not None
    return stage, known


async def test_what_it_runs_is_noted_and_asked_again_in_a_week(memory: Database) -> None:
    stage, known = await look(memory, pointing(f"https://{HOST}/nodeinfo/2.1"), runs("Mastodon"))
    assert [sent.url for sent in stage.outside.sent] == [f"https://{HOST}/.well-known/nodeinfo", f"https://{HOST}/nodeinfo/2.1"]
    assert (known.software, known.software_version, known.looked_at, known.standard) == ("mastodon", "1.2.3", stage.now, "")
    assert stage.database.write_now(lambda uow: look_at_peer.claim(uow, stage.house(), 5)) == []
    stage.later(days=8)
    assert len(stage.database.write_now(lambda uow: look_at_peer.claim(uow, stage.house(), 5))) == 1


async def test_one_of_our_kind_is_written_to_with_the_newer_standard(memory: Database) -> None:
    _, known = await look(memory, pointing(f"https://{HOST}/nodeinfo/2.1"), runs("maillage"))
    assert (known.software, known.standard) == ("maillage", "rfc9421")


@pytest.mark.parametrize(
    "href", ["https://evil.example/nodeinfo/2.1", "https://127.0.0.13/2.1", "data:application/json,{}", "file:///etc/passwd"]
)
async def test_nobody_else_is_asked_e04(memory: Database, href: str) -> None:
    stage, known = await look(memory, pointing(href), runs("mastodon"))
    assert [sent.url for sent in stage.outside.sent] == [f"https://{HOST}/.well-known/nodeinfo"]
    assert (known.software, known.looked_at) == ("", stage.now)


async def test_redirects_stay_at_home(memory: Database) -> None:
    there = says({}, status=301, location=f"https://{HOST}/info")
    stage, known = await look(memory, there, pointing(f"https://{HOST}/nodeinfo/2.1"), runs("lemmy"))
    assert (len(stage.outside.sent), known.software) == (3, "lemmy")


@pytest.mark.parametrize(
    "answers",
    [
        [Unreachable("no answer")],
        [says({}, status=404)],
        [says([])],
        [says({}, status=301, location="https://evil.example/")],
        [pointing(f"https://{HOST}/nodeinfo/2.1"), says({"software": {"name": "<script>"}})],
    ],
)
async def test_one_that_says_nothing_is_left_alone_for_a_week(memory: Database, answers: list[Answer | RemoteError]) -> None:
    stage, known = await look(memory, *answers)
    asked = len(stage.outside.sent)
    assert (known.software, known.looked_at) == ("", stage.now)
    stage.later(days=6)
    assert stage.database.write_now(lambda uow: look_at_peer.claim(uow, stage.house(), 5)) == []
    assert len(stage.outside.sent) == asked


async def test_a_blocked_server_is_not_asked(memory: Database) -> None:
    stage = Stage(memory)
    stage.database.write_now(lambda uow: uow.peers.meet([HOST]))
    stage.database.write_now(lambda uow: uow.peers.put_state(HOST, "blocked", stage.now))
    for row in stage.database.write_now(lambda uow: look_at_peer.claim(uow, stage.house(), 5)):
        await look_at_peer.work(stage.tools, row)
    assert stage.outside.sent == []
