"""Before any attack: an honest stranger is heard, to the letter. A node that refuses everything would pass all the rest."""

from __future__ import annotations

import json

import pytest

from federation.messages import SigningKey
from federation.outbox import seal, signed_fetch
from kit.hostile import AP, AS2, PUBLIC, Somebody, now
from kit.live import until
from kit.scene import Scene

pytestmark = pytest.mark.enable_socket
LD = f'application/ld+json; profile="{AS2}"'


def test_a_follow_is_accepted_and_taken_back(scene: Scene) -> None:
    follow = scene.v.says("Follow", scene.here)
    assert scene.send(scene.v, follow) == 202
    until(lambda: scene.innocent.got("Accept"))
    accept = scene.innocent.got("Accept")[-1]
    assert accept["actor"] == scene.here
    assert accept["object"]["id"] == follow["id"]
    assert accept["object"]["actor"] == scene.v.iri
    assert scene.known()["followers"][scene.here] == [scene.v.iri]

    assert scene.send(scene.v, scene.v.says("Undo", follow)) == 202
    scene.settle()
    assert scene.known()["followers"][scene.here] == []


@pytest.mark.parametrize("standard", ["draft-cavage", "rfc9421"])
def test_a_note_comes_changes_and_goes(scene: Scene, standard: str) -> None:
    note = scene.v.note(to=[scene.here], cc=[PUBLIC], published="2026-11-22T05:00:00Z")
    scene.innocent.serve(note["id"].removeprefix(scene.innocent.url), {"@context": AS2, **note})
    assert scene.send(scene.v, scene.v.says("Create", note), standard=standard) == 202
    scene.settle()
    kept = scene.known()["objects"][note["id"]]
    assert (kept["attributedTo"], kept["content"]) == (scene.v.iri, "<p>hello</p>")

    changed = {**note, "content": "<p>better</p>", "updated": "2026-11-22T06:00:00Z"}
    assert scene.send(scene.v, scene.v.says("Update", changed), standard=standard) == 202
    scene.settle()
    assert scene.known()["objects"][note["id"]]["content"] == "<p>better</p>"

    gone = {"id": note["id"], "type": "Tombstone"}
    assert scene.send(scene.v, scene.v.says("Delete", gone), standard=standard) == 202
    scene.settle()
    assert note["id"] not in scene.known()["objects"]


def test_a_liking_and_a_sharing_are_taken_in(scene: Scene) -> None:
    for kind in ("Like", "Announce"):
        said = scene.v.says(kind, scene.here)
        assert scene.send(scene.v, said) == 202
        assert scene.send(scene.v, scene.v.says("Undo", said)) == 202
    scene.settle()
    scene.stands()


def test_what_a_followed_community_announces_is_fetched(scene: Scene) -> None:
    group = Somebody(scene.innocent, "groupe", {"type": "Group"})
    scene.node.run("follow", scene.slug, group.iri)
    until(lambda: scene.innocent.got("Follow"))
    follow = scene.innocent.got("Follow")[-1]
    assert scene.send(group, group.says("Accept", follow)) == 202
    scene.settle()
    assert scene.known()["following"][scene.here] == {group.iri: "accepted"}

    note = scene.v.note("/n/announced")
    scene.innocent.serve("/n/announced", {"@context": AS2, **note})
    assert scene.send(group, group.says("Announce", scene.v.says("Create", note))) == 202
    scene.settle()
    assert scene.known()["objects"][note["id"]]["attributedTo"] == scene.v.iri
    assert scene.known()["collections"][f"{group.iri}/repertoire"] == [note["id"]]


def test_a_change_of_key_is_found_out(scene: Scene) -> None:
    """At once, by asking once; for five minutes whoever else claims to have a new one is not believed, and asks for nothing."""
    changer, other, third = (Somebody(scene.innocent, name) for name in ("changer", "other", "third"))
    assert scene.send(changer, changer.says("Like", scene.here)) == 202
    scene.innocent.serve("/u/changer", changer.document(publicKey={**changer.document()["publicKey"], "publicKeyPem": other.pem}))
    new_key, false_key = (SigningKey(iri=changer.key.iri, pem=each.key.pem) for each in (other, third))
    asked = scene.innocent.asked("/u/changer")
    assert scene.send(changer, changer.says("Like", scene.here), key=new_key) == 202
    assert scene.innocent.asked("/u/changer") == asked + 1
    for key in (changer.key, false_key):
        assert scene.send(changer, changer.says("Like", scene.here), key=key) == 401
    assert scene.innocent.asked("/u/changer") == asked + 1
    assert scene.send(changer, changer.says("Update", changer.iri), key=new_key) == 202
    scene.settle()
    assert scene.known()["actors"][changer.iri]["pem"] == other.pem


