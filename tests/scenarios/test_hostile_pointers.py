"""Addresses in headers, proofs, NodeInfo, names and commands that lead where nobody may go; headers that are there twice."""

from __future__ import annotations

import http.client
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from federation.messages import SigningKey
from federation.outbox import seal
from kit.hostile import AP, AS2, Somebody, cavage, fresh, now
from kit.scene import SAFE, UNPROVEN, Scene
from node.domain.errands import LOOK_AT_PEER

pytestmark = pytest.mark.enable_socket

REFUSED = {400, 401, 421}


def raw(scene: Scene, headers: Sequence[tuple[str, str]], body: bytes) -> int:
    """The status of a POST with exactly these headers, in this order, some of them twice."""
    connection = http.client.HTTPConnection(scene.node.address, scene.node.port, timeout=60)
    try:
        connection.putrequest("POST", scene.inbox.removeprefix(scene.node.url), skip_host=True, skip_accept_encoding=True)
        for name, value in headers:
            connection.putheader(name, value)
        connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        return connection.getresponse().status
    finally:
        connection.close()


@pytest.mark.parametrize("name", ["Signature", "Host", "Date", "Digest"])
@pytest.mark.parametrize("other", ["the same again", "another"])
def test_a_header_that_is_signed_stands_there_once(scene: Scene, name: str, other: str) -> None:
    """A24"""
    body = json.dumps(scene.m.says("Create", scene.m.note())).encode()
    headers = cavage(body, scene.inbox, scene.m.key)
    wrong = cavage(b"{}", scene.v.iri, scene.v.key)
    second = headers[name] if other == "the same again" else wrong[name]
    with scene.unharmed():
        for doubled in ([*headers.items(), (name, second)], [(name, second), *headers.items()]):
            assert raw(scene, doubled, body) in REFUSED


def test_the_same_request_with_each_header_once_is_taken(scene: Scene) -> None:
    """A24, the control"""
    body = json.dumps(scene.m.says("Like", scene.here)).encode()
    assert raw(scene, list(cavage(body, scene.inbox, scene.m.key).items()), body) == 202


def test_a_key_of_rfc9421_is_asked_for_nowhere_private(scene: Scene) -> None:
    """A16"""
    with scene.unharmed():
        for iri in (
            f"{scene.canary.url}/x",
            f"http://[::ffff:127.0.0.13]:{scene.canary.port}/x",
            "file:///etc/passwd",
            "data:,x",
            "",
        ):
            key = SigningKey(iri=iri, pem=scene.m.key.pem)
            assert scene.send(scene.m, scene.m.says("Create", scene.m.note()), key=key, standard="rfc9421") in UNPROVEN, iri


def test_the_key_of_a_proof_is_asked_for_nowhere(scene: Scene) -> None:
    """A16, C08: a proof is looked at only with keys that are known."""
    before = scene.innocent.asked()
    with scene.unharmed():
        for method in (f"{scene.canary.url}/u/x#key", f"{scene.innocent.url}/keys/unknown#key", "file:///etc/passwd"):
            proof = {
                "@context": AS2,
                "type": "DataIntegrityProof",
                "cryptosuite": "eddsa-jcs-2022",
                "proofPurpose": "assertionMethod",
                "verificationMethod": method,
                "created": now().strftime("%Y-%m-%dT%H:%M:%SZ"),
                "proofValue": f"z{'2' * 86}",
            }
            actor = method.partition("#")[0]
            said = {**scene.v.says("Create", scene.v.note()), "actor": actor, "id": f"{actor}/act", "proof": proof}
            assert scene.send(scene.m, said) in SAFE
            assert scene.send(scene.m, scene.m.says("Announce", said)) in SAFE
    assert scene.innocent.asked() == before


def test_what_nodeinfo_points_at_is_asked_for_only_where_it_lives(scene: Scene) -> None:
    """E04: links to the canary, to another scheme, a redirect there, a document without end."""
    place = scene.evil.url.removeprefix("http://")
    schema = "http://nodeinfo.diaspora.software/ns/schema/2.1"
    path = "/.well-known/nodeinfo"
    swollen = json.dumps({"links": [{"rel": schema, "href": f"{scene.evil.url}/x"}] * 50_000}).encode()
    with scene.unharmed():
        for href in (
            f"{scene.canary.url}/2.1",
            "data:application/json,{}",
            "file:///etc/passwd",
            f"{scene.innocent.url}/nodeinfo",
            "",
        ):
            scene.evil.serve(path, {"links": [{"rel": schema, "href": href}]}, media="application/json")
            looked_at(scene, place)
        scene.evil.move(path, f"{scene.canary.url}{path}")
        looked_at(scene, place)
        scene.evil.serve(path, swollen, media="application/json")
        looked_at(scene, place)
    assert scene.innocent.asked("/nodeinfo") == 0


