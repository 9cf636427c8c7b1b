"""One address, several faces: the graph that each of them says is the same, whoever reads it."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
import rdflib

import vocab
from kit.engines import ENGINES, said
from kit.web_node import AP, WebNode, plant, web_node
from node import formats as formats_room
from node.collect import collect
from node.contracts import Format
from node.domain.entries import Audience
from node.storage.unit_of_work import UnitOfWork
from vocab.namespaces import PUBLIC

FORMATS: Mapping[str, Format] = collect(formats_room, "FORMAT", Format)
EXAMPLES = Path(vocab.__file__).parent / "examples"
PLANTED = {
    "ressources/note": "08-practice-note.json",
    "ressources/carnet": "10-notebook.json",
    "ressources/objet": "14-boundary-object.json",
    "ressources/lecture": "15-reading.json",
    "echanges/demande": "16-help-request.json",
    "rencontres/mensuelle": "18-meeting.json",
    "termes/acceptions": "22-term-with-senses.json",
    "correspondances/proche": "24-mapping.json",
    "lieux/quartier": "26-territory.json",
}
ACTORS = ["organisation", "communautes/logement", "personnes/mireille"]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def node() -> AsyncIterator[WebNode]:
    async with web_node(formats=FORMATS) as made:
        for path, name in PLANTED.items():
            example = json.loads((EXAMPLES / name).read_bytes())
            kept = {
                key: value for key, value in example.items() if key not in {"id", "url", "to", "cc", "attributedTo", "audience"}
            }
            made.database.write_now(partial(_put, made, path, kept))
        yield made


def _put(node: WebNode, path: str, kept: dict[str, Any], uow: UnitOfWork) -> None:
    plant(uow, node.house(), path, Audience.PUBLIC, **kept)


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("path", [*PLANTED, *ACTORS])
async def test_every_face_of_an_address_says_the_same(node: WebNode, path: str) -> None:
    shown = await node.get(f"/{path}", accept=AP)
    assert shown.status == 200
    document: dict[str, Any] = shown.json()
    assert document["id"] == f"{node.url}/{path}"
    whole = said(ENGINES["PyLD"](document))
    assert len(whole) >= 8
    assert said(ENGINES["rdflib"](document)) == whole
    turtle = await node.get(f"/{path}", accept="text/turtle")
    assert turtle.headers["Content-Type"].startswith("text/turtle")
    assert said(rdflib.Graph().parse(data=turtle.text, format="turtle")) == whole
    for media in ("application/n-quads", "application/n-triples"):
        lines = await node.get(f"/{path}", accept=media)
        assert lines.headers["Content-Type"] == media
        assert said(rdflib.Graph().parse(data=lines.text, format="nt")) == whole
    linked = await node.get(f"/{path}", accept='application/ld+json; profile="http://www.w3.org/ns/json-ld#expanded"')
    assert said(ENGINES["Oxigraph"](linked.json())) == whole


@pytest.mark.asyncio(loop_scope="module")
async def test_the_faces_tell_what_is_public_and_to_whom(node: WebNode) -> None:
    graph = rdflib.Graph().parse(data=(await node.get("/ressources/note", accept="text/turtle")).text, format="turtle")
    to = rdflib.URIRef("https://www.w3.org/ns/activitystreams#to")
    assert (rdflib.URIRef(f"{node.url}/ressources/note"), to, rdflib.URIRef(PUBLIC)) in graph
