"""The guide for other platforms does what it says: its code reads a node, and writes what the published checkers accept."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

import vocab
from kit.web_node import AP, WebNode, web_node
from node.domain.entries import Audience
from vocab import jsonld
from vocab.check import problems
from vocab.things.practice_note import PracticeNote

README = (Path(vocab.__file__).parent / "README.md").read_text(encoding="utf-8")
_, _AFTERNOON = README.split("## Publish and read in an afternoon")
GUIDE = _AFTERNOON.split("\n## ")[0]


@pytest.fixture
def code() -> dict[str, Any]:
    """What the blocks of the guide define, as a developer who copies them has it."""
    found: dict[str, Any] = {}
    for block in re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL):
        exec(compile(block, "vocab/README.md", "exec"), found)  # noqa: S102  (the code that the guide shows)
    return found


@pytest_asyncio.fixture
async def node() -> AsyncIterator[WebNode]:
    async with web_node() as made:
        yield made


async def test_its_code_reads_the_repertoire_of_a_community(node: WebNode, code: dict[str, Any]) -> None:
    iri = node.plant("ressources/accueil", Audience.PUBLIC)
    node.plant("ressources/reservee", Audience.COMMUNITY)

    def read() -> list[tuple[str, str]]:
        notes = [code["fetch"](address) for address in code["items"](f"{node.url}/communautes/logement/repertoire")]
        return [(note["id"], code["text"](note, "name", "fr")) for note in notes if code["is_a"](note, "Article")]

    assert await asyncio.to_thread(read) == [(iri, "Titre")]


async def test_its_code_writes_what_every_checker_accepts(node: WebNode, code: dict[str, Any]) -> None:
    address = "https://blogue.example/jardins"
    said = code["practice_note"](
        address, "https://blogue.example/lea", "Trois jardins", "<p>Un cabanon.</p>", "<p>La clé.</p>",
        "https://creativecommons.org/licenses/by/4.0/", "2026-11-01T12:00:00Z",
    )  # fmt: skip
    assert await asyncio.to_thread(code["faults"], said, node.url) == []
    note = jsonld.read(json.dumps(said).encode())
    assert isinstance(note, PracticeNote)
    assert problems(note) == []
    del said["license"]
    assert await asyncio.to_thread(code["faults"], said, node.url) != []


async def test_its_way_of_asking_is_answered(node: WebNode) -> None:
    assert AP in GUIDE
    assert (await node.get("/communautes/logement", accept=AP)).status == 200
