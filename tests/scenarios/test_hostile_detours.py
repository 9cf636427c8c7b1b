"""What comes by a detour: beside what is forwarded, in old words, through others, after an end, in names and links."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import quote

import pytest

from federation.collections import Synchronization, digest, synchronization
from federation.messages import SigningKey
from federation.outbox import seal, signed_fetch
from kit.hostile import AS2, PUBLIC, Place, Somebody, fresh, now
from kit.live import until
from kit.proving import described, proof_key, with_proof
from kit.scene import SAFE, Scene
from node.domain.errands import MOST_FETCHES, SYNCHRONISE

pytestmark = pytest.mark.enable_socket

KNOWN = [AS2, "https://w3id.org/security/v1", "https://www.w3.org/ns/cid/v1", "https://w3id.org/cdp/context/v1"]


def proving(place: Place, name: str, **more: Any) -> Somebody:
    """Somebody who proves what they write."""
    methods = described(f"{place.url}/u/{name}")["assertionMethod"]
    return Somebody(place, name, {"@context": KNOWN, "assertionMethod": methods, **more})


def greeted(scene: Scene, somebody: Somebody) -> Somebody:
    """The same, known here."""
    assert scene.send(somebody, somebody.says("Like", scene.here)) == 202
    scene.settle()
    return somebody


def followed(scene: Scene, place: Place) -> Somebody:
    """A community elsewhere that the node follows."""
    name = f"collectif{fresh()}"
    repertoire = f"{place.url}/u/{name}/repertoire"
    group = proving(place, name, type="Group", repertoire=repertoire)
    whole = {"@context": AS2, "id": repertoire, "type": "OrderedCollection", "totalItems": 0}
    place.serve(f"/u/{name}/repertoire", whole)
    before = len(place.got("Follow"))
    scene.node.run("follow", scene.slug, group.iri)
    until(lambda: len(place.got("Follow")) > before)
    assert scene.send(group, group.says("Accept", place.got("Follow")[-1])) == 202
    scene.settle()
    return group


def proven(author: Somebody, thing: Any, kind: str = "Create") -> dict[str, Any]:
    said = author.says(kind, thing)
    del said["@context"]
    return with_proof(said, proof_key(author.iri), now())


def served(place: Place, thing: dict[str, Any]) -> dict[str, Any]:
    """A thing that is at its address too."""
    place.serve(thing["id"].removeprefix(place.url), {"@context": KNOWN, **thing})
    return thing


def announced(scene: Scene) -> str:
    """All that the community announced so far."""
    rows = scene.database.read_now(lambda uow: uow.outbox.of(scene.here, limit=500))
    return "\n".join(row.document.decode() for row in rows if row.type == "Announce")


def content(scene: Scene, thing: dict[str, Any]) -> str:
    return str(scene.known()["objects"][thing["id"]]["content"])


def test_what_a_forwarder_says_of_followers_is_not_the_authors_word(scene: Scene) -> None:
    group = followed(scene, scene.innocent)
    elsewhere = f"{scene.innocent.url}/u/other/followers_synchronization"
    header = synchronization(Synchronization(collection=f"{group.iri}/followers", url=elsewhere, digest=digest([])))
    for by, task in ((scene.m, False), (group, True)):
        body = json.dumps(proven(group, group.note())).encode()
        sealed = seal(body, scene.inbox, by.key, now(), "draft-cavage")
        assert scene.post(body, {**dict(sealed.headers), "Collection-Synchronization": header}) == 202
        scene.settle()
        found = scene.database.read_now(lambda uow: uow.tasks.get(SYNCHRONISE, group.iri))
        assert (found is not None) is task, by.name


def test_b19_a_suspended_author_does_not_come_in_through_others(scene: Scene) -> None:
    group, author = followed(scene, scene.evil), greeted(scene, proving(scene.innocent, f"suspendue{fresh()}"))
    scene.node.run("links", "suspend", author.iri)
    note = served(scene.innocent, author.note())
    with scene.unharmed():
        assert scene.send(group, group.says("Announce", note["id"])) in SAFE
        assert scene.send(group, group.says("Announce", proven(author, note))) in SAFE
        assert scene.send(scene.m, proven(author, note)) in SAFE
        assert scene.send(scene.m, scene.m.says("Create", note["id"])) in SAFE


def test_a26_a_suspended_actor_reads_nothing_by_a_key_that_was_never_seen(scene: Scene) -> None:
    author = greeted(scene, Somebody(scene.evil, f"suspendue{fresh()}"))
    another = SigningKey(iri=f"{author.iri}#another", pem=author.key.pem)
    scene.evil.serve(f"/u/{author.name}", author.document(publicKey={"id": another.iri, "publicKeyPem": author.pem}))
    scene.node.run("links", "suspend", author.iri)
    with scene.unharmed():
        asked = signed_fetch(f"{scene.node.url}/ressources/none", another, now())
        assert scene.ask("GET", "/ressources/none", headers=dict(asked.headers)).status == 401


def test_old_words_without_a_date_are_no_news(scene: Scene) -> None:
    """Forwarded or announced, an old version of what has no date is not believed: its own server is asked which one holds."""
    group, author = followed(scene, scene.evil), greeted(scene, proving(scene.innocent, f"sansdate{fresh()}"))
    note = author.note()
    old, newer = proven(author, note), served(scene.innocent, {**note, "content": "<p>newer</p>"})
    assert scene.send(author, author.says("Create", note)) == 202
    assert scene.send(author, author.says("Update", newer)) == 202
    for by, said in ((scene.m, old), (group, group.says("Announce", old))):
        assert scene.send(by, said) in SAFE
        scene.settle()
        assert "newer" in content(scene, note), by.name


def test_a_blocked_server_is_asked_for_no_key(scene: Scene) -> None:
    blocked = Place("127.0.0.12")
    try:
        scene.node.run("links", "block", blocked.url.removeprefix("http://"))
        who = Somebody(blocked, "blocked")
        for path in ("", "/outbox", "/repertoire", "/followers_synchronization"):
            sealed = signed_fetch(f"{scene.here}{path}", who.key, now())
            status = scene.ask("GET", f"/communautes/{scene.slug}{path}", headers=dict(sealed.headers)).status
            assert status == 403, path
        assert scene.send(who, who.says("Like", scene.here)) == 403
        assert blocked.asked() == 0
    finally:
        blocked.close()


def test_nobody_makes_the_keys_of_another_server_unavailable(scene: Scene) -> None:
    """A port at which nobody listens, and a page that always fails, say nothing of the server's other keys."""
    scene.innocent.serve("/always/fails", b"", status=503)
    for key in (f"http://127.0.0.14:{scene.canary.port}/x#k", f"{scene.innocent.url}/always/fails#k"):
        assert scene.send(scene.m, scene.m.says("Like", scene.here), key=SigningKey(iri=key, pem=scene.m.key.pem)) == 401
    greeted(scene, Somebody(scene.innocent, f"nouvelle{fresh()}"))


