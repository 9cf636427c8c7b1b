"""N-Quads, and that all formats of linked data say the same of one list."""

from __future__ import annotations

import pytest
from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, parse

from node.contracts import Format, Listing
from node.formats import activitystreams, jsonld, nquads, turtle
from vocab import rdf
from vocab.jsonld import read
from vocab.things.meeting import Meeting
from vocab.things.note import Note
from vocab.things.place import Place
from vocab.values import Text

HOME = "https://a.example"
#: Two things, each with a part that has no id: put side by side, the two must not become one.
THINGS = [
    Meeting(id=f"{HOME}/rencontres/{number}", name=Text.of("Rencontre", "fr"), location=(Place(name=Text.of(place)).ref,))
    for number, place in ((1, "Limoilou"), (2, "Vanier"))
]
LIST = Listing(
    things=THINGS, title="Agenda", iri=f"{HOME}/agenda", here=f"{HOME}/agenda?page=2", following=f"{HOME}/agenda?page=3"
)


def statements(form: Format, kind: RdfFormat) -> Dataset:
    assert form.write is not None
    found = Dataset(parse(form.write(LIST), format=kind))
    found.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return found


@pytest.mark.parametrize(("form", "kind"), [(turtle.FORMAT, RdfFormat.TURTLE), (jsonld.FORMAT, RdfFormat.JSON_LD)])
def test_every_format_of_linked_data_says_the_same(form: Format, kind: RdfFormat) -> None:
    assert statements(form, kind) == statements(nquads.FORMAT, RdfFormat.N_QUADS)


def test_it_says_what_the_document_that_travels_says() -> None:
    travelling = Dataset(parse(rdf.n_quads(read(activitystreams.write(LIST))).encode(), format=RdfFormat.N_QUADS))
    travelling.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    assert travelling == statements(nquads.FORMAT, RdfFormat.N_QUADS)


def test_one_statement_a_line() -> None:
    note = Note(id=f"{HOME}/echanges/1", content=Text.of("Bonjour\n« toi »", "fr"))
    lines = nquads.write(Listing(things=[note])).decode().splitlines()
    assert all(line.endswith(" .") for line in lines)
    assert len(lines) == len(set(lines)) == len(rdf.triples(note))


def test_the_format() -> None:
    form = nquads.FORMAT
    assert (form.name, form.media_type, form.extension, form.read) == ("nquads", "application/n-quads", "nq", None)
