"""What can be taken away whole, and the catalogue that says where it is."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
import pytest_asyncio
from rdflib import DCAT, DCTERMS, RDF, SKOS, VOID, Graph, Literal, URIRef
from rdflib.compare import isomorphic

from kit.web_node import WebNode, plant, web_node
from node import formats
from node.collect import collect
from node.contracts import Format
from node.domain.entries import Audience
from node.formats.sssom import ACCEPTED
from node.storage.keeping import mapping_of
from node.storage.unit_of_work import UnitOfWork
from vocab.namespaces import AS_CONTEXT, CDP_CONTEXT

PUBLIC, OURS = Audience.PUBLIC, Audience.COMMUNITY
ELSEWHERE = "https://ailleurs.example/termes/welcome"


@pytest_asyncio.fixture
async def node() -> AsyncIterator[WebNode]:
    async with web_node(formats=collect(formats, "FORMAT", Format)) as made:
        made.database.write_now(lambda uow: fill(uow, made))
        yield made


def fill(uow: UnitOfWork, node: WebNode) -> None:
    """Three terms, of which one is not public; of four correspondences two are accepted, one of them not public."""
    for name, audience in (("accueil", PUBLIC), ("visite", PUBLIC), ("confidence", OURS)):
        scheme = f"{node.url}/communautes/logement/glossaire"
        said = {"prefLabel": {"fr": name, "en": f"{name} (en)"}, "inScheme": scheme, "definition": {"fr": f"Ce qu’est {name}."}}
        put(uow, node, f"termes/{name}", audience, "Page", "Concept", name=name, **said)
    states = (("1", "acceptee", PUBLIC), ("2", "proposee", PUBLIC), ("3", "acceptee", OURS), ("4", "contestee", PUBLIC))
    for name, state, audience in states:
        said = {
            "subject": f"{node.url}/termes/accueil",
            "relationship": f"{SKOS}closeMatch",
            "object": f"{ELSEWHERE}{name}",
            "mappingState": ACCEPTED.replace("acceptee", state),
        }
        put(uow, node, f"correspondances/{name}", audience, "Note", "Mapping", **said)


def put(uow: UnitOfWork, node: WebNode, path: str, audience: Audience, kind: str, *kinds: str, **said: Any) -> None:
    context = [AS_CONTEXT, CDP_CONTEXT]
    iri = plant(uow, node.house(), path, audience, **{"type": kind, "kind": list(kinds), "@context": context, **said})
    known = uow.things.get_any(iri)
    assert known is not None
    entry = replace(known.entry, type=kind, kind=kinds[0])
    uow.things.put(entry, known.document)
    mapping = mapping_of(known.thing, entry)
    if mapping is not None:
        uow.mappings.put(mapping)


async def graph(node: WebNode, path: str, accept: str = "text/turtle") -> Graph:
    got = await node.get(path, accept=accept)
    assert got.status == 200, path
    return Graph().parse(data=got.text, format=got.headers["Content-Type"].partition(";")[0])


@pytest.mark.parametrize("where", ["/", "/communautes/logement/"])
async def test_a_glossary_is_a_scheme_with_its_public_terms(node: WebNode, where: str) -> None:
    found = await graph(node, f"{where}glossaire.ttl")
    scheme, term = URIRef(f"{node.url}/communautes/logement/glossaire"), URIRef(f"{node.url}/termes/accueil")
    assert set(found.subjects(RDF.type, SKOS.Concept)) == {term, URIRef(f"{node.url}/termes/visite")}
    assert (scheme, RDF.type, SKOS.ConceptScheme) in found
    assert (term, SKOS.inScheme, scheme) in found
    assert (term, SKOS.topConceptOf, scheme) in found
    assert set(found.objects(term, SKOS.prefLabel)) == {Literal("accueil", "fr"), Literal("accueil (en)", "en")}
    assert set(found.objects(term, SKOS.closeMatch)) == {URIRef(f"{ELSEWHERE}1")}


async def test_correspondences_are_those_that_are_accepted_and_public(node: WebNode) -> None:
    for where in ("/", "/communautes/logement/"):
        lines = (await node.get(f"{where}correspondances.tsv", accept="*/*")).text.splitlines()
        rows = [line.split("\t") for line in lines if not line.startswith("#")]
        assert [row[1] for row in rows[1:]] == ["accueil"]
        assert [cell for cell in rows[1] if cell.endswith(":welcome1")]
    assert len((await node.get("/communautes/voisine/correspondances.tsv", accept="*/*")).text.splitlines()) > 1
    for file in ("correspondances.tsv", "glossaire.ttl"):
        assert (await node.get(f"/communautes/inconnue/{file}", accept="*/*")).status == 404


async def test_everything_that_the_catalogue_names_is_there(node: WebNode) -> None:
    found = await graph(node, "/catalogue")
    addresses = {
        str(address).removeprefix(node.url)
        for named in (DCAT.accessURL, DCAT.downloadURL, DCAT.endpointDescription, VOID.dataDump)
        for address in found.objects(None, named)
    }
    assert len(addresses) > 10
    for address in sorted(addresses - {"/oai"}):
        assert (await node.get(address, accept="*/*")).status == 200, address
    resources = URIRef(f"{node.url}/catalogue#ressources")
    assert (resources, RDF.type, DCAT.Dataset) in found
    # What DCAT-AP asks of each: a title and a description, here in both languages, and who publishes it.
    for each in (URIRef(f"{node.url}/catalogue"), *found.objects(None, DCAT.dataset), *found.objects(None, VOID.subset)):
        assert {said.language for said in found.objects(each, DCTERMS.description) if isinstance(said, Literal)} == {
            "fr",
            "en",
        }, each
        assert list(found.objects(each, DCTERMS.title)), each
        assert list(found.objects(each, DCTERMS.publisher)), each


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # that reader's own
async def test_the_catalogue_is_the_same_wherever_and_in_whatever_form(node: WebNode) -> None:
    first = await graph(node, "/catalogue")
    assert (await node.get("/catalogue", accept="*/*")).body == (await node.get("/.well-known/void", accept="*/*")).body
    assert isomorphic(first, await graph(node, "/catalogue", "application/ld+json"))
    node.signed_reads = True
    for path in ("/catalogue", "/glossaire.ttl", "/correspondances.tsv"):
        assert (await node.get(path, accept="*/*")).status in {401, 404}
