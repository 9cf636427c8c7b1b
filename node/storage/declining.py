"""A community tells somebody elsewhere that what they sent to it was not taken, or waits; and what is heard here of that.

Only whoever has a place in the community is told, and only about what they may read anyway: it tells nobody what is here.
Spec: ActivityPub §7.7.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import orjson

from federation import outbox
from federation.messages import Verified
from node.domain.activities import inner
from node.domain.html import plain
from node.domain.sentences import said
from node.errors import NotAllowed, NotFound
from node.storage.here import Here
from node.storage.hosts import host_of
from node.storage.sending import send
from node.storage.stored import StoredThing
from node.storage.unit_of_work import UnitOfWork
from vocab.activities.create import Create
from vocab.activities.update import Update
from vocab.things.object import Object
from vocab.values import Ref, Text

#: Under what is kept what a community said of a message that was sent to it from here; and how much of its words.
HEARD, LONGEST = "declined:", 500
#: Software that answers such a message with an error and shows it to nobody: of these, Lemmy knows the Reject of a Follow alone.
DEAF = frozenset({"lemmy", "nodebb"})
#: What people are told: a message was not taken, or waits.
REFUSED, WAITING = "refused", "waiting"

READS_ONLY = said(
    "Votre rôle permet de lire, pas d’écrire\u00a0; l’animation peut le changer.",
    "Your role lets you read, not write; the facilitators can change that.",
)
NO_MEMBER = said(
    "Vous suivez cette communauté sans en être membre\u00a0; demandez à l’animation de vous y accueillir.",
    "You follow this community without being a member; ask its facilitators to welcome you.",
)
WAITS = said(
    "Elle attend le regard d’une personne de la communauté. Vous n’avez rien à faire.",
    "It is waiting for someone in the community to look at it. There is nothing you need to do.",
)
NOT_CHOSEN = said("La communauté ne l’a pas retenue.", "The community decided not to keep it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """That a community of ours did not take the thing that a person sent to it in an activity; `is_final`: nor will it."""

    community: str
    person: str
    thing: str
    activity: str
    words: Text
    is_final: bool = True


class NotTaken(NotAllowed):
    """This was not taken, and its author is told why."""

    def __init__(self, community: str, person: str, thing: str, words: Text) -> None:
        super().__init__(words.in_language("en"))
        self.community, self.person, self.thing, self.words = community, person, thing, words

    def refusal(self, activity: str) -> Refusal:
        """What is told of it."""
        return Refusal(community=self.community, person=self.person, thing=self.thing, activity=activity, words=self.words)


def decline(uow: UnitOfWork, here: Here, refusal: Refusal) -> None:
    """Tells the author alone, where they have a place in the community; whoever has none learns nothing."""
    person = uow.actors.get(refusal.person)
    if person is None or person.is_local or not person.inbox or person.state != "active":
        return
    if not uow.members.roles(refusal.person, refusal.community, here.now) or _is_deaf(uow, person.inbox):
        return
    said = uow.inbox.get(refusal.activity)
    kind = Update if said is not None and said.type == "Update" else Create
    sent = kind(id=refusal.activity, actor=Ref(refusal.person), object=(Ref(refusal.thing),))
    send(
        uow,
        here,
        lambda iri, at: outbox.decline(sent, refusal.community, refusal.words, iri, at, is_final=refusal.is_final),
        [person.inbox],
        about=refusal.thing,
    )


def _is_deaf(uow: UnitOfWork, inbox: str) -> bool:
    peer = uow.peers.get(host_of(inbox))
    return peer is not None and peer.software in DEAF


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What a community (`by`) said of a message of ours: in which words, in each language that it spoke."""

    by: str
    words: Text
    is_final: bool
    at: datetime


def declined(uow: UnitOfWork, verified: Verified) -> StoredThing | None:
    """The message of somebody here that an answer is about, None when it is about something else.

    Raises NotFound unless it was sent to the very community that answers.
    """
    sent = inner(verified.activity)
    row = uow.outbox.get(sent.id) if sent.id else None
    if row is None or row.type not in {"Create", "Update"}:
        return None
    stored = uow.things.get_any(row.object)
    if stored is None or not stored.entry.is_local or stored.entry.deleted_at or stored.entry.community != verified.actor:
        raise NotFound("Nothing of the kind was ever sent from here to the one who answers.")
    return stored


def hear(uow: UnitOfWork, here: Here, verified: Verified, stored: StoredThing, *, is_final: bool) -> None:
    """Keeps what a community said of a message of ours, in a few plain words, and tells its author."""
    content = verified.activity.content if isinstance(verified.activity, Object) else None
    words = {tag: plain(text)[:LONGEST] for tag, text in (content.entries if content is not None else ())}
    kept = {"by": verified.actor, "words": words, "is_final": is_final, "at": here.now.isoformat()}
    uow.state.set(f"{HEARD}{stored.entry.iri}", orjson.dumps(kept).decode())
    kind = REFUSED if is_final else WAITING
    uow.notices.add(stored.entry.author, kind, stored.entry.iri, here.now, by=verified.actor, community=verified.actor)


def heard(uow: UnitOfWork, stored: StoredThing) -> Heard | None:
    """What a community last said of a message of ours as it stands; None where it took it, or said nothing."""
    kept = orjson.loads(uow.state.get(f"{HEARD}{stored.entry.iri}") or "{}") if stored.entry.is_local else {}
    if not kept:
        return None
    at = datetime.fromisoformat(kept["at"])
    if stored.entry.updated_at is not None and stored.entry.updated_at > at:
        return None
    words = Text.by_language(kept["words"], primary=next(iter(kept["words"]), ""))
    return Heard(by=kept["by"], words=words, is_final=kept["is_final"], at=at)


def taken(uow: UnitOfWork, community: str, iri: str) -> None:
    """A community passed on a message of ours: what it said of it before no longer holds."""
    if uow.state.get(f"{HEARD}{iri}") and orjson.loads(uow.state.get(f"{HEARD}{iri}") or "{}").get("by") == community:
        uow.state.set(f"{HEARD}{iri}", "")
