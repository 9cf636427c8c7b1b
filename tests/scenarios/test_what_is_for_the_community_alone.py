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


def signed_in(node: LiveNode, email: str) -> urllib.request.OpenerDirector:
    """A browser in which somebody has used a sign-in link."""
    link = node.run("member", "link", email).strip()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    page = browser.open(link, timeout=10).read().decode()
    token = re.search(r'name="jeton" value="([^"]+)"', page)
    assert token, page
    body = urllib.parse.urlencode({"jeton": token[1]}).encode()
    browser.open(urllib.request.Request(f"{node.url}/entrer", body, {"Origin": node.url}), timeout=10).read()
    return browser


def shows(browser: urllib.request.OpenerDirector, url: str) -> bool:
    """Whether a page shows the note."""
    try:
        with browser.open(url, timeout=10) as answer:
            return SECRET in re.sub(r"</?mark>", "", answer.read().decode())
    except urllib.error.HTTPError as refusal:
        return SECRET in refusal.read().decode()


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

    home.run("withdraw", iri)
    until(lambda: not shows(alice, page), describe=lambda: home.json("inspect")["deliveries"])
    assert home.get(iri)[0] == 404
