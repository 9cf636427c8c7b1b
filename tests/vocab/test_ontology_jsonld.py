from __future__ import annotations

import json

import rdflib
from rdflib.compare import isomorphic

from kit.engines import ENGINES
from vocab.ontology import minted_slots, minted_types, ontology
from vocab.ontology_jsonld import ontology_jsonld

DOCUMENT = json.loads(ontology_jsonld())


def test_it_says_what_the_turtle_says_to_every_reader() -> None:
    whole = rdflib.Graph().parse(data=ontology(), format="turtle")
    for read in ENGINES.values():
        assert isomorphic(whole, read(DOCUMENT))


def test_each_word_is_one_entry_with_its_texts_by_language() -> None:
    entries = {entry["@id"]: entry for entry in DOCUMENT["@graph"]}
    assert len(entries) == len(DOCUMENT["@graph"]) == 1 + len(minted_types()) + len(minted_slots())
    assert entries["cdp:HelpRequest"]["rdfs:label"] == {"fr": "demande d’aide", "en": "help request"}
    assert entries["cdp:voice"]["rdfs:subPropertyOf"] == "prov:wasAttributedTo"
    assert entries["cdp:between"]["skos:relatedMatch"] == ["as:subject", "as:object"]
