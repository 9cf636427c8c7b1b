"""Who wrote it, between two nodes: proofs spare the asking, new keys lose nothing, and two that ask for signatures still meet."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from federation.messages import Answer
from kit.nodes import LiveNode, live_node
from node.actions.answer_follower import approve
from node.actions.follow_community import find_actor, follow
from node.actions.rotate_keys import rotate_keys


@asynccontextmanager
async def linked(folder: Path, *, signed_reads: bool = False) -> AsyncIterator[tuple[LiveNode, LiveNode]]:
    """Two nodes, the first of which follows a community of the second."""
    async with (
        live_node("Habitation", "127.0.0.11", folder / "a") as here,
        live_node("Logement social", "127.0.0.12", folder / "b") as there,
    ):
        here.signed_reads = there.signed_reads = signed_reads
        row = await find_actor(here.database, here.tools.outside, here.house(), there.community)
        await here.database.write(lambda uow: follow(uow, here.house(), here.community, row.iri))
        await there.until(lambda uow: bool(uow.followings.to(there.community)))
        await there.database.write(lambda uow: approve(uow, there.house(), here.url.removeprefix("http://")))
        await here.until(lambda uow: bool(uow.followings.of(here.community, "accepted")))
        yield here, there


def watched(node: LiveNode) -> list[str]:
    """The documents that a node asks for, from now on."""
    outside, asked = node.tools.outside, list[str]()
    ask = outside.document

    async def noted(iri: str, *, is_anew: bool = False) -> Answer:
        asked.append(iri)
        return await ask(iri, is_anew=is_anew)

    outside.document = noted  # type: ignore[method-assign]
    return asked


@pytest.mark.shows(
    "FEP-8b32",
    "What a community announces is believed by its author's proof, without asking; verified and made.",
    how="two nodes",
)
async def test_what_its_author_has_proven_is_not_asked_for(tmp_path: Path) -> None:
    async with linked(tmp_path) as (here, there):
        first = there.note("La première est encore demandée")
        await here.until(lambda uow: uow.things.get_any(first.iri) is not None and bool(uow.public_keys.of(there.author)))
        asked = watched(here)
        second = there.note("La seconde est crue")
        changed = there.note("La première, changée", replaces=first.iri)
        await here.until(lambda uow: uow.things.get_any(second.iri) is not None)
        await here.until(lambda uow: (known := uow.things.get_any(changed.iri)) is not None and "changée" in known.entry.name)
        assert [iri for iri in asked if "/ressources/" in iri] == []
        assert set(here.held(there.community)) == {"La première, changée", "La seconde est crue"}


@pytest.mark.shows("FEP-521a", "Keys are replaced while messages are under way, and none is lost.", how="two nodes")
async def test_new_keys_amid_the_stream_lose_nothing(tmp_path: Path) -> None:
    async with linked(tmp_path) as (here, there):
        for number in range(40):
            there.note(f"Note {number:02}")
            if number % 15 == 5:
                for actor in (there.community, there.author, there.house().application):
                    there.do(lambda uow, house, actor=actor: rotate_keys(uow, house, actor))  # type: ignore[misc]
        await here.until(lambda uow: len(uow.holdings.iris(there.community)) == 40)
        await there.until(lambda uow: not uow.deliveries.waiting())
        row = here.see(lambda uow: uow.actors.get(there.community))
        key = there.see(lambda uow: uow.keys.signing(there.community))
        assert row is not None
        assert row.key_id == key.iri != f"{there.community}#main-key"


@pytest.mark.shows("ActivityPub", "Two nodes that both ask for signatures on what is public can meet.", how="two nodes")
async def test_two_that_ask_for_signatures_meet(tmp_path: Path) -> None:
    async with linked(tmp_path, signed_reads=True) as (here, there):
        entry = there.note("Pour qui dit son nom")
        await here.until(lambda uow: uow.things.get_any(entry.iri) is not None)
        assert here.held(there.community) == ["Pour qui dit son nom"]