def test_a_key_said_twice_is_not_hidden_by_spaces(scene: Scene) -> None:
    """A25: whoever counts the keys of a document must count them as they may be written."""
    body = json.dumps(scene.m.says("Create", scene.m.note()), separators=(",", ":"))
    doubled = body.replace('"actor":', f'"actor":"{scene.v.iri}","actor":', 1)
    with scene.unharmed():
        for spaced in ('"type" :', '"type"\n:', '"type"  :'):
            assert scene.send(scene.m, doubled.replace('"type":', spaced, 1).encode()) == 400
    assert scene.send(scene.m, body.replace('"type":', '"type" :').encode()) == 202


def test_one_thing_that_names_many_communities_costs_twenty_requests(scene: Scene) -> None:
    """D12: what belongs to an actor (territories, an organisation) is fetched from the same budget."""
    place = Place("127.0.0.12")
    try:
        for number in range(12):
            territory = [f"{place.url}/p/{number}-{each}" for each in range(5)]
            proving(place, f"g{number}", type="Group", territory=territory, hostedBy=f"{place.url}/u/o{number}")
        author = greeted(scene, proving(place, "auteur"))
        note = served(place, author.note(topic=[f"{place.url}/u/g{number}" for number in range(12)]))
        before = place.asked()
        assert scene.send(author, author.says("Create", note["id"])) == 202
        scene.settle()
        assert 12 < place.asked() - before <= MOST_FETCHES + 1
    finally:
        place.close()


