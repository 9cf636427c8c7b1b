"""The node wears what those who look after it choose, and says what they say; nobody else changes any of it."""

from __future__ import annotations

import io
import json
import re
from collections.abc import AsyncIterator
from itertools import product
from urllib.parse import urlencode

import pytest
import pytest_asyncio
from PIL import Image

from kit.web_node import Got, WebNode, web_node
from node.actions.add_member import appoint
from node.domain.appearance import COLOURS, Fault, fault_of, read
from node.web import templates, translations
from node.web.readers import form_token

MIREILLE, ALI = "personnes/mireille", "personnes/ali"
HTML = "text/html"
FORM = "application/x-www-form-urlencoded"
DAY_AND_NIGHT = "@media (prefers-color-scheme: dark)"


@pytest_asyncio.fixture
async def node() -> AsyncIterator[WebNode]:
    async with web_node() as opened:
        opened.database.write_now(lambda uow: appoint(uow, opened.house(), f"{opened.url}/{MIREILLE}"))
        yield opened
    translations.adopt({})


async def sent(node: WebNode, path: str, person: str = MIREILLE, **fields: str) -> Got:
    session = await node.session(f"{node.url}/{person}")
    body = urlencode({"jeton": form_token(session), **fields}).encode()
    return await node.ask("POST", path, headers={"Content-Type": FORM, "Cookie": f"s={session}"}, body=body)


async def test_a_colour_is_worn_by_every_page_and_by_those_of_errors(node: WebNode) -> None:
    assert "data-teinte" not in (await node.get("/", accept=HTML)).text
    assert (await sent(node, "/noeud/apparence", couleur="lac")).status == 303
    for path in ("/", "/rien-de-tel"):
        assert 'data-teinte="lac"' in (await node.get(path, accept=HTML)).text
    assert (await sent(node, "/noeud/apparence", couleur="fluo")).status == 400


async def test_a_phone_keeps_the_site_under_its_name_and_shares_to_it(node: WebNode) -> None:
    assert 'rel="manifest" href="/manifest.webmanifest"' in (await node.get("/", accept=HTML)).text
    got = await node.get("/manifest.webmanifest", accept="*/*")
    assert got.headers["Content-Type"] == "application/manifest+json"
    said = json.loads(got.text)
    assert said["name"] == node.house().name
    assert (await node.get(said["icons"][0]["src"], accept="*/*")).status == 200
    assert said["share_target"]["action"] == "/partager"


async def test_nobody_else_dresses_it(node: WebNode) -> None:
    for path in ("/noeud/apparence", "/noeud/textes"):
        assert (await node.get(path, accept=HTML, person=f"{node.url}/{ALI}")).status == 403
        assert (await sent(node, path, ALI, couleur="lac")).status == 403


