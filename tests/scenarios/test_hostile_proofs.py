"""Proofs, moves and new keys against those who mean harm, over a real socket (C08, B15, B21, L25), beside the honest case."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from federation.messages import SigningKey
from kit.hostile import AS2, Somebody, fresh, now, pair
from kit.live import until
from kit.proving import CONTEXT, described, proof_key, with_proof
from kit.scene import REFUSED, SAFE, Scene

pytestmark = pytest.mark.enable_socket

KNOWN = [AS2, "https://w3id.org/security/v1", "https://www.w3.org/ns/cid/v1", "https://w3id.org/cdp/context/v1"]


@pytest.fixture(scope="module")
def author(scene: Scene) -> Somebody:
    """Somebody innocent who proves what they write, and is known here."""
    iri = f"{scene.innocent.url}/u/autrice"
    return greeted(scene, Somebody(scene.innocent, "autrice", {"@context": KNOWN, **proofs_of(iri)}))


@pytest.fixture(scope="module")
def forger(scene: Scene) -> Somebody:
    """The same on the evil server."""
    iri = f"{scene.evil.url}/u/faussaire"
    return greeted(scene, Somebody(scene.evil, "faussaire", {"@context": KNOWN, **proofs_of(iri)}))


def proofs_of(iri: str) -> dict[str, Any]:
    return {"assertionMethod": described(iri)["assertionMethod"]}


def greeted(scene: Scene, somebody: Somebody) -> Somebody:
    assert scene.send(somebody, somebody.says("Like", scene.here)) == 202
    scene.settle()
    return somebody


def followed(scene: Scene, name: str, **more: Any) -> Somebody:
    """A community of the evil server that the node follows."""
    iri = f"{scene.evil.url}/u/{name}"
    group = Somebody(scene.evil, name, {"@context": KNOWN, "type": "Group", "repertoire": f"{iri}/repertoire", **more})
    scene.evil.serve(
        f"/u/{name}/repertoire", {"@context": AS2, "id": f"{iri}/repertoire", "type": "OrderedCollection", "totalItems": 0}
    )
    before = len(scene.evil.got("Follow"))
    scene.node.run("follow", scene.slug, group.iri)
    until(lambda: len(scene.evil.got("Follow")) > before)
    assert scene.send(group, group.says("Accept", scene.evil.got("Follow")[-1])) == 202
    scene.settle()
    return group


def proven(author: Somebody, thing: Any, kind: str = "Create", *, by: str = "", **more: Any) -> dict[str, Any]:
    """An activity of the author's, proven by their key, or by that of `by` under its name."""
    said = author.says(kind, thing, **more)
    del said["@context"]
    return with_proof(said, proof_key(author.iri, by), now())


def test_an_author_is_believed_whoever_sends_it(scene: Scene, author: Somebody) -> None:
    note = author.note()
    assert scene.send(scene.m, proven(author, note)) == 202
    scene.settle()
    assert scene.known()["objects"][note["id"]]["attributedTo"] == author.iri
    assert scene.send(scene.m, proven(author, note["id"], "Delete")) == 202
    scene.settle()
    assert scene.innocent.asked(note["id"].removeprefix(scene.innocent.url)) == 0


FAULTS: dict[str, Callable[[Somebody, Somebody, dict[str, Any]], dict[str, Any]]] = {
    "content": lambda a, _, n: {**proven(a, n), "object": {**n, "content": "<p>defaced</p>"}},
    "object": lambda a, _, n: {**proven(a, n), "object": {**n, "id": f"{n['id']}/other"}},
    "type": lambda a, _, n: {**proven(a, n), "type": "Update"},
    "context": lambda a, _, n: {**proven(a, n), "@context": [*CONTEXT, {"content": "as:summary"}]},
    "created": lambda a, _, n: (p := proven(a, n)) | {"proof": {**p["proof"], "created": "2026-01-01T00:00:00Z"}},
    "purpose": lambda a, _, n: (p := proven(a, n)) | {"proof": {**p["proof"], "proofPurpose": "authentication"}},
    "more options": lambda a, _, n: (p := proven(a, n)) | {"proof": {**p["proof"], "domain": "evil.example"}},
    "two proofs": lambda a, _, n: (p := proven(a, n)) | {"proof": [p["proof"], p["proof"]]},
    "forger's key, author's method": lambda a, f, n: proven(a, n, by=f.iri),
    "forger's method": lambda a, f, n: with_proof(
        {k: v for k, v in a.says("Create", n).items() if k != "@context"}, proof_key(f.iri), now()
    ),
    "message key": lambda a, _, n: with_proof(
        {k: v for k, v in a.says("Create", n).items() if k != "@context"},
        SigningKey(iri=a.key.iri, pem=proof_key(a.iri).pem),
        now(),
    ),
    "not for all": lambda a, _, n: proven(a, {**n, "to": [f"{a.iri}/followers"]}, to=[f"{a.iri}/followers"]),
    "old style": lambda a, _, n: {
        **a.says("Create", n),
        "signature": {
            "type": "RsaSignature2017",
            "creator": a.key.iri,
            "created": "2026-11-22T05:00:00Z",
            "signatureValue": "AA==",
        },
    },
}


