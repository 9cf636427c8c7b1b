"""Lists in the formats that others read: by ?format= and by Accept, with what leads on, to nobody but who may see."""

from __future__ import annotations

import io
import zipfile
from collections.abc import AsyncIterator, Mapping
from typing import Any

import pytest
import pytest_asyncio
from PIL import Image

from kit.web_node import AP, WebNode, plant, web_node
from node import formats as formats_room
from node.collect import collect
from node.contracts import Format
from node.domain.entries import Audience
from node.storage.shelves.media import MediaRow
from node.storage.unit_of_work import UnitOfWork

HTML = "text/html"
LIST = "/communautes/logement/repertoire"
FORMATS: Mapping[str, Format] = collect(formats_room, "FORMAT", Format)


@pytest_asyncio.fixture
async def node() -> AsyncIterator[WebNode]:
    async with web_node(formats=FORMATS) as made:
        made.plant("ressources/ouverte", Audience.PUBLIC)
        made.plant("ressources/reservee", Audience.COMMUNITY)
        yield made


async def test_a_list_goes_out_as_its_reader_may_see_it(node: WebNode) -> None:
    for path in ("/recherche?portee=noeud&", f"{LIST}?"):
        anybody = await node.get(f"{path}format=activitystreams", accept=HTML)
        assert anybody.headers["Content-Type"] == AP
        assert anybody.headers["Cache-Control"] == "public, no-cache"
        assert [each["id"] for each in _items(anybody.json())] == [f"{node.url}/ressources/ouverte"]
        member = await node.get(f"{path}format=activitystreams", person=f"{node.url}/personnes/mireille")
        assert len(_items(member.json())) == 2
        assert member.headers["Cache-Control"] == "private, no-store"
        assert member.headers["ETag"] != anybody.headers["ETag"]


async def test_a_list_without_a_document_of_its_own_is_negotiated(node: WebNode) -> None:
    got = await node.get("/recherche", accept="text/turtle")
    assert got.headers["Content-Type"] == "text/turtle; charset=utf-8"
    assert f"<{node.url}/ressources/ouverte>" in got.text
    assert (await node.get("/recherche", accept="image/png")).status == 406
    assert (await node.get("/recherche", accept="*/*")).headers["Content-Type"].startswith(HTML)


async def test_where_an_endpoint_has_a_document_its_machine_faces_stay(node: WebNode) -> None:
    assert (await node.get(LIST, accept=AP)).json()["id"] == f"{node.url}{LIST}"


async def test_a_format_that_there_is_not_is_not_found(node: WebNode) -> None:
    for name in ("", "jamaisvu", "../text", "activitystreams%00", "praxis"):
        got = await node.get(f"/recherche?format={name}")
        assert got.status == 404, name
        assert "jamaisvu" not in got.text


async def test_of_two_formats_the_same_one_counts_everywhere(node: WebNode) -> None:
    got = await node.get("/recherche?format=activitystreams&format=turtle")
    assert (got.headers["Content-Type"], got.json()["id"]) == (AP, f"{node.url}/recherche?format=activitystreams")


async def test_what_goes_out_does_nothing_in_a_browser(node: WebNode) -> None:
    got = await node.get("/recherche?format=turtle")
    assert "sandbox" in got.headers["Content-Security-Policy"]
    assert got.headers["Content-Disposition"] == 'inline; filename="recherche.ttl"'


async def test_a_page_offers_only_what_has_a_place_for_what_it_shows(node: WebNode) -> None:
    shown = await node.get("/ressources/ouverte", accept=HTML)
    assert 'href="/ressources/ouverte?format=atom&amp;contenu=oui"' in shown.text
    assert "format=icalendar" not in shown.text
    assert 'type="text/calendar"' not in ", ".join(shown.headers.getall("Link"))
    assert 'title="Titre · Fil de nouvelles (Atom)"' in shown.text
    assert "/adresses-privees?liste=" not in shown.text
    member = await node.get(f"{LIST}?avant=&page=3", accept=HTML, person=f"{node.url}/personnes/mireille")
    assert f'/adresses-privees?liste={LIST.replace("/", "%2F")}"' in member.text
    assert "Emporter" not in (await node.get("/ressources/jamaisvue", accept=HTML)).text


