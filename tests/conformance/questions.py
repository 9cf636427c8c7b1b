"""SPARQL 1.1 query and protocol manifests, put to our endpoint over HTTP."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pyoxigraph
from conformance.manifests import MF, QT, RDFS, Manifest, Node, Term, path_of
from conformance.report import Outcome, Result
from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    RdfFormat,
    parse_query_results,
)

from kit.asking import Desk
from kit.web_node import Got, WebNode

QUERY, PROTOCOL = "SPARQL query", "SPARQL protocol"
HT, CNT, UT = (
    "http://www.w3.org/2011/http#",
    "http://www.w3.org/2011/content#",
    "http://www.w3.org/2009/sparql/tests/test-update#",
)
SD, XSD = "http://www.w3.org/ns/sparql-service-description#", "http://www.w3.org/2001/XMLSchema#"
#: Numbers of these kinds are the same when their values are, however they are written.
NUMBERS = tuple(f"{XSD}{kind}" for kind in ("decimal", "double", "float", "integer"))
READ_ONLY = "nothing can be changed here"
#: What an answer is asked for as, by what it is compared with.
FACES = {
    ".srx": "application/sparql-results+xml",
    ".srj": "application/sparql-results+json",
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
}
STATEMENTS = "application/n-triples, application/sparql-results+json;q=0.5"


@dataclass
class Examination:
    """The endpoint, with the index that each test fills anew."""

    node: WebNode
    desk: Desk

    async def results(self, path: Path) -> list[Result]:
        """What comes of the tests in one manifest."""
        manifest = Manifest(path)
        return [await self._result(manifest, entry) for entry in manifest.entries()]

    async def _result(self, manifest: Manifest, entry: Node) -> Result:
        kinds, name = manifest.kinds(entry), manifest.name(entry)
        if "ProtocolTest" in kinds:
            return await self._protocol(manifest, entry, name)
        if any("Update" in kind for kind in kinds):
            return Result(suite=QUERY, name=name, outcome="left out", reason=READ_ONLY)
        if kinds & {"QueryEvaluationTest", "CSVResultFormatTest"}:
            return await self._evaluation(manifest, entry, name)
        syntax = next((kind for kind in kinds if "SyntaxTest" in kind), "")
        if syntax:
            return await self._syntax(manifest, entry, name, is_good=syntax.startswith("Positive"))
        return Result(suite=QUERY, name=name, outcome="left out", reason=f"nothing here does that: {', '.join(sorted(kinds))}")

    async def _evaluation(self, manifest: Manifest, entry: Node, name: str) -> Result:
        action, wanted = manifest.one(entry, f"{MF}action"), path_of(manifest.text(entry, f"{MF}result"))
        if manifest.one(action, f"{SD}entailmentRegime") is not None:
            return Result(suite=QUERY, name=name, outcome="left out", reason="nothing is inferred here")
        query = manifest.text(action, f"{QT}query")
        default = {term.value: path_of(term.value) for term in manifest.all(action, f"{QT}data")}
        named = dict(_graph(manifest, term) for term in manifest.all(action, f"{QT}graphData"))
        await self._fill({**default, **named})
        got = await self._ask(
            query, [*_fields("default", default), *_fields("named", named)], FACES.get(wanted.suffix, STATEMENTS)
        )
        if got.status != 200:
            return Result(suite=QUERY, name=name, outcome=_refusal(got), reason=got.text)
        try:
            same = _same(got, wanted)
        except (SyntaxError, ValueError, NotImplementedError) as problem:
            return Result(suite=QUERY, name=name, outcome="left out", reason=f"what is expected cannot be read: {problem}")
        return Result(suite=QUERY, name=name, outcome="pass" if same else "fail", reason="" if same else "another answer")

    async def _syntax(self, manifest: Manifest, entry: Node, name: str, *, is_good: bool) -> Result:
        got = await self._ask(manifest.text(entry, f"{MF}action"), [], STATEMENTS)
        if got.status == 200:
            return Result(suite=QUERY, name=name, outcome="pass" if is_good else "fail", reason="" if is_good else "was answered")
        return Result(suite=QUERY, name=name, outcome=_refusal(got) if is_good else "pass", reason=got.text)

    async def _protocol(self, manifest: Manifest, entry: Node, name: str) -> Result:
        graphs = manifest.all(entry, f"{UT}graphData")
        await self._fill({manifest.text(each, f"{RDFS}label"): path_of(manifest.text(each, f"{UT}graph")) for each in graphs})
        connection = manifest.one(entry, f"{MF}action")
        requests = list(manifest.listed(manifest.one(connection, f"{HT}requests")))
        if not requests:
            return Result(suite=PROTOCOL, name=name, outcome="left out", reason="what is asked is told in words alone")
        for request in requests:
            answer = manifest.one(request, f"{HT}resp")
            expected = {term.value[-3] for term in manifest.all(answer, f"{MF}expectedStatus")}
            got = await self._request(manifest, request)
            if READ_ONLY in got.text.lower() and "4" not in expected:
                return Result(suite=PROTOCOL, name=name, outcome="refused", reason=READ_ONLY)
            if str(got.status)[0] not in expected:
                return Result(suite=PROTOCOL, name=name, outcome=_refusal(got), reason=f"{got.status}: {got.text}")
            boolean = manifest.text(answer, f"{MF}expectedBoolean")
            if boolean and got.json().get("boolean") is not (boolean == "true"):
                return Result(suite=PROTOCOL, name=name, outcome="fail", reason=f"not {boolean}: {got.text}")
        return Result(suite=PROTOCOL, name=name, outcome="pass")

    async def _request(self, manifest: Manifest, request: Term) -> Got:
        fields = manifest.listed(manifest.one(request, f"{HT}headers"))
        headers = {manifest.text(each, f"{HT}fieldName"): manifest.text(each, f"{HT}fieldValue") for each in fields}
        said = manifest.one(request, f"{HT}body")
        letters = manifest.text(said, f"{CNT}characterEncoding") or "utf-8"
        body = manifest.text(said, f"{CNT}chars").encode(letters) if said is not None else None
        path = manifest.text(request, f"{HT}absolutePath").replace("/sparql/", "/sparql", 1)
        return await self.node.ask(manifest.text(request, f"{HT}methodName"), path, headers=headers, body=body)

    async def _fill(self, graphs: dict[str, Path]) -> None:
        said = {iri: await asyncio.to_thread(_statements, iri, path) for iri, path in graphs.items()}
        await self.desk.write(said, 1, anew=True)

    async def _ask(self, query: str, fields: list[tuple[str, str]], accept: str) -> Got:
        # Relative addresses in a test start from its own file.
        text = f"BASE <{query}>\n" + await asyncio.to_thread(path_of(query).read_text, "utf-8")
        headers = {"Content-Type": "application/sparql-query", "Accept": accept}
        return await self.node.ask("POST", f"/sparql?{urlencode(fields)}", headers=headers, body=text.encode())


def _fields(kind: str, graphs: Iterable[str]) -> Iterator[tuple[str, str]]:
    return ((f"{kind}-graph-uri", iri) for iri in graphs)


def _graph(manifest: Manifest, term: Term) -> tuple[str, Path]:
    """A named graph: a file under its own address, or under another name."""
    file = manifest.text(term, f"{QT}graph") or term.value
    return manifest.text(term, f"{RDFS}label") or file, path_of(file)


def _statements(iri: str, path: Path) -> str:
    quads = pyoxigraph.parse(path=path, base_iri=path.absolute().as_uri(), rename_blank_nodes=True)
    # A graph without statements is none here; this one says nothing that a test looks for.
    kept = [Quad(quad.subject, quad.predicate, quad.object, NamedNode(iri)) for quad in quads]
    return "".join(f"{quad} .\n" for quad in kept)


def _refusal(got: Got) -> Outcome:
    return "refused" if "is refused" in got.text or "no graph of that name" in got.text else "fail"


def _same(got: Got, wanted: Path) -> bool:
    media = got.headers["Content-Type"].partition(";")[0]
    if wanted.suffix == ".csv":
        return sorted(got.text.split()) == sorted(wanted.read_text("utf-8").split())
    if media == "application/n-triples":
        return _canonical(pyoxigraph.parse(got.body, format=RdfFormat.N_TRIPLES)) == _canonical(
            pyoxigraph.parse(path=wanted, base_iri=wanted.absolute().as_uri())
        )
    if wanted.suffix not in FACES:
        raise NotImplementedError("rows written as statements")
    form = QueryResultsFormat.from_media_type(FACES[wanted.suffix])
    expected, given = parse_query_results(path=wanted, format=form), parse_query_results(got.body, form)
    if isinstance(expected, QueryBoolean) or isinstance(given, QueryBoolean):
        return isinstance(expected, QueryBoolean) and isinstance(given, QueryBoolean) and bool(expected) is bool(given)
    names = {variable.value for variable in expected.variables}
    return names == {variable.value for variable in given.variables} and _rows(expected, names) == _rows(given, names)


def _rows(solutions: Iterable[pyoxigraph.QuerySolution], names: set[str]) -> set[str]:
    """Rows as a graph in which each is a node of its own: two are the same when their rows are, whatever is called how."""
    return _canonical(
        Quad(BlankNode(f"row{number}"), NamedNode(f"urn:v:{name}"), _by_value(term), DefaultGraph())
        for number, row in enumerate(solutions)
        for name in names
        if (term := row[name]) is not None
    )


def _by_value(term: Any) -> Any:
    if isinstance(term, Literal) and term.datatype.value in NUMBERS:
        with contextlib.suppress(ValueError):
            return Literal(f"{float(term.value):.12g}", datatype=term.datatype)
    return term


def _canonical(quads: Iterable[Quad]) -> set[str]:
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return {str(quad) for quad in dataset}