@pytest.mark.parametrize("fault", FAULTS)
def test_c06_c08_b21_what_is_not_wholly_proven_is_not_believed(
    scene: Scene, author: Somebody, forger: Somebody, fault: str
) -> None:
    with scene.unharmed():
        said = FAULTS[fault](author, forger, author.note())
        assert scene.send(forger, said) in REFUSED
        assert scene.send(forger, forger.says("Announce", said)) in SAFE


@pytest.mark.parametrize("kind", ["Follow", "Undo", "Like", "Block", "Move", "Add"])
def test_what_could_be_played_again_is_not_passed_on(scene: Scene, author: Somebody, forger: Somebody, kind: str) -> None:
    with scene.unharmed():
        assert scene.send(forger, proven(author, scene.here, kind, target=scene.m.iri)) in REFUSED


def test_an_old_version_played_again_changes_nothing(scene: Scene, author: Somebody, forger: Somebody) -> None:
    note = author.note(updated="2026-11-20T10:00:00Z")
    old = proven(author, note)
    assert scene.send(forger, old) == 202
    newer = proven(author, {**note, "content": "<p>newer</p>", "updated": "2026-11-21T10:00:00Z"}, "Update")
    assert scene.send(author, newer) == 202
    scene.settle()
    with scene.unharmed():
        assert scene.send(forger, old) in SAFE
        assert scene.send(forger, proven(author, note, "Update")) in SAFE


def test_b15_a_move_that_both_sides_tell_is_followed_and_no_other(scene: Scene) -> None:
    new = Somebody(scene.evil, f"new{fresh()}", {"type": "Group", "@context": KNOWN})
    old = followed(scene, f"old{fresh()}")
    chained = Somebody(scene.evil, f"chained{fresh()}", {"alsoKnownAs": [old.iri], "movedTo": new.iri})
    looping = Somebody(scene.evil, f"looping{fresh()}", {"alsoKnownAs": [old.iri], "movedTo": old.iri})
    with scene.unharmed():
        for target in (new.iri, scene.v.iri, chained.iri, looping.iri, old.iri, scene.here, f"{scene.canary.url}/x"):
            assert scene.send(old, old.says("Move", old.iri, target=target)) in SAFE
            assert scene.send(scene.m, scene.m.says("Move", old.iri, target=target)) in SAFE
            assert scene.send(scene.bob, old.says("Move", old.iri, target=target)) in REFUSED
            scene.settle()
    scene.evil.serve(f"/u/{new.name}", new.document(alsoKnownAs=[old.iri]))
    scene.evil.serve(f"/u/{old.name}", old.document(movedTo=new.iri))
    assert scene.send(old, old.says("Move", old.iri, target=new.iri)) == 202
    until(lambda: old.iri not in scene.known()["following"][scene.here])
    assert scene.known()["following"][scene.here][new.iri] == "requested"


def test_l25_a_peer_changes_its_key_amid_its_messages(scene: Scene) -> None:
    """Under a new address the new key is found at once, once; the old one is then no longer the peer's."""
    peer = greeted(scene, Somebody(scene.innocent, f"peer{fresh()}"))
    secret, public = pair("another")
    key = SigningKey(iri=f"{peer.iri}#main-key-2", pem=secret)
    described_anew = {"id": key.iri, "owner": peer.iri, "publicKeyPem": public}
    scene.innocent.serve(f"/u/{peer.name}", peer.document(publicKey=described_anew))
    asked = scene.innocent.asked(f"/u/{peer.name}")
    for _ in range(5):
        assert scene.send(peer, peer.says("Like", scene.here), key=key) == 202
    assert scene.innocent.asked(f"/u/{peer.name}") == asked + 1
    for _ in range(5):
        assert scene.send(peer, peer.says("Like", scene.here)) == 401
    assert scene.innocent.asked(f"/u/{peer.name}") <= asked + 2, "a key that is gone is asked for once in five minutes"


def test_a_message_may_be_signed_with_the_key_that_proves(scene: Scene, author: Somebody) -> None:
    key = proof_key(author.iri)
    assert scene.send(author, author.says("Like", scene.here), key=key, standard="rfc9421") == 202
    with scene.unharmed():
        assert scene.send(author, scene.v.says("Like", scene.here), key=key, standard="rfc9421") in REFUSED
