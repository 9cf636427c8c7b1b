"""The project's own source files, for the tests that read them as text."""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("vocab", "federation", "node")


@functools.cache
def modules(*rooms: str) -> tuple[Path, ...]:
    """Every Python file of the rooms (all of them by default), tests not included."""
    return tuple(path for room in rooms or ROOMS for path in sorted((ROOT / room).rglob("*.py")))


def ours_of_tests() -> list[Path]:
    """Every Python file of the tests; not what servers of other makes brought along."""
    return [path for path in sorted((ROOT / "tests").rglob("*.py")) if "node_modules" not in path.parts]


@functools.cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text("utf-8"))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a file; they stand among statements, so that no expression is looked into."""
    waiting: list[ast.AST] = [tree(path)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
        for place in ("body", "orelse", "finalbody", "handlers", "cases"):
            waiting.extend(getattr(node, place, ()))


def name(path: Path) -> str:
    """The path of a file from the root of the repository."""
    return path.relative_to(ROOT).as_posix()
