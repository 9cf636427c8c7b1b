"""Two communities touch only by a mapping between their terms; withdraw it, and what relied on it is gone on both sides."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kit.live import LiveNode, until

pytestmark = pytest.mark.enable_socket


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[LiveNode, LiveNode]]:
    left = LiveNode(tmp_path / "left", "127.0.0.11", "Maison commune", mode="open")
    right = LiveNode(tmp_path / "right", "127.0.0.12", "Coopérative voisine", mode="open")
    for node, slug in ((left, "logement"), (right, "quartier")):
        node.run("community", "add", slug.title(), "--slug", slug)
        node.run("member", "add", f"m@{slug}.example", "--name", "Mireille", "--community", slug, "--role", "animation")
        node.start()
    try:
        yield left, right
    finally:
        for node in (left, right):
            node.stop()


def write(folder: Path, name: str, head: str, body: str = "Un texte.") -> str:
    path = folder / name
    path.write_text(f"---\n{head}\naudience: public\n---\n{body}\n", "utf-8")
    return str(path)


def test_what_relied_on_it_is_gone(pair: tuple[LiveNode, LiveNode], tmp_path: Path) -> None:
    left, right = pair
    terms = {}
    for node, slug, word in ((left, "logement", "maintien en logement"), (right, "quartier", "stabilité résidentielle")):
        term = write(tmp_path, f"{slug}-t.md", f"title: {word}\nkind: Concept\nprefLabel: {{fr: {word}}}")
        terms[slug] = node.run("publish", term, "--community", slug).strip()
        for number in range(2):
            note = write(tmp_path, f"{slug}-{number}.md", f"title: Note {number} de {slug}\ntopics: [{word}]")
            node.run("publish", note, "--community", slug)
    left.run("follow", "logement", f"@quartier@{right.host}")
    right.run("follow", "quartier", f"@logement@{left.host}")
    for node, slug in ((left, "logement"), (right, "quartier")):
        until(lambda n=node, s=slug: len(n.json("repertoire", s, "--scope", "followed")) >= 2)  # type: ignore[misc]
    assert left.json("intersections") == right.json("intersections") == []

    head = (
        f"kind: Mapping\nsubject: {terms['logement']}\nrelation: closeMatch\nobject: {terms['quartier']}\n"
        "confidence: 0.9\nstate: acceptee"
    )
    mapping = left.run("publish", write(tmp_path, "m.md", head, "Presque la même chose."), "--community", "logement").strip()
    for node in (left, right):
        until(lambda n=node: n.json("intersections"), describe=lambda n=node: n.json("inspect")["tasks"])  # type: ignore[misc]
        (touch,) = node.json("intersections")
        assert [basis["kind"] for basis in touch["basis"]] == ["sujets"]
        assert touch["basis"][0]["derived_from"] == [mapping]
        explained = node.run("intersections", "--explain", touch["iri"])
        assert "mapping" in explained
        assert mapping in explained
        # Found by the other's word, through the mapping.
        slug, word = ("logement", "maintien en logement") if node is left else ("quartier", "stabilite residentielle")
        assert node.json("repertoire", slug, "--scope", "followed", "--search", word)

    left.run("withdraw", mapping)
    for node in (left, right):
        until(lambda n=node: n.json("intersections") == [], describe=lambda n=node: n.json("inspect")["tasks"])  # type: ignore[misc]
        slug, word = ("logement", "maintien en logement") if node is left else ("quartier", "stabilite residentielle")
        assert node.json("repertoire", slug, "--scope", "followed", "--search", word) == []
    assert left.get(mapping, accept="application/activity+json")[0] == 410
