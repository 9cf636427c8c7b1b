"""What lists of others hold is believed from its own server alone; what is for some is read by them alone (B14, B20, B26)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from federation.messages import SigningKey
from federation.outbox import signed_fetch
from kit.hostile import AP, AS2, PUBLIC, Somebody, fresh, now, pair
from kit.live import until
from kit.scene import Scene

pytestmark = pytest.mark.enable_socket


def listed(scene: Scene, path: str, items: list[Any], **more: Any) -> str:
    """A list on the evil server; its address."""
    whole = {"@context": AS2, "id": f"{scene.evil.url}{path}", "type": "OrderedCollection", "orderedItems": items, **more}
    return scene.evil.serve(path, {**whole, "totalItems": len(items)})


def followed(scene: Scene, items: list[Any], **more: Any) -> Somebody:
    """Somebody of the evil server, without a repertoire, whom a community here has begun to follow; their outbox was read."""
    name = f"lister{fresh()}"
    outbox = listed(scene, f"/u/{name}/outbox", items)
    featured = listed(scene, f"/u/{name}/featured", items, **more)
    context = [AS2, "https://w3id.org/security/v1", {"toot": "http://joinmastodon.org/ns#", "featured": "toot:featured"}]
    lister = Somebody(scene.evil, name, {"@context": context, "outbox": outbox, "featured": featured})
    before = len(scene.evil.got("Follow"))
    scene.node.run("follow", scene.slug, lister.iri)
    until(lambda: len(scene.evil.got("Follow")) > before)
    assert scene.send(lister, lister.says("Accept", scene.evil.got("Follow")[-1])) == 202
    until(lambda: scene.evil.asked(f"/u/{name}/outbox") > 0)
    scene.settle()
    return lister


def test_what_an_outbox_holds_in_anothers_name_is_not_believed(scene: Scene) -> None:
    """B14: embedded things of others, of nobody, of ourselves, and addresses of the canary."""
    bob, m, v = scene.bob, scene.m, scene.v
    served = v.note()
    scene.innocent.serve(served["id"].removeprefix(scene.innocent.url), {"@context": AS2, **served})
    forged = (
        v.says("Create", {**served, "content": "defaced"}),
        v.says("Create", v.note()),
        v.says("Announce", {**v.note(), "content": "defaced"}),
        m.says("Create", {**bob.note(), "content": "defaced"}),
        m.says("Create", {**m.note(), "id": f"{scene.node.url}/ressources/defaced", "content": "defaced"}),
        m.says("Delete", served["id"]),
        m.says("Update", {**v.document(), "name": "defaced"}),
        {**v.note(), "content": "defaced"},
        f"{scene.canary.url}/x",
        "file:///etc/passwd",
        {"type": "Create", "object": [[[]]]},
        7,
        None,
    )
    before = set(scene.known()["objects"])
    lister = followed(scene, list(forged))
    known = scene.known()
    assert set(known["objects"]) - before == {served["id"]}, "what is there is fetched where it lives, and nothing else"
    assert "defaced" not in json.dumps(known["objects"])
    assert "defaced" not in json.dumps(known["actors"])
    theirs = [each for name, each in known["collections"].items() if not name.startswith(scene.node.url)]
    assert not any(iri.startswith(scene.node.url) for each in theirs for iri in each)
    assert known["following"][scene.here][lister.iri] == "accepted"
    scene.stands()


def test_an_outbox_on_another_server_is_not_read(scene: Scene) -> None:
    """B14: the list, its first page or its next one is v's."""
    foreign = f"/foreign/{fresh()}"
    page = {"type": "OrderedCollectionPage", "orderedItems": [scene.v.note()["id"]]}
    scene.innocent.serve(foreign, {"@context": AS2, "id": f"{scene.innocent.url}{foreign}", **page})
    for place in ("outbox", "first", "next"):
        name = f"elsewhere{fresh()}"
        lists = {"outbox": f"{scene.evil.url}/u/{name}/outbox"}
        if place == "outbox":
            lists["outbox"] = f"{scene.innocent.url}{foreign}"
        else:
            listed(scene, f"/u/{name}/outbox", [], **{place: f"{scene.innocent.url}{foreign}"})
        lister = Somebody(scene.evil, name, lists)
        before = len(scene.evil.got("Follow"))
        scene.node.run("follow", scene.slug, lister.iri)
        until(lambda before=before: len(scene.evil.got("Follow")) > before)  # type: ignore[misc]
        assert scene.send(lister, lister.says("Accept", scene.evil.got("Follow")[-1])) == 202
        scene.settle()
    assert scene.innocent.asked(foreign) == 0
    scene.stands()


def test_what_members_alone_may_read_is_read_by_that_member_alone(scene: Scene, tmp_path: Path) -> None:
    """B26: v, a member from elsewhere, reads it; nobody else of v's server does, nor that server, nor anyone under v's name."""
    v = scene.v
    assert scene.send(v, v.says("Like", scene.here)) == 202
    page = tmp_path / "secret.md"
    page.write_text("# Entre membres\n\nMot introuvable : wolframite.\n", "utf-8")
    scene.node.run("member", "add", "e@ici.example", "--name", "Élise", "--community", scene.slug)
    secret = scene.node.run(
        "publish", str(page), "--community", scene.slug, "--author", "e@ici.example", "--audience", "community"
    ).strip()
    scene.node.run("member", "add", v.iri, "--community", scene.slug)
    neighbour = Somebody(scene.innocent, f"neighbour{fresh()}")
    server = Somebody(scene.innocent, f"server{fresh()}", {"type": "Application"})
    stolen = SigningKey(iri=v.key.iri, pem=pair("m")[0])

    def read(key: SigningKey) -> tuple[int, bytes]:
        answer = scene.ask("GET", secret.removeprefix(scene.node.url), headers=dict(signed_fetch(secret, key, now()).headers))
        return answer.status, answer.body

    assert read(v.key)[0] == 200
    assert b"wolframite" in read(v.key)[1]
    for key in (neighbour.key, server.key, scene.m.key, stolen):
        status, body = read(key)
        assert status in {401, 403, 404}
        assert b"wolframite" not in body
    assert scene.get(secret, AP).status == 404
    with scene.unharmed():
        assert scene.send(neighbour, neighbour.says("Announce", secret, to=[PUBLIC])) == 202


def test_an_export_tells_no_hidden_recipient(scene: Scene) -> None:
    """B20: what came in with bto and bcc leaves without, in every format that writes things whole."""
    v = scene.v
    note = v.note(bto=["https://hidden.example/u/one"], bcc=["https://hidden.example/u/two"])
    assert scene.send(v, v.says("Create", note, bto=["https://hidden.example/u/three"])) == 202
    scene.settle()
    for path in (f"/ailleurs/ressource?iri={note['id']}", "/recherche?q=hello&portee=ailleurs", "/noeud", scene.here):
        for accept in ("text/html", AP, "text/turtle"):
            assert b"hidden.example" not in scene.get(path, accept).body
    assert "hidden.example" not in scene.node.run("inspect", "--json")
