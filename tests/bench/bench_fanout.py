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
from statistics import median
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
ROUNDS = 5
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
        self._start = 0.0
        self._start = self.processor()

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

    def processor(self) -> float:
        """The processor time that the node has used since it was started, in seconds, without its start."""
        assert self.node.process is not None
        fields = Path(f"/proc/{self.node.process.pid}/stat").read_text("utf-8").rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / 100 - self._start

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
        node.post("La première")  # everything is loaded and every statement put together once
        node.arrived(INBOXES)
        rounds = [_round(node, number) for number in range(ROUNDS)]
        cost = node.processor() / (ROUNDS + 1)
    rate, yardstick = median(made for made, _, _ in rounds), median(least for _, least, _ in rounds)
    yield Figure(name="a loop that only signs and posts", value=yardstick, unit="/s")
    yield Figure(name="a node, from the first arrival to the last", value=rate, unit="/s")
    share = 100 * median(made / least for made, least, _ in rounds)
    yield Figure(name="as a share of the loop, median of pairs", value=share, unit="%", promise="at least 80 %")
    yield Figure(name="from the post to the last arrival", value=median(wait for _, _, wait in rounds), unit="s")
    yield Figure(name="processor time of the node for a delivery", value=cost / INBOXES * 1e6, unit="µs")
    hearing = INBOXES - INBOXES // EVERY_DEAF
    with sinks(EVERY_DEAF) as port, sender(port) as node:
        node.post("Une note")
        node.arrived(hearing)
        partly = [_partly(node, number, hearing) for number in range(ROUNDS)]
    yield Figure(name="with every twentieth server deaf", value=median(partly), unit="/s")
    yield Figure(name="as a share of the normal rate", value=100 * median(partly) / rate, unit="%", promise="at least 80 %")


def _round(node: Sender, number: int) -> tuple[float, float, float]:
    """The rate of the node, that of the yardstick, and how long the last inbox waited."""
    begun = node.post(f"Note {number}")
    came = node.arrived((number + 2) * INBOXES)
    assert (came["posts"], came["inboxes"]) == (INBOXES, INBOXES), came
    return (INBOXES - 1) / (came["last"] - came["first"]), bare(node.port, node.size(), INBOXES), came["last"] - begun


def _partly(node: Sender, number: int, hearing: int) -> float:
    node.post(f"Note {number}")
    came = node.arrived((number + 2) * hearing)
    return float((hearing - 1) / (came["last"] - came["first"]))
