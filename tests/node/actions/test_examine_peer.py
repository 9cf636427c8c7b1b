"""Why another server stays silent: on two nodes that really talk, or do not."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from kit.nodes import LiveNode, live_node
from kit.rows import failed
from node.actions.examine_peer import examine_peer
from node.actions.moderate import block
from node.domain.findings import Finding
from node.storage.hosts import host_of

pytestmark = pytest.mark.enable_socket


@pytest_asyncio.fixture
async def pair(tmp_path: Path) -> AsyncIterator[tuple[LiveNode, LiveNode]]:
    async with live_node("ici", "127.0.0.11", tmp_path / "a") as here, live_node("la", "127.0.0.12", tmp_path / "b") as there:
        await here.tools.database.write(
            lambda uow: uow.followings.put(
                here.community, there.community, activity=f"{here.url}/f", state="requested", at=here.clock()
            )
        )
        yield here, there


async def examined(here: LiveNode, there: LiveNode, language: str = "fr") -> dict[str, Finding]:
    found = await examine_peer(here.database, here.tools.outside, here.house(), host_of(there.url), language)
    return {finding.what: finding for finding in found}


async def test_a_server_that_answers_and_a_request_that_waits(pair: tuple[LiveNode, LiveNode]) -> None:
    here, there = pair
    found = await examined(here, there)
    assert [found[what].is_well for what in ("trust", "state", "queue", "answer", "clock", "signed request")] == [True] * 6
    assert not found["link"].is_well
    assert "réponse se fait attendre" in found["link"].says
    assert "Leur animation doit répondre" in found["link"].remedy
    assert "200" in found["answer"].says
    assert (await examined(here, there, "en"))["signed request"].says == "It accepts our signature."


async def test_a_server_that_is_switched_off(pair: tuple[LiveNode, LiveNode]) -> None:
    here, there = pair
    await there.stop()
    found = await examined(here, there)
    assert not found["answer"].is_well
    assert "éteint" in found["answer"].says
    assert found["answer"].remedy
    assert "clock" not in found
    assert not found["signed request"].is_well


async def test_what_was_decided_and_refused_here_is_said_first(pair: tuple[LiveNode, LiveNode]) -> None:
    here, there = pair
    host = host_of(there.url)
    here.do(lambda uow, house: block(uow, house, host, note="pourriel"))
    here.do(lambda uow, house: uow.refusals.add(house.now, 401, "the signature is stale", host))
    here.do(lambda uow, house: failed(uow, host, house.now, "it answered 503"))
    found = await examined(here, there)
    assert not found["trust"].is_well
    assert "bloqué" in found["trust"].says
    assert "levé" in found["trust"].remedy
    assert "the signature is stale" in found["refusals"].says
    assert "panne" in found["state"].says


async def test_one_who_receives_and_whose_messages_are_not_let_in_is_no_fault(pair: tuple[LiveNode, LiveNode]) -> None:
    here, there = pair
    at = here.clock()
    here.do(lambda uow, _: uow.followings.put(here.community, there.community, activity="", state="ended", at=at))
    here.do(
        lambda uow, _: uow.followings.put(there.community, here.community, activity=f"{there.url}/f", state="accepted", at=at)
    )
    found = await examined(here, there)
    assert found["trust"].is_well
    assert "n’entre pas" in found["trust"].says
    assert "Approuvez-le" in found["trust"].remedy
    assert found["queue"].says == "Envois en attente\u00a0: 0\u00a0; abandonnés\u00a0: 0."
    assert "," in found["answer"].says
