"""The pages for those who look after the node, against what others write there and who presses buttons in their name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

import pytest

from kit.hostile import AS2, Place, Somebody
from kit.scene import Reply, Scene

pytestmark = pytest.mark.enable_socket

MARKUP = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>\u202e\u001b[31m"
FORM = "application/x-www-form-urlencoded"


@pytest.fixture(scope="module")
def vandal(scene: Scene) -> Iterator[Place]:
    """A server that calls itself, its people and all they say what nobody should repeat as it is; its messages are held."""
    place = Place("127.0.0.12")
    info = {"rel": "http://nodeinfo.diaspora.software/ns/schema/2.1", "href": f"{place.url}/info"}
    place.serve("/.well-known/nodeinfo", {"links": [info]}, media="application/json")
    software = {"name": "mastodon", "version": MARKUP}
    place.serve("/info", {"version": "2.1", "software": software, "protocols": [], "usage": {}}, media="application/json")
    context = [AS2, "https://w3id.org/security/v1"]
    x = Somebody(place, "x", {"@context": context, "type": "Group", "name": MARKUP, "preferredUsername": MARKUP})
    for said in (x.says("Follow", scene.here), x.says("Flag", [scene.here], content=MARKUP, summary=MARKUP)):
        assert scene.send(x, said) == 202
    scene.settle()
    scene.node.run("links", "limit", host_of(place), "--hold")
    assert scene.send(x, x.says("Create", x.note(name=MARKUP, content=MARKUP))) == 202
    scene.settle()
    yield place
    place.close()


@pytest.fixture(scope="module")
def cookie(scene: Scene) -> str:
    """The session of somebody who looks after the node."""
    scene.node.run("member", "add", "admin@ici.example", "--name", "Adèle")
    scene.node.run("member", "administer", "admin@ici.example")
    token = scene.node.run("member", "link", "admin@ici.example").strip().partition("jeton=")[2]
    entered = post(scene, "/entrer", {"jeton": token})
    assert entered.status == 303
    found = re.search(r"^s=[^;]+", entered.headers["Set-Cookie"], re.MULTILINE)
    assert found is not None
    return found.group()


def host_of(place: Place) -> str:
    return place.url.removeprefix("http://")


def post(scene: Scene, path: str, fields: dict[str, str], **headers: str) -> Reply:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return scene.ask("POST", path, urlencode(fields).encode(), {"Content-Type": FORM, "Accept": "text/html", **named})


def standing(scene: Scene, place: Place) -> tuple[Any, ...]:
    row = scene.database.read_now(lambda uow: uow.peers.get(host_of(place)))
    assert row is not None
    return row.state, row.measure


def token_of(scene: Scene, cookie: str) -> str:
    found = re.search(r'name="jeton" value="([^"]+)"', scene.get("/liens", "text/html", Cookie=cookie).body.decode())
    assert found is not None
    return found.group(1)


def test_what_others_call_themselves_is_shown_as_text(scene: Scene, vandal: Place, cookie: str) -> None:
    for path in ("/liens", "/liens?fait=javascript:alert(1)//%22%3E%3Cscript%3E", "/signalements", "/", "/ailleurs"):
        shown = scene.get(path, "text/html", Cookie=cookie)
        page = shown.body.decode()
        assert shown.status == 200, path
        assert not re.search(r"<script>|<img src=x|\u001b|\u202e", page), path
        assert not re.search(r'(href|src|action)="\s*(javascript|data):', page, re.IGNORECASE), path
        assert "script-src 'self'" in shown.headers["Content-Security-Policy"]
    assert host_of(vandal) in scene.get("/liens", "text/html", Cookie=cookie).body.decode()


def test_nobody_else_presses_a_button(scene: Scene, vandal: Place, cookie: str) -> None:
    before, token = standing(scene, vandal), token_of(scene, cookie)
    deed = {"serveur": host_of(vandal), "geste": "refuser"}
    for fields, headers in (
        (deed, {}),
        (deed, {"Cookie": cookie}),
        ({**deed, "jeton": "x"}, {"Cookie": cookie}),
        ({**deed, "jeton": token}, {}),
        ({**deed, "jeton": token}, {"Cookie": cookie, "Origin": "https://evil.example"}),
        ({**deed, "jeton": token}, {"Cookie": cookie, "Sec_Fetch_Site": "cross-site"}),
    ):
        assert post(scene, "/liens", fields, **headers).status == 403, (fields, headers)
    assert (
        scene.get(f"/liens?serveur={quote(host_of(vandal))}&geste=refuser&jeton={token}", "text/html", Cookie=cookie).status
        == 200
    )
    assert standing(scene, vandal) == before


def test_only_what_the_page_shows_is_dealt_with_and_nothing_private_is_asked(scene: Scene, vandal: Place, cookie: str) -> None:
    token = token_of(scene, cookie)
    canary = scene.canary.url.removeprefix("http://")
    hosts = (
        canary,
        f" {canary}",
        f"{host_of(vandal)}\r\nSet-Cookie: a=b",
        f"{host_of(vandal)}@{canary}",
        f"{canary}#{host_of(vandal)}",
    )
    for host in (*hosts, "127.0.0.1:22", "[::1]", "localhost", "//evil.example", "évil.example", "x" * 5000, ""):
        for deed in ("examiner", "refuser", "relancer", "approuver", "laisser-entrer"):
            done = post(scene, "/liens", {"serveur": host, "geste": deed, "qui": "1", "jeton": token}, Cookie=cookie)
            assert done.status in {400, 404}, (host, deed)
            assert "Set-Cookie" not in done.headers
    assert scene.canary.touched == 0


def test_the_buttons_work_and_lead_back_to_the_page(scene: Scene, vandal: Place, cookie: str) -> None:
    token = token_of(scene, cookie)
    for host in (host_of(vandal), host_of(vandal).upper(), f" {host_of(vandal)} "):
        for deed, state in (("refuser", "blocked"), ("lever-le-refus", "unknown")):
            done = post(scene, "/liens", {"serveur": host, "geste": deed, "jeton": token}, Cookie=cookie)
            assert (done.status, standing(scene, vandal)[0]) == (303, state), host
            assert done.headers["Location"].startswith(f"{scene.node.url}/liens?")
    examined = post(scene, "/liens", {"serveur": host_of(vandal), "geste": "examiner", "jeton": token}, Cookie=cookie)
    assert examined.status == 303
