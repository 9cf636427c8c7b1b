"""Says at the end of a run how much of the visibility matrix was walked."""

from __future__ import annotations

from typing import Protocol

NAME = "visibility matrix"


class Terminal(Protocol):
    """What pytest gives to write to."""

    def section(self, title: str, sep: str = "-") -> None: ...

    def line(self, msg: str) -> None: ...

    def getreports(self, name: str) -> list[object]: ...


def pytest_terminal_summary(terminalreporter: Terminal) -> None:
    """Prints the counts that the tests of the matrix have recorded."""
    reports = [report for outcome in ("passed", "failed") for report in terminalreporter.getreports(outcome)]
    lines = [str(value) for report in reports for name, value in getattr(report, "user_properties", []) if name == NAME]
    if lines:
        terminalreporter.section(NAME)
        for line in lines:
            terminalreporter.line(line)
