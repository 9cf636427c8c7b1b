"""What came of one test of a suite, and how it is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

Outcome = Literal["pass", "fail", "refused", "left out"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One test. `refused`: what we do not do on purpose, and say so; `left out`: nothing of ours does what it tests."""

    suite: str
    name: str
    outcome: Outcome
    reason: str = ""


def told(results: Iterable[Result]) -> Iterator[str]:
    """A line for each test, then one for each suite."""
    counted: dict[str, Counter[str]] = {}
    for result in results:
        counted.setdefault(result.suite, Counter())[result.outcome] += 1
        yield f"{result.outcome:9} {result.suite:16} {result.name}{f'  ({_line(result.reason)})' if result.reason else ''}"
    for suite, outcomes in counted.items():
        yield f"{suite}: " + ", ".join(f"{outcomes[outcome]} {outcome}" for outcome in ("pass", "fail", "refused", "left out"))


def _line(text: str) -> str:
    return " ".join(text.split())[:200]
