from __future__ import annotations

import pytest
import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SKOS

from kit.seeds import shared
from vocab.definitions import context
from vocab.namespaces import CDP
from vocab.ontology import DOCUMENT, VERSION, classes_above, literal, minted_slots, minted_types, name, ontology
from vocab.things.practice_note import PracticeNote
from vocab.things.repertoire_item import RepertoireItem

GRAPH = rdflib.Graph().parse(data=ontology(), format="turtle")
STATUS = rdflib.URIRef("http://www.w3.org/2003/06/sw-vocab-status/ns#term_status")
ALIGNMENTS = (RDFS.subClassOf, RDFS.subPropertyOf, SKOS.closeMatch, SKOS.relatedMatch)
WORDS = sorted({str(word) for word in GRAPH.subjects(RDFS.isDefinedBy, rdflib.URIRef(DOCUMENT))})


def test_every_minted_word_is_there_once() -> None:
    minted = {cls.ABOUT.iri for cls in minted_types()} | {slot.term.iri for slot in minted_slots()}
    assert set(WORDS) == minted
    assert len(minted) == len(minted_types()) + len(minted_slots())


@pytest.mark.parametrize("word", WORDS)
def test_every_word_has_label_definition_and_status_and_is_in_the_context(word: str) -> None:
    subject = rdflib.URIRef(word)
    for said in (RDFS.label, SKOS.definition):
        assert sorted(getattr(text, "language", "") or "" for text in GRAPH.objects(subject, said)) == ["en", "fr"]
    assert len(list(GRAPH.objects(subject, STATUS))) == 1
    meanings = {value["@id"] if isinstance(value, dict) else value for value in context().values()}
    assert f"cdp:{word.removeprefix(CDP)}" in meanings


@pytest.mark.parametrize("word", WORDS)
def test_every_word_says_when_to_use_it_with_an_example_and_what_of_others_it_is_near_to(word: str) -> None:
    subject = rdflib.URIRef(word)
    notes = {getattr(text, "language", ""): str(text) for text in GRAPH.objects(subject, SKOS.scopeNote)}
    assert sorted(notes) == ["en", "fr"]
    assert "Exemple\u00a0: " in notes["fr"]
    assert "Example: " in notes["en"]
    near = [near for said in ALIGNMENTS for near in GRAPH.objects(subject, said) if not str(near).startswith(CDP)]
    assert near, f"{word} is tied to no word of others"


def test_every_word_of_ours_in_the_context_is_in_the_ontology() -> None:
    meanings = {value["@id"] if isinstance(value, dict) else value for value in context().values()}
    ours = {f"{CDP}{meaning.removeprefix('cdp:')}" for meaning in meanings if meaning.startswith("cdp:")}
    assert ours == set(WORDS)


def test_a_class_is_below_what_it_travels_as_unless_it_travels_in_several_ways() -> None:
    assert classes_above(PracticeNote) == [f"{CDP}RepertoireItem", "https://www.w3.org/ns/activitystreams#Article"]
    assert classes_above(RepertoireItem)[0] == "https://www.w3.org/ns/activitystreams#Object"


@pytest.mark.shared
def test_no_word_of_the_first_draft_is_lost() -> None:
    draft = rdflib.Graph().parse(shared("vocabulary", "draft", "cdp.ttl"))
    for kind in (OWL.Class, RDF.Property):
        assert set(draft.subjects(RDF.type, kind)) <= set(GRAPH.subjects(RDF.type, kind))


def test_the_ontology_says_its_version_and_licence() -> None:
    assert str(GRAPH.value(rdflib.URIRef(DOCUMENT), OWL.versionInfo)) == VERSION
    licence = GRAPH.value(rdflib.URIRef(DOCUMENT), rdflib.DCTERMS.license)
    assert str(licence) == "https://creativecommons.org/publicdomain/zero/1.0/"


def test_texts_and_names_are_written_as_turtle() -> None:
    assert literal('a "b"\\\nc', "fr") == '"a \\"b\\"\\\\\\nc"@fr'
    assert name("http://xmlns.com/foaf/0.1/Group") == "<http://xmlns.com/foaf/0.1/Group>"
    assert name(f"{CDP}phase") == "cdp:phase"
