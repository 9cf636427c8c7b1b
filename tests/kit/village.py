"""A small village to read pages in: three organisations, their communities, what these hold, and where they touch."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from kit.rows import failed
from kit.village_words import LONG_TEXT, WORDS
from node.actions.compute_intersections import compute_intersections
from node.contracts import House
from node.domain.entries import Audience, Entry
from node.domain.spaces import conversation_of
from node.domain.telling import intersection_iri
from node.domain.visibility import Reader
from node.storage.hosts import host_of
from node.storage.shelves.actors import ActorRow
from node.storage.shelves.mappings import MappingRow
from node.storage.shelves.threads import ThreadRow
from node.storage.stored import Facet
from node.storage.unit_of_work import UnitOfWork
from vocab import jsonld
from vocab.things import mapping as mapping_type
from vocab.things.community_of_practice import CommunityOfPractice
from vocab.things.concept import Concept
from vocab.things.event import Event
from vocab.things.note import Note
from vocab.things.notebook import Notebook
from vocab.things.object import Object
from vocab.things.ordered_collection import OrderedCollection
from vocab.things.organization import Organization
from vocab.things.person import Person
from vocab.things.place import Place
from vocab.things.practice_note import PracticeNote
from vocab.values import Ref, Text

NOW = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
HERE, COOP, RIVE = "https://carrefour.example", "https://savoirs.example", "https://rive.example"
HOUSING, ANIMATION = f"{HERE}/communautes/habitation", f"{HERE}/communautes/animation"
MUNICIPAL, NEIGHBOURS = f"{COOP}/communautes/economie-sociale-municipale", f"{RIVE}/communautes/developpement-des-communautes"
MIREILLE, ALI, CHANTAL = f"{HERE}/personnes/mireille-gagnon", f"{COOP}/personnes/ali-benali", f"{RIVE}/personnes/chantal-roy"
EVICTION, RETENTION = f"{HERE}/termes/prevenir-eviction", f"{COOP}/termes/retention-locative"
CLAUSES, ESTRIE, MAPPING = f"{COOP}/termes/clauses-sociales", f"{HERE}/lieux/estrie", f"{HERE}/correspondances/c1"
WELCOME, VISITS, SECRET = f"{HERE}/ressources/accueil", f"{RIVE}/ressources/porte-a-porte", f"{HERE}/ressources/secret"
WITHDRAWN, MEETING = f"{HERE}/ressources/retiree", f"{HERE}/rencontres/r1"
NOTEBOOK = f"{HERE}/ressources/carnet"
TOUCH = intersection_iri(HERE, HOUSING, MUNICIPAL)
BY = "https://creativecommons.org/licenses/by/4.0/"
#: An address of every page, with something on it; and of pages that have nothing to show.
ADDRESSES = (
    "/",
    "/communautes",
    "/communautes/habitation",
    "/communautes/animation",
    "/communautes/habitation/repertoire",
    "/communautes/habitation/repertoire?portee=elargi",
    "/communautes/habitation/glossaire",
    "/communautes/animation/glossaire",
    "/agenda",
    "/communautes/habitation/agenda",
    "/ressources/accueil",
    "/ressources/retiree",
    "/ressources/carnet",
    "/termes/prevenir-eviction",
    "/correspondances/c1",
    "/lieux/estrie",
    "/rencontres/r1",
    "/echanges/e1",
    "/ailleurs",
    f"/ailleurs/communaute?iri={quote(MUNICIPAL)}",
    f"/ailleurs/ressource?iri={quote(VISITS)}",
    "/recherche?q=eviction",
    "/recherche?q=introuvable&type=PracticeNote&portee=noeud",
    "/intersections",
    TOUCH.removeprefix(HERE),
    "/carte",
    "/entrer?jeton=abc",
    "/entrer",
    "/a-propos",
    "/systeme",
    "/accessibilite",
    "/vocab/",
    "/vocab/ns/PracticeNote",
    "/vocab/ns/highlight",
    "/vocab/roles/",
    "/vocab/roles/animation",
    "/vocab/exemples",
    "/vocab/correspondances",
    "/vocab/versions",
    "/organisation",
    "/personnes/mireille-gagnon",
)
PUBLIC = Ref(iri="https://www.w3.org/ns/activitystreams#Public")
HOUSE = House(url=HERE, name="Carrefour des pratiques de l’Estrie", mode="archipelago", language="fr", now=NOW)
MEMBER = Reader(actor=MIREILLE, communities=frozenset({HOUSING}))

#: Address, community, author, genre, topics, language, days ago; titles and summaries are in village_words.
NOTES = (
    (WELCOME, HOUSING, MIREILLE, "note-de-pratique", (EVICTION,), "fr", 3),
    (f"{HERE}/ressources/entente", HOUSING, MIREILLE, "outil", (EVICTION,), "fr", 40),
    (f"{HERE}/ressources/tour", ANIMATION, MIREILLE, "note-de-pratique", (), "fr", 12),
    (f"{COOP}/ressources/clauses", MUNICIPAL, ALI, "etude-de-cas", (CLAUSES,), "fr", 8),
    (f"{COOP}/ressources/retention", MUNICIPAL, ALI, "document-de-reference", (RETENTION,), "en", 20),
    (VISITS, NEIGHBOURS, CHANTAL, "temoignage", (EVICTION,), "fr", 1),
)
PEOPLE = ((MIREILLE, "Mireille Gagnon"), (ALI, "Ali Benali"), (CHANTAL, "Chantal Roy"))
GROUPS = (
    (
        HOUSING,
        "Habitation communautaire",
        "Domaine : le maintien dans le logement. Nous prévenons les évictions en nous y prenant tôt.",
    ),
    (ANIMATION, "Animation et concertation", "Des personnes qui animent des tables et qui comparent leurs façons de faire."),
    (MUNICIPAL, "Économie sociale municipale", "Six villes, six responsables de l’économie sociale, trois rencontres par année."),
    (NEIGHBOURS, "Développement des communautés", "Ce que les quartiers apprennent en s’organisant."),
)


def furnish(uow: UnitOfWork) -> None:
    """Writes the whole story."""
    _actors(uow)
    _terms(uow)
    for (iri, community, author, genre, topics, language, days), (title, summary) in zip(NOTES, WORDS, strict=True):
        note = PracticeNote(
            id=iri,
            name=Text.of(title, language),
            summary=Text.of(f"<p>{summary}</p>", language),
            content=Text.of(LONG_TEXT if iri == WELCOME else f"<p>{summary}</p>", language),
            attributed_to=(Ref(iri=author),),
            genre=Ref(iri=f"https://w3id.org/cdp/genres/{genre}"),
            topic=tuple(Ref(iri=topic) for topic in topics),
            territory=(Ref(iri=ESTRIE),),
            license=Ref(iri=BY),
            in_language=language,
            version="2",
            published=NOW - timedelta(days=days),
            to=(PUBLIC,),
        )
        put(uow, note, author=author, community=community, days=days, language=language, topics=topics)
        uow.holdings.add(community, iri, "own", NOW - timedelta(days=days))
    _reserved_and_withdrawn(uow)
    _bonds(uow)
    uow.holdings.add(HOUSING, VISITS, "reference", NOW - timedelta(days=1))
    compute_intersections(uow, HOUSE)


def _actors(uow: UnitOfWork) -> None:
    summary = "Un lieu d’échange pour les organismes de logement, d’animation et de développement local de l’Estrie."
    organisation = Organization(
        id=f"{HERE}/organisation", name=Text.of(HOUSE.name, "fr"), summary=Text.of(f"<p>{summary}</p>", "fr")
    )
    _actor(uow, organisation, "carrefour")
    _actor(uow, Organization(id=f"{COOP}/organisation", name=Text.of("Coop Savoirs municipaux", "fr")), "coop")
    _actor(uow, Organization(id=f"{RIVE}/organisation", name=Text.of("Table de la Rive", "fr")), "rive")
    for iri, name, words in GROUPS:
        group = CommunityOfPractice(
            id=iri,
            name=Text.by_language({"fr": name}),
            summary=Text.of(f"<p>{words}</p>", "fr"),
            territory=(Ref(iri=ESTRIE),),
            practice_domain=(Ref(iri=EVICTION),) if iri == HOUSING else (),
            shared_enterprise=Text.of("Prévenir les évictions par l’accompagnement en amont.", "fr") if iri == HOUSING else None,
            phase=Ref(iri="https://w3id.org/cdp/phases/active"),
        )
        _actor(uow, group, iri.rsplit("/", maxsplit=1)[-1], kind="CommunityOfPractice")
    for iri, name in PEOPLE:
        _actor(uow, Person(id=iri, name=Text.of(name)), iri.rsplit("/", maxsplit=1)[-1])


def _actor(uow: UnitOfWork, thing: Organization | CommunityOfPractice | Person, username: str, kind: str = "") -> None:
    host = thing.id.split("/")[2]
    row = ActorRow(
        iri=thing.id,
        type=thing.type,
        kind=kind,
        document=jsonld.dump(thing),
        name=str(thing.name),
        username=username,
        host=host,
        is_local=thing.id.startswith(HERE),
        created_at=NOW,
    )
    uow.actors.put(row)


def _terms(uow: UnitOfWork) -> None:
    for iri, french, english in (
        (EVICTION, "prévention de l’éviction", "eviction prevention"),
        (RETENTION, "rétention locative", "tenant retention"),
        (CLAUSES, "clauses sociales", "social clauses"),
    ):
        label = Text.by_language({"fr": french, "en": english})
        meaning = Text.of("Ce que les gens entendent par là ici.", "fr")
        concept = Concept(id=iri, name=Text.of(french, "fr"), pref_label=label, definition=meaning, to=(PUBLIC,))
        put(uow, concept, author=MIREILLE, community=HOUSING if iri == EVICTION else "", days=60)
    put(uow, Place(id=ESTRIE, name=Text.of("Estrie", "fr"), to=(PUBLIC,)), days=90)
    mapping = mapping_type.Mapping(
        id=MAPPING,
        name=Text.of("prévention de l’éviction ≈ rétention locative", "fr"),
        content=Text.of("<p>Le même travail, dans deux langages.</p>", "fr"),
        subject=Ref(iri=EVICTION),
        object=(Ref(iri=RETENTION),),
        confidence=0.8,
        to=(PUBLIC,),
    )
    put(uow, mapping, author=MIREILLE, days=30)
    row = MappingRow(thing=MAPPING, subject=EVICTION, relation="closeMatch", object=RETENTION, confidence=0.8, state="accepted")
    uow.mappings.put(row)


def _reserved_and_withdrawn(uow: UnitOfWork) -> None:
    secret = PracticeNote(id=SECRET, name=Text.of("Compte rendu du comité", "fr"), content=Text.of("<p>Entre nous.</p>", "fr"))
    put(uow, secret, author=MIREILLE, community=HOUSING, audience=Audience.COMMUNITY, days=2)
    uow.holdings.add(HOUSING, SECRET, "own", NOW)
    reply = Note(
        id=f"{HERE}/echanges/e1",
        content=Text.of("<p>Nous avons essayé à Magog : ça marche aussi en hiver.</p>", "fr"),
        in_reply_to=(Ref(iri=WELCOME),),
    )
    put(uow, reply, author=ALI, days=1)
    said_at = NOW - timedelta(days=1)
    uow.threads.put(ThreadRow(thing=reply.id, parent=WELCOME, context=conversation_of(WELCOME), at=said_at))
    meeting = Event(
        id=MEETING,
        name=Text.of("Dîner-causerie de décembre", "fr"),
        start_time=NOW + timedelta(days=12),
        to=(PUBLIC,),
        join_mode="free",
    )
    put(uow, meeting, author=MIREILLE, community=HOUSING, days=5)
    listed = (VISITS, WELCOME, f"{RIVE}/ressources/en-chemin")
    links = "".join(f'<li><a href="{iri}">…</a></li>' for iri in listed)
    notebook = Notebook(
        id=NOTEBOOK,
        name=Text.of("Carnet\u00a0: entrer par la porte", "fr"),
        summary=Text.of("<p>Deux façons d’arriver chez les gens.</p>", "fr"),
        content=Text.of(f"<p>Deux façons d’arriver chez les gens.</p><ol>{links}</ol>", "fr"),
        entries=OrderedCollection(id=f"{NOTEBOOK}#sommaire", items=tuple(Ref(iri=iri) for iri in listed)).ref,
        to=(PUBLIC,),
    )
    put(uow, notebook, author=MIREILLE, days=4)
    put(uow, PracticeNote(id=WITHDRAWN, name=Text.of("Une note retirée", "fr")), author=MIREILLE, days=9)
    uow.things.bury(WITHDRAWN, b'{"type": "Tombstone"}', NOW)


def _bonds(uow: UnitOfWork) -> None:
    for follower, target, days in ((HOUSING, MUNICIPAL, 30), (HOUSING, NEIGHBOURS, 10), (NEIGHBOURS, HOUSING, 9)):
        at = NOW - timedelta(days=days)
        uow.followings.put(follower, target, activity=f"{HERE}/activites/{days}", state="accepted", at=at)
    uow.followings.mark_synced(HOUSING, MUNICIPAL, NOW - timedelta(hours=2))
    uow.followings.put(ANIMATION, NEIGHBOURS, activity=f"{HERE}/activites/s", state="requested", at=NOW - timedelta(days=3))
    uow.followings.put(NEIGHBOURS, ANIMATION, activity=f"{RIVE}/activites/q", state="requested", at=NOW - timedelta(days=1))
    failed(uow, host_of(NEIGHBOURS), NOW - timedelta(hours=3), "it answered 503")


def put(
    uow: UnitOfWork,
    thing: Object,
    *,
    author: str = "",
    community: str = "",
    audience: Audience = Audience.PUBLIC,
    days: int = 0,
    language: str = "fr",
    topics: tuple[str, ...] = (),
) -> None:
    """Stores a thing as it would have come."""
    at = NOW - timedelta(days=days)
    entry = Entry(
        iri=thing.id,
        type=thing.type,
        kind=thing.kind[0] if thing.kind else thing.type,
        audience=audience,
        author=author,
        community=community,
        is_local=thing.id.startswith(HERE),
        name=str(thing.name or ""),
        summary=str(thing.summary or ""),
        language=language,
        license=str(thing.license or ""),
        published_at=at,
        updated_at=at,
        stored_at=at,
    )
    facets = [Facet(property="topic", text=topic) for topic in topics]
    facets += [Facet(property="inReplyTo", text=ref.iri) for ref in thing.in_reply_to]
    uow.things.put(entry, jsonld.dump(thing), facets)