@pytest.mark.parametrize("path", ["/noeud", "/organisation", "/communautes/accueil"])
def test_actors_are_told_to_whoever_asks(scene: Scene, path: str) -> None:
    for accept in (AP, LD):
        answer = scene.get(path, accept)
        assert (answer.status, answer.headers["Content-Type"]) == (200, AP)
        assert "Accept" in answer.headers["Vary"]
        assert json.loads(answer.body)["id"] == f"{scene.node.url}{path}"
    plain = scene.get(path, AP)
    head = scene.ask("HEAD", path, headers={"Accept": AP})
    assert (head.status, head.body, head.headers["Content-Type"]) == (200, b"", AP)
    assert head.headers["ETag"] == plain.headers["ETag"]
    same = scene.get(path, AP, If_None_Match=plain.headers["ETag"])
    assert (same.status, same.body) == (304, b"")
    page = scene.get(path, "text/html,application/xhtml+xml")
    assert page.headers["Content-Type"].startswith("text/html")
    assert scene.get(path, "application/pdf").status == 406


def test_signed_reading(scene: Scene) -> None:
    for path in ("/communautes/accueil", "/communautes/accueil/outbox", "/communautes/accueil/followers"):
        sealed = signed_fetch(f"{scene.node.url}{path}", scene.v.key, now())
        answer = scene.ask("GET", path, headers=dict(sealed.headers))
        assert answer.status == 200
        assert json.loads(answer.body)["id"] == f"{scene.node.url}{path}"
    sealed = signed_fetch(f"{scene.node.url}/communautes/accueil/outbox", scene.m.key, now())
    spoiled = {**dict(sealed.headers), "Date": "Sun, 22 Nov 2020 05:00:00 GMT"}
    assert scene.ask("GET", "/communautes/accueil/outbox", headers=spoiled).status == 401


def test_webfinger_and_nodeinfo(scene: Scene) -> None:
    for resource in (f"acct:accueil@{scene.node.url[7:]}", f"acct:ACCUEIL@{scene.node.url[7:]}", scene.here, scene.node.url):
        answer = scene.get(f"/.well-known/webfinger?resource={resource}", "application/jrd+json")
        assert (answer.status, answer.headers["Content-Type"]) == (200, "application/jrd+json")
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        told = json.loads(answer.body)
        links = {link["rel"]: link for link in told["links"]}
        assert scene.get(f"/.well-known/webfinger?resource={told['subject']}", "*/*").status == 200
        assert links["self"]["type"] == AP
        assert links["self"]["href"].startswith(scene.node.url)
    assert scene.get(f"/.well-known/webfinger?resource=acct:personne@{scene.node.url[7:]}", "*/*").status == 404
    assert scene.get("/.well-known/webfinger?resource=acct:accueil@autre.example", "*/*").status == 404
    assert scene.get("/.well-known/webfinger", "*/*").status == 400
    listed = json.loads(scene.get("/.well-known/nodeinfo", "*/*").body)["links"]
    told = [json.loads(scene.get(link["href"], "*/*").body) for link in listed if "nodeinfo/2" in link["href"]]
    people = sum(each["local"] and each["type"] == "Person" for each in scene.known()["actors"].values())
    assert {said["version"] for said in told} == {"2.0", "2.1"}
    assert [(said["protocols"], said["usage"]["users"]["total"]) for said in told] == [(["activitypub"], people)] * 2


def test_both_inboxes_take_the_two_types_and_no_other(scene: Scene) -> None:
    for path in ("/inbox", f"/communautes/{scene.slug}/inbox"):
        for media, status in ((AP, 202), (LD, 202), (f"{AP}; charset=utf-8", 202), ("application/json", 415), ("text/html", 415)):
            body = json.dumps(scene.v.says("Like", scene.here)).encode()
            headers = {**dict(seal(body, f"{scene.node.url}{path}", scene.v.key, now()).headers), "Content-Type": media}
            assert scene.post(body, headers, path) == status
    for method in ("PUT", "DELETE", "PATCH"):
        answer = scene.ask(method, "/inbox", b"{}")
        assert answer.status == 405
        assert "POST" in answer.headers["Allow"]


def test_an_inspection_says_the_same_on_the_command_line(scene: Scene) -> None:
    scene.settle()
    told = scene.node.json("inspect")
    assert {name: told[name] for name in ("followers", "objects", "actors")} == {
        name: scene.known()[name] for name in ("followers", "objects", "actors")
    }
