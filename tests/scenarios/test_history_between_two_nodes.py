"""What was before comes over, what was missed is found with few bytes, a restored backup does no harm, followers agree."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from federation.messages import Answer, Outgoing
from kit.nodes import LiveNode, key_pair, live_node, now
from node.actions.add_community import add_community
from node.actions.answer_follower import approve
from node.actions.follow_community import find_actor, follow
from node.actions.withdraw import withdraw
from node.domain.errands import CATCH_UP, SYNCHRONISE, link
from node.storage.backups import copy_living
from node.storage.engine import Database
from node.storage.repertoires import tree_of
from node.storage.unit_of_work import UnitOfWork

COUNT = 60


@asynccontextmanager
async def linked(folder: Path, count: int = 0) -> AsyncIterator[tuple[LiveNode, LiveNode]]:
    """Two nodes, the first of which follows the second and has all that it published."""
    async with (
        live_node("Habitation", "127.0.0.11", folder / "a") as here,
        live_node("Logement", "127.0.0.12", folder / "b") as there,
    ):
        for number in range(count):
            there.note(f"Note {number}")
        await ask(here, there, here.community)
        host = here.url.removeprefix("http://")
        await there.until(lambda uow: bool(uow.followings.to(there.community, "requested")))
        await there.database.write(lambda uow: approve(uow, there.house(), host))
        await here.until(lambda uow: len(uow.holdings.iris(there.community)) == count and state(uow, here, there) == "complete")
        yield here, there


async def ask(here: LiveNode, there: LiveNode, community: str) -> None:
    await find_actor(here.database, here.tools.outside, here.house(), there.community)
    await here.database.write(lambda uow: follow(uow, here.house(), community, there.community))


def state(uow: UnitOfWork, here: LiveNode, there: LiveNode) -> str:
    known = uow.followings.get(here.community, there.community)
    return known.history if known is not None else ""


def digest(node: LiveNode, there: LiveNode) -> str:
    return node.see(lambda uow: tree_of(uow, there.community).digest)


def asked(node: LiveNode) -> list[int]:
    """The weight of each answer that a node gets from now on."""
    weights: list[int] = []
    requests = node.tools.outside._requests  # type: ignore[attr-defined]
    send = requests.send

    async def counted(outgoing: Outgoing) -> Answer:
        answer: Answer = await send(outgoing)
        if outgoing.method == "GET":
            weights.append(len(answer.body))
        return answer

    requests.send = counted
    return weights


async def compared(here: LiveNode, there: LiveNode) -> None:
    """Has the repertoire compared now, and waits until both hold the same."""
    await here.database.write(lambda uow: uow.tasks.wake(CATCH_UP, link(here.community, there.community)))
    await here.until(lambda uow: tree_of(uow, there.community).digest == digest(there, there))


def lose_what_waits(node: LiveNode) -> None:
    """All that was to be sent is given up, as it is after a month of silence."""

    def deed(uow: UnitOfWork) -> None:
        for row in uow.deliveries.waiting():
            uow.deliveries.finish(row.id, "dropped", None, "a month of silence", at=node.clock())

    node.do(lambda uow, _: deed(uow))


@pytest.mark.shows(
    "ActivityPub",
    "What was published before comes over at follow; after a month of silence only what differs is fetched.",
    how="two nodes",
)
async def test_a_month_of_silence_is_made_good_with_bytes_in_proportion_to_what_was_missed(tmp_path: Path) -> None:
    async with linked(tmp_path, COUNT) as (here, there):
        assert digest(here, there) == digest(there, there)
        weights = asked(here)
        before = here.see(lambda uow: uow.followings.get(here.community, there.community))
        await here.database.write(lambda uow: uow.tasks.wake(CATCH_UP, link(here.community, there.community)))
        await here.until(lambda uow: uow.followings.get(here.community, there.community) != before)
        assert len(weights) == 1, "where nothing differs, one request is enough"
        assert weights[0] < 1_500
        await here.stop()
        here.clock = there.clock = lambda: now() + timedelta(days=30)
        there.note("Nouvelle")
        held = there.see(lambda uow: uow.holdings.iris(there.community))
        there.note("Note 7 revue", replaces=next(iri for iri in held if _name(there, iri) == "Note 7"))
        there.do(
            lambda uow, house: withdraw(uow, house, next(iri for iri in held if _name(there, iri) == "Note 9"), by=there.author)
        )
        lose_what_waits(there)
        await here.start()
        weights = asked(here)
        await compared(here, there)
        names = here.held(there.community)
        assert ("Nouvelle" in names, "Note 7 revue" in names, "Note 7" in names, "Note 9" in names) == (True, True, False, False)
        assert len(names) == COUNT
        assert len(weights) <= 12
        assert sum(weights) < 40_000


def resend(uow: UnitOfWork, sender: LiveNode, receiver: LiveNode) -> None:
    """Everything that was ever sent goes out once more."""
    for row in uow.outbox.of(sender.community, limit=50):
        uow.outbox.deliver_again(row.iri, [f"{receiver.url}/inbox"], sender.clock())


def _name(node: LiveNode, iri: str) -> str:
    stored = node.see(lambda uow: uow.things.get_any(iri))
    return stored.entry.name if stored is not None else ""


async def test_a_backup_of_yesterday_neither_doubles_nor_revives_anything(tmp_path: Path) -> None:
    async with linked(tmp_path, 5) as (here, there):
        copy = tmp_path / "backup.sqlite"
        file = here.folder / "maillage.sqlite"
        copy_living(file, copy)
        held = there.see(lambda uow: uow.holdings.iris(there.community))
        gone, changed = held[0], held[1]
        there.note("Version du jour", replaces=changed)
        there.note("Nouvelle du jour")
        there.do(lambda uow, house: withdraw(uow, house, gone, by=there.author))
        await here.until(lambda uow: tree_of(uow, there.community).digest == digest(there, there))
        now_held = here.held(there.community)
        await here.stop()
        here.database.close()
        for part in here.folder.glob("maillage.sqlite*"):
            part.unlink()
        file.write_bytes(copy.read_bytes())
        here.database = Database(f"sqlite:///{file}")
        assert here.held(there.community) != now_held
        await here.start()
        there.do(lambda uow, _: resend(uow, there, here))
        await here.until(lambda uow: tree_of(uow, there.community).digest == digest(there, there))
        await there.until(lambda uow: not uow.deliveries.waiting())
        await here.until(lambda uow: not uow.tasks.waiting("fetch", here.clock()))
        assert here.held(there.community) == now_held
        buried = here.see(lambda uow: uow.things.get_any(gone))
        assert buried is not None
        assert buried.entry.deleted_at is not None
        assert here.see(lambda uow: uow.followings.get(here.community, there.community)).state == "accepted"  # type: ignore[union-attr]


@pytest.mark.shows(
    "FEP-8fcf",
    "Two servers that disagree on who follows whom agree again, and no follower is made.",
    how="two nodes",
)
async def test_a_link_that_the_other_side_lost_ends_here_and_one_that_we_lost_ends_there(tmp_path: Path) -> None:
    async with linked(tmp_path) as (here, there):
        second = here.do(lambda uow, house: add_community(uow, house, "Quartier", keys=key_pair(5))).iri
        await ask(here, there, second)
        await there.until(lambda uow: len(uow.followings.to(there.community, "accepted")) == 2)
        await here.until(lambda uow: len(uow.followings.of(second, "accepted")) == 1)
        there.do(lambda uow, house: uow.followings.set_state(second, there.community, "ended", house.now))
        there.note("Première")
        await here.until(lambda uow: uow.tasks.get(SYNCHRONISE, there.community) is not None)
        here.clock = lambda: now() + timedelta(minutes=2)
        await here.until(lambda uow: _link(uow, second, there) == "ended")
        assert here.see(lambda uow: _link(uow, here.community, there)) == "accepted"

        here.do(lambda uow, house: uow.followings.set_state(here.community, there.community, "ended", house.now))
        there.do(lambda uow, house: uow.followings.set_state(second, there.community, "accepted", house.now))
        here.do(lambda uow, house: uow.followings.set_state(second, there.community, "accepted", house.now))
        there.note("Deuxième")
        await here.until(lambda uow: _due(uow, there))
        for node in (here, there):
            await node.stop()
            node.clock = lambda: now() + timedelta(hours=2)
        for node in (there, here):  # two whose clocks differ so much would not believe one another
            await node.start()
        await there.until(lambda uow: _link(uow, here.community, there) == "ended")
        assert there.see(lambda uow: _link(uow, second, there)) == "accepted"


def _link(uow: UnitOfWork, follower: str, there: LiveNode) -> str:
    known = uow.followings.get(follower, there.community)
    return known.state if known is not None else ""


def _due(uow: UnitOfWork, there: LiveNode) -> bool:
    task = uow.tasks.get(SYNCHRONISE, there.community)
    return task is not None and task.state == "due"