async def test_a_long_list_leads_on_to_its_end(node: WebNode, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(5):
        node.plant(f"ressources/n{number}", Audience.PUBLIC)
    for module in ("listings", "lists", "pages.search", "pages.home", "pages.person"):
        monkeypatch.setattr(f"node.web.{module}.PART", 2)
    for path in (f"{LIST}?format=activitystreams", "/recherche?q=titre&format=activitystreams", "/?format=activitystreams",
                 "/personnes/mireille?format=activitystreams"):  # fmt: skip
        seen, following = [], path
        while following:
            said = (await node.get(following)).json()
            seen += [item["id"] for item in _items(said)]
            following = str(said.get("next", "")).removeprefix(node.url)
        assert len(seen) == len(set(seen)) == 6, path


async def test_a_place_that_no_list_has_breaks_nothing(node: WebNode) -> None:
    for place in ("avant=x", "avant=MjAyNg==", "page=0", "page=99999", "page=-1", "page=x", "avant=%F0%9F%92%A9"):
        for path in (LIST, "/recherche", "/", "/personnes/mireille"):
            assert (await node.get(f"{path}?format=activitystreams&{place}")).status in {200, 400}, f"{path} {place}"


async def test_one_resource_goes_out_alone_and_what_it_leads_to_as_a_list(node: WebNode) -> None:
    alone = await node.get("/ressources/ouverte?format=activitystreams")
    assert alone.json()["id"] == f"{node.url}/ressources/ouverte"
    answers = await node.get("/ressources/ouverte?contenu=oui&format=activitystreams")
    assert (answers.json()["type"], _items(answers.json())) == ("OrderedCollectionPage", [])
    for path in ("/ressources/reservee", "/ressources/jamaisvue"):
        assert (await node.get(f"{path}?format=activitystreams")).status == 404
        assert (await node.get(f"{path}?contenu=oui&format=activitystreams")).status == 404


async def test_what_was_withdrawn_is_gone_in_every_format(node: WebNode) -> None:
    iri = f"{node.url}/ressources/ouverte"
    stone = b'{"@context":"https://www.w3.org/ns/activitystreams","id":"%s","type":"Tombstone"}' % iri.encode()
    node.database.write_now(lambda uow: uow.things.bury(iri, stone, node.now))
    assert (await node.get("/ressources/ouverte?format=atom")).status == 410
    assert "Emporter" not in (await node.get("/ressources/ouverte", accept=HTML)).text


async def test_what_is_unchanged_is_304_and_head_says_what_get_would(node: WebNode) -> None:
    path = f"{LIST}?format=turtle"
    got = await node.get(path)
    assert (await node.get(path, If_None_Match=got.headers["ETag"])).status == 304
    head = await node.ask("HEAD", path)
    assert (head.status, head.body, head.headers["ETag"]) == (200, b"", got.headers["ETag"])
    node.plant("ressources/autre", Audience.PUBLIC)
    assert (await node.get(path, If_None_Match=got.headers["ETag"])).status == 200


async def test_a_node_that_asks_for_signatures_asks_here_too(node: WebNode) -> None:
    node.signed_reads = True
    assert (await node.get(f"{LIST}?format=atom")).status == 401
    assert "Emporter" not in (await node.get(LIST, accept=HTML)).text
    assert (await node.get(f"{LIST}?format=atom", person=f"{node.url}/personnes/mireille")).status == 200


def _items(said: Mapping[str, Any]) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = said.get("orderedItems", [])
    return items


async def test_a_book_holds_the_pictures_that_its_reader_may_see(node: WebNode) -> None:
    pixels = io.BytesIO()
    Image.new("RGB", (9, 9), "green").save(pixels, "PNG")
    digests = {audience: digest * 64 for audience, digest in ((Audience.PUBLIC, "a"), (Audience.COMMUNITY, "b"))}

    def illustrate(uow: UnitOfWork) -> None:
        for audience, digest in digests.items():
            row = MediaRow(digest=digest, media_type="image/png", extension="png", size=9, width=9, height=9, stored_at=node.now)
            uow.media.put(row, pixels.getvalue())
            text = f'<p>Vu : <img src="{node.url}{row.path}" alt="Un carré"></p>'
            iri = plant(uow, node.house(), f"ressources/vue-{digest[0]}", audience, content=text)
            uow.media.use(iri, [digest])

    node.database.write_now(illustrate)
    for person, expected in (("", {"a"}), ("mireille", {"a", "b"})):
        got = await node.get(f"{LIST}?format=epub&contenu=oui", person=f"{node.url}/personnes/{person}" if person else "")
        assert got.status == 200
        names = zipfile.ZipFile(io.BytesIO(got.body)).namelist()
        assert {name[12] for name in names if name.startswith("EPUB/images/")} == expected
