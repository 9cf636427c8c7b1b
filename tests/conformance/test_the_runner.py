"""The runner tells what passes from what does not: tiny suites of our own, in the form of the real ones."""

from __future__ import annotations

import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from conformance import run
from conformance.report import Result, told

PREFIXES = """
@prefix : <http://x.example/tests#> . @prefix mf: <http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#> .
@prefix qt: <http://www.w3.org/2001/sw/DataAccess/tests/test-query#> . @prefix ht: <http://www.w3.org/2011/http#> .
@prefix sht: <http://www.w3.org/ns/shacl-test#> . @prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix ut: <http://www.w3.org/2009/sparql/tests/test-update#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix cnt: <http://www.w3.org/2011/content#> . @prefix sd: <http://www.w3.org/ns/sparql-service-description#> .
"""
ANSWER = '{"head":{"vars":["o"]},"results":{"bindings":[{"o":{"type":"literal","value":"%s"}}]}}'
QUERIES = {
    "sparql/data.ttl": '<a> <http://x.example/p> "un" .',
    "sparql/q.rq": "SELECT ?o { <a> <http://x.example/p> ?o }",
    "sparql/good.srj": ANSWER % "un",
    "sparql/bad.srj": ANSWER % "deux",
    "sparql/far.rq": "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
    "sparql/broken.rq": "SELECT",
    "sparql/manifest.ttl": PREFIXES
    + """
    <> mf:entries ( :good :bad :far :update :syntax :infers :form ) .
    :good a mf:QueryEvaluationTest ; mf:name "good" ; mf:action [ qt:query <q.rq> ; qt:data <data.ttl> ] ; mf:result <good.srj> .
    :bad a mf:QueryEvaluationTest ; mf:name "bad" ; mf:action [ qt:query <q.rq> ; qt:data <data.ttl> ] ; mf:result <bad.srj> .
    :far a mf:QueryEvaluationTest ; mf:name "far" ; mf:action [ qt:query <far.rq> ] ; mf:result <good.srj> .
    :update a mf:UpdateEvaluationTest ; mf:name "update" .
    :syntax a mf:NegativeSyntaxTest11 ; mf:name "syntax" ; mf:action <broken.rq> .
    :infers a mf:QueryEvaluationTest ; mf:name "infers" ; mf:action [ sd:entailmentRegime :rdfs ] ; mf:result <good.srj> .
    :form a mf:ProtocolTest ; mf:name "form" ; ut:graphData [ ut:graph <data.ttl> ; rdfs:label "http://x.example/g" ] ;
      mf:action [ ht:requests ( [ ht:methodName "POST" ; ht:absolutePath "/sparql/?default-graph-uri=http%3A%2F%2Fx.example%2Fg" ;
        ht:headers ( [ ht:fieldName "content-type" ; ht:fieldValue "application/sparql-query" ] ) ;
        ht:body [ cnt:chars "ASK { ?s ?p 'un' }" ; cnt:characterEncoding "UTF-8" ] ;
        ht:resp [ mf:expectedStatus ht:StatusCode2xx ; mf:expectedBoolean true ] ] ) ] .
    """,
}
SHAPES = {
    f"shacl/{name}.ttl": PREFIXES
    + f"""
    <> mf:entries ( <{name}> ) .
    :thing a :Kind .
    :shape a sh:NodeShape ; sh:targetNode :thing ; sh:class :{found} .
    <{name}> a sht:Validate ; rdfs:label "{name}" ; mf:action [ sht:dataGraph <> ; sht:shapesGraph <> ] ;
      mf:result [ a sh:ValidationReport ; sh:conforms true ] .
    """
    for name, found in (("good", "Kind"), ("bad", "Other"))
}
LIKE = {
    "@context": "https://www.w3.org/ns/activitystreams",
    "id": "https://a.example/1",
    "type": "Like",
    "object": "https://b.example",
}
NAMED = [{"@id": "http://a.example/1", "@type": ["http://a.example/T"]}]
DOCUMENTS = {
    "as2/test/core-ex1-jsonld.json": json.dumps(LIKE),
    "as2/test/core-ex2-jsonld.json": "[1",
    "as2/test/fail/bad.json": "{",
    "ld/1-in.jsonld": json.dumps(NAMED[0]),
    "ld/good.jsonld": json.dumps(NAMED),
    "ld/bad.jsonld": "[]",
    "ld/1-out.nq": "<http://a.example/1> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://a.example/T> .\n",
    "ld/graph.jsonld": '{"@graph": []}',
    "ld/expand-manifest.jsonld": json.dumps(
        {
            "sequence": [
                {"@id": "#1", "@type": ["jld:ExpandTest"], "name": "good", "input": "1-in.jsonld", "expect": "good.jsonld"},
                {"@id": "#2", "@type": ["jld:ExpandTest"], "name": "bad", "input": "1-in.jsonld", "expect": "bad.jsonld"},
                {"@id": "#3", "@type": ["jld:ToRDFTest"], "name": "rdf", "input": "1-in.jsonld", "expect": "1-out.nq"},
                {"@id": "#4", "@type": ["jld:ExpandTest"], "name": "graph", "input": "graph.jsonld", "expect": "bad.jsonld"},
                {"@id": "#5", "@type": ["jld:CompactTest"], "name": "compact", "input": "1-in.jsonld", "expect": "bad.jsonld"},
            ]
        }
    ),
}


def copied(folder: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def outcomes(results: list[Result]) -> dict[str, str]:
    return {result.name.rpartition(": ")[2]: result.outcome for result in results}


def test_documents(tmp_path: Path) -> None:
    assert outcomes(list(run.results(copied(tmp_path, DOCUMENTS)))) == {
        "test/core-ex1-jsonld.json": "pass",
        "test/core-ex2-jsonld.json": "fail",
        "fail/bad.json": "pass",
        "good": "pass",
        "bad": "fail",
        "rdf": "pass",
        "graph": "refused",
        "compact": "left out",
    }


def test_questions(tmp_path: Path) -> None:
    copied(tmp_path, QUERIES)
    with ThreadPoolExecutor(1) as thread:  # it has a loop of its own
        found = thread.submit(lambda: list(run.results(tmp_path))).result()
    assert outcomes(found) == {
        "good": "pass",
        "bad": "fail",
        "far": "refused",
        "update": "left out",
        "syntax": "pass",
        "infers": "left out",
        "form": "pass",
    }


def test_shapes(tmp_path: Path) -> None:
    assert outcomes(list(run.results(copied(tmp_path, SHAPES)))) == {"good": "pass", "bad": "fail"}


def test_what_is_printed_and_how_it_ends(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main([]) == 2
    assert run.main([str(tmp_path)]) == 2
    copied(tmp_path, {"as2/test/core-ex1-jsonld.json": json.dumps(LIKE)})
    assert run.main([str(tmp_path)]) == 0
    copied(tmp_path, {"as2/test/core-ex2-jsonld.json": "[1"})
    assert run.main([str(tmp_path)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "pass      ActivityStreams  test/core-ex1-jsonld.json"
    assert lines[-1] == "ActivityStreams: 1 pass, 1 fail, 0 refused, 0 left out"
    assert lines[-2].startswith("fail      ActivityStreams  test/core-ex2-jsonld.json  (")


def test_a_line_is_one_line() -> None:
    [line, _] = told([Result(suite="s", name="n", outcome="fail", reason="a\n b" * 200)])
    assert "\n" not in line
    assert len(line) < 260
