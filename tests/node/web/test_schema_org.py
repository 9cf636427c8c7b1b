"""What machines find inside a page and in its headers, read by an extractor that is not ours."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import Any

import extruct
import pytest_asyncio

from kit.web_node import Got, WebNode, plant, web_node
from node.domain.entries import Audience
from node.storage.unit_of_work import UnitOfWork
from vocab.namespaces import AS_CONTEXT, PUBLIC

CONTEXT = [
    AS_CONTEXT,
    {
        "dcterms": "http://purl.org/dc/terms/",
        "topic": {"@id": "dcterms:subject", "@type": "@id"},
        "license": {"@id": "dcterms:license", "@type": "@id"},
    },
]
NOTE, TERM = "/ressources/accueil", "/termes/eviction"


@pytest_asyncio.fixture
async def node() -> AsyncIterator[WebNode]:
    async with web_node() as made:
        made.database.write_now(lambda uow: _furnish(uow, made))
        yield made


def _furnish(uow: UnitOfWork, node: WebNode) -> None:
    terms = {
        "topic": [f"{node.url}{TERM}", f"{node.url}/termes/cachee"],
        "license": "https://creativecommons.org/licenses/by/4.0/",
    }
    plant(uow, node.house(), NOTE[1:], Audience.PUBLIC, **{"@context": CONTEXT, **terms, "name": "Accueil <b>x"})
    plant(uow, node.house(), TERM[1:], Audience.PUBLIC, name="Éviction")
    plant(uow, node.house(), "termes/cachee", Audience.COMMUNITY, name="zanzibar")


def extracted(got: Got) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = extruct.extract(got.text, syntaxes=["json-ld"])["json-ld"]
    return found


def signposts(got: Got) -> list[tuple[str, str]]:
    return [
        (relation, target)
        for target, relations in re.findall(r'<([^>]*)>; rel="([^"]*)"', ", ".join(got.headers.getall("Link", [])))
        for relation in relations.split()
    ]


async def test_a_resource_says_what_it_is_whose_and_about_what(node: WebNode) -> None:
    got = await node.get(NOTE, accept="text/html")
    (said,) = extracted(got)
    assert (said["@context"], said["@type"], said["@id"]) == ("https://schema.org", "Article", f"{node.url}{NOTE}")
    assert said["name"] == "Accueil x"
    assert [author["name"] for author in said["author"]] == ["Mireille"]
    assert said["publisher"]["name"] == "Maison des savoirs"
    assert {"@type": "DefinedTerm", "name": "Éviction", "url": f"{node.url}{TERM}"} in said["about"]
    assert "zanzibar" not in got.text
    member = await node.get(NOTE, accept="text/html", person=f"{node.url}/personnes/mireille")
    assert "zanzibar" in {topic["name"] for topic in extracted(member)[0]["about"]}


async def test_a_list_and_a_community_say_what_they_hold_and_where_they_live(node: WebNode) -> None:
    (listed,) = extracted(await node.get("/communautes/logement/repertoire", accept="text/html"))
    assert {item["url"] for item in listed["mainEntity"]["itemListElement"]} == {f"{node.url}{path}" for path in (NOTE, TERM)}
    (community,) = extracted(await node.get("/communautes/logement", accept="text/html"))
    assert community["parentOrganization"] == {
        "@type": "Organization",
        "name": "Maison des savoirs",
        "@id": f"{node.url}/organisation",
    }


async def test_the_page_of_a_resource_is_signposted(node: WebNode) -> None:
    found = signposts(await node.get(NOTE, accept="text/html"))
    assert ("cite-as", f"{node.url}{NOTE}") in found
    assert ("type", "https://schema.org/Article") in found
    assert ("type", "https://schema.org/AboutPage") in found
    assert ("author", f"{node.url}/personnes/mireille") in found
    assert ("describedby", f"{node.url}{NOTE}") in found
    assert not [each for each in signposts(await node.get("/ressources/jamaisvue", accept="text/html")) if each[0] == "cite-as"]


async def test_what_cannot_stand_in_a_header_is_left_out(node: WebNode) -> None:
    def deed(uow: UnitOfWork) -> None:
        bad = 'https://a.example/>; rel="next", <https://evil.example/'
        plant(uow, node.house(), "ressources/piege", Audience.PUBLIC, attributedTo=bad, to=[PUBLIC])

    node.database.write_now(deed)
    got = await node.get("/ressources/piege", accept="text/html")
    assert got.status == 200
    assert not [target for _, target in signposts(got) if "evil.example" in target]