async def test_an_emblem_is_seen_by_everybody_and_goes_again(node: WebNode) -> None:
    picture, session = io.BytesIO(), await node.session(f"{node.url}/{MIREILLE}")
    Image.new("RGB", (64, 64), "red").save(picture, "PNG")
    parts = {"jeton": form_token(session).encode(), "couleur": b"sapin"}
    body = b"".join(b'--x\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (k.encode(), v) for k, v in parts.items())
    file = b'--x\r\nContent-Disposition: form-data; name="embleme"; filename="%s"\r\n\r\n%s\r\n--x--\r\n'
    headers = {"Content-Type": "multipart/form-data; boundary=x", "Cookie": f"s={session}"}
    refused = await node.ask("POST", "/noeud/apparence", headers=headers, body=body + file % (b"note.txt", b"abc"))
    assert refused.status == 422
    assert "Choisissez une image" in refused.text
    await node.ask("POST", "/noeud/apparence", headers=headers, body=body + file % (b"a.png", picture.getvalue()))
    address = re.search(r'<img class="own" src="(/media/[^"]+)"', (await node.get("/", accept=HTML)).text)
    assert address is not None
    assert (await node.get(address[1], accept="*/*")).status == 200
    await sent(node, "/noeud/apparence", couleur="sapin", sans="oui")
    assert "/media/" not in (await node.get("/", accept=HTML)).text
    assert (await node.get(address[1], accept="*/*")).status == 404


async def test_a_phrase_is_said_otherwise_in_one_language_and_taken_back(node: WebNode) -> None:
    said = {"dans": "fr", "q": "répertoire", "phrase": "Répertoire", "forme-1": "Bibliothèque"}
    assert (await sent(node, "/noeud/textes", **said)).status == 303
    assert "<span>Bibliothèque</span>" in (await node.get("/", accept=HTML)).text
    assert "Bibliothèque" not in (await node.get("/?langue=en", accept=HTML)).text
    assert "Bibliothèque" in (await node.get("/noeud/textes", accept=HTML, person=f"{node.url}/{MIREILLE}")).text
    await sent(node, "/noeud/textes", geste="reprendre", **said)
    assert "<span>Répertoire</span>" in (await node.get("/", accept=HTML)).text


async def test_words_that_would_break_a_page_are_refused_and_kept_in_the_form(node: WebNode) -> None:
    for typed in ('<script>"', "100 %", ""):
        got = await sent(node, "/noeud/textes", dans="fr", q="", phrase="Répertoire", **{"forme-1": typed})
        assert got.status == 422
        assert "<script>" not in got.text.replace('<script type="module"', "")
    assert (await sent(node, "/noeud/textes", dans="fr", phrase="rien de tel", **{"forme-1": "x"})).status == 404
    assert "Répertoire" in (await node.get("/", accept=HTML)).text


def test_what_is_filled_in_stays() -> None:
    assert fault_of(("%(count)s note", "%(count)s notes"), ("une fiche", "%(count)s fiches")) is None
    assert fault_of(("%(count)s note", "%(count)s notes"), ("une fiche", "des fiches")) is Fault.VALUES
    assert fault_of(("Note",), ("%(name)s",)) is Fault.VALUES
    assert fault_of(("Note",), ("a" * 601,)) is Fault.LONG
    assert fault_of(("Note",), ()) is None


def test_a_colour_of_yesterday_is_that_of_a_new_node() -> None:
    assert read('{"colour": "fluo"}').colour == COLOURS[0]
    assert read("") == read("{}")


def _luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    channels = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _palettes() -> list[dict[str, str]]:
    """The colours of each choice, by day and by night."""
    found = []
    for by_night, colour in product((False, True), COLOURS):
        palette: dict[str, str] = {}
        for sheet, selector in (("maillage.css", ":root"), ("teintes.css", rf"\[data-teinte={colour}\]")):
            text = (templates.STATIC / sheet).read_text("utf-8")
            day, _, night = text.partition(DAY_AND_NIGHT)
            for part in (day, night) if by_night else (day,):
                for block in re.findall(rf"{selector} \{{([^}}]*)\}}", part)[:1]:
                    palette |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block))
        found.append(palette)
    return found


@pytest.mark.parametrize("palette", _palettes(), ids=lambda palette: f"{palette['teal']} on {palette['paper']}")
def test_every_colour_reads_well_on_every_ground(palette: dict[str, str]) -> None:
    grounds = [palette[name] for name in ("paper", "sheet")]
    for name in ("ink", "soft", "teal", "ochre", "plum", "red"):
        assert min(_contrast(palette[name], ground) for ground in grounds) >= 4.5, name
    for name in ("teal", "ochre", "plum", "red"):
        assert _contrast(palette[name], palette[f"{name}-pale"]) >= 4.5, name
        assert _contrast(palette["ink"], palette[f"{name}-pale"]) >= 4.5, name
    assert min(_contrast(palette["edge"], ground) for ground in grounds) >= 3, "the border of what is filled in"
