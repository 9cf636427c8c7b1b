from __future__ import annotations

import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kit.things import things
from node.contracts import Listing
from node.formats.turtle import FORMAT, write
from vocab import rdf
from vocab.thing import Thing


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(things(), max_size=3))
def test_all_statements_of_all_things_are_written(several: list[Thing]) -> None:
    written = rdflib.Graph().parse(data=write(Listing(things=several)), format="turtle")
    expected = {statement for thing in several for statement in rdf.graph(thing) if _is_named(statement)}
    assert {statement for statement in written if _is_named(statement)} == expected


def _is_named(statement: tuple[object, ...]) -> bool:
    return not any(isinstance(term, rdflib.BNode) for term in statement)


def test_the_format() -> None:
    assert (FORMAT.name, FORMAT.media_type, FORMAT.extension, FORMAT.read) == ("turtle", "text/turtle", "ttl", None)
