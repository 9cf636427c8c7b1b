"""Runs a local copy of W3C suites against our readers and our endpoint, and prints what came of each test.

Knows the JSON-LD API tests, the ActivityStreams test documents, the SHACL suite and the SPARQL 1.1 manifests by what is in the
files, wherever in the folder they are. The exit code is 1 when a test failed, 2 when there is no test at all.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parents[1])]

from conformance import documents, questions, report, shapes  # noqa: E402 -- the path is set first
from conformance.report import Result  # noqa: E402

from kit.asking import Desk  # noqa: E402
from kit.web_node import web_node  # noqa: E402
from node.graph.engine import Limits  # noqa: E402
from node.web.limits import Limits as WebLimits  # noqa: E402

#: What says of a file in Turtle which suite it belongs to.
SHACL, ENTRIES = "sht:Validate", "mf:entries"


def results(suite: Path) -> Iterator[Result]:
    """What comes of all tests below a folder, suite by suite."""
    asked: list[Path] = []
    for path in sorted(suite.rglob("*")):
        if path.name.endswith("-manifest.jsonld"):
            yield from documents.api_tests(path)
        elif documents.is_streams(path):
            yield documents.streams_test(path)
        elif path.suffix == ".ttl" and ENTRIES in (text := path.read_text("utf-8", "replace")):
            if SHACL in text:
                yield from shapes.shacl_tests(path)
            else:
                asked.append(path)
    if asked:
        yield from asyncio.run(_asked(asked))


async def _asked(manifests: list[Path]) -> list[Result]:
    limits = WebLimits(questions_a_minute=1_000_000)
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder), Limits(seconds=60, question=100_000))
        async with web_node(graph=desk.graph, limits=limits) as node:
            examination = questions.Examination(node, desk)
            return [result for path in manifests for result in await examination.results(path)]


def main(arguments: list[str]) -> int:
    """Prints the report of the suite in the folder that is named."""
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        sys.stderr.write("Say where the copy of a suite is: make conformance SUITE=path\n")
        return 2
    found = list(results(Path(arguments[0])))
    sys.stdout.writelines(f"{line}\n" for line in report.told(found))
    if not found:
        sys.stderr.write("There is no test of a known suite in this folder.\n")
        return 2
    return int(any(result.outcome == "fail" for result in found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
