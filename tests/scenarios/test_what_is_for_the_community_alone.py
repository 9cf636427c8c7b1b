"""A note for the community alone reaches its member on another node, and nobody else there; withdrawn, it is gone for her too."""

from __future__ import annotations

import http.cookiejar
import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from kit.live import LiveNode, until

pytestmark = pytest.mark.enable_socket
Browser = urllib.request.OpenerDirector
SECRET = "La serrure du local rouge"


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[LiveNode, LiveNode]]:
    home = LiveNode(tmp_path / "home", "127.0.0.11", "Maison commune")
    away = LiveNode(tmp_path / "away", "127.0.0.12", "Coopérative voisine")
    home.run("community", "add", "Logement", "--slug", "logement")
    home.run("member", "add", "m@home.example", "--name", "Mireille", "--community", "logement", "--role", "animation")
    away.run("community", "add", "Quartier", "--slug", "quartier")
    for name in ("Alice Roy", "Bruno Lee"):
        away.run("member", "add", f"{name[0].lower()}@away.example", "--name", name, "--community", "quartier")
    for node in (home, away):
        node.start()
    try:
        yield home, away
    finally:
        for node in (home, away):
            node.stop()


def signed_in(node: LiveNode, email: str) -> Browser:
    """A browser in which somebody has used a sign-in link."""
    link = node.run("member", "link", email).strip()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    page = browser.open(link, timeout=60).read().decode()
    token = re.search(r'name="jeton" value="([^"]+)"', page)
    assert token, page
    body = urllib.parse.urlencode({"jeton": token[1]}).encode()
    browser.open(urllib.request.Request(f"{node.url}/entrer", body, {"Origin": node.url}), timeout=60).read()
    return browser


def text(browser: Browser, url: str) -> str:
    """What a page says, whatever its status."""
    try:
        with browser.open(url, timeout=60) as answer:
            return str(answer.read().decode())
    except urllib.error.HTTPError as refusal:
        return refusal.read().decode()


def sent(browser: Browser, node: LiveNode, path: str, **fields: str) -> str:
    """Sends a form as its page would; the address that it leads to, without its query."""
    token = re.search(r'name="jeton" value="([^"]+)"', text(browser, f"{node.url}/moi"))
    assert token
    body = urllib.parse.urlencode({"jeton": token[1], **fields}).encode()
    with browser.open(urllib.request.Request(f"{node.url}{path}", body, {"Origin": node.url}), timeout=60) as answer:
        return str(answer.url).partition("?")[0]


def shows(browser: Browser, url: str) -> bool:
    """Whether a page shows the note."""
    return SECRET in re.sub(r"</?mark>", "", text(browser, url))


def test_it_reaches_the_member_elsewhere_and_nobody_else(pair: tuple[LiveNode, LiveNode], tmp_path: Path) -> None:
    home, away = pair
    # An archipelago takes in what comes from those it knows: the member's node follows her community.
    away.run("follow", "quartier", f"@logement@{home.host}")
    until(lambda: home.json("links", "list"))
    home.run("links", "approve", away.host)
    home.run("member", "add", f"@alice-roy@{away.host}", "--community", "logement")
    note = tmp_path / "note.md"
    note.write_text(f"---\ntitle: {SECRET}\nkind: PracticeNote\naudience: community\n---\nPour nous seuls.\n", "utf-8")
    iri = home.run("publish", str(note), "--community", "logement").strip()

    page = f"{away.url}/ailleurs/ressource?iri={urllib.parse.quote(iri, safe='')}"
    alice, bruno, nobody = signed_in(away, "a@away.example"), signed_in(away, "b@away.example"), urllib.request.build_opener()
    until(lambda: shows(alice, page), describe=lambda: (away.json("inspect")["inbox"], away.json("inspect")["refused"]))
    assert shows(alice, f"{away.url}/recherche?q=serrure&portee=ailleurs")
    for other in (bruno, nobody):
        assert not shows(other, page)
        assert not shows(other, f"{away.url}/recherche?q=serrure&portee=ailleurs")
    assert home.get(iri)[0] == home.get(iri, accept="application/activity+json")[0] == 404
    assert shows(signed_in(home, "m@home.example"), iri)
    assert not any(SECRET in row["title"] for row in away.json("repertoire", "quartier", "--scope", "followed"))

    begun_away((home, away), (alice, bruno), iri, page)

    home.run("withdraw", iri)
    until(lambda: not shows(alice, page), describe=lambda: home.json("inspect")["deliveries"])
    assert home.get(iri)[0] == 404


def begun_away(pair: tuple[LiveNode, LiveNode], people: tuple[Browser, Browser], iri: str, page: str) -> None:
    home, away = pair
    alice, bruno = people
    nobody = urllib.request.build_opener()
    # She begins an exchange about it on her own node: read where the community is, and by nobody else beside her.
    assert "/echanges/nouveau?a-propos=" in text(alice, page)
    form = {"titre": "Et la clé ?", "texte": "Qui l’a ?", "a-propos": iri}
    begun = sent(alice, away, f"/communautes/logement@{home.host}/echanges/nouveau", **form)
    mireille, there = signed_in(home, "m@home.example"), f"{home.url}/ailleurs/ressource?iri={urllib.parse.quote(begun, safe='')}"
    until(
        lambda: "Et la clé" in text(mireille, iri),
        describe=lambda: (home.json("inspect")["inbox"], home.json("inspect")["refused"]),
    )
    assert "Qui l’a" in text(mireille, there)
    assert "Et la clé" in text(alice, page)
    for browser, url in ((bruno, begun), (nobody, begun), (nobody, there), (nobody, iri), (bruno, page)):
        assert "la clé" not in text(browser, url)

    # Slowed down there, what she adds too soon is not taken, and she is told so here, with the reason.
    sent(mireille, home, "/communautes/logement/moderation", sujet=begun, geste="ralentir")
    sent(alice, away, "/repondre", iri=begun, texte="Moi, peut-être.")
    until(lambda: "n’a pas été prise" in text(alice, f"{away.url}/avis"), describe=lambda: home.json("inspect")["refused"])
    assert "Un message à l’heure au plus" in text(alice, f"{away.url}/avis")
    assert "Moi, peut-être" not in text(mireille, there)
