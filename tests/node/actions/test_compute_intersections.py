from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from node.actions.compute_intersections import compute_intersections, reasons_of
from node.contracts import House
from node.domain.entries import Audience, Entry
from node.domain.explanation_words import lines
from node.domain.intersections import Phase
from node.errors import NotFound
from node.storage.engine import Database
from node.storage.shelves.actors import ActorRow
from node.storage.shelves.mappings import MappingRow
from node.storage.unit_of_work import UnitOfWork
from vocab import check, jsonld
from vocab.things.community_of_practice import CommunityOfPractice
from vocab.things.concept import Concept
from vocab.things.intersection import Intersection
from vocab.things.intersection_basis import IntersectionBasis
from vocab.things.mapping import Mapping
from vocab.things.object import Object
from vocab.things.place import Place
from vocab.things.practice_note import PracticeNote
from vocab.values import Ref, Text

NOW = datetime(2026, 11, 22, tzinfo=UTC)
HOUSE = House(url="https://a.example", name="Carrefour", mode="archipelago", language="fr", now=NOW)
LATER = replace(HOUSE, now=NOW + timedelta(days=1))
HOUSING, LODGING, FOOD = (
    "https://a.example/communautes/habitation",
    "https://b.example/communautes/logement",
    "https://b.example/c/faim",
)
KEEPING, RETENTION = "https://a.example/termes/maintien", "https://b.example/termes/retention"
MAPPING, ESTRIE, NOTE = "https://a.example/correspondances/9", "https://a.example/lieux/estrie", "https://a.example/ressources/1"
SECRET = "https://a.example/ressources/secret"


def community(uow: UnitOfWork, iri: str, name: str, *, territory: str = "", state: str = "active") -> None:
    places = (Ref(iri=territory),) if territory else ()
    thing = CommunityOfPractice(id=iri, name=Text.of(name, "fr"), territory=places)
    row = ActorRow(iri=iri, type="Group", document=jsonld.dump(thing), name=name, host=iri.split("/")[2], state=state)
    uow.actors.put(replace(row, is_local=HOUSE.is_local(iri)))


def keep(uow: UnitOfWork, thing: Object, audience: Audience = Audience.PUBLIC, community: str = "") -> None:
    kind = thing.kind[0] if thing.kind else thing.type
    name = thing.name.primary if thing.name else ""
    entry = Entry(iri=thing.id, type=thing.type, kind=kind, audience=audience, community=community, name=name)
    uow.things.put(entry, jsonld.dump(thing))


def note(
    uow: UnitOfWork, iri: str, topic: str, *holders: str, audience: Audience = Audience.PUBLIC, name: str = "Une note"
) -> None:
    keep(uow, PracticeNote(id=iri, name=Text.of(name, "fr"), topic=(Ref(iri=topic),)), audience, holders[0])
    for holder in holders:
        uow.holdings.add(holder, iri, "own", NOW)


def term(uow: UnitOfWork, iri: str, label: str, scheme: str) -> None:
    keep(uow, Concept(id=iri, name=Text.of(label, "fr"), pref_label=Text.of(label, "fr"), in_scheme=(Ref(iri=scheme),)))


def mapping(uow: UnitOfWork, iri: str, subject: str, target: str, relation: str = "closeMatch", **more: Audience) -> None:
    keep(uow, Mapping(id=iri, content=Text.of("≈", "fr")), **more)
    row = MappingRow(thing=iri, subject=subject, relation="closeMatch", object=target, confidence=0.8, state="accepted")
    uow.mappings.put(replace(row, relation=relation))  # type: ignore[arg-type]  # one of the five


def village(uow: UnitOfWork) -> None:
    """Three communities on two nodes; ours and one elsewhere speak of the same under two names."""
    community(uow, HOUSING, "Habitation", territory=ESTRIE)
    community(uow, LODGING, "Logement social", territory="http://www.wikidata.org/entity/Q1127")
    community(uow, FOOD, "Sécurité alimentaire")
    keep(uow, Place(id=ESTRIE, name=Text.of("Estrie", "fr"), exact_match=(Ref(iri="http://www.wikidata.org/entity/Q1127"),)))
    term(uow, KEEPING, "maintien dans le logement", "https://a.example/glossaire")
    term(uow, RETENTION, "rétention locative", "https://b.example/glossaire")
    note(uow, "https://a.example/ressources/2", KEEPING, HOUSING)
    note(uow, "https://b.example/ressources/3", RETENTION, LODGING)
    note(uow, "https://b.example/ressources/4", "https://w3id.org/cdp/leviers/confiance", FOOD)
    mapping(uow, MAPPING, KEEPING, RETENTION)


def computed(memory: Database, house: House = HOUSE) -> list[Intersection]:
    memory.write_now(lambda uow: compute_intersections(uow, house))
    rows = memory.read_now(lambda uow: uow.intersections.all())
    things = [jsonld.read(row.document) for row in rows]
    return [thing for thing in things if isinstance(thing, Intersection)]


