"""What a client of event streams and a processor of linked data, both of other makes, find in the stream of changes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, parse

from kit.readers import as_quads, followed
from kit.web_node import WebNode, plant, web_node
from node.domain.entries import Audience
from node.storage.unit_of_work import UnitOfWork
from node.web import streams
from vocab.namespaces import AS


def fill(node: WebNode) -> None:
    """Nine things on four pages; one changed, one ended, one is not for everybody."""
    names = [*"abcdefghi", "b"]
    for number, name in enumerate(names):
        node.now += timedelta(seconds=1)
        words = {"name": f"{name}, {number}"}
        audience = Audience.COMMUNITY if name == "c" else Audience.PUBLIC
        node.database.write_now(lambda uow, n=name, w=words, a=audience: plant(uow, node.house(), f"ressources/{n}", a, **w))  # type: ignore[misc]

    def end(uow: UnitOfWork) -> None:
        uow.things.bury(f"{node.url}/ressources/d", b"{}", node.now + timedelta(seconds=1))

    node.database.write_now(end)


async def test_a_client_of_event_streams_reads_it_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "PLACES", 4)
    async with web_node() as node:
        fill(node)
        found = await followed(f"{node.url}/flux")
    told = [(member["type"][0].removeprefix(AS), member["object"][0].removeprefix(f"{node.url}/")) for member in found]
    ours = [(deed, thing.rpartition("/")[2]) for deed, thing in told if thing.startswith("ressources/")]
    assert ours == [*(("Create", name) for name in "aefghi"), ("Update", "b"), ("Delete", "d")]
    names = {subject: value for member in found for subject, predicate, value in member["graph"] if predicate == f"{AS}name"}
    assert names[f"{node.url}/ressources/b"] == "b, 9"
    assert not any(subject.endswith("/d") for subject in names)


async def test_a_processor_of_another_make_reads_the_same_and_fetches_nothing() -> None:
    async with web_node() as node:
        fill(node)
        pages = [(await node.get(path, accept="application/ld+json")).body for path in ("/flux/1", "/catalogue")]
    for page in pages:
        assert _canonical(page, RdfFormat.JSON_LD) == _canonical((await as_quads(page)).encode(), RdfFormat.N_QUADS)


def _canonical(document: bytes, form: RdfFormat) -> Dataset:
    found = Dataset(parse(document, format=form))
    found.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    return found
