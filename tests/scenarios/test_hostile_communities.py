"""A community in an open world: strangers put nothing into it, take nothing out, and make it repeat nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kit.hostile import PUBLIC
from kit.scene import SAFE, Scene
from node.domain.visibility import PUBLIC_SCOPE

pytestmark = pytest.mark.enable_socket


@pytest.fixture(scope="module")
def published(scene: Scene) -> dict[str, Any]:
    """What v, a member, published in the community; m and bob follow it and are guests."""
    scene.node.run("member", "add", scene.v.iri, "--community", scene.slug)
    for guest in (scene.m, scene.bob):
        assert scene.send(guest, guest.says("Follow", scene.here)) == 202
    note = scene.v.note("/n/published", to=[PUBLIC, scene.here], audience=scene.here, name="De v")
    scene.innocent.serve("/n/published", {"@context": "https://www.w3.org/ns/activitystreams", **note})
    assert scene.send(scene.v, scene.v.says("Create", note)) == 202
    scene.settle()
    assert held(scene) == [note["id"]]
    return note


def held(scene: Scene) -> list[str]:
    return scene.database.read_now(lambda uow: uow.holdings.iris(scene.here))


def announced(scene: Scene) -> list[dict[str, Any]]:
    """All that the community announced so far, oldest first."""
    rows = scene.database.read_now(lambda uow: uow.outbox.of(scene.here, limit=500))
    found: list[dict[str, Any]] = [json.loads(row.document) for row in reversed(rows) if row.type == "Announce"]
    return found


def shown_first(scene: Scene) -> list[str]:
    return scene.database.read_now(lambda uow: uow.featured.of(scene.here, scope=PUBLIC_SCOPE))


def test_a_guest_puts_nothing_in_and_takes_nothing_out(scene: Scene, published: dict[str, Any]) -> None:
    m, iri = scene.m, published["id"]
    before = announced(scene)
    with scene.unharmed():
        for said in (
            m.says("Delete", iri),
            m.says("Delete", iri, audience=scene.here, cc=[scene.here]),
            m.says("Remove", iri, target=f"{scene.here}/repertoire"),
            m.says("Add", m.iri, target=f"{scene.here}/animation"),
            m.says("Add", iri, target=f"{scene.here}/en-vedette"),
            m.says("Block", scene.v.iri, target=scene.here),
            m.says("Update", {**published, "content": "defaced"}),
            m.says("Create", {**m.note(), "attributedTo": scene.v.iri, "audience": scene.here}),
            m.says("Announce", scene.v.says("Create", {**published, "content": "defaced"})),
            m.says("Announce", scene.v.says("Delete", iri)),
            m.says("Undo", scene.v.says("Create", published)),
        ):
            assert scene.send(m, said) in SAFE, said
    assert (announced(scene), shown_first(scene)) == (before, [])


def test_what_a_guest_writes_is_seen_by_nobody_until_it_is_accepted(scene: Scene, published: dict[str, Any]) -> None:
    del published
    bob = scene.bob
    before = announced(scene)
    note = bob.note("/n/secret", audience=scene.here, cc=[scene.here], name="Mot introuvable : molybdène")
    assert scene.send(bob, bob.says("Create", note)) == 202
    scene.settle()
    assert scene.known()["objects"][note["id"]]["audience"] == "waiting"
    for path in ("/", f"/communautes/{scene.slug}", f"/communautes/{scene.slug}/outbox?page=1", "/recherche?q=introuvable"):
        assert "molybdène" not in scene.get(path, "*/*").body.decode()
    assert announced(scene) == before
    (row,) = [row for row in scene.database.read_now(lambda uow: uow.submissions.waiting()) if row.author == bob.iri]
    scene.node.run("submissions", "accept", str(row.id))
    assert announced(scene)[-1]["object"] == note["id"] or announced(scene)[-1]["object"]["object"]["id"] == note["id"]


def test_b22_nothing_is_announced_twice_or_sent_in_a_circle(scene: Scene, published: dict[str, Any]) -> None:
    v = scene.v
    note = v.note("/n/again", audience=scene.here, cc=[scene.here])
    said = v.says("Create", note)
    for _ in range(3):
        assert scene.send(v, said) in {200, 202}
    assert scene.send(v, v.says("Create", note)) == 202
    scene.settle()
    about = [each for each in announced(scene) if note["id"] in json.dumps(each)]
    whole = [each for each in about if isinstance(each["object"], dict)]
    assert len(whole) == 1
    before = announced(scene)
    with scene.unharmed():
        # What the community announced comes back to it, as it is, wrapped again, or as somebody else's.
        for by in (scene.v, scene.m):
            for inner in (whole[0]["id"], {**whole[0], "@context": None}, published["id"], note["id"]):
                scene.send(by, by.says("Announce", inner, cc=[scene.here], audience=scene.here))
    assert announced(scene) == before


def test_b13_b25_a_reaction_to_what_is_hidden_leaves_no_trace(scene: Scene, published: dict[str, Any], tmp_path: Path) -> None:
    page = tmp_path / "secret.md"
    page.write_text("# Entre nous\n\nRien pour les autres.\n", "utf-8")
    scene.node.run("member", "add", "b@ici.example", "--name", "Béa", "--community", scene.slug)
    hidden = scene.node.run(
        "publish", str(page), "--community", scene.slug, "--author", "b@ici.example", "--audience", "community"
    ).split()[-1]
    before = announced(scene)
    for kind in ("Like", "Dislike", "Announce"):
        assert scene.send(scene.v, scene.v.says(kind, hidden)) == 202
        assert scene.send(scene.v, scene.v.says(kind, published["id"])) == 202
    scene.settle()
    counts = scene.database.read_now(lambda uow: (uow.reactions.counts(hidden), uow.reactions.counts(published["id"])))
    assert (counts[0], counts[1]["Like"], counts[1]["Dislike"]) == ({}, 1, 1)
    assert not any(hidden in json.dumps(each) for each in announced(scene)[len(before) :])
