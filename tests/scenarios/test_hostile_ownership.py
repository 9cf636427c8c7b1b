"""Whose is it? Nobody takes, changes or ends what is another's, on the same server or elsewhere (part B of the catalogue)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from federation.messages import SigningKey
from federation.outbox import signed_fetch
from kit.hostile import AS2, PUBLIC, Somebody, fresh, now
from kit.live import until
from kit.scene import REFUSED, SAFE, UNPROVEN, Scene

pytestmark = pytest.mark.enable_socket


@pytest.fixture(scope="module")
def noted(scene: Scene) -> dict[str, Any]:
    """A note of v's that the node knows."""
    note = scene.v.note("/n/noted")
    scene.innocent.serve("/n/noted", {"@context": AS2, **note})
    assert scene.send(scene.v, scene.v.says("Create", note)) == 202
    assert scene.send(scene.v, scene.v.says("Follow", scene.here)) == 202
    scene.settle()
    return note


@pytest.fixture(scope="module")
def private(scene: Scene, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The IRI of something that members of the community alone may read."""
    scene.node.run("member", "add", "a@ici.example", "--name", "Ana", "--community", scene.slug)
    page: Path = tmp_path_factory.mktemp("texts") / "secret.md"
    page.write_text("# Entre nous\n\nMot introuvable : zirconium.\n", "utf-8")
    return scene.node.run("publish", str(page), "--community", scene.slug, "--audience", "community").split()[-1]


def test_b01_b02_what_is_said_in_anothers_name(scene: Scene, noted: dict[str, Any]) -> None:
    m, v = scene.m, scene.v
    unserved = v.note()
    mine = m.note()
    with scene.unharmed():
        for thing in (unserved, {**noted, "content": "defaced"}):
            for kind in ("Create", "Update", "Announce", "Add"):
                assert scene.send(m, m.says(kind, thing)) in SAFE
                assert scene.send(m, m.says("Announce", {**v.says(kind, thing)})) in SAFE
        for author in (scene.bob.iri, v.iri, [m.iri, v.iri], [v.iri, m.iri], {"id": v.iri}, [m.iri, scene.bob.iri]):
            assert scene.send(m, m.says("Create", {**mine, "id": f"{mine['id']}/{fresh()}", "attributedTo": author})) in SAFE


def test_b07_b08_b09_what_a_stranger_undoes(scene: Scene, noted: dict[str, Any]) -> None:
    m, v, iri = scene.m, scene.v, noted["id"]
    follow = v.says("Follow", scene.here)
    assert scene.send(v, follow) == 202
    with scene.unharmed():
        for said in (
            m.says("Update", {**noted, "content": "defaced"}),
            m.says("Update", {**noted, "attributedTo": m.iri, "content": "defaced"}),
            m.says("Delete", iri),
            m.says("Delete", {"id": iri, "type": "Tombstone"}),
            m.says("Delete", v.iri),
            m.says("Delete", scene.here),
            m.says("Delete", f"{scene.node.url}/noeud"),
            m.says("Update", {**v.document(), "name": "M"}),
            m.says("Update", {"id": scene.here, "type": "Group", "name": "M", "inbox": f"{m.iri}/inbox"}),
            m.says("Undo", follow),
            m.says("Undo", follow["id"]),
            m.says("Undo", {**follow, "actor": m.iri}),
            m.says("Undo", {"id": f"{scene.evil.url}/act/x", "type": "Follow", "actor": v.iri, "object": scene.here}),
            m.says("Undo", v.says("Create", noted)),
            m.says("Block", v.iri),
        ):
            assert scene.send(m, said) in SAFE


def test_b10_a_neighbour_is_not_given_another_key(scene: Scene) -> None:
    bob, m = Somebody(scene.evil, f"bob{fresh()}"), scene.m
    assert scene.send(bob, bob.says("Like", scene.here)) == 202
    mine = {**bob.document(), "publicKey": {**bob.document()["publicKey"], "publicKeyPem": m.pem}}
    with scene.unharmed():
        assert scene.send(m, m.says("Update", mine)) in SAFE
        assert scene.send(m, m.says("Create", mine)) in SAFE
        stolen = SigningKey(iri=bob.key.iri, pem=m.key.pem)
        assert scene.send(bob, bob.says("Create", bob.note()), key=stolen) in UNPROVEN
        assert scene.send(m, m.says("Create", m.note()), key=stolen) in REFUSED


def test_a_neighbour_does_not_come_first_in_anothers_name(scene: Scene) -> None:
    bob, m = scene.bob, scene.m
    note, create = bob.note(), f"{scene.evil.url}/act/of-bob{fresh()}"
    with scene.unharmed():
        assert scene.send(m, m.says("Delete", note["id"])) in SAFE
        assert scene.send(m, {**m.says("Like", scene.here), "id": create}) in SAFE
    assert scene.send(bob, {**bob.says("Create", note), "id": create}) == 202
    scene.settle()
    assert scene.known()["objects"][note["id"]]["attributedTo"] == bob.iri


def test_b11_only_who_was_asked_answers(scene: Scene) -> None:
    group = Somebody(scene.innocent, f"asked{fresh()}", {"type": "Group"})
    scene.node.run("follow", scene.slug, group.iri)
    until(lambda: [each for each in scene.innocent.got("Follow") if each["object"] in {group.iri, (group.iri,)}])
    follow = next(each for each in scene.innocent.got("Follow") if each["object"] == group.iri)
    neighbour = Somebody(scene.innocent, f"neighbour{fresh()}")
    with scene.unharmed():
        for by in (scene.m, scene.v, neighbour):
            for kind in ("Accept", "Reject"):
                assert scene.send(by, by.says(kind, follow)) in SAFE
                assert scene.send(by, by.says(kind, follow["id"])) in SAFE
                assert scene.send(by, by.says(kind, {**follow, "object": by.iri})) in SAFE
                never = {"id": f"{scene.node.url}/activites/never", "type": "Follow", "actor": scene.here, "object": by.iri}
                assert scene.send(by, by.says(kind, never)) in SAFE
    assert scene.known()["following"][scene.here][group.iri] == "requested"
    assert scene.send(group, group.says("Reject", follow)) == 202
    scene.settle()
    assert scene.known()["following"][scene.here][group.iri] == "refused"


def test_b12_b15_collections_and_moves(scene: Scene, noted: dict[str, Any]) -> None:
    m, v = scene.m, scene.v
    Somebody(scene.evil, "old", {"movedTo": m.iri})
    with scene.unharmed():
        for target in ("en-vedette", "followers", "outbox", "repertoire", "animation"):
            for kind in ("Add", "Remove"):
                assert scene.send(m, m.says(kind, noted["id"], target=f"{scene.here}/{target}")) in SAFE
                assert scene.send(m, m.says(kind, m.iri, target=f"{scene.here}/{target}")) in SAFE
        for thing in (v.iri, m.iri, scene.here, f"{scene.evil.url}/u/old"):
            assert scene.send(m, m.says("Move", thing, target=m.iri)) in SAFE
            assert scene.send(m, m.says("Move", thing, target=scene.here)) in SAFE


def test_b13_b26_what_is_private_is_as_if_it_were_not(scene: Scene, private: str) -> None:
    nothing = f"{private[:-4]}zzzz"
    with scene.unharmed():
        for kind in ("Like", "Announce", "Flag", "Delete", "Update", "Create", "Add"):
            assert scene.send(scene.v, scene.v.says(kind, private)) == scene.send(scene.v, scene.v.says(kind, nothing))
        for by in (None, scene.v, scene.m):
            answers = []
            for iri in (private, nothing):
                path = iri.removeprefix(scene.node.url)
                headers = dict(signed_fetch(iri, by.key, now()).headers) if by else {"Accept": "application/activity+json"}
                answer = scene.ask("GET", path, headers=headers)
                assert answer.status == 404
                answers.append(answer.body.replace(path.encode(), b""))
            assert answers[0] == answers[1]
    for path in ("/", f"/communautes/{scene.slug}", f"/communautes/{scene.slug}/outbox?page=1", "/recherche?q=zirconium"):
        body = scene.get(path, "*/*").body
        assert b"Entre nous" not in body
        assert private.encode() not in body


def test_b21_what_is_passed_on_without_proof(scene: Scene, noted: dict[str, Any]) -> None:
    v = scene.v
    with scene.unharmed():
        for said in (
            v.says("Create", v.note()),
            v.says("Update", {**noted, "content": "defaced"}),
            v.says("Delete", noted["id"]),
            v.says("Follow", scene.here),
            v.says("Like", scene.here),
        ):
            assert scene.send(scene.m, said) in REFUSED
            assert scene.send(scene.m, scene.m.says("Announce", said)) in SAFE


def test_b23_b24_shapes_and_ids_that_are_none(scene: Scene, noted: dict[str, Any]) -> None:
    m, v = scene.m, scene.v
    create = m.says("Create", m.note())
    ids = (
        None, 7, "", "relative", "/n/1", "urn:x:1", "did:web:e", "http://", "javascript:alert(1)", f"{scene.node.url}/x",
        f"{scene.evil.url}/a b", f"{scene.evil.url}/a\r\nX: y", f"{scene.evil.url}/{'a' * 9000}", f"{scene.innocent.url}/n/9",
        f"{scene.evil.url}@127.0.0.14/", "http://[", "http://127.0.0.12:99999/n", ["x"], {"id": "x"}, True,
    )  # fmt: skip
    with scene.unharmed():
        for iri in ids:
            assert scene.send(m, {**create, "id": iri}) in SAFE, iri
            assert scene.send(m, {**m.says("Create", {**m.note(), "id": iri})}) in SAFE, iri
            assert scene.send(m, m.says("Delete", iri)) in SAFE, iri
            assert scene.send(m, m.says("Follow", iri)) in SAFE, iri
        for said in (
            {**m.says("Create", m.note()), "actor": [v.iri, m.iri]},
            {**m.says("Create", m.note()), "actor": [m.iri, v.iri]},
            {**m.says("Create", m.note()), "actor": {"id": v.iri}},
            {**m.says("Create", noted), "type": ["Create", "Delete"]},
            {**m.says("Create", noted), "type": ["Delete", "Update"]},
            {**m.says("Create", noted), "type": None},
            {**m.says("Create", m.note()), "type": {"id": "Create"}},
            m.says("Delete", [noted["id"], m.note()["id"]]),
            m.says("Create", 7),
            m.says("Create", []),
            m.says("Create", [[m.note()]]),
            m.says("Create", None),
            m.says("Create", {**m.note(), "type": "Person"}),
            m.says("Create", {**m.note(), "type": 5}),
            m.says("Create", {**m.note(), "attributedTo": 5}),
        ):
            assert scene.send(m, said) in SAFE
    for document in (b"[]", b'"x"', b"7", b"null", b"{}", b"", json.dumps([create]).encode()):
        assert scene.send(m, document) == 400


def test_b20_hidden_recipients_stay_hidden(scene: Scene) -> None:
    v = scene.v
    note = v.note(bto=["https://hidden.example/u/one"], bcc=["https://hidden.example/u/two"], to=[scene.m.iri], cc=[PUBLIC])
    assert scene.send(v, v.says("Create", note, bcc=["https://hidden.example/u/three"])) == 202
    scene.settle()
    assert note["id"] in scene.known()["objects"]
    stored = scene.database.read_now(lambda uow: uow.things.get_any(note["id"]))
    assert stored is not None
    assert b"hidden.example" not in stored.document
    for path in ("/", f"/ailleurs?iri={note['id']}", "/recherche?q=hello&portee=ailleurs"):
        assert b"hidden.example" not in scene.get(path, "*/*").body