def looked_at(scene: Scene, place: str) -> None:
    """Has the node look at what a server runs, in its own time and at somebody's wish."""
    scene.database.write_now(lambda uow: uow.tasks.wake(LOOK_AT_PEER, place))
    scene.node.run("links", "test", place)
    scene.settle()


def test_a_synchronisation_header_leads_nowhere_else(scene: Scene) -> None:
    """E04: the header of FEP-8fcf names a partial collection on the canary, on another server, or nothing that can be read."""
    actor = Somebody(scene.evil, f"synchronous{fresh()}")
    digest = "0" * 64
    with scene.unharmed():
        for value in (
            f'collectionId="{actor.iri}/followers", url="{scene.canary.url}/x", digest="{digest}"',
            f'collectionId="{actor.iri}/followers", url="{scene.innocent.url}/partial", digest="{digest}"',
            f'collectionId="{scene.v.iri}/followers", url="{scene.evil.url}/partial", digest="{digest}"',
            f'collectionId="{scene.here}/followers", url="file:///etc/passwd", digest="{digest}"',
            f'collectionId="{actor.iri}/followers", url="{actor.iri}/partial", digest="{"f" * 5000}"',
            "nonsense",
            '"' * 3000,
        ):
            body = json.dumps(actor.says("Like", scene.here)).encode()
            headers = dict(seal(body, scene.inbox, actor.key, now()).headers)
            assert scene.post(body, {**headers, "Collection-Synchronization": value}) in SAFE
    assert scene.innocent.asked("/partial") == 0


def test_an_actor_gives_itself_no_name_elsewhere(scene: Scene) -> None:
    """B16: the property `webfinger` of FEP-2c59 claims a handle of another server."""
    host = scene.innocent.url.removeprefix("http://")
    claims = Somebody(scene.evil, f"claims{fresh()}", {"webfinger": f"acct:ceo@{host}", "alsoKnownAs": [scene.v.iri]})
    note = claims.note(webfinger=f"ceo@{host}", attributedTo=claims.iri)
    assert scene.send(claims, claims.says("Create", note)) == 202
    scene.settle()
    page = scene.get(f"/ailleurs/ressource?iri={note['id']}", "text/html").body.decode()
    assert claims.name in page
    assert f"ceo@{host}" not in page
    assert f"@{host}" not in page


@pytest.mark.parametrize(
    "command",
    [
        ("fetch",), ("follow", "accueil"), ("integrate", "--community", "accueil"), ("join", "c@ici.example"),
        ("participate", "c@ici.example"),
    ],
    ids=lambda command: command[0],
)  # fmt: skip
def test_what_somebody_here_asks_for_by_address_is_no_way_in(scene: Scene, command: tuple[str, ...]) -> None:
    """E05: private addresses, redirects there, other schemes, documents that are too large, named by somebody of the house."""
    if "c@ici.example" not in scene.node.run("member", "list"):
        scene.node.run("member", "add", "c@ici.example", "--name", "Cléo", "--community", scene.slug)
    away = scene.evil.move(f"/away/{fresh()}", f"{scene.canary.url}/x")
    swollen = scene.evil.serve(f"/swollen/{fresh()}", b'{"x": "' + b"a" * 5_000_000 + b'"}')
    handle = f"@ceo@{scene.canary.address}:{scene.canary.port}"
    addresses = (f"{scene.canary.url}/x", away, swollen, "file:///etc/passwd", "http://localhost:1/", "http://[", handle)
    with scene.unharmed():
        # Every command starts a process, and all go out by the same door: one tries everything, the others what matters most.
        for address in addresses if command == ("fetch",) else addresses[:2]:
            told = scene.node.run(*command, address, expect=1)
            assert told.startswith("maillage: "), told
            assert "Traceback" not in told
            assert "root:" not in told


def test_what_a_member_writes_is_never_a_document_of_the_network(scene: Scene, tmp_path: Path) -> None:
    """B06: a member publishes a text that is an actor with another's name; it is served as words."""
    forged = json.dumps(scene.v.document(id=f"{scene.node.url}/personnes/chef", inbox=f"{scene.evil.url}/inbox"))
    file = tmp_path / "acteur.md"
    file.write_text(f"---\ntitle: Acteur\n---\n\n{forged}\n", "utf-8")
    scene.node.run("member", "add", "d@ici.example", "--name", "Dina", "--community", scene.slug)
    iri = scene.node.run(
        "publish", str(file), "--community", scene.slug, "--author", "d@ici.example", "--audience", "public"
    ).strip()
    served = scene.get(iri, AP)
    document = json.loads(served.body)
    assert (document["id"], document["type"]) == (iri, "Article")
    assert "inbox" not in document
    assert "publicKey" not in document
    for path in ("/static/maillage.css", f"{iri}.json", f"{iri}#source", "/personnes/chef"):
        answer = scene.get(path, AP)
        is_network = answer.headers.get("Content-Type", "").startswith((AP, "application/ld+json"))
        assert not is_network or json.loads(answer.body)["id"] == iri
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
