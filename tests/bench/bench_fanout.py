"""How fast one note leaves for a thousand inboxes on a thousand servers: a real node beside a loop that only signs and posts."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.figures import Figure
from bench.served import Measured
from bench.sinks import CONTROL, address

from kit.live import free_port, until
from node.actions.add_member import Newcomer, add_member, admit
from node.actions.publish import publish
from node.contracts import Draft, House
from node.domain.entries import Audience
from node.domain.placing import Placement
from node.storage.engine import Database
from node.storage.shelves.actors import ActorRow
from node.storage.unit_of_work import UnitOfWork
from vocab.things.practice_note import PracticeNote
from vocab.values import Text

HERE = Path(__file__).resolve().parent
INBOXES = 1_000
EVERY_DEAF = 20
ROUNDS = 3
#: Tried with 32 to 256: more makes the yardstick no faster.
BARE_AT_ONCE = 64


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": f"{HERE.parent.parent}:{HERE.parent}"}  # noqa: TID251 -- passed on


@contextmanager
def sinks(every_deaf: int = 0) -> Iterator[int]:
    """The inboxes, in a process of their own; their port."""
    port = free_port(CONTROL)
    command = [sys.executable, str(HERE / "sinks.py"), str(port), str(INBOXES), str(every_deaf)]
    with subprocess.Popen(command, env=_environment()) as process:
        try:
            until(lambda: _is_there(port))
            yield port
        finally:
            process.kill()


def _is_there(port: int) -> bool:
    try:
        return "posts" in told(port)
    except OSError:
        return False


def told(port: int) -> Any:
    """What came at the inboxes since this was asked last."""
    with urllib.request.urlopen(f"http://{CONTROL}:{port}/told", timeout=10) as answer:
        return json.loads(answer.read())


def bare(port: int, size: int, inboxes: int) -> float:
    """How many a second leave when nothing is done but signing and posting."""
    told(port)
    arguments = [str(port), str(inboxes), str(size), str(BARE_AT_ONCE)]
    subprocess.run([sys.executable, str(HERE / "bare_sending.py"), *arguments], check=True, env=_environment())
    came = told(port)
    assert came["inboxes"] == inboxes, came
    return float((came["posts"] - 1) / (came["last"] - came["first"]))


class Sender:
    """A running node with a community that a thousand follow, each from another server."""

    def __init__(self, folder: Path, port: int) -> None:
        self.port = port
        self.node = Measured(folder=folder, address="127.0.0.11", name="Mesure", mode="open", allowed=("127.0.0.0/8",))
        self.node.run("community", "add", "Accueil")
        self.community = f"{self.node.url}/communautes/accueil"
        self.database = Database(f"sqlite:///{folder / 'maillage.sqlite'}")
        self.author = self.database.write_now(self._furnish)
        self.node.start()

    def close(self) -> None:
        """Ends it."""
        self.node.stop()
        self.database.close()

    def house(self) -> House:
        """The node as of now."""
        now = datetime.now(UTC)  # noqa: TID251 -- a live node looks at the real clock
        return House(url=self.node.url, name="Mesure", mode="open", language="fr", now=now, allow_http=True)

    def post(self, name: str) -> float:
        """Publishes a note; the moment at which that was done."""
        thing = PracticeNote(name=Text.of(name, "fr"), content=Text.of("<p>Ce que nous avons appris cette année.</p>" * 8, "fr"))
        placed = Placement(author=self.author, community=self.community, audience=Audience.PUBLIC)
        self.database.write_now(lambda uow: publish(uow, self.house(), Draft(thing=thing, source=name), placed))
        return time.time()  # noqa: TID251 -- compared with another process's clock

    def size(self) -> int:
        """How many bytes the last activity has."""
        return len(self.database.read_now(lambda uow: uow.outbox.of(self.community)[0].document))

    def arrived(self, n: int) -> Any:
        """What came, once n are marked as delivered."""
        until(lambda: self.database.read_now(lambda uow: uow.deliveries.counts().get("delivered", 0)) >= n, seconds=60)
        return told(self.port)

    def _furnish(self, uow: UnitOfWork) -> str:
        house = self.house()
        person = add_member(uow, house, Newcomer(email="a@exemple.org", name="Mireille"))
        admit(uow, house, person.iri, self.community, role_name="animation")
        for number in range(INBOXES):
            host = f"{address(number)}:{self.port}"
            iri = f"http://{host}/u/a"
            row = ActorRow(iri=iri, type="Person", document=b"{}", name="A", host=host, inbox=f"http://{host}/inbox")
            uow.actors.put(row)
            uow.followings.put(iri, self.community, activity=f"{iri}/f", state="accepted", at=house.now)
            uow.peers.put_software(host, "lemmy", house.now)
        return person.iri


@contextmanager
def sender(port: int) -> Iterator[Sender]:
    """The running node."""
    with tempfile.TemporaryDirectory() as folder:
        made = Sender(Path(folder), port)
        try:
            yield made
        finally:
            made.close()


def measure() -> Iterator[Figure]:
    """One note to a thousand servers, by the node and by the yardstick in turn; then with every twentieth server deaf."""
    with sinks() as port, sender(port) as node:
        node.post("La première")  # everything is loaded and every connection made once
        node.arrived(INBOXES)
        rates, waits, bares = [], [], []
        for number in range(ROUNDS):
            begun = node.post(f"Note {number}")
            came = node.arrived((number + 2) * INBOXES)
            assert (came["posts"], came["inboxes"]) == (INBOXES, INBOXES), came
            rates.append((INBOXES - 1) / (came["last"] - came["first"]))
            waits.append(came["last"] - begun)
            bares.append(bare(port, node.size(), INBOXES))
    rate, yardstick = sorted(rates)[ROUNDS // 2], sorted(bares)[ROUNDS // 2]
    yield Figure(name="a loop that only signs and posts", value=yardstick, unit="/s")
    yield Figure(name="a node, from the first arrival to the last", value=rate, unit="/s")
    yield Figure(name="as a share of the loop", value=100 * rate / yardstick, unit="%", promise="at least 80 %")
    yield Figure(name="from the post to the last arrival", value=sorted(waits)[ROUNDS // 2], unit="s")
    hearing = INBOXES - INBOXES // EVERY_DEAF
    with sinks(EVERY_DEAF) as port, sender(port) as node:
        node.post("Une note")
        came = node.arrived(hearing)
    partly = (hearing - 1) / (came["last"] - came["first"])
    yield Figure(name="with every twentieth server deaf", value=partly, unit="/s")
    yield Figure(name="as a share of the normal rate", value=100 * partly / rate, unit="%", promise="at least 80 %")
