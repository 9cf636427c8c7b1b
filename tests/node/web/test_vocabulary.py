"""The vocabulary under /vocab/: every word and concept at its address, for people and for programs of any site."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from pyoxigraph import NamedNode, RdfFormat, parse

from kit.web_node import WebNode, web_node
from node.web.negotiation import LINKED_DATA, TURTLE
from node.web.published import canonical, reply, statements, versions
from vocab import concepts
from vocab.crosswalks import crosswalks
from vocab.example_files import examples
from vocab.lexicon import words
from vocab.namespaces import CDP, CDP_CONTEXT, CONCEPTS
from vocab.ontology import VERSION
from vocab.shapes import SHAPES

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
FORMATS = {TURTLE: RdfFormat.TURTLE, LINKED_DATA: RdfFormat.JSON_LD}
DOCUMENTS = ["ns", "shapes", *(f"ns/{key}" for key in words()), *concepts.names()]
DOCUMENTS += [concept.iri.removeprefix(CONCEPTS) for name in concepts.names() for concept in concepts.scheme(name)]


@pytest_asyncio.fixture
async def node() -> AsyncIterator[WebNode]:
    async with web_node() as made:
        yield made


def test_both_faces_of_every_document_say_the_same() -> None:
    for document in DOCUMENTS:
        told = {
            face: {
                (str(quad.subject), str(quad.predicate), str(quad.object))
                for quad in parse(reply("https://a.example", document, face).body, format=syntax)
                if "_:" not in f"{quad.subject}{quad.object}"
            }
            for face, syntax in FORMATS.items()
        }
        assert told[TURTLE] == told[LINKED_DATA] != set(), document


def test_every_document_is_about_what_it_is_cited_as() -> None:
    for document in DOCUMENTS:
        subjects = {triple.subject for triple in statements(document)}
        assert NamedNode(canonical(document)) in subjects or document in {*concepts.names(), "shapes"}, document


def test_the_same_document_has_the_same_bytes_each_time() -> None:
    for face in FORMATS:
        assert reply("https://a.example", "ns/topic", face).body == reply("https://a.example", "ns/topic", face).body
    lines = reply("https://a.example", "ns/Meeting", TURTLE).body.decode().splitlines()
    head = [line for line in lines if line.startswith("@prefix")]
    assert head == sorted(head)


@pytest.mark.parametrize("path", ["ns", "ns/PracticeNote", "ns/topic", "roles", "roles/", "methodes/intersection/1"])
async def test_one_address_has_a_page_and_two_documents(node: WebNode, path: str) -> None:
    wanted = {BROWSER: "text/html", "text/turtle": TURTLE, "application/ld+json": LINKED_DATA, "*/*": TURTLE}
    for accept, media in wanted.items():
        got = await node.get(f"/vocab/{path}", accept=accept)
        assert (got.status, got.headers["Content-Type"].partition(";")[0]) == (200, media), accept
        assert "Accept" in got.headers["Vary"]
        assert got.headers["Access-Control-Allow-Origin"] == "*"
    assert (await node.get(f"/vocab/{path}", accept="application/pdf")).status == 406


async def test_documents_are_kept_for_a_day_and_asked_for_once(node: WebNode) -> None:
    got = await node.get("/vocab/ns/topic", accept="text/turtle")
    assert got.headers["Cache-Control"] == "public, max-age=86400"
    again = await node.get("/vocab/ns/topic", accept="text/turtle", If_None_Match=got.headers["ETag"])
    assert (again.status, again.body) == (304, b"")
    other = await node.get("/vocab/ns/topic", accept="application/ld+json", If_None_Match=got.headers["ETag"])
    assert other.status == 200


async def test_a_document_points_to_its_permanent_address_its_licence_and_its_other_faces(node: WebNode) -> None:
    got = await node.get("/vocab/roles/animation", accept="text/turtle")
    links = ", ".join(got.headers.getall("Link"))
    assert '<https://w3id.org/cdp/roles/animation>; rel="cite-as"' in links
    assert 'publicdomain/zero/1.0/>; rel="license"' in links
    for target in re.findall(r'<([^>]+)>; rel="alternate"', links):
        assert (await node.get(target.removeprefix(node.url), accept=BROWSER)).status == 200, target


async def test_scripts_of_any_site_may_ask(node: WebNode) -> None:
    asked = {"Origin": "https://autre.example", "Access-Control-Request-Method": "GET"}
    got = await node.ask("OPTIONS", "/vocab/ns/topic", headers=asked)
    assert (got.status, got.headers["Access-Control-Allow-Origin"]) == (204, "*")
    assert got.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "Accept" in got.headers["Access-Control-Allow-Headers"]
    assert (await node.ask("OPTIONS", "/communautes", headers=asked)).status == 405
    head = await node.ask("HEAD", "/vocab/context/v1")
    assert (head.status, head.body, head.headers["Content-Type"]) == (200, b"", "application/ld+json")
    missing = await node.get("/vocab/ns/jamaisvu", accept="text/turtle")
    assert (missing.status, missing.headers["Access-Control-Allow-Origin"]) == (404, "*")


async def test_every_file_that_a_page_names_is_there(node: WebNode) -> None:
    pages = [f"/vocab/{name}" for name in ("", "exemples", "correspondances", "versions", "ns/PracticeNote", "roles/animation")]
    named: set[str] = set()
    for page in pages:
        got = await node.get(page, accept=BROWSER)
        assert got.status == 200, page
        named |= {href.partition("#")[0].partition("?")[0] for href in re.findall(r'href="(/vocab[^"]*)"', got.text)}
    assert {f"/vocab/exemples/{name}.json" for name in examples()} <= named
    assert {f"/vocab/correspondances/{name}.toml" for name in crosswalks()} <= named
    for path in sorted(named):
        assert (await node.get(path, accept="*/*")).status == 200, path


async def test_every_word_of_ours_has_its_page_in_both_languages(node: WebNode) -> None:
    for key, word in words().items():
        if word.is_minted:
            for language, text in word.label.items():
                got = await node.get(f"/vocab/ns/{key}?langue={language}", accept=BROWSER)
                assert got.status == 200, key
                assert f"<h1>{text[0].upper()}{text[1:]}</h1>" in got.text.replace("&#39;", "'"), key
                assert "Mastodon" in got.text, key


async def test_the_permanent_addresses_are_those_of_a_node_but_for_their_beginning(node: WebNode) -> None:
    page = await node.get("/vocab/ns", accept=BROWSER)
    ids = set(re.findall(r'<div id="([^"]+)">', page.text))
    assert {word.iri.removeprefix(CDP) for word in words().values() if word.is_minted} <= ids
    for iri in (CDP_CONTEXT, SHAPES, f"{CONCEPTS}schema", f"{CONCEPTS}phases/", f"{CONCEPTS}methodes/intersection/1"):
        path = iri.removeprefix(CONCEPTS).partition("#")[0]
        assert (await node.get(f"/vocab/{path}", accept="*/*")).status == 200, iri


async def test_a_version_stays_what_it_was(node: WebNode) -> None:
    (newest, files), *older = versions()
    assert (newest, "ontology.ttl" in files) == (VERSION, True)
    assert older
    version, (name, *_) = older[-1]
    got = await node.get(f"/vocab/versions/{version}/{name}", accept="*/*")
    assert got.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    named = await node.get(f"/vocab/ns/{VERSION}", accept="text/turtle")
    assert f"owl:versionIRI <https://w3id.org/cdp/ns/{VERSION}>" in named.text
    assert (await node.get("/vocab/versions/0.0.1/context.jsonld", accept="*/*")).status == 404
    assert (await node.get(f"/vocab/versions/{VERSION}/../../LICENSE", accept="*/*")).status == 404


async def test_an_example_is_no_document_of_this_node(node: WebNode) -> None:
    got = await node.get("/vocab/exemples/08-practice-note.json")
    assert (got.status, got.headers["Content-Type"]) == (200, "application/ld+json")
    assert got.body == examples()["08-practice-note"].document
    assert (await node.get("/vocab/exemples/jamaisvu.json", accept="*/*")).status == 404