def test_no_message_steers_the_terminal(scene: Scene) -> None:
    place = Place("127.0.0.12")
    try:
        group = followed(scene, place)
        path = group.iri.removeprefix(place.url)
        place.serve(path, group.document(id=f"{place.url}/u/\u001b]0;owned\u0007\u009b31m\u202e"))
        host = place.url.removeprefix("http://")
        for expect, command in (
            (1, ["doctor", host]),
            (1, ["fetch", group.iri]),
            (0, ["links", "test", host]),
            (0, ["links", "peers"]),
        ):
            said = scene.node.run(*command, expect=expect)
            assert not [each for each in said if each not in "\n\u00a0\u202f" and not each.isprintable()], command
    finally:
        place.close()


@pytest.mark.parametrize("kind", ["Note", "Event", "Place", "PracticeNote"])
def test_f01_no_link_leads_off_the_web(scene: Scene, kind: str) -> None:
    for evil in ("javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "data:text/html,x", "//evil.example/x"):
        link = {"type": "Link", "href": evil, "name": "x"}
        where = {"type": "VirtualLocation", "url": evil, "name": "x"}
        named: dict[str, Any] = {
            "license": evil,
            "url": evil,
            "attachment": [link],
            "topic": [evil],
            "location": where,
            "joinUrl": evil,
        }
        note = scene.m.note(type="Article" if kind == "PracticeNote" else kind, kind=kind, name=f"Titre {fresh()}", **named)
        said = scene.m.says("Create", {**note, "startTime": "2027-01-01T10:00:00Z"})
        assert scene.send(scene.m, {**said, "@context": KNOWN}) == 202
        scene.settle()
        shown = scene.get(f"/ailleurs/ressource?iri={quote(note['id'], safe='')}", "text/html")
        assert shown.status == 200
        for page in (shown, scene.get(f"/recherche?q={quote(note['name'])}", "text/html")):
            led = re.findall(r'(?:href|src|action)="([^"]*)"', page.body.decode())
            assert led
            assert not [each for each in led if re.match(r"\s*(javascript|data|//)", each, re.IGNORECASE)], evil


def test_a_stranger_does_not_change_at_once_what_the_community_published(scene: Scene) -> None:
    """What was accepted once is no licence to have anything announced afterwards."""
    stranger = greeted(scene, Somebody(scene.evil, f"etranger{fresh()}"))
    note = served(scene.evil, stranger.note(audience=scene.here, cc=[scene.here], published="2026-11-20T10:00:00Z"))
    assert scene.send(stranger, stranger.says("Create", note)) == 202
    scene.settle()
    accept(scene, stranger)
    changed = {**note, "content": "<p>molybdène</p>", "updated": "2026-11-21T10:00:00Z"}
    assert scene.send(stranger, stranger.says("Update", served(scene.evil, changed))) == 202
    scene.settle()
    assert "molybd" not in announced(scene) + content(scene, note)
    accept(scene, stranger)
    assert "molybd" in announced(scene)
    assert "molybd" in content(scene, note)


def accept(scene: Scene, author: Somebody) -> None:
    (row,) = [row for row in scene.database.read_now(lambda uow: uow.submissions.waiting()) if row.author == author.iri]
    scene.node.run("submissions", "accept", str(row.id))
    scene.settle()


def test_the_end_of_what_was_for_one_person_is_announced_to_nobody(scene: Scene) -> None:
    scene.node.run("member", "add", scene.v.iri, "--community", scene.slug)
    greeted(scene, scene.v)
    scene.node.run("member", "add", "bea@ici.example", "--name", "Béa", "--community", scene.slug)
    bea = f"{scene.node.url}/personnes/bea"
    note = scene.v.note(to=[bea], audience=scene.here)
    for said in (scene.v.says("Create", note, to=[bea]), scene.v.says("Delete", note["id"], to=[bea])):
        body = json.dumps(said).encode()
        sealed = seal(body, f"{bea}/inbox", scene.v.key, now(), "draft-cavage")
        assert scene.post(body, dict(sealed.headers), "/personnes/bea/inbox") == 202
        scene.settle()
    assert note["id"] not in scene.known()["objects"] or scene.known()["objects"][note["id"]]["audience"] != "public"
    assert note["id"] not in announced(scene)
    shared = scene.v.note(to=[PUBLIC, scene.here], audience=scene.here)
    for said in (scene.v.says("Create", shared), scene.v.says("Delete", shared["id"])):
        assert scene.send(scene.v, said) == 202
        scene.settle()
    assert '"Delete"' in announced(scene)
