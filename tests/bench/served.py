"""A real node for a measurement: `maillage serve` as a process, with people of other servers known beforehand."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import orjson
from bench.letters import Sender

from kit.live import LiveNode
from node.storage.engine import Database
from node.storage.keeping import keep_actor
from node.storage.unit_of_work import UnitOfWork
from vocab import jsonld
from vocab.things.actor import Actor


class Measured(LiveNode):
    """A live node that takes as much from one server as it can."""

    @property
    def environment(self) -> dict[str, str]:
        """The limits of one sender are set high: they are not what is measured."""
        return {**super().environment, "MAILLAGE_SERVER__INBOX_BURST": "1000000", "MAILLAGE_SERVER__INBOX_RATE": "1000000.0"}

    @property
    def resident(self) -> float:
        """The memory of the process, in MB."""
        assert self.process is not None
        lines = Path(f"/proc/{self.process.pid}/status").read_text("utf-8").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / 1024

    @property
    def worked(self) -> float:
        """The processor time that the process has taken, in seconds: it says what a page costs, whoever else is at work."""
        assert self.process is not None
        fields = Path(f"/proc/{self.process.pid}/stat").read_text("utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def measured(folder: Path, *, known: Sequence[Sender] = (), mode: str = "archipelago") -> Iterator[tuple[Measured, Database]]:
    """The running node, which approves the servers of those it knows, and its rows."""
    node = Measured(folder=folder, address="127.0.0.11", name="Mesure", mode=mode, allowed=("127.0.0.0/8",))
    node.run("community", "add", "Accueil")
    database = Database(f"sqlite:///{folder / 'maillage.sqlite'}")
    try:
        database.write_now(lambda uow: _know(uow, known))
        node.start()
        yield node, database
    finally:
        node.stop()
        database.close()


def _know(uow: UnitOfWork, known: Sequence[Sender]) -> None:
    at = datetime.now(UTC)  # noqa: TID251 -- a live node looks at the real clock
    for host in {sender.host for sender in known}:
        uow.peers.put_state(host, "approved", at)
    for sender in known:
        document = orjson.dumps(sender.document())
        actor = jsonld.read(document)
        assert isinstance(actor, Actor)
        keep_actor(uow, actor, document, at, goes_on=False)


def until_settled(database: Database, n: int, *, seconds: float = 300) -> float:
    """Waits until n messages came in and none of them is due; the moment at which that was."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        counts = database.read_now(lambda uow: uow.inbox.counts())
        if not counts.get("due") and sum(counts.values()) >= n:
            return time.time()  # noqa: TID251 -- compared with another process's clock
        time.sleep(0.1)
    raise RuntimeError(f"not settled after {seconds} s: {database.read_now(lambda uow: uow.inbox.counts())}")
