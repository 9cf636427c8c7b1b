"""Actors elsewhere and what they send, put straight into the rows; and a way out that answers from a table."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import update

from federation.errors import Gone, RemoteError
from federation.messages import Answer, Outgoing, PublicKey, Verified
from kit.nodes import key_pair
from node import activities
from node.actions.add_community import add_community
from node.actions.add_member import Newcomer, add_member, admit
from node.actions.make_node import make_node
from node.actions.publish import publish
from node.collect import collect
from node.contracts import Draft, Handler, House, Job, Tools
from node.domain.entries import Audience, Entry
from node.domain.placing import Placement
from node.jobs import process_inbox
from node.storage.claims import owner_here
from node.storage.engine import Database
from node.storage.shelves.actors import ActorRow
from node.storage.shelves.followings import State as LinkState
from node.storage.shelves.inbox import InboxRow
from node.storage.tables.peers import peers
from vocab import jsonld
from vocab.namespaces import AS_CONTEXT, CDP_CONTEXT, PUBLIC
from vocab.things.practice_note import PracticeNote
from vocab.values import Text

HERE = "https://ici.example"
THERE = "https://ailleurs.example"
B = f"{THERE}/communautes/logement"
V = f"{THERE}/personnes/v"
BOB = f"{THERE}/personnes/bob"
M = "https://evil.example/u/m"
START = datetime(2026, 11, 22, 10, 0, 0, tzinfo=UTC)


@dataclass
class Outpost:
    """A way out that answers from `documents` (IRI → JSON), raises from `problems`, and notes what was asked and sent."""

    documents: dict[str, dict[str, Any]] = field(default_factory=dict)
    problems: dict[str, RemoteError] = field(default_factory=dict)
    answers: list[Answer | RemoteError] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    sent: list[Outgoing] = field(default_factory=list)

    async def send(self, outgoing: Outgoing) -> Answer:
        self.sent.append(outgoing)
        answer = self.answers.pop(0) if self.answers else Answer(status=202, url=outgoing.url)
        if isinstance(answer, RemoteError):
            raise answer
        return answer

    async def document(self, iri: str, *, is_anew: bool = False) -> Answer:
        del is_anew
        self.asked.append(iri)
        if iri in self.problems:
            raise self.problems[iri]
        if iri not in self.documents:
            raise Gone(iri)
        body = json.dumps({"@context": [AS_CONTEXT, CDP_CONTEXT], **self.documents[iri]}).encode()
        return Answer(status=200, url=self.documents[iri].get("id", iri), body=body)

    async def lookup(self, address: str) -> str:
        return address


class NoKeys:
    async def find(self, key_id: str) -> PublicKey:
        raise Gone(key_id)

    async def find_again(self, key_id: str) -> PublicKey | None:
        raise Gone(key_id)

    async def proving(self, key_id: str) -> PublicKey | None:
        raise Gone(key_id)


@dataclass
class Stage:
    """One furnished node in memory, at a moment that the test moves on."""

    database: Database
    mode: str = "archipelago"
    now: datetime = START
    outside: Outpost = field(default_factory=Outpost)
    handlers: Mapping[str, Handler] = field(default_factory=lambda: collect(activities, "HANDLER", Handler))
    community: str = ""
    author: str = ""

    def __post_init__(self) -> None:
        write = self.database.write_now
        write(lambda uow: make_node(uow, self.house(), keys=(key_pair(1), key_pair(2))))
        self.community = write(lambda uow: add_community(uow, self.house(), "Habitation", keys=key_pair(3))).iri
        self.author = self.person("Mireille Côté", role="animation")
        for iri in (B, V, BOB, M):
            self.know(iri)

    def house(self) -> House:
        return House(url=HERE, name="Carrefour", mode=self.mode, language="fr", now=self.now)

    @property
    def tools(self) -> Tools:
        return Tools(house=self.house, database=self.database, outside=self.outside, keys=NoKeys(), handlers=self.handlers)

    def person(self, name: str, *, role: str = "") -> str:
        """An account here, and a role in the community when one is said."""
        newcomer = Newcomer(email=f"{name.split(maxsplit=1)[0].lower()}@exemple.org", name=name)
        row = self.database.write_now(lambda uow: add_member(uow, self.house(), newcomer, keys=key_pair(4)))
        if role:
            self.database.write_now(lambda uow: admit(uow, self.house(), row.iri, self.community, role_name=role))
        return row.iri

    def know(self, iri: str, **changed: Any) -> ActorRow:
        """An actor elsewhere whose document was read before."""
        kind = "Group" if "/communautes/" in iri else "Person"
        host = iri.split("/")[2]
        given = {"type": kind, "document": b"{}", "name": iri.rpartition("/")[2], "host": host, "inbox": f"{iri}/inbox"}
        given |= {"repertoire": f"{iri}/repertoire"} if kind == "Group" else {}
        row = ActorRow(iri=iri, fetched_at=self.now, **(given | changed))
        self.database.write_now(lambda uow: uow.actors.put(row))
        return row

    def approve(self, host: str = "ailleurs.example", *, software: str = "maillage") -> None:
        """A server is trusted here, and known to run this software."""
        self.database.write_now(lambda uow: uow.peers.put_state(host, "approved", self.now))
        runs = update(peers).where(peers.c.host == host).values(software=software)
        self.database.write_now(lambda uow: uow.ground.run(runs))

    def follows(self, target: str = B, state: LinkState = "accepted") -> None:
        """The community follows somebody elsewhere, asked by activity `HERE/activites/f`."""
        asked = f"{HERE}/activites/f"
        self.database.write_now(lambda uow: uow.followings.put(self.community, target, activity=asked, state=state, at=self.now))

    def followed(self) -> None:
        """B follows the community."""
        self.database.write_now(
            lambda uow: uow.followings.put(B, self.community, activity=f"{B}/f", state="accepted", at=self.now)
        )

    def note(self, name: str, audience: Audience = Audience.PUBLIC, *, replaces: str = "", author: str = "") -> Entry:
        thing = PracticeNote(name=Text.of(name, "fr"), content=Text.of(f"<p>{name}, en peu de mots.</p>", "fr"))
        placed = Placement(author=author or self.author, community=self.community, audience=audience, replaces=replaces)
        return self.database.write_now(lambda uow: publish(uow, self.house(), Draft(thing=thing, source=name), placed))

    async def receive(self, activity: dict[str, Any], *, recipient: str | None = None) -> InboxRow:
        """Takes in an activity whose actor was proven, and has it worked; its row afterwards."""
        body = json.dumps({"@context": [AS_CONTEXT, CDP_CONTEXT], **activity}).encode()
        verified = Verified(
            activity=jsonld.read(body),
            actor=activity["actor"],
            key_id=f"{activity['actor']}#main-key",
            body=body,
            at=self.now,
            recipient=recipient,
        )
        is_new = self.database.write_now(lambda uow: uow.inbox.add(verified))
        if is_new:
            rows = self.database.write_now(lambda uow: uow.inbox.claim(self.now, owner_here(), 10))
            await process_inbox.JOB.work(self.tools, tuple(rows))
        found = self.database.read_now(lambda uow: uow.inbox.get(activity["id"]))
        assert found is not None
        return found

    async def turn(self, job: Job) -> bool:
        """One claim of a job, its work, and what follows from it; whether there was anything."""
        rows = self.database.write_now(lambda uow: job.claim(uow, self.house(), 20))
        results, settle = [await job.work(self.tools, row) for row in rows], job.settle
        if settle is not None:
            self.database.write_now(lambda uow: settle(uow, self.house(), results))
        return bool(rows)

    def sent(self) -> list[dict[str, Any]]:
        """Everything in the outbox with a delivery that waits, oldest first."""
        return [
            json.loads(self.database.read_now(lambda uow, row=row: uow.deliveries.document(row)))  # type: ignore[misc]
            for row in self.database.read_now(lambda uow: uow.deliveries.waiting())
        ]

    def tasks(self, kind: str) -> list[str]:
        """The subjects of the tasks of a kind that are due."""
        return [task.subject for task in self.database.read_now(lambda uow: uow.tasks.all(kind, "due"))]

    def later(self, **passed: float) -> None:
        self.now += timedelta(**passed)


def act(kind: str, actor: str, about: Any, number: int = 1, **more: Any) -> dict[str, Any]:
    """An activity by an actor elsewhere."""
    origin = "/".join(actor.split("/")[:3])
    return {"id": f"{origin}/activites/{kind}-{number}", "type": kind, "actor": actor, "object": about, **more}


def note(author: str = V, name: str = "Une note", number: int = 1, **more: Any) -> dict[str, Any]:
    """A public note by somebody elsewhere."""
    origin = "/".join(author.split("/")[:3])
    return {
        "id": f"{origin}/ressources/{number}",
        "type": "Article",
        "kind": "PracticeNote",
        "attributedTo": author,
        "name": name,
        "to": [PUBLIC],
        "audience": B,
        "published": "2026-11-20T10:00:00Z",
        **more,
    }
