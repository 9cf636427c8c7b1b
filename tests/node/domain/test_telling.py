from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from node.domain.facts import CommunityFacts, Facts
from node.domain.intersections import METHOD, Phase, touch
from node.domain.mappings import Correspondence
from node.domain.telling import Frame, composed, intersection_iri, label
from vocab.things.intersection import Intersection
from vocab.things.intersection_basis import IntersectionBasis
from vocab.values import Text

A, B = "https://a.example/communautes/habitation", "https://b.example/communautes/logement"
KEEPING, RETENTION = "https://a.example/termes/maintien", "https://b.example/termes/retention"
NOTE, ESTRIE, MAPPING = "https://a.example/ressources/1", "https://a.example/lieux/estrie", "https://a.example/correspondances/9"
LABELS = {
    A: Text.by_language({"fr": "Habitation & toit", "en": "Housing & roof"}),
    B: Text.of("Logement social", "fr"),
    KEEPING: Text.by_language({"fr": "maintien dans le logement", "en": "housing retention"}),
    RETENTION: Text.of("rétention locative", "fr"),
    NOTE: Text.of("Accueillir <les> locataires", "fr"),
    ESTRIE: Text.of("Estrie", "fr"),
}
FIRST, LAST = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)
NEAR = Correspondence(iri=MAPPING, subject=KEEPING, relation="closeMatch", object=RETENTION, confidence=0.8)


def told(left: CommunityFacts, right: CommunityFacts, mappings: tuple[Correspondence, ...] = (), people: int = 0) -> Intersection:
    found = touch(Facts.of([left, right], mappings, people={(A, B): people}), A, B)
    assert found is not None
    frame = Frame(
        iri="https://a.example/intersections/1",
        author="https://a.example/organisation",
        phase=found.phase,
        published=FIRST,
        generated=LAST,
    )
    return composed(found, frame, LABELS)


WHOLE = told(
    CommunityFacts(iri=A, topics={KEEPING: ("1", "2")}, holdings=frozenset({NOTE, "x"}), territories=((ESTRIE,),)),
    CommunityFacts(iri=B, topics={RETENTION: ("3",)}, holdings=frozenset({NOTE, "y"}), territories=((ESTRIE,),)),
    (NEAR,),
    people=6,
)


def words(text: Text | None, language: str) -> str:
    assert text is not None
    return re.sub(r"<[^>]*>", "|", text.in_language(language)).replace("\u00a0", "~")


def test_it_is_the_same_iri_both_ways_and_another_for_another_pair() -> None:
    iri = intersection_iri("https://a.example", A, B)
    assert iri == intersection_iri("https://a.example", B, A)
    assert re.fullmatch(r"https://a\.example/intersections/[a-z2-7]{26}", iri)
    assert len({iri, intersection_iri("https://a.example", A, A), intersection_iri("https://b.example", A, B)}) == 3


def test_the_title_names_both() -> None:
    assert words(WHOLE.name, "fr") == "Ce qui relie Habitation & toit et Logement social"
    assert words(WHOLE.name, "en") == "What connects Housing & roof and Logement social"


def test_the_summary_is_one_sentence() -> None:
    assert words(WHOLE.summary, "fr") == (
        "|Ces deux communautés ont en commun un sujet («~maintien dans le logement~»), une ressource, "
        "au moins cinq personnes et le même territoire (Estrie).|"
    )
    assert words(WHOLE.summary, "en") == (
        "|These two communities share one topic (“housing retention”), one resource, "
        "at least five people and the same territory (Estrie).|"
    )