def bases(thing: Intersection) -> dict[str, IntersectionBasis]:
    found = [ref.thing for ref in thing.basis if isinstance(ref.thing, IntersectionBasis)]
    return {str(basis.basis_kind).rpartition("/")[2]: basis for basis in found}


def changed(memory: Database, *deeds: Callable[[UnitOfWork], object]) -> None:
    for deed in deeds:
        memory.write_now(deed)


def test_two_communities_that_speak_of_the_same_touch(memory: Database) -> None:
    changed(memory, village, lambda uow: note(uow, NOTE, KEEPING, HOUSING, LODGING, name="Accueillir"))
    [found] = computed(memory)
    assert check.problems(found) == []
    assert [str(ref) for ref in found.between] == [HOUSING, LODGING]
    assert set(bases(found)) == {"sujets", "ressources", "territoire"}
    assert [str(ref) for ref in bases(found)["ressources"].shared_item] == [NOTE]
    assert [str(ref) for ref in bases(found)["territoire"].shared_item] == [ESTRIE]
    assert found.summary is not None
    assert found.summary.in_language("fr").replace("\u00a0", " ") == (
        "<p>Ces deux communautés ont en commun un sujet (« maintien dans le logement »), une ressource "
        "et le même territoire (Estrie).</p>"
    )
    assert str(found.name) == "Ce qui relie Habitation et Logement social"
    assert (found.published, found.generated_at, str(found.phase)) == (NOW, NOW, Phase.VISIBLE.iri)


def test_withdrawing_the_mapping_undoes_what_relied_on_it(memory: Database) -> None:
    changed(memory, village)
    [found] = computed(memory)
    assert [str(ref) for ref in bases(found)["sujets"].derived_from] == [MAPPING]
    changed(memory, lambda uow: uow.mappings.remove(MAPPING))
    assert computed(memory, LATER) == []


def test_what_has_not_changed_stays_byte_for_byte(memory: Database) -> None:
    changed(memory, village)
    computed(memory)
    before = memory.read_now(lambda uow: uow.intersections.all())
    computed(memory, LATER)
    assert memory.read_now(lambda uow: uow.intersections.all()) == before
    changed(memory, lambda uow: note(uow, "https://b.example/ressources/5", RETENTION, LODGING))
    [found] = computed(memory, LATER)
    assert (found.id, found.published, found.generated_at, found.updated) == (before[0].iri, NOW, LATER.now, LATER.now)


@pytest.mark.parametrize("audience", [Audience.COMMUNITY, Audience.CHOSEN, Audience.SELF])
def test_what_is_not_public_leaves_no_trace(memory: Database, audience: Audience) -> None:
    changed(memory, village, lambda uow: note(uow, SECRET, KEEPING, HOUSING, LODGING, audience=audience, name="Très secret"))
    with_secret = computed(memory)
    changed(memory, lambda uow: uow.things.bury(SECRET, b'{"id":"x","type":"Tombstone"}', NOW))
    assert computed(memory, LATER) == with_secret
    assert with_secret
    assert all("ecret" not in str(thing) for thing in with_secret)


def test_a_mapping_that_is_not_public_is_not_used(memory: Database) -> None:
    changed(memory, village, lambda uow: mapping(uow, MAPPING, KEEPING, RETENTION, audience=Audience.COMMUNITY))
    assert computed(memory) == []


def test_a_mapping_that_is_only_proposed_is_not_used(memory: Database) -> None:
    proposed = MappingRow(thing=MAPPING, subject=KEEPING, relation="closeMatch", object=RETENTION, state="proposed")
    changed(memory, village, lambda uow: uow.mappings.put(proposed))
    assert computed(memory) == []


@pytest.mark.parametrize(
    "deed",
    [lambda uow: uow.peers.put_state("b.example", "blocked", NOW), lambda uow: uow.actors.set_state(LODGING, "gone")],
)
def test_who_is_blocked_or_gone_does_not_appear(memory: Database, deed: Callable[[UnitOfWork], object]) -> None:
    changed(memory, village, deed)
    assert computed(memory) == []


def test_two_communities_elsewhere_are_their_own_affair(memory: Database) -> None:
    changed(memory, village, lambda uow: note(uow, NOTE, RETENTION, LODGING, FOOD))
    assert [[str(ref) for ref in thing.between] for thing in computed(memory)] == [[HOUSING, LODGING], [HOUSING, FOOD]]


def test_people_are_counted_only_with_consent_on_both_sides_and_never_below_five(memory: Database) -> None:
    changed(memory, village)

    def join(uow: UnitOfWork, number: int, *, consent: bool) -> None:
        for iri in (HOUSING, LODGING):
            here = iri == HOUSING or consent
            uow.members.join(f"https://a.example/personnes/p{number}", iri, "membre", NOW, consent=here)

    for number in range(4):
        changed(memory, lambda uow, number=number: join(uow, number, consent=True))  # type: ignore[misc]
    changed(memory, lambda uow: join(uow, 4, consent=False))
    assert "personnes" not in bases(computed(memory)[0])
    changed(memory, lambda uow: join(uow, 5, consent=True))
    people = bases(computed(memory)[0])["personnes"]
    assert people.shared_count == 5
    assert not people.shared_item
    assert "personnes/p" not in str(computed(memory))


