"""What is fetched is believed only from where it lives, and nothing is fetched from where nobody may go (B03 to B19, E)."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from aiohttp import web

from federation.errors import RemoteError
from federation.messages import SigningKey
from federation.outbox import seal
from kit.hostile import AP, AS2, Place, Somebody, fresh, now
from kit.live import until
from kit.scene import SAFE, UNPROVEN, Scene
from node.transport.documents import Documents
from node.transport.requests import Requests

KNOWN = [AS2, "https://w3id.org/security/v1", "https://w3id.org/cdp/context/v1"]
pytestmark = pytest.mark.enable_socket


@pytest.fixture(scope="module")
def group(scene: Scene) -> Somebody:
    """A community of the evil server that the node follows: what it announces is looked at."""
    group = Somebody(
        scene.evil, "groupe", {"@context": KNOWN, "type": "Group", "repertoire": f"{scene.evil.url}/u/groupe/repertoire"}
    )
    empty = {"@context": AS2, "id": f"{group.iri}/repertoire", "type": "OrderedCollection", "totalItems": 0}
    scene.evil.serve("/u/groupe/repertoire", empty)
    scene.node.run("follow", scene.slug, group.iri)
    until(lambda: scene.evil.got("Follow"))
    assert scene.send(group, group.says("Accept", scene.evil.got("Follow")[-1])) == 202
    scene.settle()
    return group


def offered(scene: Scene, group: Somebody, iri: str) -> None:
    """The group announces an address, and m creates something there: both ways to have it fetched."""
    assert scene.send(group, group.says("Announce", iri)) in SAFE
    assert scene.send(scene.m, scene.m.says("Create", iri)) in SAFE


def test_the_control_is_fetched(scene: Scene, group: Somebody) -> None:
    note = scene.v.note()
    scene.innocent.serve(note["id"].removeprefix(scene.innocent.url), {"@context": AS2, **note})
    moved = scene.innocent.move(f"/n/moved{fresh()}", note["id"])
    offered(scene, group, moved)
    scene.settle()
    assert scene.known()["objects"][note["id"]]["attributedTo"] == scene.v.iri


def test_b03_b04_an_id_that_is_only_claimed(scene: Scene, group: Somebody) -> None:
    evil, innocent = scene.evil, scene.innocent
    with scene.unharmed():
        theirs = {"@context": AS2, **scene.v.note("/n/claimed")}
        offered(scene, group, evil.serve(f"/fake/{fresh()}", theirs))
        offered(scene, group, evil.serve(f"/near/{fresh()}", {"@context": AS2, **scene.m.note("/n/nothing-there")}))
        around = f"/around/{fresh()}"
        offered(scene, group, evil.serve(around, {"@context": AS2, **scene.m.note(f"{around}x")}))
        turned, served = f"/n/turned{fresh()}", f"/r/{fresh()}"
        evil.serve(served, {"@context": AS2, **scene.v.note(turned)})
        offered(scene, group, innocent.move(turned, f"{evil.url}{served}"))
        scene.settle()
        assert min(evil.asked(around), innocent.asked(turned)) > 0, "they were looked at, and not believed"
        assert evil.asked(served) == 0, "nobody leads us to another server"
        for iri in (f"{scene.here}", f"{scene.node.url}/ressources/nothing", f"{scene.node.url}/noeud"):
            offered(scene, group, evil.move(f"/to-us/{fresh()}", iri))
            offered(scene, group, evil.serve(f"/as-us/{fresh()}", {"@context": AS2, **scene.m.note(), "id": iri}))


@pytest.mark.parametrize("author", ["v", "bob and v"])
def test_b02_a_fetched_thing_in_anothers_name(scene: Scene, group: Somebody, author: str) -> None:
    who = {"v": scene.v.iri, "bob and v": [{"id": scene.v.iri}, scene.v.iri]}[author]
    with scene.unharmed():
        path = f"/n/by-another{fresh()}"
        offered(scene, group, scene.evil.serve(path, {"@context": AS2, **scene.m.note(path), "attributedTo": who}))
    assert scene.evil.asked(path) > 0, "it was looked at, and not kept"


def test_what_is_no_thing_is_not_kept(scene: Scene, group: Somebody) -> None:
    with scene.unharmed():
        for kind in ("Create", "Like", "Collection", "OrderedCollectionPage", "Link", "Tombstone", "Key", ""):
            path = f"/n/odd{fresh()}"
            said = {"@context": AS2, "id": f"{scene.evil.url}{path}", "type": kind, "actor": scene.m.iri, "to": [f"{AS2}#Public"]}
            offered(scene, group, scene.evil.serve(path, said))
            scene.settle()
            assert scene.evil.asked(path) > 0, "it was looked at, and not kept"


def test_b05_the_type_decides_whether_it_is_read(scene: Scene, group: Somebody) -> None:
    with scene.unharmed():
        for media in (
            "image/png", "text/plain", "application/json", "text/html", "application/ld+json", "application/octet-stream",
            'application/ld+json; profile="http://evil/ns"', "multipart/form-data", "application/activity+jsonx", "",
        ):  # fmt: skip
            note = scene.v.note()
            path = note["id"].removeprefix(scene.innocent.url)
            offered(scene, group, scene.innocent.serve(path, {"@context": AS2, **note}, media=media))
        for status in (201, 203, 206, 300, 304):
            note = scene.v.note()
            path = note["id"].removeprefix(scene.innocent.url)
            offered(scene, group, scene.innocent.serve(path, {"@context": AS2, **note}, status=status))
            scene.settle()
            assert scene.innocent.asked(path) > 0, "it was looked at, and not kept"


def test_b14_d07_pages_of_a_collection(scene: Scene, group: Somebody) -> None:
    path, foreign = "/u/groupe/repertoire", f"/foreign/{fresh()}"
    whole = {"@context": AS2, "id": f"{scene.evil.url}{path}", "type": "OrderedCollection", "totalItems": 10**9}
    listed = {
        "type": "OrderedCollectionPage",
        "partOf": f"{scene.evil.url}{path}",
        "orderedItems": [f"{scene.innocent.url}/n/none"],
    }
    scene.innocent.serve(foreign, {"@context": AS2, "id": f"{scene.innocent.url}{foreign}", **listed})
    pages = 0

    async def endless(request: Any) -> Any:
        nonlocal pages
        pages += 1
        number = int(request.path_qs.rpartition("=")[2])
        page: dict[str, Any] = {"@context": AS2, "id": f"{scene.evil.url}{request.path_qs}", "type": "OrderedCollectionPage"}
        page |= {"partOf": f"{scene.evil.url}{path}", "orderedItems": [], "next": f"{scene.evil.url}/pages?n={number + 1}"}
        return web.Response(body=json.dumps(page).encode(), headers={"Content-Type": AP})

    scene.evil.script("/pages", endless)
    for first in (f"{scene.innocent.url}{foreign}", f"{scene.evil.url}/pages?n=1"):
        scene.evil.serve(path, {**whole, "first": first})
        with scene.unharmed():
            scene.database.write_now(lambda uow: uow.tasks.wake("backfill", f"{scene.here} {group.iri}"))
            scene.settle()
    assert scene.evil.asked(path) > 0
    assert scene.innocent.asked(foreign) == 0
    assert 1 <= pages <= 10


def test_b17_names_that_look_like_others(scene: Scene) -> None:
    for number, name in enumerate(("ceo\u202egnp", "zero\u200bwidth", "a" * 5000, "аdmin", "a b", "line\nbreak", "<b>x</b>")):
        actor = Somebody(scene.evil, f"look{number}")
        scene.evil.serve(f"/u/look{number}", actor.document(preferredUsername=name, name=name))
        assert scene.send(actor, actor.says("Like", scene.here)) == 202
    for each in scene.known()["actors"].values():
        assert not set(each["name"]) & set("\u202e\u200b\n")
        assert len(each["name"]) <= 500


async def test_b16_what_webfinger_says_is_not_who_it_is(scene: Scene) -> None:
    host, path = scene.evil.url.removeprefix("http://"), "/.well-known/webfinger"

    def said(link: str) -> None:
        answer = {"subject": "acct:ceo@127.0.0.14", "links": [{"rel": "self", "type": AP, "href": link}]}
        scene.evil.serve(path, answer, media="application/jrd+json")

    async def unsigned() -> None:
        return None

    async with Requests(agent="test", allow_addresses=("127.0.0.12/32", "127.0.0.14/32"), allow_http=True) as requests:
        outside = Documents(requests, key=unsigned, now=now)
        said(scene.m.iri)
        assert await outside.lookup(f"@m@{host}") == scene.m.iri
        for link in (f"{scene.canary.url}/x", "data:text/plain,x", "file:///etc/hostname", ""):
            said(link)
            with pytest.raises(RemoteError):
                await outside.lookup(f"@m@{host}")
        for target in (f"{scene.canary.url}{path}", "file:///etc/hostname", f"gopher://127.0.0.13:{scene.canary.port}/"):
            scene.evil.move(path, target)
            with pytest.raises(RemoteError):
                await outside.lookup(f"@m@{host}")
    assert scene.canary.touched == 0


def test_one_message_has_a_bounded_number_of_things_fetched(scene: Scene, group: Somebody) -> None:
    async def endless(request: web.BaseRequest) -> web.StreamResponse:
        iri = f"{scene.evil.url}{request.path_qs}"
        more = [f"{iri}{number}" for number in range(3)]
        place = {"type": "Place", "name": "x", "topic": more, "territory": more, "attributedTo": iri.replace("chain", "someone")}
        actor = {
            "type": "Group",
            "inbox": iri,
            "preferredUsername": "x",
            "territory": [each.replace("one", "where") for each in more],
        }
        said = place if "chain" in iri else {**actor, "hostedBy": more[0]}
        body = json.dumps({"@context": KNOWN, "id": iri, "to": [f"{AS2}#Public"], **said}).encode()
        return web.Response(body=body, headers={"Content-Type": AP})

    for path in ("/chain", "/someone"):
        scene.evil.script(path, endless)
    before = scene.evil.asked()
    assert scene.send(scene.m, scene.m.says("Create", f"{scene.evil.url}/chain?1")) == 202
    scene.settle()
    assert 2 <= scene.evil.asked() - before <= 21
    before = scene.evil.asked()
    assert scene.send(scene.m, scene.m.says("Create", f"{scene.evil.url}/someone?1")) == 202
    scene.settle()
    assert 1 <= scene.evil.asked() - before <= 21


def test_b18_b19_who_is_blocked_is_so_in_every_spelling(scene: Scene, group: Somebody) -> None:
    third = Place("127.0.0.12")
    blocked = Somebody(third, "blocked")
    assert scene.send(blocked, blocked.says("Like", scene.here)) == 202
    scene.node.run("links", "block", third.url.removeprefix("http://"))
    place = third.url.removeprefix("http://")
    asked = third.asked()
    try:
        with scene.unharmed():
            for host in (f"http://{place}", f"HTTP://{place}", f"http://u@{place}", f"http://[::ffff:127.0.0.12]:{third.port}"):
                named = json.loads(json.dumps(blocked.says("Create", blocked.note())).replace(third.url, host))
                key = SigningKey(iri=f"{host}/u/blocked#main-key", pem=blocked.key.pem)
                assert scene.send(blocked, named, key=key) in {401, 403}
                assert scene.send(blocked, named) in {401, 403}
            path = f"/n/{fresh()}"
            offered(scene, group, third.serve(path, {"@context": AS2, **blocked.note(path)}))
            offered(scene, group, scene.evil.move(f"/to-blocked/{fresh()}", f"{third.url}{path}"))
            sealed = seal(b"{}", f"{scene.here}/outbox", blocked.key, now())
            assert scene.ask("GET", "/communautes/accueil/outbox", headers=dict(sealed.headers)).status in {401, 403}
        assert third.asked() == asked
    finally:
        third.close()


def addresses(scene: Scene) -> list[str]:
    """E01: the canary, in every spelling."""
    port = scene.canary.port
    names = (
        "127.0.0.13", "[::ffff:7f00:d]", "[::ffff:127.0.0.13]", "2130706445", "0x7f00000d", "0177.0.0.13", "127.13", "localhost",
        "[::1]", "127.0.0.13.", "127.0.0.12@127.0.0.13", "127.0.0.13@127.0.0.12", "127.0.0.13\\@127.0.0.12", "①②⑦.0.0.13",
        "127。0。0。13", "0", "[::]", "[64:ff9b::7f00:d]", "[2002:7f00:d::]", "169.254.169.254", "127.0.0.13%00.evil.example",
    )  # fmt: skip
    others = (
        f"gopher://127.0.0.13:{port}/x",
        "file:///etc/passwd",
        f"ftp://127.0.0.13:{port}/",
        "javascript:alert(1)",
        "data:,x",
        "//x",
    )
    return [*(f"http://{name}:{port}/x" for name in names), *others, "http://[", "http://127.0.0.12:99999/x", "http://", ""]


def test_e01_a16_the_canary_in_every_spelling(scene: Scene, group: Somebody) -> None:
    with scene.unharmed():
        for iri in addresses(scene):
            offered(scene, group, iri)
            assert scene.send(scene.m, scene.m.says("Create", scene.m.note(inReplyTo=iri, to=[iri], cc=[iri]))) in SAFE
            if iri.isascii():
                key = SigningKey(iri=f"{iri}#main-key", pem=scene.m.key.pem)
                assert scene.send(scene.m, scene.m.says("Create", scene.m.note()), key=key) in UNPROVEN, iri


def test_e03_a17_redirects(scene: Scene, group: Somebody) -> None:
    with scene.unharmed():
        for status in (301, 302, 303, 307, 308):
            offered(scene, group, scene.evil.move(f"/away/{fresh()}", f"{scene.canary.url}/x", status))
        page = f'<link rel="alternate" type="{AP}" href="{scene.canary.url}/x">'.encode()
        offered(scene, group, scene.evil.serve(f"/page/{fresh()}", page, media="text/html"))
        for target in ("round", f"{scene.canary.url}/latest/meta-data"):
            path = f"/keys/round{fresh()}"
            scene.evil.move(path, path if target == "round" else target)
            key = SigningKey(iri=f"{scene.evil.url}{path}#main-key", pem=scene.m.key.pem)
            answers = {scene.send(scene.m, scene.m.says("Like", scene.here), key=key) for _ in range(5)}
            assert answers <= UNPROVEN
            assert scene.evil.asked(path) <= 12


def test_e04_pointers_in_an_actor(scene: Scene, group: Somebody) -> None:
    away: Callable[[str], str] = lambda name: f"{scene.canary.url}/{name}"  # noqa: E731 -- said once
    actor = Somebody(scene.evil, f"pointer{fresh()}", {"type": "Group"})
    pointers = {
        name: away(name) for name in ("inbox", "outbox", "followers", "featured", "repertoire", "hostedBy", "icon", "territory")
    }
    scene.evil.serve(f"/u/{actor.name}", actor.document(**pointers, endpoints={"sharedInbox": away("shared")}))
    with scene.unharmed():
        assert scene.send(actor, actor.says("Follow", scene.here)) in SAFE
        assert scene.send(actor, actor.says("Like", scene.here)) in SAFE
    scene.evil.serve(f"/u/{actor.name}", actor.document(inbox=f"{actor.iri}/inbox", endpoints={"sharedInbox": away("shared")}))
    assert scene.send(actor, actor.says("Update", actor.iri)) in SAFE
    scene.settle()
    assert scene.send(actor, actor.says("Follow", scene.here)) == 202
    scene.settle()
    scene.stands()
