"""The SHACL suite, by the validator that our shapes are tried with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pyshacl
import rdflib
from conformance.report import Outcome, Result
from rdflib import RDF, Graph, Namespace
from rdflib.term import Node

SUITE = "SHACL"
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SHT = Namespace("http://www.w3.org/ns/shacl-test#")
SH = Namespace("http://www.w3.org/ns/shacl#")


def shacl_tests(path: Path) -> Iterator[Result]:
    """The tests in one file."""
    said = Graph().parse(path, format="turtle", publicID=path.absolute().as_uri())
    for entry in said.subjects(RDF.type, SHT.Validate):
        name = f"{path.stem}: {said.value(entry, rdflib.RDFS.label) or ''}"
        action, wanted = said.value(entry, MF.action), said.value(entry, MF.result)
        try:
            conforms, report, _ = pyshacl.validate(
                _graph(said, path, said.value(action, SHT.dataGraph)),
                shacl_graph=_graph(said, path, said.value(action, SHT.shapesGraph)),
                advanced=True,
            )
        except Exception as problem:  # noqa: BLE001 -- a validator that breaks is what a suite is run for
            outcome: Outcome = "pass" if wanted == SHT.Failure else "fail"
            yield Result(suite=SUITE, name=name, outcome=outcome, reason=f"{type(problem).__name__}: {problem}")
            continue
        expected = said.value(wanted, SH.conforms) if wanted is not None else None
        same = expected is not None and bool(expected) is conforms and isinstance(report, Graph)
        same = same and _results(said, wanted) == _results(report, report.value(predicate=RDF.type, object=SH.ValidationReport))
        yield Result(suite=SUITE, name=name, outcome="pass" if same else "fail", reason="" if same else "another report")


def _graph(said: Graph, path: Path, address: Node | None) -> Graph:
    if address is None or str(address) == path.absolute().as_uri():
        return said
    return Graph().parse(str(address), format="turtle")


def _results(graph: Graph, report: Node | None) -> Counter[tuple[str, ...]]:
    """What a report finds: where, of what kind, how grave; paths and shapes without an address do not count."""
    words = (SH.focusNode, SH.sourceConstraintComponent, SH.resultSeverity, SH.value, SH.resultPath)
    return Counter(tuple(_plain(graph.value(result, word)) for word in words) for result in graph.objects(report, SH.result))


def _plain(term: Node | None) -> str:
    return "_" if isinstance(term, rdflib.BNode) else "" if term is None else term.n3()
