"""What the node said that it took in survives kills, copies, disorder and a locked file, and happens once.

`--kill-rounds N` kills the node so often instead of three times.
"""

from __future__ import annotations

import json
import random
import re
import sqlite3
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from http.client import HTTPException
from typing import Any

import pytest

from federation.outbox import seal
from kit.hostile import PUBLIC, Somebody, fresh, now
from kit.live import until
from kit.scene import Scene

pytestmark = pytest.mark.enable_socket

#: What the log says while the file is busy.
BUSY = re.compile(" kind='Busy'")
#: How many messages each round sends, and how many hands send them.
PER_ROUND, HANDS = 60, 6


@pytest.fixture(scope="module")
def writer(scene: Scene) -> Somebody:
    """Somebody elsewhere whose notes the node keeps: its community follows them."""
    friend = Somebody(scene.evil, "amie")
    host = friend.place.url.removeprefix("http://")
    scene.node.run("links", "approve", host)
    scene.node.run("follow", scene.slug, friend.iri)
    until(lambda: scene.evil.got("Follow"))
    asked = scene.evil.got("Follow")[-1]
    assert scene.send(friend, friend.says("Accept", asked)) == 202
    scene.settle()
    return friend


def create(by: Somebody, **more: Any) -> dict[str, Any]:
    return by.says("Create", by.note(content=f"<p>{fresh()}</p>", **more))


def kept(scene: Scene) -> set[str]:
    """The things that the node has, the buried ones not."""
    return set(scene.known()["objects"])


def rows(scene: Scene) -> dict[str, tuple[str, int]]:
    """State of each message that was taken in, and how often it lies there."""
    with closing(sqlite3.connect(scene.folder / "maillage.sqlite")) as file:
        found = file.execute("SELECT activity, max(state), count(*) FROM inbox GROUP BY activity").fetchall()
    return {activity: (state, count) for activity, state, count in found}


def test_l01_kill_9_while_messages_are_taken_in_and_acted_on(
    scene: Scene, writer: Somebody, pytestconfig: pytest.Config, record_property: Any
) -> None:
    acknowledged: list[dict[str, Any]] = []
    sent: set[str] = set()
    seed = time.time_ns()
    record_property("seed", seed)
    chance = random.Random(seed)  # noqa: S311 -- when to kill, nothing to protect
    for _ in range(int(pytestconfig.getoption("--kill-rounds"))):
        _round(scene, writer, chance.uniform(0.02, 0.6), acknowledged, sent)
    scene.settle()
    states, things = rows(scene), kept(scene)
    assert [said["id"] for said in acknowledged if said["id"] not in states] == [], f"acknowledged and lost, seed {seed}"
    assert {states[said["id"]] for said in acknowledged} <= {("done", 1)}, f"seed {seed}"
    assert [said["object"]["id"] for said in acknowledged if said["object"]["id"] not in things] == []
    assert {activity for activity in states if "/act/" in activity} - sent - _earlier(states, sent) == set(), "invented"
    assert len(acknowledged) > 0
    with closing(sqlite3.connect(scene.folder / "maillage.sqlite")) as file:
        assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def _earlier(states: dict[str, tuple[str, int]], sent: set[str]) -> set[str]:
    """Messages of other tests: their numbers come before the first that was sent here."""
    first = min((int(iri.rpartition("/")[2]) for iri in sent), default=0)
    return {iri for iri in states if "/act/" in iri and int(iri.rpartition("/")[2]) < first}


def _round(scene: Scene, writer: Somebody, delay: float, acknowledged: list[dict[str, Any]], sent: set[str]) -> None:
    said = [create(writer) for _ in range(PER_ROUND)]
    sent.update(each["id"] for each in said)

    def hand(mine: list[dict[str, Any]]) -> None:
        for each in mine:
            with suppress(OSError, HTTPException, AssertionError):
                if scene.send(writer, each) == 202:
                    acknowledged.append(each)

    with ThreadPoolExecutor(HANDS) as hands:
        for number in range(HANDS):
            hands.submit(hand, said[number::HANDS])
        time.sleep(delay)
        until(lambda: acknowledged)  # what never said that it took anything in can lose nothing
        scene.node.kill()
    scene.node.start()
    assert scene.node.seconds_at_work() < 15


