"""What the visibility matrix plants: one hidden thing of every sort, full of words that must not show."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from kit.signing import Signer
from kit.web_node import actor_row
from node.contracts import House
from node.domain.entries import Audience, Entry
from node.domain.participation import State
from node.domain.rights import ADMINISTRATION, ANIMATION, CURATION, DOCUMENTATION, GUEST, OBSERVER
from node.domain.spaces import conversation_of
from node.storage.shelves.actors import ActorRow
from node.storage.shelves.media import KeptRow, MediaRow
from node.storage.shelves.members import MemberRow
from node.storage.shelves.outbox import OutboxRow
from node.storage.shelves.participations import ParticipationRow
from node.storage.shelves.threads import ThreadRow
from node.storage.stored import Facet
from node.storage.unit_of_work import UnitOfWork
from vocab.namespaces import AS_CONTEXT, PUBLIC

#: A community elsewhere that is followed and follows, and one that nobody here knows.
FRIEND = Signer(iri="https://ami.example/communautes/amie")
STRANGER = Signer(iri="https://ailleurs.example/communautes/inconnue")

#: Words that occur nowhere else; each is looked for in every answer.
WORDS = {"name": "zanzibartitre", "content": "zanzibarcorps", "summary": "zanzibarresume", "topic": "zanzibarsujet"}
ADDRESS = "zanzibaradresse"
MARKERS = (*WORDS.values(), ADDRESS)

#: Who holds which role in the community whose things are planted; the last one looks after the whole node alone.
HOLDERS = {
    "animatrice": ANIMATION,
    "curateur": CURATION,
    "documentaliste": DOCUMENTATION,
    "observatrice": OBSERVER,
    "invitee": GUEST,
    "responsable": ADMINISTRATION,
}

#: A file that what is planted shows.
PLANTED_FILE = "5a" * 32

SHELVES = ("ressources", "termes", "correspondances", "lieux", "rencontres", "echanges")
TYPES = {
    "ressources": ("Article", "PracticeNote"),
    "termes": ("Page", "Concept"),
    "correspondances": ("Note", "Mapping"),
    "lieux": ("Place", "Place"),
    "rencontres": ("Event", "Meeting"),
    "echanges": ("Note", "Note"),
}


@dataclass(frozen=True, kw_only=True)
class Case:
    """One audience, and what happened since: nothing, a deletion, or a narrowing from public to this audience."""

    audience: Audience
    is_deleted: bool = False
    is_narrowed: bool = False

    def __str__(self) -> str:
        return self.audience.value + (" deleted" if self.is_deleted else "") + (" narrowed" if self.is_narrowed else "")

    def entry(self, house: House, path: str) -> Entry:
        """What is known of the thing planted at a path of ours, or at a whole address elsewhere."""
        is_local = not path.startswith("https:")
        shelf = path.partition("/")[0] if is_local else "ressources"
        return Entry(
            iri=f"{house.url}/{path}" if is_local else path,
            type=TYPES[shelf][0],
            kind=TYPES[shelf][1],
            audience=self.audience,
            author=f"{house.url}/personnes/autrice",
            community=f"{house.url}/communautes/logement",
            readers=frozenset({f"{house.url}/communautes/voisine"}) if self.audience is Audience.CHOSEN else frozenset(),
            is_local=is_local,
            name=WORDS["name"],
            summary=WORDS["summary"],
            language="fr",
            published_at=house.now - timedelta(days=2),
            updated_at=house.now - timedelta(days=1),
            stored_at=house.now,
        )

    def kept(self, house: House, path: str) -> Entry:
        """What is still known of it now: a tombstone has lost its readers."""
        entry = self.entry(house, path)
        return replace(entry, readers=frozenset(), deleted_at=house.now) if self.is_deleted else entry


#: Every case; None is the world in which nothing was ever planted.
CASES = (
    *(Case(audience=audience) for audience in Audience),
    *(Case(audience=audience, is_deleted=True) for audience in Audience),
    *(Case(audience=audience, is_narrowed=True) for audience in (Audience.COMMUNITY, Audience.CHOSEN)),
)

#: Something public that is there in every world, and that what is planted answers.
VISIBLE = "echanges/visible"

#: Where things are planted: one on every shelf, and one that came from elsewhere.
PATHS = tuple(f"{shelf}/{ADDRESS}" for shelf in SHELVES)
ELSEWHERE = f"https://ami.example/ressources/{ADDRESS}"


def people(uow: UnitOfWork, house: House) -> None:
    """Who is there in every world: the author, the links with the friend, something public that is seen by all."""
    author = actor_row(house, "personnes/autrice", "Person", "autrice")
    uow.actors.put(author)
    uow.members.add(MemberRow(iri=author.iri, email="autrice@example.org", name="Autrice", created_at=house.now))
    for follower, target in (
        (f"{house.url}/communautes/logement", FRIEND.iri),
        (FRIEND.iri, f"{house.url}/communautes/logement"),
    ):
        uow.followings.put(follower, target, activity=f"{follower}/suivre", state="accepted", at=house.now)
    uow.peers.put_state("ami.example", "approved", house.now)
    for name, role in HOLDERS.items():
        _hold(uow, house, f"personnes/{name}", role)
    visible = replace(Case(audience=Audience.PUBLIC).entry(house, VISIBLE), name="", summary="")
    note = {"@context": AS_CONTEXT, "id": visible.iri, "type": "Note", "content": "Bonjour", "to": [PUBLIC]}
    uow.things.put(visible, json.dumps(note).encode())
    _place(uow, house, visible, parent="")
    said = {"@context": AS_CONTEXT, "id": FRIEND.iri, "type": "Group", "name": "Amie", "inbox": f"{FRIEND.iri}/inbox"}
    uow.actors.put(
        ActorRow(
            iri=FRIEND.iri,
            type="Group",
            kind="Group",
            document=json.dumps(said).encode(),
            name="Amie",
            username="amie",
            host="ami.example",
            inbox=f"{FRIEND.iri}/inbox",
            fetched_at=house.now,
            created_at=house.now,
        )
    )


def _hold(uow: UnitOfWork, house: House, path: str, role: str) -> None:
    """Somebody who holds a role since yesterday."""
    actor = actor_row(house, path, "Person", path.rpartition("/")[2])
    uow.actors.put(actor)
    uow.members.add(MemberRow(iri=actor.iri, email=f"{actor.username}@example.org", name=actor.name, created_at=house.now))
    where = house.organisation if role == ADMINISTRATION else f"{house.url}/communautes/logement"
    uow.members.join(actor.iri, where, role, house.now - timedelta(days=1))


def sow(uow: UnitOfWork, house: House, case: Case) -> None:
    """Plants the things of a case, with the activities that told of them."""
    for path in (*PATHS, ELSEWHERE):
        entry = case.entry(house, path)
        document = json.dumps(_said(case, entry, house)).encode()
        uow.things.put(entry, document, (Facet(property="topic", text=f"{house.url}/termes/{ADDRESS}"),))
        _place(uow, house, entry, parent=f"{house.url}/{VISIBLE}")
        _take_part(uow, house, entry)
        holder = f"{house.url}/communautes/logement" if entry.is_local else FRIEND.iri
        uow.holdings.add(holder, entry.iri, "own", house.now, "")
        if case.is_deleted:
            uow.things.bury(entry.iri, _tombstone(entry), house.now)
    _attach(uow, house, f"{house.url}/{PATHS[0]}")
    _tell(uow, house, case, "Create", f"activites/{ADDRESS}")
    if case.is_deleted:
        _tell(uow, house, case, "Delete", f"activites/{ADDRESS}2")


def _attach(uow: UnitOfWork, house: House, thing: str) -> None:
    content, digest = WORDS["content"].encode(), PLANTED_FILE
    row = MediaRow(
        digest=digest, media_type="application/pdf", extension="pdf", size=len(content), width=0, height=0, stored_at=house.now
    )  # fmt: skip
    uow.media.put(row, content)
    uow.media.keep(KeptRow(digest=digest, person=f"{house.url}/personnes/autrice", name=ADDRESS, description="", at=house.now))
    uow.media.use(thing, [digest])


def _place(uow: UnitOfWork, house: House, entry: Entry, *, parent: str) -> None:
    """Half of what is planted belongs to the visible conversation, half has one of its own."""
    is_beginning = not parent or entry.iri.endswith(f"rencontres/{ADDRESS}")
    context = conversation_of(entry.iri if is_beginning else parent)
    uow.threads.put(ThreadRow(thing=entry.iri, parent="" if is_beginning else parent, context=context, at=house.now))


def _take_part(uow: UnitOfWork, house: House, entry: Entry) -> None:
    if entry.type == "Event":
        uow.participations.put(
            ParticipationRow(
                event=entry.iri,
                person=FRIEND.iri,
                activity=f"{FRIEND.iri}/inscription",
                state=State.ACCEPTED,
                note="",
                asked_at=house.now,
                answered_at=house.now,
            )
        )


def _tell(uow: UnitOfWork, house: House, case: Case, kind: str, path: str) -> None:
    """Sends what was planted first, in the name of its author and, when it was public, of the community."""
    entry = case.entry(house, PATHS[0])
    was_public = case.is_narrowed or case.audience is Audience.PUBLIC
    to = [PUBLIC] if was_public else _receivers(case, house)
    inner: dict[str, Any] = {
        "@context": AS_CONTEXT,
        "id": f"{house.url}/{path}",
        "type": kind,
        "actor": entry.author,
        "to": to,
        "object": _said(case, entry, house) if kind == "Create" else json.loads(_tombstone(entry)),
    }
    audience = Audience.PUBLIC if was_public else case.audience
    rows = [(inner, entry.author)]
    if was_public:
        community = entry.community
        outer = {
            "@context": AS_CONTEXT,
            "id": f"{house.url}/{path}r",
            "type": "Announce",
            "actor": community,
            "to": [PUBLIC],
            "object": inner,
        }
        rows.append((outer, community))
    for said, actor in rows:
        uow.outbox.add(
            OutboxRow(
                iri=str(said["id"]),
                actor=actor,
                type=str(said["type"]),
                object=entry.iri,
                audience=audience.value,
                document=json.dumps(said).encode(),
                published_at=house.now,
            ),
            [],
            at=house.now,
        )


def _receivers(case: Case, house: House) -> list[str]:
    place = {Audience.COMMUNITY: "logement", Audience.CHOSEN: "voisine"}.get(case.audience)
    return [f"{house.url}/communautes/{place}/membres"] if place else []


def _said(case: Case, entry: Entry, house: House) -> dict[str, Any]:
    return {
        "@context": [AS_CONTEXT, {"topic": {"@id": "http://purl.org/dc/terms/subject", "@type": "@id"}}],
        "id": entry.iri,
        "type": entry.type,
        "name": WORDS["name"],
        "summary": WORDS["summary"],
        "content": f"<p>{WORDS['content']} {WORDS['topic']}</p>",
        "attributedTo": entry.author,
        "audience": entry.community,
        "to": [PUBLIC] if case.audience is Audience.PUBLIC else _receivers(case, house),
        "url": entry.iri,
        "published": "2026-11-20T10:00:00Z",
        "topic": f"{house.url}/termes/{ADDRESS}",
    }


def _tombstone(entry: Entry) -> bytes:
    said = {"@context": AS_CONTEXT, "id": entry.iri, "type": "Tombstone", "deleted": "2026-11-22T10:00:00Z"}
    return json.dumps(said).encode()
