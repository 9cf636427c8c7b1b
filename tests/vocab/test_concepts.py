from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kit.typography import faults
from vocab import concepts, extracts
from vocab.namespaces import SKOS

EXPECTED = {
    "acces": 4,
    "actualite": 3,
    "confidentialite": 3,
    "contributions": 6,
    "etats-de-correspondance": 3,
    "etats-de-demande": 3,
    "evaluations": 3,
    "fondements": 4,
    "genres": 13,
    "intersection-phases": 6,
    "leviers": 14,
    "mandats": 2,
    "methodes": 1,
    "modes": 3,
    "modes-d-integration": 3,
    "phases": 5,
    "postures": 4,
    "registres": 5,
    "roles": 6,
    "statuts-de-savoir": 4,
    "territoires": 5,
}
EVERY = [found for name in EXPECTED for found in concepts.scheme(name)]


def test_every_scheme_is_there_with_all_its_concepts() -> None:
    assert {name: len(concepts.scheme(name)) for name in concepts.names()} == EXPECTED


@pytest.mark.parametrize("found", EVERY, ids=lambda found: found.iri.removeprefix(concepts.BASE))
def test_every_concept_is_complete_in_french_and_english(found: concepts.Concept) -> None:
    assert found.iri.startswith(found.scheme)
    assert "#" not in found.iri
    assert [language for language, _ in found.labels.entries] == ["fr", "en"]
    assert [language for language, _ in found.definitions.entries] == ["fr", "en"]
    assert all(text.strip() and text.endswith(".") for _, text in found.definitions.entries)
    assert all(concepts.concept(iri) is not None for iri in found.broader)
    assert {language for language, _ in found.other_labels} <= {"fr", "en"}


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_notations_count_from_one_and_french_has_its_spaces(name: str) -> None:
    found = concepts.scheme(name)
    assert [concept.notation for concept in found] == [str(number) for number in range(1, len(found) + 1)]
    for concept in found:
        assert faults(f"{concept.labels.in_language('fr')} {concept.definitions.in_language('fr')}") == []


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_scheme_can_be_gone_down_as_well_as_up(name: str) -> None:
    """Browsers of schemes begin at `skos:hasTopConcept` and go on by `skos:narrower`; they infer neither."""
    found = extracts.of_scheme(name)
    said = {(str(triple.subject)[1:-1], triple.predicate.value, str(triple.object)[1:-1]) for triple in found}
    up = {"topConceptOf": "hasTopConcept", "broader": "narrower"}
    for here, there in up.items():
        upwards = {(low, high) for low, verb, high in said if verb == f"{SKOS}{here}"}
        assert upwards == {(low, high) for high, verb, low in said if verb == f"{SKOS}{there}"}
    tops = {low for low, verb, _ in said if verb == f"{SKOS}topConceptOf"}
    below = {low for low, verb, _ in said if verb == f"{SKOS}broader"}
    assert tops | below == {concept.iri for concept in concepts.scheme(name)}
    assert not tops & below


def test_labels_follow_the_language_and_fall_back_on_french() -> None:
    iri = "https://w3id.org/cdp/leviers/confiance"
    assert concepts.label(iri, "en") == "trust and reciprocity"
    assert concepts.label(iri, "fr-CA") == "confiance et réciprocité"
    assert concepts.label(iri, "de") == "confiance et réciprocité"
    assert concepts.label("https://w3id.org/cdp/roles/", "en") == "Roles in a community of practice"
    assert concepts.label("https://ailleurs.example/terme", "fr") is None


def test_a_concept_is_found_by_any_of_its_names() -> None:
    case_study = "https://w3id.org/cdp/genres/etude-de-cas"
    for name in ("Étude de cas", "etude  DE cas", "etude-de-cas", "case study", case_study):
        found = concepts.find(name)
        assert found is not None
        assert found.iri == case_study
    assert concepts.find("rien de tel") is None


def test_a_name_that_two_schemes_use_is_told_apart_by_the_scheme() -> None:
    phase = concepts.find("émergente", scheme="phases")
    intersection = concepts.find("émergente", scheme="intersection-phases")
    assert phase is not None
    assert intersection is not None
    assert phase.slug == "coalescence"
    assert intersection.slug == "emergente"
    assert concepts.find("confiance", scheme="roles") is None


def test_levels_of_territory_contain_one_another() -> None:
    chain = ["https://w3id.org/cdp/territoires/quartier"]
    while broader := _concept(chain[-1]).broader:
        chain.append(broader[0])
    slugs = [_concept(iri).slug for iri in chain]
    assert slugs == ["quartier", "municipalite", "mrc", "region-administrative", "province"]


def test_the_method_of_intersections_has_its_version_in_its_address() -> None:
    assert _concept("https://w3id.org/cdp/methodes/intersection/1").slug == "intersection/1"


def test_a_scheme_is_given_as_its_file() -> None:
    assert concepts.document("roles").startswith(b"# SPDX-License-Identifier: CC0-1.0")
    with pytest.raises(KeyError):
        concepts.document("../roles")


def test_nothing_is_read_before_it_is_asked_for() -> None:
    script = (
        "import sys; import vocab.concepts as c; "
        "assert c._statements.cache_info().currsize == 0; assert 'rdflib' not in sys.modules"
    )
    here = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", script], cwd=here, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def _concept(iri: str) -> concepts.Concept:
    found = concepts.concept(iri)
    assert found is not None
    return found