@pytest.mark.parametrize("given", [Phase.DISMISSED.iri, "ecartee"])
def test_a_phase_that_people_gave_stays(memory: Database, given: str) -> None:
    changed(memory, village)
    [found] = computed(memory)
    changed(memory, lambda uow: uow.intersections.keep(found.id, given))
    [kept] = computed(memory, LATER)
    assert str(kept.phase) == Phase.DISMISSED.iri
    # Even when the evidence is gone, what people said of it is not forgotten, and nothing is written again and again.
    changed(memory, lambda uow: uow.mappings.remove(MAPPING))
    assert [thing.id for thing in computed(memory, LATER)] == [found.id]


def test_a_phase_nobody_knows_is_as_none(memory: Database) -> None:
    changed(memory, village)
    [found] = computed(memory)
    changed(memory, lambda uow: uow.intersections.keep(found.id, "unheard-of"))
    assert str(computed(memory, LATER)[0].phase) == str(found.phase)


def test_two_terms_of_one_glossary_never_become_one(memory: Database) -> None:
    def twins(uow: UnitOfWork) -> None:
        community(uow, HOUSING, "Habitation")
        community(uow, LODGING, "Logement")
        for word in ("un", "deux"):
            term(uow, f"https://a.example/termes/{word}", word, "https://a.example/glossaire")
            mapping(uow, f"https://a.example/m/{word}", f"https://a.example/termes/{word}", RETENTION, "exactMatch")
        note(uow, "https://a.example/1", "https://a.example/termes/un", HOUSING)
        note(uow, "https://b.example/2", "https://a.example/termes/deux", LODGING)

    changed(memory, twins)
    assert computed(memory) == []


def test_a_shipped_concept_is_called_by_its_label_and_a_glossary_speaks_of_its_terms(memory: Database) -> None:
    trust = "https://w3id.org/cdp/leviers/confiance"

    def speaking(uow: UnitOfWork) -> None:
        village(uow)
        note(uow, "https://a.example/ressources/8", trust, HOUSING)
        mapping(uow, "https://a.example/correspondances/10", trust, RETENTION, "relatedMatch")
        uow.holdings.add(HOUSING, KEEPING, "own", NOW)
        uow.holdings.add(HOUSING, "https://nowhere.example/not-here", "reference", NOW)

    changed(memory, speaking)
    found = {str(thing.between[1]): thing for thing in computed(memory)}
    summary = found[FOOD].summary
    assert summary is not None
    assert "“trust and reciprocity”" in summary.in_language("en")
    assert set(bases(found[LODGING])) == {"sujets", "territoire"}
    topic = memory.read_now(lambda uow: reasons_of(uow, HOUSE, found[LODGING].id)).explanation.touch.bases[0].shares[0]
    assert topic.left.things == ("https://a.example/ressources/2", KEEPING)


def test_the_reasons_are_given_in_words(memory: Database) -> None:
    changed(memory, village)
    [found] = computed(memory)
    reasons = memory.read_now(lambda uow: reasons_of(uow, HOUSE, found.id))
    told = lines(reasons.explanation, reasons.labels, "fr")
    assert f"  la correspondance {MAPPING} était retirée" in told
    assert any("rétention locative" in line for line in told)


def test_what_is_not_there_has_no_reasons(memory: Database) -> None:
    changed(memory, village)
    [found] = computed(memory)
    with pytest.raises(NotFound):
        memory.read_now(lambda uow: reasons_of(uow, HOUSE, "https://a.example/intersections/none"))
    changed(memory, lambda uow: uow.mappings.remove(MAPPING))
    with pytest.raises(NotFound, match="do not touch any more"):
        memory.read_now(lambda uow: reasons_of(uow, HOUSE, found.id))
    changed(memory, lambda uow: uow.peers.put_state("b.example", "blocked", NOW))
    with pytest.raises(NotFound):
        memory.read_now(lambda uow: reasons_of(uow, HOUSE, found.id))


def test_a_community_whose_document_cannot_be_read_still_holds_what_it_holds(memory: Database) -> None:
    def illegible(uow: UnitOfWork) -> None:
        village(uow)
        broken = ActorRow(iri="https://c.example/c/x", type="Group", document=b"[]", name="Illisible", host="c.example")
        uow.actors.put(broken)
        uow.holdings.add(broken.iri, "https://b.example/ressources/3", "reference", NOW)

    changed(memory, illegible)
    found = {str(thing.between[1]): thing for thing in computed(memory)}
    assert set(found) == {LODGING, "https://c.example/c/x"}
    assert str(found["https://c.example/c/x"].name) == "Ce qui relie Habitation et Illisible"
