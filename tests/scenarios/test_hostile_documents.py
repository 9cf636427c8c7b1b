"""Documents with two meanings, or that cost too much to read: refused, or read in one sense and at once (C, D04 to D14)."""

from __future__ import annotations

import json
from typing import Any

import pytest
from aiohttp import web

from kit.hostile import AP, AS2, PUBLIC, fresh
from kit.scene import REFUSED, SAFE, Scene

pytestmark = pytest.mark.enable_socket
SLOW = 5.0


def timed(scene: Scene, said: Any) -> int:
    """The status of an activity of m's, answered within five seconds of work."""
    with scene.cheap(SLOW):
        return scene.send(scene.m, said)


def test_c01_c02_a_second_document_within(scene: Scene) -> None:
    m, v = scene.m, scene.v
    forged = {**v.says("Create", v.note())}
    del forged["@context"]
    with scene.unharmed():
        assert timed(scene, {"@context": AS2, "@graph": [forged]}) == 400
        for word in ("@graph", "@included", "@reverse", "@nest"):
            inside = {"actor": forged} if word == "@reverse" else [forged]
            assert timed(scene, m.says("Create", m.note(), **{word: inside})) == 400, word
            assert timed(scene, m.says("Create", {**m.note(), word: inside})) == 400, word
        for word in ("@id", "@type"):
            assert timed(scene, m.says("Like", scene.here, **{word: v.iri})) in REFUSED, word
        for word in ("@set", "@list", "@value", "@index", "@json"):
            assert timed(scene, m.says("Create", v.note(), **{word: [forged]})) in SAFE, word


def test_c03_a_term_means_what_it_means(scene: Scene) -> None:
    m, v = scene.m, scene.v
    with scene.unharmed():
        for context, more in (
            ({"actor": "http://evil/ns#x", "a": {"@id": f"{AS2}#actor", "@type": "@id"}}, {"a": v.iri}),
            ({"a": {"@id": "as:actor", "@type": "@id"}}, {"a": v.iri}),
            ({"Like": "as:Create"}, {}),
            ({"Create": "as:Delete"}, {}),
            ({"x": "@id"}, {"x": f"{scene.innocent.url}/n/x"}),
            ({"t": "@type"}, {"t": "Delete"}),
            ({"object": "as:target", "target": "as:object"}, {"target": scene.here}),
            ({"attributedTo": "as:actor"}, {}),
            ({"@vocab": "http://evil/ns#"}, {}),
            ({"@base": scene.innocent.url}, {"id": "/n/x"}),
            ({"id": "http://evil/ns#id"}, {}),
            ({"as": "http://evil/ns#"}, {}),
            ({"@protected": True, "actor": None}, {}),
            ({"@propagate": False}, {}),
            (None, {}),
        ):
            for whole in ([AS2, context], [context, AS2]):
                said = m.says("Create", v.note(), **more, **{"@context": whole})
                assert timed(scene, said) in SAFE, context
                said = m.says("Create", {**v.note(), "attributedTo": m.iri, "@context": whole}, **more)
                assert timed(scene, said) in SAFE, context


def test_c04_no_context_is_fetched(scene: Scene) -> None:
    m = scene.m
    away = f"{scene.canary.url}/ctx"
    note = m.note()
    before = scene.evil.asked()
    assert timed(scene, m.says("Create", {**note, "@context": [AS2, away]}, **{"@context": [AS2, away]})) in SAFE
    with scene.unharmed():
        assert timed(scene, m.says("Like", scene.here, **{"@context": [AS2, {"@import": away}]})) in SAFE
        assert timed(scene, m.says("Like", scene.here, **{"@context": [AS2, {"x": {"@id": "y:z", "@context": away}}]})) in SAFE
        assert timed(scene, m.says("Like", scene.here, **{"@context": away})) in SAFE
        assert timed(scene, m.says("Like", scene.here, **{"@context": f"{scene.evil.url}/ctx"})) in SAFE
    assert scene.evil.asked("/ctx") == 0
    assert scene.evil.asked() <= before + 1


def test_c05_c07_contexts_and_graphs_that_explode(scene: Scene) -> None:
    m = scene.m
    nested: Any = {"x": "http://evil/ns#x"}
    for depth in range(40):
        nested = {f"t{depth}": {"@id": f"http://evil/ns#{depth}", "@context": nested}}
    loop = {"a": {"@id": "b:a"}, "b": "a:"}
    terms = {f"t{number}": f"http://evil/ns#{number}" for number in range(20_000)}
    knot = [{"id": f"_:b{one}", "x": [{"id": f"_:b{other}"} for other in range(8)]} for one in range(8)]
    signature = {
        "type": "RsaSignature2017",
        "creator": scene.v.key.iri,
        "signatureValue": "AAAA",
        "created": "2026-11-22T05:00:00Z",
    }
    with scene.unharmed():
        for context in (terms, nested, loop, [nested] * 40, {"x": {"@id": "x", "@context": {"x": "y"}}}):
            assert timed(scene, m.says("Like", scene.here, **{"@context": [AS2, context]})) in SAFE
        vocabulary = {"@vocab": "http://evil/ns#"}
        assert timed(scene, m.says("Like", scene.here, tag=knot, signature=signature, **{"@context": [AS2, vocabulary]})) in SAFE
        assert timed(scene, m.says("Like", scene.here, tag=knot, proof=signature)) in SAFE


