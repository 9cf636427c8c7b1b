"""What tests say that they show of the protocol: marks `shows`, read from their sources without running them."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

#: How something was tried, from the firmest to the weakest.
WAYS = {
    "live": "a running server of that make, over a real socket",
    "library": "another project's library, at work in the test",
    "three nodes": "three whole nodes of our own, over real sockets",
    "two nodes": "two whole nodes of our own, over real sockets",
    "recorded": "messages that such servers were recorded to send, signed anew with keys of the tests",
    "oracle": "a re-statement of what that server accepts and shows, read out of its code",
    "example": "the examples or test vectors that the specification prints",
    "own": "our own tests alone, both sides ours",
}


class BadMark(ValueError):
    """A mark that cannot be read, with its place."""


@dataclass(frozen=True, order=True, kw_only=True)
class Shown:
    """One thing shown: of which specification, what in a sentence, with whom, how, and in which file."""

    spec: str
    what: str
    peer: str
    how: str
    file: str


def specifications() -> dict[str, dict[str, str]]:
    """The listed specifications by id."""
    listed = tomllib.loads((ROOT / "federation" / "specs.toml").read_text("utf-8"))["spec"]
    return {entry["id"]: entry for entry in listed}


def all_shown() -> list[Shown]:
    """Every mark in the tests, sorted; raises BadMark."""
    return sorted(
        {found for path in (ROOT / "tests").rglob("test_*.py") if "node_modules" not in path.parts for found in _marks(path)}
    )


def _marks(path: Path) -> Iterator[Shown]:
    file = path.relative_to(ROOT).as_posix()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.shows":
            yield _shown(node, file)


def _shown(call: ast.Call, file: str) -> Shown:
    place = f"{file}, line {call.lineno}"
    try:
        said = [ast.literal_eval(argument) for argument in call.args]
        named = {keyword.arg or "": ast.literal_eval(keyword.value) for keyword in call.keywords}
    except ValueError as fault:
        raise BadMark(f"{place}: a mark is written in plain texts, so that it can be read without running") from fault
    if len(said) != 2 or set(named) - {"peer", "how"} or not all(isinstance(each, str) for each in (*said, *named.values())):
        raise BadMark(f'{place}: write pytest.mark.shows("FEP-1b12", "What is shown.", peer="Lemmy", how="recorded")')
    found = Shown(spec=said[0], what=said[1], peer=named.get("peer", "Maillage"), how=named.get("how", "own"), file=file)
    if found.spec not in specifications():
        raise BadMark(f"{place}: {found.spec} is not in federation/specs.toml")
    if found.how not in WAYS:
        raise BadMark(f"{place}: {found.how!r} is no way to try something; there are {', '.join(WAYS)}")
    if not found.what.endswith("."):
        raise BadMark(f"{place}: what is shown is a sentence with its full stop")
    return found
