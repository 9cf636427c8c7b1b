"""A translation: a note of its own that names its original and its translator; each leads to the other, for whoever sees both."""

from __future__ import annotations

import html
import json
from collections.abc import AsyncIterator
from urllib.parse import quote, urlencode

import pytest
import pytest_asyncio

from kit.web_node import Got, WebNode, plant, web_node
from node.domain.entries import Audience, Entry
from node.domain.translating import TRANSLATED
from node.web.readers import form_token
from vocab.namespaces import AS_CONTEXT, CDP_CONTEXT

HTML = "text/html"
NOTE, HIDDEN, CLOSED = "ressources/n", "ressources/h", "ressources/nd"
WORDS = {"langue_choisie": "en", "titre": "Door to door", "resume": "How we did it", "texte": "We **knock**."}


@pytest_asyncio.fixture
async def node() -> AsyncIterator[WebNode]:
    async with web_node() as made:
        made.plant(NOTE, Audience.PUBLIC)
        made.plant(HIDDEN, Audience.COMMUNITY)
        strict = {"http://purl.org/dc/terms/license": "https://creativecommons.org/licenses/by-nd/4.0/"}
        made.database.write_now(lambda uow: plant(uow, made.house(), CLOSED, Audience.PUBLIC, **strict))
        yield made


async def translate(node: WebNode, path: str = NOTE, who: str = "ali", **fields: str) -> Got:
    session = await node.session(f"{node.url}/personnes/{who}")
    home = {"ali": "voisine", "mireille": "logement"}[who]
    said = {"jeton": form_token(session), "iri": f"{node.url}/{path}", "communaute": f"{node.url}/communautes/{home}"}
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"s={session}"}
    return await node.ask("POST", "/traduire", headers=headers, body=urlencode({**said, **WORDS, **fields}).encode())


async def page(node: WebNode, path: str, who: str = "", status: int = 200) -> str:
    got = await node.get(path, accept=HTML, person=f"{node.url}/personnes/{who}" if who else "")
    assert got.status == status
    return got.text


async def test_both_pages_lead_to_one_another_and_the_translator_is_named(node: WebNode) -> None:
    assert "Traduire cette note" in await page(node, f"/{NOTE}", "ali")
    got = await translate(node)
    assert got.status == 303
    path = got.headers["Location"].removeprefix(node.url).partition("?")[0]
    said = (await node.get(path)).json()
    assert (said["translationOf"], said["nameMap"], said["contentMap"]["en"]) == (
        f"{node.url}/{NOTE}",
        {"en": "Door to door"},
        "<p>We <strong>knock</strong>.</p>\n",
    )
    assert TRANSLATED in json.dumps(said["credit"])
    made, first = await page(node, path), await page(node, f"/{NOTE}")
    assert f'<link rel="alternate" hreflang="en" href="{node.url}{path}">' in first
    assert f'<link rel="alternate" hreflang="fr" href="{node.url}/{NOTE}">' in made
    assert f'<link rel="alternate" hreflang="en" href="{node.url}{path}">' in made, "each names itself, too"
    assert "Ceci est une traduction" in made
    assert "anglais" in first
    assert "a traduit ce que vous aviez écrit" in await page(node, "/avis", "mireille")


async def test_what_is_for_a_community_is_translated_within_it_alone(node: WebNode) -> None:
    assert (await translate(node, HIDDEN)).status == 404
    await page(node, f"/traduire?iri={quote(f'{node.url}/{HIDDEN}')}", "ali", 404)
    got = await translate(node, HIDDEN, "mireille")
    assert got.status == 303
    path = got.headers["Location"].removeprefix(node.url).partition("?")[0]
    assert ((await node.get(path)).status, "Door to door" in await page(node, path, "mireille")) == (404, True)
    elsewhere = await translate(node, HIDDEN, "mireille", communaute=f"{node.url}/communautes/voisine")
    assert elsewhere.status == 400


async def test_a_translation_that_came_from_elsewhere_is_linked_too(node: WebNode) -> None:
    iri = "https://ami.example/notes/1"
    said = {"id": iri, "translationOf": f"{node.url}/{NOTE}", "nameMap": {"es": "De puerta en puerta"}, "content": "<p>Sí</p>"}
    document = {"@context": [AS_CONTEXT, CDP_CONTEXT], "type": "Article", "kind": ["PracticeNote"], **said}
    entry = Entry(
        iri=iri, type="Article", kind="PracticeNote", audience=Audience.PUBLIC, author="", name="De puerta", language="es"
    )
    node.database.write_now(lambda uow: uow.things.put(entry, json.dumps(document).encode()))
    assert f'<link rel="alternate" hreflang="es" href="{iri}">' in await page(node, f"/{NOTE}")


async def test_a_licence_that_allows_no_change_allows_no_translation(node: WebNode) -> None:
    assert (await translate(node, CLOSED)).status == 403
    assert "Traduire cette note" not in await page(node, f"/{CLOSED}", "ali")


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"titre": " "}, "titre"),
        ({"texte": ""}, "texte"),
        ({"texte": "Corps"}, "texte"),
        ({"langue_choisie": "fr"}, "langue_choisie"),
    ],
)
async def test_what_is_no_translation_comes_back_with_all_that_was_written(
    node: WebNode, fields: dict[str, str], wrong: str
) -> None:
    got = await translate(node, **fields)
    assert got.status == 422
    assert f'id="erreur-{wrong}"' in got.text
    assert "How we did it" in got.text


async def test_what_one_has_begun_is_kept_offered_and_let_go_of_once_it_is_published(node: WebNode) -> None:
    path = f"/traduire?iri={quote(f'{node.url}/{NOTE}', safe='')}"
    form = await page(node, path, "ali")
    assert 'data-draft="/brouillons"' in form
    about = html.unescape(form.partition('name="about" value="')[2].partition('"')[0])
    session = await node.session(f"{node.url}/personnes/ali")
    fields = {"jeton": form_token(session), "geste": "garder", "about": about, "iri": f"{node.url}/{NOTE}", **WORDS}
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"s={session}", "Accept": "application/json"}
    kept = (await node.ask("POST", "/brouillons", headers=headers, body=urlencode(fields).encode())).json()["numero"]
    assert "Reprendre ce brouillon" in await page(node, path, "ali")
    assert "Door to door" in await page(node, f"{path}&brouillon={kept}", "ali")
    assert f"/traduire?{urlencode({'iri': f'{node.url}/{NOTE}', 'brouillon': kept})}" in html.unescape(
        await page(node, "/brouillons", "ali")
    )
    assert (await translate(node, brouillon=str(kept))).status == 303
    assert "Reprendre ce brouillon" not in await page(node, path, "ali")
