"""Kills a node while it writes to many inboxes: every note that was published arrives everywhere, the same bytes each time.

By hand: PYTHONPATH=.:tests .venv/bin/python -m kit.kill_fanout --rounds 60
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import func, select

from kit.inboxes import Inboxes, inboxes
from kit.killing import kill_loop
from kit.live import LiveNode
from node.actions.add_member import Newcomer, add_member, admit
from node.actions.publish import publish
from node.contracts import Draft, House
from node.domain.entries import Audience
from node.domain.placing import Placement
from node.storage.engine import Database
from node.storage.shelves.actors import ActorRow
from node.storage.tables.outbox import deliveries
from node.storage.unit_of_work import UnitOfWork
from vocab.things.practice_note import PracticeNote
from vocab.values import Text

#: pytest lets sockets go to these alone.
ADDRESSES = ("127.0.0.12", "127.0.0.13", "127.0.0.14")


@dataclass
class Publisher:
    """A real node with a community that people follow from the servers of `boxes`, several inboxes on each."""

    folder: Path
    boxes: Inboxes
    per_host: int = 10
    published: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.node = LiveNode(self.folder, "127.0.0.11", "Envois", mode="open")
        self.node.run("community", "add", "Accueil")
        self.community = f"{self.node.url}/communautes/accueil"
        self.database = Database(f"sqlite:///{self.folder / 'maillage.sqlite'}")
        self.author = self.database.write_now(self._furnish)

    def house(self) -> House:
        """The node as of now."""
        now = datetime.now(UTC)  # noqa: TID251 -- a live node looks at the real clock
        return House(url=self.node.url, name="Envois", mode="open", language="fr", now=now, allow_http=True)

    def publish(self, name: str) -> None:
        """Publishes a note; once this returns it is promised."""
        thing = PracticeNote(name=Text.of(name, "fr"), content=Text.of("<p>Ce que nous avons appris.</p>", "fr"))
        placed = Placement(author=self.author, community=self.community, audience=Audience.PUBLIC)
        entry = self.database.write_now(lambda uow: publish(uow, self.house(), Draft(thing=thing, source=name), placed))
        self.published.append(entry.iri)

    def counts(self) -> dict[str, int]:
        """Deliveries by state."""
        return self.database.read_now(lambda uow: uow.deliveries.counts())

    def held(self) -> int:
        """How many deliveries some process holds."""
        held = select(func.count()).select_from(deliveries).where(deliveries.c.leased_by.is_not(None))
        return self.database.read_now(lambda uow: uow.ground.number(held))

    def is_settled(self) -> bool:
        """Whether nothing waits any more."""
        return not self.counts().get("due")

    def check(self) -> None:
        """Nothing promised is missing, nothing was made up, and what came twice came the same."""
        expected = len(self.boxes.hosts) * self.per_host
        came = self.boxes.bodies()
        assert all(len(bodies) == 1 for bodies in came.values()), "one id, two letters"
        known = self.database.read_now(lambda uow: {row.iri: row for row in uow.outbox.of(self.community, limit=100_000)})
        for (_, iri), (body,) in came.items():
            assert known[iri].document == body
        announced = Counter(row.object for row in known.values())
        assert announced == Counter(self.published)
        reached = Counter(known[iri].object for _, iri in came)
        assert reached == {thing: len(self.boxes.hosts) for thing in self.published}
        assert self.counts() == {"delivered": expected * len(self.published)}

    def close(self) -> None:
        """Ends it."""
        self.node.stop()
        self.database.close()

    def _furnish(self, uow: UnitOfWork) -> str:
        house = self.house()
        person = add_member(uow, house, Newcomer(email="a@exemple.org", name="Mireille"))
        admit(uow, house, person.iri, self.community, role_name="animation")
        for host in self.boxes.hosts:
            uow.peers.put_software(host, "lemmy", house.now)
            for number in range(self.per_host):
                iri = f"http://{host}/u/{number}"
                row = ActorRow(iri=iri, type="Person", document=b"{}", name="a", host=host, inbox=f"{iri}/inbox")
                uow.actors.put(row)
                uow.followings.put(iri, self.community, activity=f"{iri}#f", state="accepted", at=house.now)
        return person.iri


def run(folder: Path, *, rounds: int, notes: int = 3, seed: int = 1, say: Callable[[str], object] = len) -> dict[str, int]:
    """Kills the node so often, each time while so many notes leave; `say` is told how it goes. The deliveries by state."""
    with inboxes(*ADDRESSES, seconds=0.05) as boxes:
        publisher = Publisher(folder, boxes)
        publisher.node.start()

        def load(number: int) -> None:
            for note in range(notes):
                publisher.publish(f"Note {number}-{note}")

        try:
            kill_loop(
                publisher.node,
                rounds=rounds,
                load=load,
                is_settled=publisher.is_settled,
                describe=publisher.counts,
                seed=seed,
                say=say,
            )
            publisher.check()
            counts = publisher.counts()
            n = sum(counts.values())
            say(f"{len(publisher.published)} notes, {n} deliveries, {len(boxes.came) - n} came twice\n")
            return counts
        finally:
            publisher.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--notes", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        run(Path(made) / "node", rounds=given.rounds, notes=given.notes, seed=given.seed, say=sys.stdout.write)