def test_the_reasons_name_both_words_and_who_joined_them() -> None:
    assert words(WHOLE.content, "fr") == (
        "|Des deux côtés, on parle de~:|||«~maintien dans le logement~» et «~rétention locative~», d’après |une correspondance| "
        "(Habitation &amp; toit~: deux ressources~; Logement social~: une ressource)|||Des deux côtés, on tient à~:|||"
        "|Accueillir &lt;les&gt; locataires||||Il y a au moins cinq personnes qui font partie des deux et acceptent d’être "
        "comptées.||Territoire commun~: |Estrie|.|"
    )
    assert words(WHOLE.content, "en") == (
        "|Both sides speak of:|||“housing retention” and “rétention locative”, by |a mapping| "
        "(Housing &amp; roof: two resources; Logement social: one resource)|||Both sides hold:|||"
        "|Accueillir &lt;les&gt; locataires||||There are at least five people who belong to both and agree to be counted.|"
        "|Territory in common: |Estrie|.|"
    )
    assert WHOLE.content is not None
    assert f'<a href="{MAPPING}">' in WHOLE.content.in_language("fr")
    assert f'<a href="{NOTE}">' in WHOLE.content.in_language("en")


def test_the_same_word_on_both_sides_is_said_once_and_many_are_cut_short() -> None:
    topics = {"habitation": ("1",), "épargne": ("1",), "accueil": ("1",)}
    thing = told(CommunityFacts(iri=A, topics=topics), CommunityFacts(iri=B, topics=topics))
    assert words(thing.summary, "fr") == (
        "|Ces deux communautés ont en commun trois sujets (notamment «~accueil~» et «~habitation~»).|"
    )
    assert "“accueil” (Housing &amp; roof: one resource; Logement social: one resource)" in words(thing.content, "en")
    assert words(thing.summary, "en").startswith("|These two communities share three topics (among them “accueil” and")


def test_a_wider_territory_is_called_so() -> None:
    held = frozenset({"urn:1"})
    thing = told(
        CommunityFacts(iri=A, holdings=held, territories=(("sherbrooke", ESTRIE),)),
        CommunityFacts(iri=B, holdings=held, territories=((ESTRIE,),)),
    )
    assert words(thing.summary, "fr").endswith("une ressource et un territoire plus large (Estrie).|")
    assert words(thing.summary, "en").endswith("one resource and a wider territory (Estrie).|")
    assert "<li>urn:1</li>" in str(thing.content)  # no address to open, no link


def test_the_evidence_stands_beside_the_words() -> None:
    assert (WHOLE.type, WHOLE.kind) == ("Article", ("Intersection",))
    assert [ref.iri for ref in WHOLE.between] == [A, B]
    assert str(WHOLE.conforms_to) == METHOD
    assert str(WHOLE.phase) == Phase.VISIBLE.iri
    assert (WHOLE.published, WHOLE.updated, WHOLE.generated_at) == (FIRST, LAST, LAST)
    bases = [ref.thing for ref in WHOLE.basis if isinstance(ref.thing, IntersectionBasis)]
    assert [basis.id.partition("#")[2] for basis in bases] == ["sujets", "ressources", "personnes", "territoire"]
    topics, resources, people, territory = bases
    assert [str(item) for item in topics.shared_item] == [KEEPING, RETENTION]
    assert [str(mapping) for mapping in topics.derived_from] == [MAPPING]
    assert topics.strength == pytest.approx(0.56)
    assert [str(item) for item in resources.shared_item] == [NOTE]
    assert (people.shared_count, people.shared_item) == (5, ())
    assert (territory.shared_count, territory.strength) == (1, 1.0)


def test_what_was_never_changed_has_no_date_of_change() -> None:
    found = touch(Facts.of([CommunityFacts(iri=iri, holdings=frozenset("1")) for iri in (A, B)]), A, B)
    assert found is not None
    frame = Frame(iri="i", author="o", phase=Phase.DISMISSED, published=FIRST, generated=FIRST)
    thing = composed(found, frame, {})
    assert (thing.updated, str(thing.phase)) == (None, Phase.DISMISSED.iri)


@pytest.mark.parametrize(
    ("iri", "expected"),
    [(A, "Housing & roof"), ("https://c.example/communautes/a-et-b/", "a et b"), ("mot", "mot"), ("https://c.example/x#", "x")],
)
def test_what_nobody_named_is_called_by_its_address(iri: str, expected: str) -> None:
    assert label(LABELS, iri, "en") == expected
