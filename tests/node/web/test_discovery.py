"""How machines find what is here: WebFinger, NodeInfo, host-meta, health, the vocabulary, intersections."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from kit.web_node import AP, WebNode, web_node
from node.domain.entries import Audience
from node.storage.shelves.intersections import IntersectionRow
from vocab.namespaces import AS_CONTEXT

GROUP = "/communautes/logement"


@pytest_asyncio.fixture
async def node() -> AsyncIterator[WebNode]:
    async with web_node() as made:
        yield made


@pytest.mark.shows("RFC 7033", "WebFinger answers for acct: and for addresses of actors.")
async def test_webfinger_by_name_and_by_address(node: WebNode) -> None:
    host = node.url.partition("//")[2]
    for resource in (f"acct:logement@{host}", f"acct:LOGEMENT@{host}", f"{node.url}{GROUP}"):
        got = await node.get(f"/.well-known/webfinger?resource={resource}", accept="*/*")
        assert got.status == 200
        assert got.headers["Content-Type"] == "application/jrd+json"
        assert got.headers["Access-Control-Allow-Origin"] == "*"
        assert got.json()["subject"] == f"acct:logement@{host}"
        (link,) = [link for link in got.json()["links"] if link["rel"] == "self"]
        assert link == {"rel": "self", "type": AP, "href": f"{node.url}{GROUP}"}


async def test_every_actor_goes_round(node: WebNode) -> None:
    """What Mastodon checks: the name at this host leads back to the same actor."""
    host = node.url.partition("//")[2]
    ours = node.database.read_now(lambda uow: uow.actors.local())
    assert {row.type for row in ours} == {"Person", "Group", "Organization", "Application"}
    for row in ours:
        said = (await node.get(row.iri.removeprefix(node.url))).json()
        got = await node.get(f"/.well-known/webfinger?resource=acct:{said['preferredUsername']}@{host}", accept="*/*")
        (link,) = [link for link in got.json()["links"] if link["rel"] == "self"]
        assert link["href"] == said["id"] == row.iri


async def test_the_host_may_be_written_in_any_case_and_head_says_the_same(node: WebNode) -> None:
    async with web_node() as named:
        path = f"/.well-known/webfinger?resource=ACCT:logement@{named.url[7:].upper()}"
        got, head = await named.get(path, accept="application/jrd+json"), await named.ask("HEAD", path)
    assert (got.status, head.status, head.body) == (200, 200, b"")
    assert {name: head.headers[name] for name in ("Content-Type", "Content-Length", "ETag", "Access-Control-Allow-Origin")} == {
        name: got.headers[name] for name in ("Content-Type", "Content-Length", "ETag", "Access-Control-Allow-Origin")
    }


@pytest.mark.shows("FEP-d556", "WebFinger of the server's own address leads to the application actor.")
async def test_the_server_itself_has_an_actor(node: WebNode) -> None:
    for resource in (node.url, f"{node.url}/"):
        links = (await node.get(f"/.well-known/webfinger?resource={resource}", accept="*/*")).json()["links"]
        (service,) = [link["href"] for link in links if link["rel"] == "https://www.w3.org/ns/activitystreams#Service"]
        assert service == f"{node.url}/noeud"
    host = node.url.partition("//")[2]
    said = (await node.get(f"/.well-known/webfinger?resource=acct:127.0.0.1@{host}", accept="*/*")).json()
    assert (said["subject"], said["links"][0]["href"]) == (f"acct:noeud@{host}", f"{node.url}/noeud")
    links = (await node.get(f"/.well-known/webfinger?resource={node.url}{GROUP}", accept="*/*")).json()["links"]
    assert not [link for link in links if link["rel"].endswith("#Service")]


async def test_whoever_wants_one_kind_of_link_gets_that_alone_and_the_way_to_follow_is_one(node: WebNode) -> None:
    path, rel = f"/.well-known/webfinger?resource={node.url}{GROUP}", "http://ostatus.org/schema/1.0/subscribe"
    said = (await node.get(f"{path}&rel={rel}&rel=self", accept="*/*")).json()
    assert [link["rel"] for link in said["links"]] == ["self", rel]
    assert said["links"][1]["template"] == f"{node.url}/ailleurs?adresse={{uri}}"


@pytest.mark.parametrize("path", ["/.well-known/webfinger", "/.well-known/nodeinfo", "/nodeinfo/9", "/.well-known/host-meta"])
async def test_scripts_of_other_pages_may_read_what_is_found_errors_included(node: WebNode, path: str) -> None:
    assert (await node.get(path, accept="*/*")).headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Origin" not in (await node.get(GROUP)).headers


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 400),
        ("?resource=", 400),
        ("?resource=acct:x", 400),
        ("?resource=acct:logement@evil.example", 404),
        ("?resource=%00", 400),
    ],
)
async def test_webfinger_for_others(node: WebNode, query: str, status: int) -> None:
    assert (await node.get(f"/.well-known/webfinger{query}", accept="*/*")).status == status


async def test_webfinger_knows_no_things(node: WebNode) -> None:
    iri = node.plant("ressources/x", Audience.PUBLIC)
    assert (await node.get(f"/.well-known/webfinger?resource={iri}", accept="*/*")).status == 404


@pytest.mark.shows("FEP-2677", "NodeInfo leads to the application actor.")
async def test_nodeinfo_leads_to_the_application(node: WebNode) -> None:
    links = (await node.get("/.well-known/nodeinfo", accept="*/*")).json()["links"]
    assert {link["rel"].rpartition("/")[2] for link in links} == {"2.0", "2.1", "activitystreams#Application"}
    (application,) = [link["href"] for link in links if link["rel"].endswith("#Application")]
    assert (await node.get(application.removeprefix(node.url))).json()["type"] == "Application"
    for version in ("2.0", "2.1"):
        got = await node.get(f"/nodeinfo/{version}", accept="application/json")
        assert (got.json()["version"], got.json()["usage"]["users"]["total"]) == (version, 2)
        assert f"schema/{version}#" in got.headers["Content-Type"]
    assert (await node.get("/nodeinfo/1.0", accept="*/*")).status == 404


async def test_host_meta_leads_to_webfinger(node: WebNode) -> None:
    got = await node.get("/.well-known/host-meta", accept="*/*")
    assert f"{node.url}/.well-known/webfinger?resource={{uri}}" in got.text
    assert got.headers["Content-Type"].startswith("application/xrd+xml")


async def test_host_meta_speaks_json_too(node: WebNode) -> None:
    got = await node.get("/.well-known/host-meta.json", accept="*/*")
    (link,) = got.json()["links"]
    assert (link["rel"], link["template"]) == ("lrdd", f"{node.url}/.well-known/webfinger?resource={{uri}}")
    assert got.headers["Content-Type"] == "application/jrd+json"
    assert (await node.get("/.well-known/host-meta.xml", accept="*/*")).status == 404


async def test_health_is_one_word(node: WebNode) -> None:
    got = await node.get("/sante", accept="*/*")
    assert (got.status, got.json(), got.headers["Cache-Control"]) == (200, {"status": "ok"}, "no-store")


async def test_the_context_is_for_everybody_and_for_long(node: WebNode) -> None:
    got = await node.get("/vocab/context/v1", accept="*/*")
    assert got.headers["Content-Type"] == "application/ld+json"
    assert got.headers["Access-Control-Allow-Origin"] == "*"
    assert "max-age=604800" in got.headers["Cache-Control"]
    assert "@context" in got.json()
    assert (await node.get("/vocab/context/v1", accept="*/*", If_None_Match=got.headers["ETag"])).status == 304


@pytest.mark.parametrize(
    ("name", "media"), [("", "text/html"), ("ns", "text/turtle"), ("roles", "text/turtle"), ("shapes", "text/turtle")]
)
async def test_the_vocabulary_is_published(node: WebNode, name: str, media: str) -> None:
    got = await node.get(f"/vocab/{name}", accept="*/*")
    assert got.status == 200
    assert got.headers["Content-Type"] == f"{media}; charset=utf-8"
    assert (await node.get("/vocab/rien", accept="*/*")).status == 404


async def test_an_intersection_is_a_document(node: WebNode) -> None:
    iri = f"{node.url}/intersections/i1"
    said = {"@context": AS_CONTEXT, "id": iri, "type": "Article", "name": "Entre nous"}
    row = IntersectionRow(
        iri=iri, left=f"{node.url}{GROUP}", right=f"{node.url}/communautes/voisine", strength=0.4,
        document=json.dumps(said).encode(), computed_at=node.now,
    )  # fmt: skip
    node.database.write_now(lambda uow: uow.intersections.replace_all([row]))
    assert (await node.get("/intersections/i1")).json() == said
    assert (await node.get("/intersections/i2")).status == 404
