"""The command line in this process, with the exit codes and the output that a script would see."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import pytest

from node.cli import build, run
from node.storage.engine import Database
from node.storage.unit_of_work import UnitOfWork
from node.wiring import open_node

T = TypeVar("T")

URL = "https://savoirs.example"
HABITATION = f"{URL}/communautes/habitation"
ANIMATION = f"{URL}/communautes/animation"


@dataclass(frozen=True)
class Said:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def line(self) -> str:
        """The one line that it printed."""
        assert self.out.count("\n") == 1, self.out
        return self.out.strip()


@dataclass(frozen=True)
class Shell:
    """Runs commands on the node in `folder`."""

    folder: Path
    capsys: pytest.CaptureFixture[str]
    monkeypatch: pytest.MonkeyPatch

    def run(self, *arguments: str, data: Path | None = None, stdin: str = "") -> Said:
        """Runs a command, whatever comes of it."""
        said = ["maillage", *arguments, "--data", str(data or self.folder)]
        self.monkeypatch.setattr(sys, "argv", said)
        self.monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        self.capsys.readouterr()
        code = 0
        try:
            run(build(open_node))
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 0
        out, err = self.capsys.readouterr()
        return Said(code=code, out=out, err=err)

    def __call__(self, *arguments: str, data: Path | None = None, stdin: str = "") -> Said:
        """Runs a command that is to succeed."""
        said = self.run(*arguments, data=data, stdin=stdin)
        assert said.code == 0, said.err
        return said

    def fails(self, *arguments: str, data: Path | None = None) -> str:
        """Runs a command that is to fail: exit 1, nothing printed, and one line on stderr, which is given."""
        said = self.run(*arguments, data=data)
        assert (said.code, said.out) == (1, ""), said
        assert said.err.startswith("maillage: "), said.err
        assert said.err.count("\n") == 1, said.err
        return said.err

    def is_misused(self, *arguments: str) -> str:
        """Runs a command that is misused: exit 2, and what is wrong with it, which is given."""
        said = self.run(*arguments)
        assert (said.code, said.out) == (2, ""), said
        assert "Traceback" not in said.err
        return said.err

    def write(self, deed: Callable[[UnitOfWork], T]) -> T:
        """A deed of somebody else in the same database."""
        database = Database(f"sqlite:///{self.folder / 'maillage.sqlite'}")
        try:
            return database.write_now(deed)
        finally:
            database.close()
