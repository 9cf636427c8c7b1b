"""JSON-LD API tests and ActivityStreams documents, read by our readers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph
from conformance.report import Outcome, Result
from pyoxigraph import CanonicalizationAlgorithm, Dataset, DefaultGraph, Quad, RdfFormat

from vocab import jsonld, rdf
from vocab.errors import VocabError

API, STREAMS = "JSON-LD API", "ActivityStreams"


def api_tests(manifest: Path) -> Iterator[Result]:
    """The tests of one manifest; ours expands one thing at a time, under the words of ActivityStreams."""
    said = json.loads(manifest.read_text("utf-8"))
    for entry in said.get("sequence", ()):
        kinds = {kind.rpartition(":")[2] for kind in _listed(entry.get("@type", ()))} if isinstance(entry, dict) else set()
        if not kinds:
            continue
        name = f"{manifest.stem}{entry.get('@id', '')}: {entry.get('name', '')}"
        yield _api_test(name, kinds, entry, manifest.parent)


def _api_test(name: str, kinds: set[str], entry: dict[str, Any], folder: Path) -> Result:
    is_ours = kinds & {"ExpandTest", "ToRDFTest"} and str(entry.get("input", "")).endswith(".jsonld")
    if not is_ours or name.startswith(("html", "remote-doc")) or entry.get("option", {}).get("specVersion") == "json-ld-1.0":
        return Result(suite=API, name=name, outcome="left out", reason="nothing here does that")
    outcome, reason = _compared(kinds, entry, folder)
    return Result(suite=API, name=name, outcome=outcome, reason=reason)


def _compared(kinds: set[str], entry: dict[str, Any], folder: Path) -> tuple[Outcome, str]:
    is_meant_to_fail = any(kind.startswith("Negative") for kind in kinds)
    try:
        given = _read((folder / entry["input"]).read_bytes(), entry, is_json="ExpandTest" in kinds)
    except VocabError as problem:
        return "pass" if is_meant_to_fail else "refused", str(problem)
    except Exception as problem:  # noqa: BLE001 -- a reader that breaks is what a suite is run for
        return "fail", f"{type(problem).__name__}: {problem}"
    if is_meant_to_fail or "expect" not in entry:
        return ("fail", "was read") if is_meant_to_fail else ("pass", "")
    try:
        same = given == _expected((folder / entry["expect"]).read_bytes(), is_json="ExpandTest" in kinds)
    except SyntaxError as problem:
        return "left out", f"what is expected is no RDF: {problem}"
    return ("pass", "") if same else ("fail", "says something else")


def _read(document: bytes, entry: dict[str, Any], *, is_json: bool) -> object:
    if is_json:
        return _canonical_json([jsonld.expand(jsonld.parse(document))])
    return _canonical(rdf.triples_of(jsonld.parse(document), about=str(entry.get("option", {}).get("base", ""))))


def _expected(wanted: bytes, *, is_json: bool) -> object:
    if is_json:
        return _canonical_json(json.loads(wanted))
    return _canonical([quad.triple for quad in pyoxigraph.parse(wanted, format=RdfFormat.N_QUADS)])


def is_streams(path: Path) -> bool:
    """Whether a file is one of the ActivityStreams test documents, by where it is and what it is called."""
    return path.suffix == ".json" and (
        path.parent.name == "fail" or path.name.startswith(("core-ex", "vocabulary-ex", "simple0"))
    )


def streams_test(path: Path) -> Result:
    """One of them: read, written and read again; what is in the folder `fail` should not be."""
    is_meant_to_fail = path.parent.name == "fail"
    name = f"{path.parent.name}/{path.name}"
    try:
        thing = jsonld.read(path.read_bytes())
        again = jsonld.read(jsonld.dump(thing))
    except VocabError as problem:
        return Result(suite=STREAMS, name=name, outcome="pass" if is_meant_to_fail else "fail", reason=str(problem))
    if is_meant_to_fail:
        return Result(suite=STREAMS, name=name, outcome="refused", reason="read all the same: we are strict about what is ours")
    return Result(
        suite=STREAMS, name=name, outcome="pass" if again == thing else "fail", reason="" if again == thing else "changes"
    )


def _listed(value: object) -> list[str]:
    return (
        [value]
        if isinstance(value, str)
        else [item for item in value if isinstance(item, str)]
        if isinstance(value, list)
        else []
    )


def _canonical(triples: list[pyoxigraph.Triple]) -> set[str]:
    dataset = Dataset(Quad(triple.subject, triple.predicate, triple.object, DefaultGraph()) for triple in triples)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return {str(quad) for quad in dataset}


def _canonical_json(value: object) -> object:
    """JSON in which the order of what is no list does not count."""
    if isinstance(value, dict):
        return {key: _canonical_json(item) for key, item in value.items()}
    if isinstance(value, list):
        return sorted((_canonical_json(item) for item in value), key=lambda item: json.dumps(item, sort_keys=True))
    return value
