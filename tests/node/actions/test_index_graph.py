"""The index holds what everybody may see, from every source, and lets go of it when that ends."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from kit.asking import Desk
from kit.databases import in_memory
from kit.nodes import key_pair
from kit.planted import CASES, ELSEWHERE, MARKERS, people, sow
from kit.signing import NOW
from kit.web_node import actor_row, furnish, plant
from node.actions.import_archive import restore
from node.actions.index_graph import bring_up_to_date, index_anew
from node.actions.make_node import make_node
from node.contracts import House
from node.domain.entries import Audience, Entry
from node.storage import archiving
from node.storage.engine import Database
from node.storage.indexed import is_behind, set_mark
from node.storage.unit_of_work import UnitOfWork
from vocab.namespaces import AS_CONTEXT, CDP_CONTEXT, PUBLIC

HOUSE = House(url="https://nord.example", name="Nord", mode="archipelago", language="fr", now=NOW)
SOUTH = "https://sud.example"
NAMES = "SELECT ?n { ?s a <https://www.w3.org/ns/activitystreams#Article> ; <https://www.w3.org/ns/activitystreams#name> ?n }"
GROUPS = "SELECT ?s { ?s a <https://www.w3.org/ns/activitystreams#Group> }"
EVERYTHING = "SELECT ?s ?p ?o { ?s ?p ?o FILTER(!STRSTARTS(STR(?s), 'https://w3id.org/cdp/')) }"
JOINED = """
PREFIX as: <https://www.w3.org/ns/activitystreams#> PREFIX dct: <http://purl.org/dc/terms/>
SELECT ?here ?one ?there ?other ?said {
  GRAPH ?said { ?m a <https://w3id.org/sssom/Mapping> ; as:subject ?a ; as:object ?b ; as:relationship ?how .
                ?m <https://w3id.org/cdp/ns#mappingState> <https://w3id.org/cdp/etats-de-correspondance/acceptee> }
  GRAPH ?here { ?x dct:subject ?a ; as:name ?one }
  GRAPH ?there { ?y dct:subject ?b ; as:name ?other }
}"""


@pytest.fixture
def database() -> Iterator[Database]:
    database = in_memory()
    database.write_now(lambda uow: furnish(uow, HOUSE))
    yield database
    database.close()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "graph")


async def names(database: Database, desk: Desk) -> list[str]:
    """What the articles in the index are called, once it is up to date."""
    await bring_up_to_date(database, desk.graph)
    return [name for (name,) in await desk.rows(NAMES)]


def put(uow: UnitOfWork, iri: str, kind: str, **said: Any) -> None:
    """Something public of another server, as it travels."""
    document = {"@context": [AS_CONTEXT, CDP_CONTEXT], "id": iri, "type": "Article", "to": [PUBLIC], "kind": [kind], **said}
    entry = Entry(iri=iri, type=document["type"], kind=kind, audience=Audience.PUBLIC, name=said.get("name", ""))
    uow.things.put(entry, json.dumps(document).encode())


async def test_only_what_everybody_may_see_comes_in_and_it_goes_again(database: Database, desk: Desk) -> None:
    def change(path: str, audience: Audience, **words: Any) -> None:
        database.write_now(lambda uow: plant(uow, HOUSE, path, audience, **words))

    change("ressources/a", Audience.PUBLIC, name="ouverte")
    change("ressources/b", Audience.COMMUNITY, name="entre nous")
    assert await names(database, desk) == ["ouverte"]
    change("ressources/a", Audience.PUBLIC, name="corrigée")
    change("ressources/b", Audience.PUBLIC, name="ouverte enfin")
    assert await names(database, desk) == ["corrigée", "ouverte enfin"]
    change("ressources/a", Audience.COMMUNITY, name="refermée")
    tombstone = json.dumps({"@context": AS_CONTEXT, "id": f"{HOUSE.url}/ressources/b", "type": "Tombstone"}).encode()
    database.write_now(lambda uow: uow.things.bury(f"{HOUSE.url}/ressources/b", tombstone, NOW))
    assert await names(database, desk) == []
    assert all("Tombstone" not in "".join(row) for row in await desk.rows(EVERYTHING))
    assert await bring_up_to_date(database, desk.graph) == 0


async def test_nothing_hidden_is_in_it_whatever_became_of_it(database: Database, desk: Desk) -> None:
    database.write_now(lambda uow: people(uow, HOUSE))
    await index_anew(database, desk.graph)
    hidden = [case for case in CASES if case.is_deleted or case.audience is not Audience.PUBLIC]
    for number, case in enumerate(hidden):
        database.write_now(partial(sow, house=replace(HOUSE, url=f"https://nord{number}.example"), case=case))
        database.write_now(lambda uow: uow.things.unbury(ELSEWHERE))
    for step in (bring_up_to_date, index_anew):
        await step(database, desk.graph)
        told = " ".join(" ".join(row) for row in await desk.rows(EVERYTHING))
        assert f"{HOUSE.url}/communautes/logement" in told
        assert "Bonjour" in told
        for secret in (*MARKERS, "@example.org", "personnes/mireille", "personnes/ali", "/suivre"):
            assert secret not in told


async def test_an_actor_that_is_gone_is_gone_from_it(database: Database, desk: Desk) -> None:
    community = f"{HOUSE.url}/communautes/voisine"
    await bring_up_to_date(database, desk.graph)
    assert (community,) in await desk.rows(GROUPS)
    database.write_now(lambda uow: uow.actors.set_state(community, "gone"))
    await bring_up_to_date(database, desk.graph)
    assert (community,) not in await desk.rows(GROUPS)


async def test_topics_of_two_nodes_are_joined_by_the_mapping_between_them(database: Database, desk: Desk) -> None:
    ours, theirs = f"{HOUSE.url}/termes/maintien", f"{SOUTH}/termes/stabilite"

    def fill(uow: UnitOfWork) -> None:
        put(uow, f"{HOUSE.url}/ressources/1", "PracticeNote", name="Garder son bail", topic=[ours])
        put(uow, f"{HOUSE.url}/ressources/2", "PracticeNote", name="Autre chose", topic=[f"{HOUSE.url}/termes/autre"])
        put(uow, f"{SOUTH}/ressources/1", "PracticeNote", name="Rester ici", topic=[theirs])
        for number, state in ((1, "acceptee"), (2, "proposee")):
            put(
                uow,
                f"{SOUTH}/correspondances/{number}",
                "Mapping",
                type="Note",
                subject=ours,
                object=theirs if number == 1 else f"{SOUTH}/termes/x",
                relationship="http://www.w3.org/2004/02/skos/core#closeMatch",
                mappingState=f"https://w3id.org/cdp/etats-de-correspondance/{state}",
            )

    database.write_now(fill)
    await bring_up_to_date(database, desk.graph)
    north, south = f"{HOUSE.url}/", f"{SOUTH}/"
    assert await desk.rows(JOINED) == [(north, "Garder son bail", south, "Rester ici", south)]
    assert await desk.rows(JOINED.replace("GRAPH ?said", "")) != [], "all graphs together answer, too"


async def test_it_is_made_anew_where_going_on_would_miss_something(database: Database, desk: Desk) -> None:
    database.write_now(lambda uow: plant(uow, HOUSE, "ressources/a", Audience.PUBLIC, name="ouverte"))
    assert await names(database, desk) == ["ouverte"]
    await desk.write({}, 10_000)  # as if it had been made of other rows
    database.write_now(lambda uow: plant(uow, HOUSE, "ressources/b", Audience.PUBLIC, name="autre"))
    assert await names(database, desk) == ["autre", "ouverte"]
    for number in range(9):
        path = f"ressources/{number}"
        database.write_now(partial(plant, house=HOUSE, path=path, audience=Audience.PUBLIC, name="neuve"))
    database.write_now(lambda uow: uow.changes.forget_marks(100, most=2))
    database.write_now(lambda uow: uow.things.bury(f"{HOUSE.url}/ressources/a", b"{}", NOW))
    assert (await names(database, desk)).count("neuve") == 9
    assert "ouverte" not in await names(database, desk)


async def test_what_an_archive_puts_back_comes_in(memory: Database, desk: Desk) -> None:
    there = replace(actor_row(replace(HOUSE, url=SOUTH), "communautes/aube", "Group", "aube"), is_local=False)
    said = in_memory()
    said.write_now(lambda uow: uow.actors.put(there))
    said.write_now(lambda uow: put(uow, f"{SOUTH}/ressources/1", "PracticeNote", name="Rester ici"))
    tables, everything = ("actors", "things"), archiving.Portion()
    lines = said.read_now(
        lambda uow: {name: list(archiving.lines(uow, name, everything, frozenset(), frozenset())) for name in tables}
    )
    said.close()
    memory.write_now(lambda uow: make_node(uow, HOUSE, keys=(key_pair(1), key_pair(1))))
    assert await names(memory, desk) == []
    assert desk.graph.mark() == memory.read_now(lambda uow: uow.changes.last_mark())
    assert desk.graph.mark()
    memory.write_now(lambda uow: set_mark(uow, uow.changes.last_mark()))
    memory.write_now(lambda uow: restore(uow, HOUSE, lines.__getitem__, tables))
    assert memory.read_now(lambda uow: is_behind(uow, "graph"))
    # with marks after the index's own it goes on, and is not made anew
    memory.write_now(lambda uow: put(uow, f"{SOUTH}/ressources/2", "PracticeNote", name="Venir ici"))
    assert await names(memory, desk) == ["Rester ici", "Venir ici"]
    assert await desk.rows(GROUPS) == [(there.iri,)]
