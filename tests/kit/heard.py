"""Recorded messages, put through the real door and handlers of a node: signed anew, with its addresses in place of theirs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from federation.inbox import authenticate
from kit.guests import HERE, Stage
from kit.recorded import recorded
from kit.signing import Signer, directory, signed
from node.domain.errands import FETCH, Errand
from node.jobs import fetch_thing, process_inbox
from node.storage.claims import owner_here
from node.storage.keeping import keep_actor
from node.storage.shelves.inbox import InboxRow
from node.storage.stored import StoredThing
from vocab import jsonld


@dataclass
class Listener:
    """A node that hears what others were recorded to send. `ours` are our addresses by those that the recording names."""

    stage: Stage
    ours: dict[str, str] = field(default_factory=dict)

    def said(self, name: str) -> dict[str, Any]:
        """A recorded document with our addresses in it."""
        text = recorded(name).decode()
        for theirs in sorted(self.ours, key=len, reverse=True):
            text = text.replace(json.dumps(theirs), json.dumps(self.ours[theirs]))
        read: dict[str, Any] = json.loads(text)
        return read

    async def hear(self, name: str, *, recipient: str | None = None) -> InboxRow:
        """Lets a recorded activity in, signed by its actor, and has it acted on; its row afterwards."""
        said = self.said(name)
        actor = said["actor"] if isinstance(said["actor"], str) else said["actor"]["id"]
        self.know(actor)
        signer = Signer(iri=actor, kind="ed25519")
        request = signed(signer, json.dumps(said).encode(), url=f"{HERE}/inbox", at=self.stage.now)
        verified = await authenticate(request, keys=directory(signer), url=HERE, recipient=recipient)
        if self.stage.database.write_now(lambda uow: uow.inbox.add(verified)):
            rows = self.stage.database.write_now(lambda uow: uow.inbox.claim(self.stage.now, owner_here(), 10))
            await process_inbox.JOB.work(self.stage.tools, tuple(rows))
        row = self.stage.database.read_now(lambda uow: uow.inbox.get(said["id"]))
        assert row is not None
        return row

    async def fetch_one(self, iri: str, name: str) -> None:
        """Has something asked for at its address, where a recording is the answer."""
        errand = Errand(iri=iri, is_vouched=True)
        self.stage.database.write_now(lambda uow: uow.tasks.wake(FETCH, errand.subject, payload=errand.payload()))
        await self.fetch({iri: name})

    async def fetch(self, answers: Mapping[str, str]) -> None:
        """Does the errands that wait; `answers` are recordings by the address at which their server has them."""
        for iri, name in answers.items():
            self.stage.outside.documents[iri] = self.said(name)
        await self.stage.turn(fetch_thing.JOB)

    def know(self, actor: str, *, kind: str = "") -> None:
        """An actor whose document was read before; nothing changes when it was."""
        if self.stage.database.read_now(lambda uow: uow.actors.get(actor)) is None:
            is_group = any(part in actor for part in ("/c/", "/m/", "video-channels", "localtestgroup"))
            self.stage.know(actor, type=kind or ("Group" if is_group else "Person"), followers=f"{actor}/followers")

    def kept(self, iri: str) -> StoredThing | None:
        """What the node keeps of a thing."""
        return self.stage.database.read_now(lambda uow: uow.things.get_any(iri))

    def name_of(self, iri: str) -> str:
        """What a thing is called here, "" when it is not, or gone."""
        found = self.kept(iri)
        return found.entry.name if found is not None and found.entry.deleted_at is None else ""

    def waiting(self) -> list[tuple[str, str]]:
        """What was sent to our community and waits there for somebody to look at it: the thing and its author."""
        return [(row.thing, row.author) for row in self.stage.database.read_now(lambda uow: uow.submissions.waiting())]

    def link(self, follower: str, target: str = "") -> str:
        """The state of a link, "" when there is none."""
        asked = target or self.stage.community
        row = self.stage.database.read_now(lambda uow: uow.followings.get(follower, asked))
        return row.state if row is not None else ""

    def counts(self, thing: str) -> dict[str, int]:
        """How a thing was received, by the kind of reaction."""
        return self.stage.database.read_now(lambda uow: uow.reactions.counts(thing))

    def meet(self, name: str) -> Any:
        """The actor that a recorded document describes, as the node keeps it."""
        body = json.dumps(self.said(name)).encode()
        actor: Any = jsonld.read(body)
        self.stage.database.write_now(lambda uow: keep_actor(uow, actor, body, self.stage.now))
        return self.stage.database.read_now(lambda uow: uow.actors.get(actor.id))
