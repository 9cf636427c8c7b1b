"""Signatures that prove nothing: whoever did not sign this very request with their own key is turned away (A01 to A26)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from federation.messages import SigningKey
from federation.outbox import seal
from federation.signatures.keys import sign_bytes
from kit.hostile import AP, Somebody, cavage, fresh, now
from kit.scene import REFUSED, SAFE, UNPROVEN, Scene

pytestmark = pytest.mark.enable_socket

Headers = Mapping[str, str]


def create(by: Somebody, **more: Any) -> bytes:
    return json.dumps(by.says("Create", by.note(), **more)).encode()


def without(headers: Headers, *names: str) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name not in names}


def spoiled(scene: Scene) -> dict[str, Callable[[bytes], Headers]]:
    """By case: the headers that m sends with a Create of its own."""
    inbox, key, node = scene.inbox, scene.m.key, scene.node.url
    other = hashlib.sha256(b"{}").digest()
    wrong_digest = f"SHA-256={base64.b64encode(other).decode()}"

    def made(**how: Any) -> Callable[[bytes], Headers]:
        return lambda body: cavage(body, how.pop("to", inbox), key, **how)

    ago, soon = str(int(now().timestamp()) - 60), str(int(now().timestamp()) + 60)
    return {
        "A01 unsigned": lambda body: without(cavage(body, inbox, key), "Signature"),
        "A02 date alone": made(covered="date"),
        "A02 target alone": made(covered="(request-target)"),
        "A03 digest not covered": made(covered="(request-target) host date"),
        "A04 no digest": made(covered="(request-target) host date", Digest=""),
        "A04 digest named only": made(Digest=""),
        "A05 digest of another body": made(Digest=wrong_digest),
        "A06 DIGEST": made(covered="(request-target) host date DIGEST", Digest=wrong_digest),
        "A07 other path": made(to=f"{node}/some/other/inbox"),
        "A07 forwarded path": made(to=f"{node}/some/other/inbox", X_Forwarded_Path="/some/other/inbox"),
        "A08 other host": lambda body: {**cavage(body, scene.v.iri, key), "Host": node[7:]},
        "A09 stale": made(at=now() - timedelta(hours=26)),
        "A09 future": made(at=now() + timedelta(hours=2)),
        "A10 no time": made(covered="(request-target) host digest"),
        "A10 expired": made(
            covered="(request-target) (created) (expires) host digest",
            parameters=(("created", str(int(ago) - 9)), ("expires", ago)),
        ),
        "A10 only expires": made(covered="(request-target) (expires) host digest", parameters=(("expires", soon),)),
        "A24 keyId twice": lambda body: _with_key_twice(cavage(body, inbox, key), scene.v.key.iri),
        "empty signature": lambda body: {**cavage(body, inbox, key), "Signature": f'keyId="{key.iri}",signature=""'},
        "method": made(method="get"),
    }


def _with_key_twice(headers: Headers, key: str) -> Headers:
    return {**headers, "Signature": f'{headers["Signature"]},keyId="{key}"'}


def test_each_fault_is_seen(scene: Scene) -> None:
    with scene.unharmed():
        for case, make in spoiled(scene).items():
            body = create(scene.m)
            assert scene.post(body, make(body)) in UNPROVEN, case
        body = create(scene.m)
        headers = {**cavage(body, scene.v.iri, scene.m.key)}
        assert scene.post(body, headers) == 421, "A08 Host: V"


def test_a05_a_body_is_swapped(scene: Scene) -> None:
    with scene.unharmed():
        headers = cavage(create(scene.m), scene.inbox, scene.m.key)
        assert scene.post(create(scene.m), headers) in UNPROVEN


def test_a11_a_replay_has_no_second_effect(scene: Scene) -> None:
    follow = json.dumps(scene.v.says("Follow", scene.here)).encode()
    headers = cavage(follow, scene.inbox, scene.v.key)
    assert [scene.post(follow, headers) for _ in range(3)] == [202] * 3
    scene.settle()
    assert scene.known()["followers"][scene.here].count(scene.v.iri) == 1
    assert scene.send(scene.v, scene.v.says("Undo", json.loads(follow))) == 202
    scene.settle()
    assert scene.post(follow, headers) == 202
    assert scene.send(scene.v, follow) == 202
    scene.settle()
    assert scene.v.iri not in scene.known()["followers"][scene.here]


def test_a12_a_foreign_key(scene: Scene) -> None:
    assert scene.send(scene.v, scene.v.says("Like", scene.here)) == 202  # a stranger's farewell would be dropped unread
    with scene.unharmed():
        for claimed in (scene.m.key, SigningKey(iri=scene.v.key.iri, pem=scene.m.key.pem)):
            for kind, thing in (("Create", scene.v.note()), ("Delete", scene.v.iri), ("Follow", scene.here)):
                assert scene.send(scene.v, scene.v.says(kind, thing), key=claimed) in REFUSED


def test_a13_a_neighbours_name(scene: Scene) -> None:
    note = scene.bob.note()
    assert scene.send(scene.bob, scene.bob.says("Create", note)) == 202
    follow = scene.bob.says("Follow", scene.here)
    assert scene.send(scene.bob, follow) == 202
    with scene.unharmed():
        for by in (scene.m, scene.bob):
            for kind, thing in (
                ("Delete", note["id"]),
                ("Delete", {"id": note["id"], "type": "Tombstone"}),
                ("Delete", scene.bob.iri),
                ("Update", {**note, "content": "defaced"}),
                ("Undo", follow),
                ("Undo", follow["id"]),
                ("Undo", {**follow, "actor": scene.m.iri}),
            ):
                assert scene.send(by, by.says(kind, thing), key=scene.m.key) in SAFE


def test_a14_a_one_sided_claim_to_a_key(scene: Scene) -> None:
    path = f"/keys/{fresh()}"
    iri = f"{scene.evil.url}{path}"
    for owner in (scene.v.iri, scene.bob.iri):
        claim = {
            "@context": "https://w3id.org/security/v1",
            "id": iri,
            "type": "Key",
            "owner": owner,
            "publicKeyPem": scene.m.pem,
        }
        scene.evil.serve(path, claim)
        with scene.unharmed():
            for by in (scene.v, scene.bob):
                assert scene.send(by, create(by), key=SigningKey(iri=iri, pem=scene.m.key.pem)) in UNPROVEN


def test_a15_a_cache_of_keys_is_not_poisoned(scene: Scene) -> None:
    stranger = Somebody(scene.innocent, f"stranger{fresh()}")
    path = f"/keys/{fresh()}"
    forged = {**stranger.document(), "publicKey": {**stranger.document()["publicKey"], "publicKeyPem": scene.m.pem}}
    scene.evil.serve(path, forged)
    with scene.unharmed():
        for iri in (f"{scene.evil.url}{path}", stranger.key.iri):
            key = SigningKey(iri=iri, pem=scene.m.key.pem)
            assert scene.send(stranger, create(stranger), key=key) in UNPROVEN
    assert scene.send(stranger, stranger.says("Like", scene.here)) == 202
    scene.settle()
    assert scene.known()["actors"][stranger.iri]["pem"] == stranger.pem


def test_an_actor_that_names_its_neighbours_key_does_not_take_it_over(scene: Scene) -> None:
    neighbour = Somebody(scene.evil, f"neighbour{fresh()}")
    thief = Somebody(scene.evil, f"a-thief{fresh()}")
    scene.evil.serve(f"/u/{thief.name}", thief.document(publicKey={"id": neighbour.key.iri, "publicKeyPem": thief.pem}))
    key = SigningKey(iri=neighbour.key.iri, pem=thief.key.pem)
    with scene.unharmed():
        assert scene.send(thief, thief.says("Create", thief.note()), key=key) in REFUSED
        assert scene.send(scene.bob, scene.bob.says("Update", thief.iri)) in SAFE
        assert scene.send(scene.bob, scene.bob.says("Create", thief.iri)) in SAFE
        assert scene.send(neighbour, create(neighbour), key=key) in REFUSED
    assert scene.send(neighbour, neighbour.says("Like", scene.here)) == 202


def test_a_key_of_the_node_itself(scene: Scene) -> None:
    with scene.unharmed():
        for actor in (scene.here, f"{scene.node.url}/noeud", f"{scene.node.url}/organisation"):
            for name in ("main-key", "other"):
                forged = {**scene.m.says("Create", scene.m.note()), "actor": actor}
                key = SigningKey(iri=f"{actor}#{name}", pem=scene.m.key.pem)
                assert scene.send(scene.m, forged, key=key) in UNPROVEN


def test_a18_toy_and_giant_keys(scene: Scene) -> None:
    real = generate_private_key(public_exponent=65537, key_size=1024)  # noqa: S505 -- that is the attack
    secret = real.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    publics = {
        "real1024": real.public_key(),
        "toy512": RSAPublicNumbers(65537, (1 << 511) + 0x10001).public_key(),
        "giant16384": RSAPublicNumbers(65537, (1 << 16_383) + 0x10001).public_key(),
        "exponent3": RSAPublicNumbers(3, (1 << 2047) + 0x10001).public_key(),
    }
    with scene.unharmed():
        for name, public in publics.items():
            toy = Somebody(scene.evil, name)
            pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
            scene.evil.serve(f"/u/{name}", toy.document(publicKey={**toy.document()["publicKey"], "publicKeyPem": pem}))
            assert scene.send(toy, create(toy), key=SigningKey(iri=toy.key.iri, pem=secret)) in UNPROVEN, name


def test_a19_an_algorithm_is_not_the_messages_to_choose(scene: Scene) -> None:
    assert scene.send(scene.v, scene.v.says("Like", scene.here)) == 202
    body = create(scene.v)
    with scene.unharmed():
        for named in ("hmac-sha256", "hmac-sha512", "rsa-sha1", "none", "hs2019"):
            headers = cavage(body, scene.inbox, scene.v.key)
            target = f"(request-target): post {scene.inbox.removeprefix(scene.node.url)}"
            lines = [target, *(f"{name.lower()}: {headers[name]}" for name in ("Host", "Date", "Digest"))]
            mac = hmac.digest(scene.v.pem.encode(), "\n".join(lines).encode(), "sha256")
            stated = f'keyId="{scene.v.key.iri}",algorithm="{named}",headers="(request-target) host date digest"'
            signature = base64.b64encode(mac).decode()
            assert scene.post(body, {**headers, "Signature": f'{stated},signature="{signature}"'}) in UNPROVEN, named


def test_a23_one_label_of_rfc9421_alone(scene: Scene) -> None:
    body = create(scene.m)
    headers = dict(seal(body, scene.inbox, scene.m.key, now(), "rfc9421").headers)
    bogus_input = headers["Signature-Input"].replace("sig1=", "sig2=").replace(scene.m.key.iri, scene.v.key.iri)
    bogus = headers["Signature"].replace("sig1=", "sig2=")
    with scene.unharmed():
        for inputs, values in (
            ((headers["Signature-Input"], bogus_input), (headers["Signature"], bogus)),
            ((bogus_input, headers["Signature-Input"]), (bogus, headers["Signature"])),
            ((headers["Signature-Input"], bogus_input), (headers["Signature"],)),
            ((headers["Signature-Input"],), (headers["Signature"], bogus)),
        ):
            doubled = {**headers, "Signature-Input": ", ".join(inputs), "Signature": ", ".join(values)}
            assert scene.post(body, doubled) in REFUSED


def test_a20_to_a22_what_rfc9421_must_cover(scene: Scene) -> None:
    whole = '("@method" "@target-uri" "content-digest")'
    second = int(now().timestamp())
    cases = {
        "A20": (f'("@method" "@target-uri");created={second}', {}),
        "A20 no digest": (f'("@method" "@target-uri");created={second}', {"Content-Digest": ""}),
        "A21 digest alone": (f'("content-digest");created={second}', {}),
        "A21 no target": (f'("@method" "content-digest");created={second}', {}),
        "A21 path alone": (f'("@method" "@path" "content-digest");created={second}', {}),
        "A22 no created": (whole, {}),
        "A22 a day old": (f"{whole};created={second - 86_400}", {}),
        "A22 in two hours": (f"{whole};created={second + 7_200}", {}),
        "A22 expired": (f"{whole};created={second - 60};expires={second - 30}", {}),
        "another target": (f"{whole};created={second}", {"target": scene.v.iri}),
        "another digest": (f"{whole};created={second}", {"Content-Digest": f"sha-256=:{'A' * 43}=:"}),
        "dressed up": (f'("@method" "@target-uri";req "content-digest");created={second}', {}),
    }
    with scene.unharmed():
        for case, (statement, changed) in cases.items():
            body = create(scene.m)
            assert scene.post(body, standard(scene, body, statement, **changed)) in UNPROVEN, case
    body = create(scene.m)
    assert scene.post(body, standard(scene, body, f"{whole};created={second}")) == 202, "the control"


def standard(scene: Scene, body: bytes, statement: str, **changed: str) -> dict[str, str]:
    """The headers of a POST by m, signed by RFC 9421 over what the statement says."""
    digest = f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"
    digest = changed.get("Content-Digest", digest)
    known = {
        "@method": "POST",
        "@target-uri": changed.get("target", scene.inbox),
        "@path": scene.inbox.removeprefix(scene.node.url),
        "content-digest": digest,
    }
    stated = f'{statement};keyid="{scene.m.key.iri}";alg="rsa-v1_5-sha256"'
    names = [name.strip('"') for name in statement[1 : statement.index(")")].replace(";req", "").split()]
    lines = [f'"{name}": {known[name]}' for name in names]
    base = "\n".join([*lines, f'"@signature-params": {stated}'])
    signature = base64.b64encode(sign_bytes(scene.m.key.pem, base.encode())).decode()
    headers = {"Content-Type": AP, "Signature-Input": f"sig1={stated}", "Signature": f"sig1=:{signature}:"}
    return {**headers, **({"Content-Digest": digest} if digest else {})}


def test_a25_no_name_is_said_twice(scene: Scene) -> None:
    body = create(scene.m).decode()
    with scene.unharmed():
        for doubled in (
            body.replace("{", f'{{"actor": "{scene.v.iri}", ', 1),
            f'{body[:-1]}, "actor": "{scene.v.iri}"}}',
            f'{body[:-1]}, "type": "Delete"}}',
            body.replace('"content":', f'"attributedTo": "{scene.v.iri}", "content":'),
        ):
            assert scene.send(scene.m, doubled.encode()) in {400, 401}


def test_a26_who_is_suspended_or_gone_is_not_heard(scene: Scene) -> None:
    loud, leaving = Somebody(scene.evil, "loud"), Somebody(scene.evil, "leaving")
    for each in (loud, leaving):
        assert scene.send(each, each.says("Like", scene.here)) == 202
    scene.node.run("links", "suspend", loud.iri)
    assert scene.send(leaving, leaving.says("Delete", leaving.iri)) == 202
    with scene.unharmed():
        for each in (loud, leaving):
            assert scene.send(each, create(each)) in {401, 403}
            assert scene.send(each, each.says("Follow", scene.here), standard="rfc9421") in {401, 403}
