"""The links of this node with other organisations, for those who look after it: how each does, and what can be done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from node.contracts import Page, View, Visit
from node.domain.errands import (
    ASK_AGAIN,
    BACKFILL,
    CATCH_UP,
    CONVERSATION,
    FETCH,
    FOLLOW_FEED,
    FOLLOW_MOVED,
    REFRESH_ACTOR,
    SYNCHRONISE,
)
from node.domain.findings import Finding
from node.domain.following import LinkState, Side, next_step, sentence
from node.domain.neighbours import Condition, in_words, recognised
from node.storage.examinations import last_examination
from node.storage.hosts import host_of
from node.storage.neighbours import HeldMessage, Neighbour, held_messages, neighbours, said_in, stuck
from node.storage.shelves.followings import FollowingRow
from node.storage.shelves.tasks import TaskRow
from node.storage.unit_of_work import UnitOfWork
from node.storage.vouching import vouchers
from node.web.cards import document_of
from node.web.desk import Desk, Link, web
from node.web.feeding import sites
from node.web.gatherings import history_words
from node.web.keeping import told
from node.web.openness import openness
from node.web.translations import phrase
from node.web.wording import excerpt

#: What is looked at first; the rest by name.
_URGENT = (Condition.UNAVAILABLE, Condition.FAILING, Condition.HELD)
_MOST_HELD, _MOST_STUCK = 20, 5

#: What a message of each kind is about, in words for people.
_MESSAGES: Mapping[str, str] = {
    "Create": phrase("une nouvelle publication"),
    "Update": phrase("une correction"),
    "Delete": phrase("un retrait"),
    "Announce": phrase("un partage"),
    "Follow": phrase("une demande de suivi"),
    "Like": phrase("une appréciation"),
    "Flag": phrase("un signalement"),
    "Join": phrase("une inscription"),
}
_OTHER = phrase("un message")

#: What was to be fetched or done, by the kind of the work.
_WORK: Mapping[str, str] = {
    FETCH: phrase("Une publication"),
    BACKFILL: phrase("Ce qui a été publié avant"),
    CATCH_UP: phrase("La comparaison des répertoires"),
    REFRESH_ACTOR: phrase("Un profil"),
    FOLLOW_MOVED: phrase("Un déménagement"),
    SYNCHRONISE: phrase("La liste des abonnements d’ici"),
    ASK_AGAIN: phrase("Une demande à refaire"),
    CONVERSATION: phrase("Une conversation"),
    FOLLOW_FEED: phrase("Un flux"),
}
_OTHER_WORK = phrase("Une tâche")
_ASKERS: Mapping[str, str] = {
    "Group": phrase("communauté"),
    "Person": phrase("personne"),
    "Organization": phrase("organisation"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Who asks to follow one of ours: the name, of what kind, what they say of themselves, since when they wait for an answer."""

    iri: str
    link: Link
    kind: str
    summary: str
    target: Link
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """A link between a community there and one of ours: where it stands, how far its history reaches, who asks for it."""

    words: str
    next: str
    history: str
    asker: Asker | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stuck:
    """Something that was given up: what it is about, and why, in words where there are any (`error` as it was written down)."""

    id: int
    words: str
    link: Link
    why: str
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A message that waits; `brings` is what it is about, as far as those who decide may read it."""

    id: int
    words: str
    author: Link
    at: datetime
    brings: Link | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A server as the page shows it; `deeds` are the names of the buttons."""

    host: str
    name: str
    software: str
    is_asking: bool
    words: str
    condition: str
    means: str
    remedy: str
    error: str
    last_in_at: datetime | None
    last_out_at: datetime | None
    next_try_at: datetime | None
    waiting: int
    waiting_since: datetime | None
    given_up: int
    ties: tuple[Tie, ...]
    deeds: tuple[str, ...]
    held: tuple[Held, ...]
    stuck: tuple[Stuck, ...]
    more_stuck: int
    agreed: str
    contacts: str
    review_at: datetime | None
    is_due: bool
    vouchers: tuple[Link, ...]
    examined_at: datetime | None
    findings: tuple[Finding, ...]


def show(uow: UnitOfWork, visit: Visit) -> View:
    """Every server, those that need somebody first."""
    desk = Desk(uow, visit)
    found = sorted(neighbours(uow, visit.house.now), key=_urgency)
    given_up = stuck(uow, {each.peer.host for each in found}, visit.house.is_local)
    values = {
        "servers": [_server(desk, each, given_up.get(each.peer.host, [])) for each in found],
        "stuck": [_stuck(desk, row) for row in given_up.get("", [])[:_MOST_HELD]],
        "sites": sites(desk),
        "reports": uow.reports.count("waiting", category=""),
        "done": told(desk, visit.query.get("fait", "")),
        **openness(desk),
    }
    return View(title=desk.tongue.say("Liens avec d’autres organisations"), values=values)


def _urgency(found: Neighbour) -> tuple[bool, bool, str]:
    is_asking = any(row.state == "requested" for row in found.links)
    return not (is_asking or found.held), found.condition not in _URGENT, found.peer.host


