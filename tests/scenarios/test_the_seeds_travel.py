"""The five documents that the project starts from go in on three nodes, are followed, found from elsewhere, and give intersections."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from kit.live import ADDRESSES, LiveNode, until
from kit.seeds import shared

pytestmark = [pytest.mark.xdist_group("live"), pytest.mark.enable_socket, pytest.mark.shared]

#: Which documents each node imports, under which topic.
WHERE = (
    ("villes", "Villes", {"000-municipal-community.txt": "économie sociale"}),
    (
        "passerelles",
        "Passerelles",
        {"001-intersections.txt": "intersections", "002-success-conditions.txt": "communautés de pratique"},
    ),
    (
        "concertation",
        "Concertation",
        {"003-professions-webinar.txt": "développement territorial", "004-community-toolkit.txt": "animation"},
    ),
)


@pytest.fixture
def nodes(tmp_path: Path) -> Iterator[list[LiveNode]]:
    seeds = shared("seeds")
    made = []
    for address, (slug, name, documents) in zip(ADDRESSES, WHERE, strict=True):
        node = LiveNode(tmp_path / slug, address, f"Nœud {name}", mode="open")
        node.run("community", "add", name, "--slug", slug)
        node.run("member", "add", f"qui@{slug}.example", "--name", "Qui Importe", "--community", slug, "--role", "documentation")
        for document, topic in documents.items():
            node.run("import", "text", str(seeds / document), "--community", slug, "--audience", "public", "--topic", topic)
        made.append(node.start())
    try:
        yield made
    finally:
        for node in made:
            node.stop()


def test_they_are_followed_found_and_touch(nodes: list[LiveNode]) -> None:
    villes, passerelles, concertation = nodes
    communities = {slug: f"{node.url}/communautes/{slug}" for node, (slug, _, _) in zip(nodes, WHERE, strict=True)}
    for node, (slug, _, _) in zip(nodes, WHERE, strict=True):
        for other, (target, _, _) in zip(nodes, WHERE, strict=True):
            if other is not node:
                node.run("follow", slug, f"@{target}@{other.address}:{other.port}")

    def titles(node: LiveNode, slug: str, *words: str) -> list[str]:
        search = ["--search", " ".join(words)] if words else []
        return [row["title"] for row in node.json("repertoire", slug, "--scope", "followed", *search)]

    for node, (slug, _, documents) in zip(nodes, WHERE, strict=True):
        until(
            lambda node=node, slug=slug, n=5 - len(documents): len(titles(node, slug)) >= n,
            describe=lambda node=node: node.run("links", "list"),
        )

    # Found from another node: without accents, in the plural, by the words of the text.
    assert any("COMMENT CONCILIER" in title.upper() for title in titles(villes, "villes", "concilier", "professions"))
    assert titles(concertation, "concertation", "fonctionnaire", "economie sociale")
    assert titles(villes, "villes", "intersection", "naturelle")

    # A resource that another community takes up, and two terms joined, make an intersection on every side that knows both.
    held = next(row["iri"] for row in passerelles.json("repertoire", "passerelles") if "intersectorielle" in row["title"])
    concertation.run("integrate", held, "--community", "concertation")
    for node in (passerelles, concertation):
        until(
            lambda node=node: any(
                {"passerelles", "concertation"} == {iri.rsplit("/", 1)[1] for iri in touch["communities"]}
                for touch in node.json("intersections")
            ),
            describe=lambda node=node: (node.json("intersections"), communities),
        )
