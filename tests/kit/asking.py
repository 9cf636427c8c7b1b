"""An index in a folder, written and asked in the processes that a node uses."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from node.graph.engine import Graph, Limits
from node.graph.questions import Found, Question

JSON = "application/sparql-results+json"
LEFT, RIGHT = "https://nord.example/", "https://sud.example/"


def question(text: str, **given: Any) -> Question:
    """A question to all graphs together, its answer in JSON or Turtle."""
    return Question(**{"text": text, "base": LEFT, "rows": JSON, "statements": "text/turtle", **given})


@dataclass
class Desk:
    """One index, with what one asks of it."""

    folder: Path
    # Nothing here depends on how busy the machine is.
    limits: Limits = field(default_factory=lambda: Limits(seconds=60))

    @property
    def graph(self) -> Graph:
        return Graph(self.folder, self.limits)

    async def write(self, said: Mapping[str, str], mark: int, *, anew: bool = False) -> None:
        """Writes what things say: N-Quads by address."""
        async with self.graph.recording(anew=anew) as recorder:
            for about, statements in said.items():
                await recorder.put(about, statements)
            await recorder.finish(mark)

    async def ask(self, text: str, **given: Any) -> Found:
        return await self.graph.ask(question(text, **given))

    async def rows(self, text: str, **given: Any) -> list[tuple[str, ...]]:
        """The values of the rows that an answer has, sorted."""
        found = await self.ask(text, **given)
        assert found.status == 200, found.body
        answer = json.loads(found.body)
        names = answer["head"]["vars"]
        return sorted(tuple(row[name]["value"] if name in row else "" for name in names) for row in answer["results"]["bindings"])


def note(home: str, number: int, words: str = "un") -> tuple[str, str]:
    """A small thing: its address, and that it says these words, itself and by way of something without an address."""
    iri = f"{home}n/{number}"
    hidden = f"_:t{abs(hash(iri))}b0"
    lines = (
        f'<{iri}> <urn:dit> "{words}" <{home}> .',
        f"<{iri}> <urn:par> {hidden} <{home}> .",
        f'{hidden} <urn:nom> "{words}" <{home}> .',
    )
    return iri, "\n".join(lines) + "\n"
