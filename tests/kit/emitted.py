"""Everything that a node sends or serves, made by the real deeds, with the content type and the address it goes out with."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TypeVar
from urllib.parse import parse_qsl, urlsplit

from federation import outbox
from federation.appearance import Seen
from kit.guests import HERE, THERE, B, Stage, V, act
from kit.nodes import key_pair
from node.actions.add_community import add_community
from node.actions.add_member import admit
from node.actions.compute_intersections import compute_intersections
from node.actions.feature import feature
from node.actions.publish import publish
from node.actions.reply import reply
from node.actions.report import report
from node.actions.translate import Translation, translate
from node.actions.withdraw import withdraw
from node.collect import collect
from node.contracts import Draft, Endpoint, File, House, Reply, Visit
from node.domain.entries import Audience, Entry
from node.domain.placing import Placement
from node.domain.sharing import Attached, Shared, thing_of
from node.domain.spaces import answers_to, attendees_of, conversation_of
from node.domain.visibility import ANYONE, PUBLIC_SCOPE
from node.formats import markdown
from node.storage.engine import Database
from node.storage.unit_of_work import UnitOfWork
from node.web import endpoints
from vocab import jsonld
from vocab.activities.activity import Activity
from vocab.activities.join import Join
from vocab.activities.like import Like
from vocab.activities.move import Move
from vocab.namespaces import AS_CONTEXT
from vocab.things.image import Image
from vocab.things.meeting import Meeting
from vocab.things.object import Object
from vocab.things.practice_note import PracticeNote
from vocab.values import Ref, Text

T = TypeVar("T")

_HEAD = "---\n{head}\n---\n{body}\n"
_LONG = "On écoute **d’abord**, puis on reformule. Une deuxième phrase, pour le résumé.\n\n## Comment\n\n- un\n- deux\n"

#: What is published, by name: the head of the file, and its text. {note} is the address of the first one.
WRITTEN = {
    "practice note": (
        "kind: PracticeNote\ntopics: [accueil, logement abordable]\nterritory: Gaspésie",
        f"# L’accueil\n\n{_LONG}",
    ),
    "case": ("genre: etude-de-cas\ntopics: [logement]", f"# Un cas\n\n{_LONG}"),
    "tool": ("genre: outil\ntopics: [accueil]", f"# Une grille\n\n{_LONG}"),
    "link": ("genre: lien\nurl: https://www.quebec.ca/habitation", f"# Une adresse utile\n\n{_LONG}"),
    "notebook": ("kind: Notebook\nentries: ['{note}']", "# Un cahier\n\nCe que nous avons réuni.\n"),
    "event": (
        "kind: Event\nstart_time: 2026-12-01T18:00:00-05:00\nend_time: 2026-12-01T20:00:00-05:00\ntimezone: America/Montreal",
        f"# Une soirée\n\n{_LONG}",
    ),
    "meeting": (
        "kind: Meeting\nstart_time: 2026-12-02T18:00:00-05:00\nlocation: [La Fabrique, 'https://rencontre.example/1']",
        "# Une rencontre\n\nOrdre du jour.\n",
    ),
    "mapping": (
        "kind: Mapping\nsubject: accueil\nrelationship: proche de\nobject: logement",
        "Les deux se touchent.\n",
    ),
    "reply": ("kind: Note\nin_reply_to: '{note}'", "Merci, cela nous sert.\n"),
}


@dataclass
class Emitted:
    """A furnished node that published one of each, and two communities that touch."""

    database: Database
    iris: dict[str, str] = field(default_factory=dict)
    deeds: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.stage = Stage(self.database)
        self.stage.approve()
        for name, (head, body) in WRITTEN.items():
            note = self.iris.get("practice note", "")
            self.iris[name] = self._write(name, _HEAD.format(head=head.format(note=note), body=body))
        self.iris["note with picture, in two languages"] = self._publish(Draft(thing=_illustrated(), source="image"))
        self.iris |= {name: self._publish(Draft(thing=thing, source=name)) for name, thing in _spoken().items()}
        self.iris["meeting that comes back"] = self._publish(Draft(thing=_monthly(), source="monthly"))
        self.iris["translation"] = self._do(lambda uow, house: translate(uow, house, self._translated(), publish)).iri
        self.iris["summing up"] = self._do(self._summed_up).iri
        self.iris["tombstone"] = self._write("gone", "# Retirée\n\nCe texte s’en va.\n")
        self.iris["concept"] = self._made_on_the_way("Concept")
        self._neighbour(self.iris["concept"])
        self.iris["place"] = self._made_on_the_way("Place")

    async def act(self) -> None:
        """Everything that a node says: to a follower, about a change, about an end."""
        await self.stage.receive(act("Follow", B, self.stage.community))
        await self.stage.receive(act("Join", V, self.iris["event"]))
        self._do(lambda uow, house: feature(uow, house, self.stage.community, self.iris["case"], self.stage.author))
        self._do(lambda uow, house: report(uow, house, V, reason="Publicité", by=self.stage.author))
        changed = self._write("changed", "# Changée\n\nAvant.\n")
        self.stage.later(minutes=5)
        self._write("changed", "# Changée\n\nAprès.\n", replaces=changed)
        self._do(lambda uow, house: withdraw(uow, house, self.iris["tombstone"], self.stage.author))
        for said in self.stage.sent():
            thing = said.get("object")
            inner = thing.get("type", "") if isinstance(thing, dict) else ""
            self.deeds.setdefault(f"{said['type']}({inner or 'address'})", json.dumps(said).encode())
        for made in self._further():
            inner = made.object[0].thing.type if made.object[0].thing else "address"
            self.deeds.setdefault(f"{made.type}({inner})", jsonld.dump(made))

    def _further(self) -> list[Activity]:
        """What only other parts of the node, or its people, would make it say."""
        author, community, at, name = self.stage.author, self.stage.community, self.stage.now, f"{HERE}/activites/x"
        note = self._thing(self.iris["practice note"])
        asked = outbox.follow(community, B, name, at)
        theirs = jsonld.read(json.dumps({"@context": AS_CONTEXT, **act("Follow", B, community)}).encode())
        assert isinstance(theirs, Activity)
        person = self._actor(author)
        return [
            asked,
            outbox.accept(theirs, community, name, at),
            outbox.reject(theirs, community, name, at),
            outbox.undo(asked, name, at),
            outbox.wrap_create(note, author, name, at),
            outbox.wrap_create(self._thing(self.iris["event"]), author, name, at),
            outbox.wrap_create(self._thing(self.iris["reply"]), author, name, at),
            outbox.wrap_update(note, author, name, at),
            replace(outbox.wrap_update(person, author, name, at), object=(person.ref,), to=outbox.follow(author, B, name, at).to),
            outbox.announce(note.id, community, name, at, followers=f"{community}/followers"),
            Join(id=name, actor=Ref(author), object=(Ref(f"{THERE}/rencontres/1"),), to=(Ref(B),)),
            Move(id=name, actor=Ref(author), object=(Ref(author),), target=Ref(V), to=(Ref(f"{author}/followers"),)),
            Like(id=name, actor=Ref(author), object=(Ref(f"{THERE}/ressources/1"),), to=(Ref(B),)),
        ]

    def seen(self) -> dict[str, Seen]:
        """All of it by name, as another server gets it."""
        community, author = self.stage.community, self.stage.author
        places = {
            **self.iris,
            "intersection": self.database.read_now(lambda uow: uow.intersections.all()[0].iri),
            "glossary": f"{community}/glossaire",
            "organisation": f"{HERE}/organisation",
            "application": f"{HERE}/noeud",
            "community": community,
            "person": author,
            "outbox": f"{community}/outbox",
            "page of the outbox": f"{community}/outbox?page=1",
            "followers": f"{community}/followers",
            "repertoire": f"{community}/repertoire",
            "page of the repertoire": f"{community}/repertoire?page=1",
            "featured": f"{community}/en-vedette",
            "moderators": f"{community}/animation",
            "conversation": conversation_of(self.iris["practice note"]),
            "answers": answers_to(self.iris["practice note"]),
            "participations": attendees_of(self.iris["event"]),
        }
        return {name: self.served(url) for name, url in places.items()} | {
            name: Seen(document=document) for name, document in self.deeds.items()
        }

    def served(self, url: str) -> Seen:
        """What the node answers at an address of its own to a stranger who asks for ActivityPub."""
        parts = urlsplit(url)
        for endpoint in collect(endpoints, "ENDPOINT", Endpoint).values():
            found = re.fullmatch(_pattern(endpoint.path), parts.path)
            if found and endpoint.answer:
                query = dict(parse_qsl(parts.query))
                visit = Visit(
                    house=self.stage.house(), reader=ANYONE, language="fr", path=found.groupdict(), query=query, url=url
                )
                return self._answered(endpoint.answer, visit)
        raise AssertionError(f"nothing answers at {url}")

    def _answered(self, answer: Callable[[UnitOfWork, Visit], Reply], visit: Visit) -> Seen:
        reply = self.database.read_now(lambda uow: answer(uow, visit))
        return Seen(document=reply.body, content_type=reply.media_type, url=visit.url)

    def _write(self, name: str, text: str, *, replaces: str = "") -> str:
        (draft,) = markdown.FORMAT.drafts(File(name=f"{name}.md", content=text.encode()))
        return self._publish(draft, replaces=replaces)

    def _publish(self, draft: Draft, *, replaces: str = "", community: str = "") -> str:
        placed = Placement(
            author=self.stage.author,
            community=community or self.stage.community,
            audience=Audience.PUBLIC,
            replaces=replaces,
        )
        return str(self._do(lambda uow, house: publish(uow, house, draft, placed).iri))

    def _translated(self) -> Translation:
        return Translation(
            iri=self.iris["practice note"], by=self.stage.author, community=self.stage.community, language="en",
            title="Welcome", summary="How people are met.", text="We **listen** first.",
        )  # fmt: skip

    def _summed_up(self, uow: UnitOfWork, house: House) -> Entry:
        return reply(uow, house, self.iris["practice note"], self.stage.author, "Vous écoutez d’abord.", sums_up=True)

    def _neighbour(self, topic: str) -> None:
        """A second community that speaks of the same, so that the two touch."""
        row = self._do(lambda uow, house: add_community(uow, house, "Accueil", keys=key_pair(3)))
        self._do(lambda uow, house: admit(uow, house, self.stage.author, row.iri, role_name="animation"))
        text = f"---\ntopics: ['{topic}']\n---\n# Ailleurs\n\n{_LONG}"
        (draft,) = markdown.FORMAT.drafts(File(name="ailleurs.md", content=text.encode()))
        self._publish(draft, community=row.iri)
        self._do(compute_intersections)

    def _made_on_the_way(self, kind: str) -> str:
        """The address of what came to be because something else named it: a term, a place."""
        listed = self.database.read_now(lambda uow: uow.things.listed(scope=PUBLIC_SCOPE, kind=kind, limit=1))
        return listed[0].entry.iri

    def _do(self, deed: Callable[[UnitOfWork, House], T]) -> T:
        return self.database.write_now(lambda uow: deed(uow, self.stage.house()))

    def _actor(self, iri: str) -> Object:
        row = self.database.read_now(lambda uow: uow.actors.get(iri))
        assert row is not None
        actor = jsonld.read(row.document)
        assert isinstance(actor, Object)
        return actor

    def _thing(self, iri: str) -> Object:
        stored = self.database.read_now(lambda uow: uow.things.get_any(iri))
        assert stored is not None
        thing = jsonld.read(stored.document)
        assert isinstance(thing, Object)
        return thing


def _illustrated() -> PracticeNote:
    """A note in two languages, with a picture and its words."""
    picture = Image(name=Text.of("Un cercle de chaises", "fr"), media_type="image/jpeg", url=(Ref(f"{THERE}/cercle.jpg"),))
    said = {"fr": "<p>Une image.</p>", "en": "<p>A picture.</p>"}
    return PracticeNote(
        name=Text.by_language({"fr": "En cercle", "en": "In a circle"}, "fr"),
        content=Text.by_language(said, "fr"),
        attachment=(picture.ref,),
    )


def _monthly() -> Meeting:
    """A meeting of the whole day, each first Tuesday."""
    return Meeting(
        name=Text.of("Chaque mois", "fr"),
        content=Text.of("<p>On compare.</p>", "fr"),
        start_time=datetime(2026, 12, 1, 5, tzinfo=UTC),
        end_time=datetime(2026, 12, 2, 5, tzinfo=UTC),
        timezone="America/Toronto",
        is_all_day=True,
        recurrence=("FREQ=MONTHLY;BYDAY=1TU",),
    )


def _spoken() -> dict[str, Object]:
    """A message and a question that are spoken, with what is said in them."""
    voice = Attached(
        name="message.weba", address=f"{HERE}/media/{'a' * 64}.weba", media_type="audio/webm", description="Nous y sommes allées."
    )
    return {
        "recording": thing_of(Shared(title="De vive voix", text="À écouter.", files=(voice,)), "fr"),
        "request for help": thing_of(Shared(text="Qui connaît ?", is_question=True, files=(voice,)), "fr"),
    }


def _pattern(path: str) -> str:
    """The pattern of a route: its placeholders as named groups."""
    return re.sub(r"\{(\w+)(?::((?:[^{}]|\{[^{}]*\})*))?\}", lambda m: f"(?P<{m[1]}>{m[2] or '[^/]+'})", path)