def test_c06_c08_other_proofs_carry_no_weight(scene: Scene) -> None:
    m, v = scene.m, scene.v
    signature = {"type": "RsaSignature2017", "creator": v.key.iri, "signatureValue": "AAAA", "created": "2026-11-22T05:00:00Z"}
    proof = {"type": "DataIntegrityProof", "cryptosuite": "eddsa-jcs-2022", "verificationMethod": v.key.iri, "proofValue": "z1"}
    with scene.unharmed():
        for more in ({"signature": signature}, {"proof": proof}, {"proof": [proof, {**proof, "verificationMethod": m.key.iri}]}):
            assert timed(scene, v.says("Create", v.note(), **more)) in REFUSED
            assert timed(scene, m.says("Announce", v.says("Create", v.note(), **more))) in SAFE
            assert timed(scene, m.says("Create", {**v.note(), **more})) in SAFE


def test_d04_json_that_is_odd(scene: Scene) -> None:
    m = scene.m
    whole = json.dumps(m.says("Like", scene.here))
    head = whole[:-1]

    def deep(levels: int) -> str:
        return f'{head}, "x": {"[" * levels}{"]" * levels}}}'

    with scene.unharmed():
        values = (f"{'9' * 5_000}", "NaN", "1e999", "-Infinity", '"\\ud800"', '"\\u0000"', '{"a": 1, "a": 2}')
        odd = [deep(1_500), deep(100_000), "[" * 100_000, f"\ufeff{whole}", f"{whole}{{}}", head]
        odd += [f'{head}, "x": {value}}}' for value in values]
        for text in odd:
            assert timed(scene, text.encode()) in SAFE, text[:60]
        for text in (deep(100_000), "[" * 100_000, f'{head}, "x": NaN}}', head):
            assert timed(scene, text.encode()) == 400, text[:60]
        for body in (whole.encode("utf-16"), whole.encode()[:-1] + b', "x": "\xff\xfe"}', b"\x00" * 100):
            assert timed(scene, body) == 400
    for text in ("\\ud800", "\\u0000", "\\udfff x"):
        note = json.dumps(m.says("Create", m.note(content="HERE", name="HERE"))).replace("HERE", text)
        assert timed(scene, note.encode()) in SAFE
    scene.settle()
    scene.stands()


def test_d05_d12_lists_without_end(scene: Scene) -> None:
    m = scene.m
    strangers = [f"{scene.evil.url}/u/stranger{number}" for number in range(200)]
    mentions = [{"type": "Mention", "href": iri, "name": "@x"} for iri in strangers]
    before = scene.evil.asked()
    lists: tuple[dict[str, Any], ...] = (
        {"cc": [f"{scene.evil.url}/u/{number}" for number in range(6_000)]},
        {"tag": [{"type": "Hashtag", "name": f"#t{number}", "href": f"{scene.evil.url}/t/{number}"} for number in range(3_000)]},
        {"tag": mentions, "cc": strangers},
        {"topic": strangers, "territory": strangers, "inReplyTo": strangers, "context": strangers[0], "replies": strangers[1]},
        {"attachment": [{"type": "Image", "url": iri} for iri in strangers], "icon": strangers[0], "image": strangers},
    )
    with scene.cheap(15):
        for more in lists:
            note = m.note(to=[scene.here, PUBLIC], **more)
            assert timed(scene, m.says("Create", note, cc=note.get("cc", []), to=note["to"])) in {202, 400, 413}
        scene.settle()
    assert scene.evil.asked() - before <= 50
    scene.stands()


def test_d06_an_endless_thread(scene: Scene) -> None:
    async def parent(request: Any) -> Any:
        number = int(request.path_qs.rpartition("=")[2])
        note = scene.m.note(f"/thread?n={number}", inReplyTo=f"{scene.evil.url}/thread?n={number + 1}")
        return web.Response(body=json.dumps({"@context": AS2, **note}).encode(), headers={"Content-Type": AP})

    scene.evil.script("/thread", parent)
    assert scene.send(scene.m, scene.m.says("Create", scene.m.note(inReplyTo=f"{scene.evil.url}/thread?n=1"))) == 202
    scene.settle()
    assert scene.evil.asked() <= 60
    scene.stands()


@pytest.mark.parametrize(
    "piece",
    [
        "<a ",
        "<link a a a ",
        "#aaa",
        "!@a.a.a.",
        "&&&",
        "[[[[",
        "\u202e",
        "<p><b>",
        "<!--",
        "](",
        "&#x202e;",
        "a" * 50 + " ",
        "<svg><style>",
    ],
)
def test_d14_texts_that_are_slow_to_read(scene: Scene, piece: str) -> None:
    text = (piece * (200_000 // len(piece)))[:200_000]
    note = scene.m.note(content=text, name=text[:5_000], summary=text[:20_000])
    with scene.cheap(8):
        assert timed(scene, scene.m.says("Create", note)) in {*SAFE, 413}
        scene.settle()
    for path in ("/", f"/recherche?q=aaa&portee=ailleurs&n={fresh()}"):
        with scene.cheap(SLOW):
            scene.get(path, "text/html")
