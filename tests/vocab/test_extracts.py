"""Parts of what is published say what the whole says, and no more."""

from __future__ import annotations

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from vocab import extracts
from vocab.lexicon import words
from vocab.namespaces import CDP, CONCEPTS, SKOS


def test_a_word_of_ours_is_told_as_in_the_ontology() -> None:
    found = extracts.of_word(words()["Meeting"])
    assert {triple.subject for triple in found} == {NamedNode(f"{CDP}Meeting")}
    assert set(found) <= set(extracts.of_document("ontology"))
    assert Literal("rencontre", language="fr") in {triple.object for triple in found}


def test_of_a_word_of_others_is_told_only_how_we_use_it() -> None:
    found = extracts.of_word(words()["topic"])
    assert {triple.predicate.value.rpartition("#")[2] for triple in found} == {"type", "label", "scopeNote"}


def test_a_concept_comes_with_its_scheme_and_a_scheme_whole() -> None:
    concept = extracts.of_concept(f"{CONCEPTS}roles/animation")
    assert (NamedNode(f"{SKOS}inScheme"), NamedNode(f"{CONCEPTS}roles/")) in {(t.predicate, t.object) for t in concept}
    assert set(concept) < set(extracts.of_scheme("roles"))
    assert extracts.of_concept(f"{CONCEPTS}roles/jamaisvu") == []
    with pytest.raises(KeyError):
        extracts.of_scheme("jamaisvu")
    assert set(extracts.scheme_definition("roles")) == {"fr", "en"}


def test_the_shapes_that_check_a_word_are_known() -> None:
    shapes = extracts.shapes_by_word()
    assert shapes[f"{CDP}highlight"] == ("Meeting",)
    assert "Meeting" in shapes[f"{CDP}Meeting"]
    assert "PracticeNote" in shapes["http://purl.org/dc/terms/license"]


def test_unnamed_things_come_along_with_what_leads_to_them() -> None:
    a, b, leads = NamedNode("https://a.example/a"), BlankNode("b"), NamedNode("https://a.example/leads")
    said = [Triple(a, leads, b), Triple(b, leads, BlankNode("c")), Triple(NamedNode("https://a.example/z"), leads, a)]
    assert extracts.about(said, "https://a.example/a") == said[:2]
