"""What a document says of itself, and nothing that it says of others."""

from __future__ import annotations

import json
from typing import Any

import pyoxigraph

from node.graph.statements import VOCABULARY, source_of, statements, vocabulary
from vocab.namespaces import AS_CONTEXT, PUBLIC

IRI = "https://nord.example/ressources/1"
ELSEWHERE = "https://sud.example/ressources/9"


def said(**more: Any) -> list[pyoxigraph.Quad]:
    document = {"@context": [AS_CONTEXT], "id": IRI, "type": "Article", "name": "Accueillir", "to": [PUBLIC], **more}
    found = statements(IRI, json.dumps(document).encode())
    return list(pyoxigraph.parse(found, format=pyoxigraph.RdfFormat.N_QUADS))


def subjects(quads: list[pyoxigraph.Quad]) -> set[str]:
    return {quad.subject.value for quad in quads if isinstance(quad.subject, pyoxigraph.NamedNode)}


def test_a_thing_is_in_the_graph_of_its_server() -> None:
    assert {str(quad.graph_name) for quad in said()} == {"<https://nord.example/>"}
    assert source_of("https://nord.example:8443/a/b?c#d") == "https://nord.example:8443/"


def test_nobody_speaks_in_the_name_of_another_server() -> None:
    spoken = {"id": ELSEWHERE, "type": "Note", "content": "mensonge"}
    quads = said(attachment=[spoken], inReplyTo=spoken)
    assert subjects(quads) == {IRI}
    assert all("mensonge" not in str(quad) for quad in quads)
    assert any(str(quad.object) == f"<{ELSEWHERE}>" for quad in quads), "that it points there is its own to say"


def test_its_parts_are_its_own() -> None:
    part = {"id": f"{IRI}/sommaire", "type": "OrderedCollection", "totalItems": 2}
    beside = {"id": f"{IRI}0", "type": "Note", "content": "une voisine"}
    below = {"id": f"{IRI}/2", "type": "Note", "content": "une autre, dont une seule adresse répond"}
    assert subjects(said(attachment=[part, beside, below])) == {IRI, f"{IRI}/sommaire"}


def test_a_part_that_nothing_hangs_on_is_left_out() -> None:
    spoken = {"id": ELSEWHERE, "type": "Note", "attachment": {"id": f"{IRI}#x", "type": "Note", "content": "détour"}}
    assert subjects(said(attachment=[spoken])) == {IRI}


def test_what_has_no_address_is_told_apart_from_thing_to_thing() -> None:
    tag = {"type": "Mention", "href": ELSEWHERE, "name": "@x"}
    hidden = [quad.subject.value for quad in said(tag=[tag]) if isinstance(quad.subject, pyoxigraph.BlankNode)]
    other = statements(f"{IRI}b", json.dumps({"@context": AS_CONTEXT, "id": f"{IRI}b", "type": "Note", "tag": [tag]}).encode())
    assert hidden
    assert all(f"_:{name} " not in other for name in hidden)


def test_hidden_recipients_do_not_come_in() -> None:
    quads = said(bto=["https://sud.example/p/1"], bcc=["https://sud.example/p/2"])
    assert all("sud.example" not in str(quad) for quad in quads)


def test_what_cannot_be_read_says_nothing() -> None:
    assert statements(IRI, b"{") == ""
    assert statements(IRI, b'{"@context": "https://evil.example/ctx", "type": 7}') == ""
    assert statements("pas une adresse", b'{"@context": "https://www.w3.org/ns/activitystreams", "type": "Note"}') == ""


def test_the_vocabulary_brings_its_labels() -> None:
    text = vocabulary()
    assert (
        f'<{VOCABULARY}roles/animation> <http://www.w3.org/2004/02/skos/core#prefLabel> "animation"@fr <{VOCABULARY}> .' in text
    )
