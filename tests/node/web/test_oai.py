"""The six verbs, read by a harvester of another make and by a parser that forgives nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import quote, urlencode
from xml.etree.ElementTree import Element

import pytest
import pytest_asyncio
from defusedxml.ElementTree import fromstring
from oaipmh_scythe import Scythe

from federation.messages import SigningKey
from kit.web_node import WebNode, plant, web_node
from node.domain.entries import Audience
from node.storage.unit_of_work import UnitOfWork
from node.web import harvest

PUBLIC, OURS = Audience.PUBLIC, Audience.COMMUNITY
OAI = "{http://www.openarchives.org/OAI/2.0/}"
DC = "{http://purl.org/dc/elements/1.1/}"


@pytest_asyncio.fixture
async def node(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[WebNode]:
    monkeypatch.setattr(harvest, "PART", 3)
    async with web_node() as made:
        organisation = f"{made.url}/organisation"
        key = SigningKey(iri=f"{organisation}#main-key", pem="what nobody else knows")
        made.database.write_now(lambda uow: uow.keys.add(organisation, key, "rsa", made.now))
        yield made


def publish(node: WebNode, *names: str, audience: Audience = PUBLIC, **words: Any) -> None:
    for name in names:
        node.now += timedelta(seconds=1)
        node.database.write_now(
            lambda uow, n=name: plant(uow, node.house(), f"ressources/{quote(n)}", audience, **{"name": n, **words})  # type: ignore[misc]
        )


def bury(node: WebNode, name: str) -> None:
    def deed(uow: UnitOfWork) -> None:
        uow.things.bury(f"{node.url}/ressources/{name}", b"{}", node.now)

    node.now += timedelta(seconds=1)
    node.database.write_now(deed)


async def ask(node: WebNode, **arguments: str) -> Element:
    """The answer, parsed: it must be XML whatever was asked."""
    query = urlencode({name.rstrip("_"): value for name, value in arguments.items()})
    got = await node.get(f"/oai?{query}", accept="*/*")
    assert (got.status, got.headers["Content-Type"]) == (200, "text/xml; charset=utf-8")
    return parsed(got.body)


def parsed(body: bytes) -> Element:
    root: Element = fromstring(body)
    assert root.tag == f"{OAI}OAI-PMH"
    assert [child.tag for child in root][:2] == [f"{OAI}responseDate", f"{OAI}request"]
    return root


def fault(root: Element) -> str:
    error = root.find(f"{OAI}error")
    return "" if error is None else error.get("code", "")


def headers(root: Element) -> list[tuple[str, str]]:
    found = root.iter(f"{OAI}header")
    return [((each.findtext(f"{OAI}identifier") or "").rpartition("/")[2], each.get("status", "")) for each in found]


async def harvested(node: WebNode, do: Callable[[Scythe], Any]) -> Any:
    """What the harvester makes of it."""

    def work() -> Any:
        with Scythe(f"{node.url}/oai") as scythe:
            return do(scythe)

    return await asyncio.to_thread(work)


async def test_a_harvester_reads_every_record_with_its_ends(node: WebNode) -> None:
    publish(node, *"abcdefg")
    publish(node, "caché", audience=OURS)
    bury(node, "c")
    publish(node, "a", content="<p>Autre corps</p>")

    def work(scythe: Any) -> Any:
        records = list(scythe.list_records())
        identity = scythe.identify()
        kept = [header.identifier for header in scythe.list_identifiers(ignore_deleted=True)]
        formats = [each.metadataPrefix for each in scythe.list_metadata_formats()]
        sets = [(each.setSpec, each.setName) for each in scythe.list_sets()]
        return records, identity, kept, formats, sets

    records, identity, kept, formats, sets = await harvested(node, work)
    assert [(record.header.identifier.rpartition("/")[2], record.deleted) for record in records] == [
        *((name, False) for name in "bdefg"),
        ("c", True),
        ("a", False),
    ]
    assert records[0].metadata["title"] == ["b"]
    assert records[0].metadata["creator"] == ["Mireille"]
    assert records[0].header.setSpecs == ["logement"]
    assert (identity.deletedRecord, identity.granularity) == ("persistent", "YYYY-MM-DDThh:mm:ssZ")
    assert identity.baseURL == f"{node.url}/oai"
    assert [iri.rpartition("/")[2] for iri in kept] == [*"bdefg", "a"]
    assert formats == ["oai_dc", "rdf"]
    assert sets == [("logement", "Logement"), ("voisine", "Voisine")]


async def test_a_list_is_whole_whatever_changes_while_it_is_given(node: WebNode) -> None:
    publish(node, *"abcdefgh")
    first = await ask(node, verb="ListIdentifiers", metadataPrefix="oai_dc")
    publish(node, "b", content="<p>Autre</p>")
    publish(node, "z")
    found, root = headers(first), first
    while token := next((each.text for each in root.iter(f"{OAI}resumptionToken")), None):
        root = await ask(node, verb="ListIdentifiers", resumptionToken=token)
        found += headers(root)
    assert [name for name, _ in found] == [*"abcdefgh"]
    last = next(root.iter(f"{OAI}resumptionToken"))
    assert (last.get("completeListSize"), last.get("cursor")) == ("8", "6")
    later = await ask(node, verb="ListIdentifiers", metadataPrefix="oai_dc", from_=last_moment(first))
    assert {name for name, _ in headers(later)} >= {"b", "z"}


def last_moment(root: Element) -> str:
    return root.findtext(f"{OAI}responseDate") or ""


async def test_a_community_is_a_set_with_the_ends_of_what_it_held(node: WebNode) -> None:
    publish(node, "a", "b")
    voisine = f"{node.url}/communautes/voisine"

    def deed(uow: UnitOfWork) -> None:
        uow.holdings.add(voisine, f"{node.url}/ressources/b", "reference", node.now)
        uow.changes.touch(f"{node.url}/ressources/b", node.now)

    node.database.write_now(deed)
    bury(node, "b")
    both = [("logement", [("a", ""), ("b", "deleted")]), ("voisine", [("b", "deleted")])]
    for name, expected in both:
        assert headers(await ask(node, verb="ListRecords", metadataPrefix="oai_dc", set=name)) == expected
    assert fault(await ask(node, verb="ListRecords", metadataPrefix="oai_dc", set="inconnue")) == "noRecordsMatch"


async def test_a_span_of_time_is_what_it_says(node: WebNode) -> None:
    start = node.now
    publish(node, *"abcd")
    at = [(start + timedelta(seconds=number)).strftime("%Y-%m-%dT%H:%M:%SZ") for number in range(6)]
    day = at[0][:10]

    async def names(**limits: str) -> str:
        root = await ask(node, verb="ListIdentifiers", metadataPrefix="oai_dc", **limits)
        return "".join(name for name, _ in headers(root)) or fault(root)

    assert await names(from_=at[2], until=at[3]) == "bc"
    assert await names(from_=at[4]) == "d"
    assert await names(until=at[1]) == "a"
    assert await names(from_=day, until=day) == "abc"
    assert await names(until=at[0]) == "noRecordsMatch"
    assert await names(from_=at[5]) == "noRecordsMatch"


BAD: list[tuple[str, str]] = [
    ("", "badVerb"),
    ("verb=Lire", "badVerb"),
    ("verb=Identify&verb=Identify", "badVerb"),
    ("verb=Identify&set=a", "badArgument"),
    ("verb=ListRecords", "badArgument"),
    ("verb=ListRecords&metadataPrefix=", "badArgument"),
    ("verb=ListRecords&metadataPrefix=oai_dc&metadataPrefix=oai_dc", "badArgument"),
    ("verb=ListRecords&metadataPrefix=oai_dc&from=2026-02-30", "badArgument"),
    ("verb=ListRecords&metadataPrefix=oai_dc&from=2026", "badArgument"),
    ("verb=ListRecords&metadataPrefix=oai_dc&from=2026-11-22T10:00:00", "badArgument"),
    ("verb=ListRecords&metadataPrefix=oai_dc&from=", "noRecordsMatch"),
    ("verb=ListRecords&metadataPrefix=oai_dc&from=2026-11-23&until=2026-11-22", "badArgument"),
    ("verb=ListRecords&metadataPrefix=oai_dc&from=2026-11-22&until=2026-11-22T10:00:00Z", "badArgument"),
    ("verb=ListRecords&metadataPrefix=oai_dc&until=9999-12-31", "noRecordsMatch"),
    ("verb=ListRecords&metadataPrefix=marc21", "cannotDisseminateFormat"),
    ("verb=ListRecords&metadataPrefix=%3Cx%3E", "badArgument"),
    ("verb=ListRecords&metadataPrefix=oai_dc&set=a%20b", "badArgument"),
    ("verb=ListRecords&metadataPrefix=oai_dc&set=a:b", "noRecordsMatch"),
    ("verb=ListRecords&resumptionToken=x&metadataPrefix=oai_dc", "badArgument"),
    ("verb=ListRecords&resumptionToken=", "badResumptionToken"),
    ("verb=ListRecords&resumptionToken=%00%E9", "badArgument"),
    ("verb=ListRecords&resumptionToken=%C3%A9", "badResumptionToken"),
    ("verb=ListRecords&resumptionToken=" + "A" * 6000, "badResumptionToken"),
    ("verb=ListSets&resumptionToken=x", "badResumptionToken"),
    ("verb=GetRecord&metadataPrefix=oai_dc&identifier=https%3A%2F%2Fx.example%2F%01%3C%5D%5D%3E", "idDoesNotExist"),
    ("verb=ListMetadataFormats&identifier=x", "idDoesNotExist"),
    ("&".join(f"a{number}=1" for number in range(50)), "badArgument"),
]


async def test_a_wrong_question_has_an_answer_that_says_so(node: WebNode) -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    for query, code in BAD:
        got = await node.get(f"/oai?{query}", accept="*/*")
        assert fault(parsed(got.body)) == code, query
        repeated = parsed(got.body).find(f"{OAI}request")
        assert repeated is not None
        assert bool(repeated.attrib) == (code not in {"badVerb", "badArgument"}), query
        posted = await node.ask("POST", "/oai", headers=form, body=query.encode())
        assert fault(parsed(posted.body)) == code, query


async def test_a_token_is_good_for_its_own_list_a_day_long_and_nobody_can_make_one(node: WebNode) -> None:
    publish(node, *"abcde")
    root = await ask(node, verb="ListRecords", metadataPrefix="rdf", set="logement")
    token = next(each.text or "" for each in root.iter(f"{OAI}resumptionToken"))

    async def code(wanted: str, verb: str = "ListRecords") -> str:
        return fault(await ask(node, verb=verb, resumptionToken=wanted))

    assert await code(token) == ""
    assert await code(token, "ListIdentifiers") == "badResumptionToken"
    for place in range(0, len(token), 7):
        other = "A" if token[place] != "A" else "B"
        assert await code(token[:place] + other + token[place + 1 :]) == "badResumptionToken"
    assert await code(token[:-4]) == await code(f"{token}AAAA") == "badResumptionToken"
    node.now += timedelta(hours=24)
    assert await code(token) == "badResumptionToken"


HOSTILE = "a\x00b\x01c\x1b]]><b>&amp;\ufffe\u202e\u2028 “é” <![CDATA["


@pytest.mark.parametrize("prefix", ["oai_dc", "rdf"])
async def test_whatever_a_title_holds_the_answer_is_xml(node: WebNode, prefix: str) -> None:
    publish(node, "x", summary=HOSTILE, name=HOSTILE, content=f"<p>{HOSTILE}</p>")
    root = await ask(node, verb="ListRecords", metadataPrefix=prefix)
    assert len(headers(root)) == 1
    said = "".join(text for element in root.iter() if (text := element.text))
    assert "“é”" in said
    assert not set(said) & set("\x00\x01\x1b\ufffe")


async def test_the_richer_format_says_all_that_the_thing_says(node: WebNode) -> None:
    words: Mapping[str, Any] = {
        "nameMap": {"fr": "Accueil", "en": "Welcome"},
        "license": "https://creativecommons.org/licenses/by/4.0/",
    }
    publish(node, "a", **words)
    root = await ask(node, verb="GetRecord", metadataPrefix="rdf", identifier=f"{node.url}/ressources/a")
    described = next(root.iter("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}Description"))
    names = {
        each.get("{http://www.w3.org/XML/1998/namespace}lang"): each.text
        for each in described.iter("{https://www.w3.org/ns/activitystreams#}name")
    }
    assert names == {None: "a", "fr": "Accueil", "en": "Welcome"}


async def test_no_word_of_what_is_not_public_is_given(node: WebNode) -> None:
    publish(node, "secret", audience=OURS)
    publish(node, "retiré")
    publish(node, "retiré", audience=OURS)
    for prefix in ("oai_dc", "rdf"):
        got = await node.get(f"/oai?verb=ListRecords&metadataPrefix={prefix}", accept="*/*")
        assert headers(parsed(got.body)) == [("retir%C3%A9", "deleted")]
        assert b"Corps" not in got.body
    node.signed_reads = True
    assert (await node.get("/oai?verb=Identify", accept="*/*")).status == 401
    assert (await node.ask("POST", "/oai", body=b"verb=Identify")).status == 403
