from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from kit.seeds import SHARED, shared
from kit.things import things
from vocab import jsonld
from vocab.check import Problem, problems
from vocab.namespaces import AS, PUBLIC, SKOS
from vocab.thing import Thing
from vocab.things.aggregate_rating import AggregateRating
from vocab.things.article import Article
from vocab.things.concept import Concept
from vocab.things.evaluation import Evaluation
from vocab.things.intersection import Intersection
from vocab.things.intersection_basis import IntersectionBasis
from vocab.things.mapping import Mapping
from vocab.things.meeting import Meeting
from vocab.things.note import Note
from vocab.things.notebook import Notebook
from vocab.things.practice_note import PracticeNote
from vocab.values import Ref, Text

EXAMPLES = sorted(path.name for path in (SHARED / "vocabulary" / "examples").glob("*.json"))
NOW = datetime(2026, 11, 22, 14, tzinfo=UTC)
SHOWN: dict[str, Any] = {
    "id": "https://a.example/ressources/1",
    "name": Text.of("Nom", "fr"),
    "summary": Text.of("<p>Résumé</p>", "fr"),
    "content": Text.of("<p>Contenu</p>", "fr"),
    "url": (Ref("https://a.example/ressources/1"),),
    "attributed_to": (Ref("https://a.example/personnes/1"),),
    "published": NOW,
}
SAID = {name: value for name, value in SHOWN.items() if name != "summary"}
PEOPLE = Ref("https://w3id.org/cdp/fondements/personnes")
NOTE = PracticeNote(**SHOWN, license=Ref("https://creativecommons.org/licenses/by/4.0/"))
MAPPING = Mapping(
    **SAID,
    subject=Ref("https://a.example/termes/1"),
    relationship=Ref(f"{SKOS}closeMatch"),
    object=(Ref("https://b.example/termes/1"),),
)
BASIS = IntersectionBasis(
    id="https://a.example/intersections/1#sujets", basis_kind=Ref("https://w3id.org/cdp/fondements/sujets"), shared_count=1
)
INTERSECTION = Intersection(
    **SHOWN,
    between=(Ref("https://a.example/communautes/1"), Ref("https://b.example/communautes/1")),
    phase=Ref("https://w3id.org/cdp/intersection-phases/emergente"),
    strength=0.4,
    basis=(BASIS.ref,),
)
RATING = AggregateRating(id="https://a.example/evaluations/1#utilite", rating_value=4.4, rating_count=16)
EVALUATION = Evaluation(**SHOWN, evaluates=Ref("https://a.example/rencontres/1"), respondent_count=16, measure=(RATING.ref,))
NOTEBOOK = Notebook(**SHOWN, entries=Ref("https://a.example/s"))
MEETING = Meeting(**SHOWN, start_time=NOW, end_time=NOW + timedelta(hours=2))


def _with_basis(**changes: Any) -> Intersection:
    return replace(INTERSECTION, basis=(replace(BASIS, **changes).ref,))


@pytest.mark.shared
@pytest.mark.parametrize("name", EXAMPLES or ["03-practice-note.json"])
def test_every_example_is_well_formed(name: str) -> None:
    thing = jsonld.read(shared("vocabulary", "examples", name).read_bytes())
    assert type(thing) is not Thing
    assert problems(thing) == []


@pytest.mark.parametrize("thing", [NOTE, MAPPING, INTERSECTION, EVALUATION, MEETING], ids=lambda thing: type(thing).__name__)
def test_what_we_write_is_well_formed(thing: Thing) -> None:
    assert problems(thing) == []


@pytest.mark.parametrize("missing", ["name", "summary", "content", "url", "attributed_to", "published", "license"])
def test_a_practice_note_needs_what_others_show(missing: str) -> None:
    empty: Any = () if isinstance(getattr(NOTE, missing), tuple) else None
    key = "attributedTo" if missing == "attributed_to" else missing
    changes: dict[str, Any] = {missing: empty}
    assert problems(replace(NOTE, **changes)) == [Problem(property=key, reason="is missing")]


def test_a_term_needs_no_content_but_its_word_and_its_glossary() -> None:
    term = Concept(**SAID, summary=SHOWN["summary"])
    assert [problem.property for problem in problems(replace(term, content=None))] == ["prefLabel", "inScheme"]


@pytest.mark.parametrize(
    ("thing", "place", "reason"),
    [
        (Note(**SHOWN), "summary", "warning"),
        (replace(MAPPING, subject=None), "subject", "missing"),
        (replace(MAPPING, object=()), "object", "missing"),
        (replace(MAPPING, relationship=Ref(f"{SKOS}broader")), "relationship", "SKOS"),
        (replace(MAPPING, confidence=1.2), "confidence", "between 0 and 1"),
        (replace(MAPPING, to=(Ref("as:Public"),)), "to", PUBLIC),
        (replace(INTERSECTION, between=INTERSECTION.between[:1]), "between", "at least 2"),
        (replace(INTERSECTION, strength=-0.1), "strength", "between 0 and 1"),
        (replace(INTERSECTION, phase=Ref("https://w3id.org/cdp/intersection-phases/nulle")), "phase", "no concept"),
        (_with_basis(basis_kind=PEOPLE, shared_count=4), "basis[0].sharedCount", "5 people"),
        (_with_basis(basis_kind=PEOPLE, shared_count=None), "basis[0].sharedCount", "5 people"),
        (
            _with_basis(basis_kind=PEOPLE, shared_count=5, shared_item=(Ref("https://a.example/personnes/1"),)),
            "basis[0].sharedItem",
            "never name people",
        ),
        (_with_basis(basis_kind=Ref("https://w3id.org/cdp/roles/membre")), "basis[0].basisKind", "concept of fondements"),
        (_with_basis(basis_kind=None), "basis[0].basisKind", "missing"),
        (_with_basis(shared_count=-1), "basis[0].sharedCount", "negative"),
        (replace(EVALUATION, respondent_count=4), "respondentCount", "5 people"),
        (replace(EVALUATION, measure=(replace(RATING, rating_count=4).ref,)), "measure[0].ratingCount", "5 people"),
        (replace(MEETING, end_time=NOW), "endTime", "after startTime"),
        (
            Notebook(**SHOWN, entries=Ref("https://a.example/s"), unknown=((f"{AS}totalItems", "[2]"),)),
            "totalItems",
            "Collection",
        ),
        (Article(**SHOWN, unknown=((f"{AS}items", "[]"),)), "items", "Collection"),
    ],
)
def test_each_fault_is_named_with_its_place(thing: Thing, place: str, reason: str) -> None:
    (problem,) = problems(thing)
    assert problem.property == place
    assert reason in problem.reason
    assert str(problem) == f"{place}: {problem.reason}"


def test_people_are_counted_from_five_on() -> None:
    assert problems(_with_basis(basis_kind=PEOPLE, shared_count=5)) == []


def test_a_sensitive_message_may_have_its_warning() -> None:
    assert problems(Note(**SHOWN, is_sensitive=True)) == []


def test_an_actor_that_an_object_merely_shows_is_not_checked() -> None:
    stranger = Article(id="https://b.example/personnes/1")
    assert problems(replace(NOTE, attributed_to=(stranger.ref,))) == []


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(things())
def test_anything_can_be_checked(thing: Thing) -> None:
    for problem in problems(thing):
        assert problem.property
        assert problem.reason
