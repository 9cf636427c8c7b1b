"""Says at the end of a run what its tests recorded: how much of the visibility matrix was walked, when nodes were killed."""

from __future__ import annotations

from typing import Protocol

NAME = "visibility matrix"
#: What is printed, each under its own heading.
NAMES = (NAME, "kills", "where each line of a page of Praxis goes", "how others see us")


class Terminal(Protocol):
    """What pytest gives to write to."""

    def section(self, title: str, sep: str = "-") -> None: ...

    def line(self, msg: str) -> None: ...

    def getreports(self, name: str) -> list[object]: ...


def pytest_terminal_summary(terminalreporter: Terminal) -> None:
    """Prints what was recorded under these names."""
    reports = [report for outcome in ("passed", "failed") for report in terminalreporter.getreports(outcome)]
    for heading in NAMES:
        lines = [str(value) for report in reports for name, value in getattr(report, "user_properties", []) if name == heading]
        if lines:
            terminalreporter.section(heading)
        for line in lines:
            terminalreporter.line(line)