def test_l19_twenty_copies_at_both_inboxes_are_one(scene: Scene, writer: Somebody) -> None:
    said = create(writer)
    body = json.dumps(said).encode()

    def post(number: int) -> int:
        path = "/inbox" if number % 2 else f"/communautes/{scene.slug}/inbox"
        sealed = seal(body, f"{scene.node.url}{path}", writer.key, now())
        return scene.post(body, dict(sealed.headers), path)

    with ThreadPoolExecutor(8) as hands:
        assert set(hands.map(post, range(20))) == {202}
    scene.settle()
    assert rows(scene)[said["id"]] == ("done", 1)
    assert said["object"]["id"] in kept(scene)


def test_l20_disorder_ends_as_order_would(scene: Scene, writer: Somebody) -> None:
    group = scene.here
    late = writer.says("Follow", group)
    first, second = create(writer), create(writer)
    for said in (writer.says("Undo", late), writer.says("Delete", first["object"]["id"])):
        assert scene.send(writer, said) == 202
        scene.settle()
    for said in (late, first):
        assert scene.send(writer, said) == 202
        scene.settle()
    assert first["object"]["id"] not in kept(scene)
    assert writer.iri not in scene.known()["followers"].get(group, [])

    thing = {**second["object"], "published": "2026-11-01T10:00:00Z"}
    newer = writer.says("Update", {**thing, "content": "<p>neuf</p>", "updated": "2026-11-03T10:00:00Z"})
    older = writer.says("Update", {**thing, "content": "<p>ancien</p>", "updated": "2026-11-02T10:00:00Z"})
    scene.evil.serve(thing["id"].removeprefix(scene.evil.url), {"@context": second["@context"], **newer["object"]})
    for said in (newer, {**second, "object": thing}, older):  # the Update comes before its Create, the old one last
        assert scene.send(writer, said) == 202
        scene.settle()
    assert "neuf" in scene.known()["objects"][thing["id"]]["content"]


@pytest.fixture
def lock(scene: Scene) -> Iterator[sqlite3.Connection]:
    """Another process's hold on the file: nobody else writes while it is in a transaction."""
    with closing(sqlite3.connect(scene.folder / "maillage.sqlite", isolation_level=None, check_same_thread=False)) as file:
        yield file
        if file.in_transaction:
            file.execute("ROLLBACK")


def test_l16_a_file_that_is_held_for_a_while_costs_time_and_nothing_else(
    scene: Scene, writer: Somebody, lock: sqlite3.Connection
) -> None:
    lock.execute("BEGIN IMMEDIATE")
    threading.Timer(3.0, lambda: lock.execute("ROLLBACK")).start()
    said = create(writer)
    assert scene.send(writer, said) == 202
    scene.settle()
    assert said["object"]["id"] in kept(scene)


def test_l16_a_file_that_is_held_for_long_is_told_as_busy_and_still_read(
    scene: Scene, writer: Somebody, lock: sqlite3.Connection
) -> None:
    scene.settle()
    lock.execute("BEGIN IMMEDIATE")
    said = create(writer)
    body = json.dumps(said).encode()
    answers: list[Any] = []

    def post() -> None:
        sealed = seal(body, scene.inbox, writer.key, now())
        answers.append(scene.ask("POST", f"/communautes/{scene.slug}/inbox", body, dict(sealed.headers)))

    sender = threading.Thread(target=post)
    sender.start()
    time.sleep(1)
    assert scene.get(f"/communautes/{scene.slug}", "text/html").status == 200, (
        "the file is held until the end: nobody waits for it"
    )
    sender.join(120)
    assert [answer.status for answer in answers] == [503]
    assert int(answers[0].headers["Retry-After"]) > 0
    lock.execute("ROLLBACK")
    assert said["id"] not in rows(scene)
    assert scene.send(writer, said) == 202
    scene.settle()
    assert said["object"]["id"] in kept(scene)
    # The log tells that the file was busy, and of nothing else.
    assert [line for line in scene.mishaps() if not BUSY.search(line)] == []


def test_a_note_that_nobody_follows_is_a_control(scene: Scene) -> None:
    """Without the link nothing would be kept, and the tests above would prove nothing."""
    stranger = Somebody(scene.innocent, "inconnu")
    said = stranger.says("Create", stranger.note(to=[f"{stranger.iri}/followers"], cc=[]), to=[f"{stranger.iri}/followers"])
    assert PUBLIC not in said["to"]
    scene.send(stranger, said)
    scene.settle()
    assert said["object"]["id"] not in kept(scene)