def _server(desk: Desk, found: Neighbour, given_up: Sequence[TaskRow]) -> Server:
    peer, ill, language = found.peer, found.trouble, desk.as_spoken
    agreed = desk.uow.agreements.get(peer.host)
    is_asking = any(row.state == "requested" and not desk.visit.house.is_local(row.follower) for row in found.links)
    examined_at, findings = last_examination(desk.uow, peer.host) or (None, [])
    return Server(
        host=peer.host,
        name=desk.house_of(peer.host),
        software=f"{peer.software} {peer.software_version}".strip(),
        is_asking=is_asking,
        words=in_words(found.condition).in_language(language),
        condition=str(found.condition),
        means=ill.means.in_language(language) if ill else "",
        remedy=ill.remedy.in_language(language) if ill else "",
        error=peer.last_error if ill else "",
        last_in_at=peer.last_in_at,
        last_out_at=peer.last_out_at,
        next_try_at=peer.next_try_at,
        waiting=found.queue.get("due", 0),
        waiting_since=found.waiting_since,
        given_up=found.queue.get("parked", 0),
        ties=tuple(_tie(desk, row, is_limited=bool(peer.measure)) for row in found.links if row.state != "ended"),
        deeds=_deeds(found, is_stuck=bool(given_up)),
        held=_held(desk, found),
        stuck=tuple(_stuck(desk, row) for row in given_up[:_MOST_STUCK]),
        more_stuck=max(len(given_up) - _MOST_STUCK, 0),
        agreed=agreed.why if agreed else "",
        contacts=agreed.contacts if agreed else "",
        review_at=agreed.review_at if agreed else None,
        is_due=bool(agreed and agreed.review_at and agreed.review_at <= desk.visit.house.now),
        vouchers=tuple(desk.community(iri) for iri in vouchers(desk.uow, peer.host)) if is_asking else (),
        examined_at=examined_at,
        findings=tuple(findings),
    )


def _tie(desk: Desk, row: FollowingRow, *, is_limited: bool) -> Tie:
    state, side = LinkState(row.state), Side.OUT if desk.visit.house.is_local(row.follower) else Side.IN
    names = {"follower": desk.community(row.follower).text, "target": desk.community(row.target).text}
    return Tie(
        words=sentence(state, side).in_language(desk.as_spoken).format(**names),
        next="" if is_limited and state is LinkState.ACCEPTED else next_step(state, side).in_language(desk.as_spoken),
        history=history_words(desk, row),
        asker=_asker(desk, row) if state is LinkState.REQUESTED and side is Side.IN else None,
    )


def _asker(desk: Desk, row: FollowingRow) -> Asker:
    known = desk.uow.actors.get(row.follower)
    said, _ = desk.worded(getattr(document_of(known), "summary", None)) if known else ("", "")
    return Asker(
        iri=row.follower,
        link=desk.person(row.follower),
        kind=desk.tongue.say(_ASKERS[known.type]) if known and known.type in _ASKERS else "",
        summary=excerpt(said),
        target=desk.community(row.target),
        at=row.requested_at,
    )


def _stuck(desk: Desk, row: TaskRow) -> Stuck:
    iri = next((part for part in row.subject.split(" ") if not desk.visit.house.is_local(part)), row.subject)
    known, is_said = desk.uow.actors.get(iri), row.last_error.startswith(f"{host_of(iri)} : ")
    means = None if is_said else recognised(row.last_error)
    return Stuck(
        id=row.id,
        words=desk.tongue.say(_WORK.get(row.kind, _OTHER_WORK)),
        link=desk.person(iri) if known else Link(text=iri, href=web(iri)),
        why=row.last_error if is_said else means.means.in_language(desk.as_spoken) if means else "",
        error="" if is_said else row.last_error,
    )


def _held(desk: Desk, found: Neighbour) -> tuple[Held, ...]:
    messages = held_messages(desk.uow, found.peer.host)[:_MOST_HELD] if found.held else []
    return tuple(
        Held(
            id=message.id,
            words=desk.tongue.say(_MESSAGES.get(message.type, _OTHER)),
            author=desk.person(message.actor),
            at=message.received_at,
            brings=_brought(desk, message),
        )
        for message in messages
    )


def _brought(desk: Desk, message: HeldMessage) -> Link | None:
    words, iri = said_in(desk.uow, message)
    if iri and desk.uow.actors.get(iri):
        return desk.person(iri)
    href = iri if iri.startswith(("https://", "http://")) else ""
    return Link(text=excerpt(words) or iri, href=href) if words or iri else None


def _deeds(found: Neighbour, *, is_stuck: bool) -> tuple[str, ...]:
    """What can be done about a server in this condition."""
    if found.condition is Condition.BLOCKED:
        return ("examiner", "lever-le-refus") if found.peer.state == "blocked" else ("examiner",)
    offered = (
        ("examiner", True),
        ("relancer", bool(found.queue) or is_stuck),
        ("approuver", found.peer.state != "approved"),
        ("pause", not found.peer.measure),
        ("retenir", not found.peer.measure),
        ("reprendre", bool(found.peer.measure)),
        ("refuser", True),
    )
    return tuple(name for name, applies in offered if applies)


PAGE = Page(path="/liens", right="admin", show=show)
