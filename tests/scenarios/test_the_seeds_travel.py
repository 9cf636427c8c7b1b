"""The five documents that the project starts from go in on three nodes, are followed, found elsewhere, and give intersections."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kit.live import ADDRESSES, LiveNode, until
from kit.seeds import shared

pytestmark = [pytest.mark.enable_socket, pytest.mark.shared]

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


def titles(node: LiveNode, slug: str, *words: str) -> list[str]:
    """What a community has from elsewhere, or what is found there."""
    search = ["--search", " ".join(words)] if words else []
    return [row["title"] for row in node.json("repertoire", slug, "--scope", "followed", *search)]


def pairs(node: LiveNode) -> list[set[str]]:
    """Which communities touch, by slug, as a node sees it."""
    return [{iri.rsplit("/", 1)[1] for iri in touch["communities"]} for touch in node.json("intersections")]


def test_they_are_followed_found_and_touch(nodes: list[LiveNode]) -> None:
    villes, passerelles, concertation = nodes
    by_slug = {slug: node for node, (slug, _, _) in zip(nodes, WHERE, strict=True)}
    for slug, node in by_slug.items():
        for target, other in by_slug.items():
            if other is not node:
                node.run("follow", slug, f"@{target}@{other.address}:{other.port}")
    for slug, _, documents in WHERE:
        node, wanted = by_slug[slug], 5 - len(documents)
        until(lambda n=node, s=slug, w=wanted: len(titles(n, s)) >= w, describe=lambda n=node: n.run("links", "list"))  # type: ignore[misc]

    # Found from another node: without accents, in the singular, by the words of the text.
    assert any("CONCILIER" in title.upper() for title in titles(villes, "villes", "concilier", "profession"))
    assert titles(concertation, "concertation", "fonctionnaire", "economie sociale")
    assert titles(villes, "villes", "intersection", "naturelle")

    # A resource that another community takes up makes them touch, on both sides, since both follow one another.
    held = next(row["iri"] for row in passerelles.json("repertoire", "passerelles") if "intersectorielle" in row["title"])
    concertation.run("integrate", held, "--community", "concertation")
    for node in (passerelles, concertation):
        until(lambda n=node: {"passerelles", "concertation"} in pairs(n), describe=lambda n=node: pairs(n))  # type: ignore[misc]
