"""What is refused before anything is made of a question, and what is not mistaken for it."""

from __future__ import annotations

import pytest

from node.errors import Invalid
from node.graph.questions import checked

REFUSED = (
    "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
    "SELECT * { service silent ?x { ?s ?p ?o } }",
    "SELECT * FROM <file:///etc/hostname> { ?s ?p ?o }",
    "SELECT *\nFROM\tNAMED <http://127.0.0.1/> { GRAPH ?g { ?s ?p ?o } }",
    "SELECT*FROM<http://127.0.0.1/>{?s ?p ?o}",
    "LOAD <http://127.0.0.1/>",
    'SELECT * { ?s ?p "#" . SERVICE ?x { } }',
    "SELECT * { ?s ?p '''a'b''' SERVICE ?x { } }",
    'SELECT * { ?s ?p """a""b""" SERVICE ?x { } }',
    "SELECT * { ?s <http://x/#> ?o . SERVICE ?x { } }",
    "# un mot\nSELECT * { SERVICE ?x { } }",
    "SELECT * { FILTER(?a < ?b) SERVICE ?x { FILTER(?c > ?d) } }",
    'SELECT * { ?s ?p "\\"" . SERVICE ?x { } }',
    "SELECT * { ?s a:b. SERVICE ?x { } }",
    "SELECT * { ?s ?p 1.SERVICE ?x { } }",
)
TAKEN = (
    "SELECT ?service ?from { ?service ?from ?load }",
    'SELECT * { ?s ?p "SERVICE <http://x/> FROM" }',
    "SELECT * { ?s <http://x/service/from> ?o } # SERVICE",
    "PREFIX service: <http://x/> SELECT * { ?s service:from service:load.x }",
    'SELECT * { ?s ?p "a"@from }',
    "SELECT * { _:service ?p ?o }",
    "SELECT ?selfservice ?from_ { ?a ?b ?c }",
)


@pytest.mark.parametrize("text", REFUSED)
def test_what_would_ask_elsewhere_is_refused(text: str) -> None:
    with pytest.raises(Invalid, match="refused"):
        checked(text, 10_000)


@pytest.mark.parametrize("text", TAKEN)
def test_words_that_are_no_keywords_are_not(text: str) -> None:
    assert checked(text, 10_000) == text


def test_a_question_has_a_longest_length_in_bytes() -> None:
    assert checked("é" * 50, 100)
    with pytest.raises(Invalid, match="100 bytes"):
        checked("é" * 51, 100)


@pytest.mark.parametrize("hostile", ["<" * 10_000, '"' * 10_000, "'''" * 3_000, "a:" * 5_000, "#" * 10_000, "\\" * 10_000])
def test_looking_costs_no_more_than_the_length(hostile: str) -> None:
    assert checked(hostile, 10_000)
