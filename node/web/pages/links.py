"""The links of this node with other organisations, for those who look after it: how each does, and what can be done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from node.contracts import Page, View, Visit
from node.domain.findings import Finding
from node.domain.following import LinkState, Side, next_step, sentence
from node.domain.neighbours import Condition, in_words
from node.storage.examinations import last_examination
from node.storage.neighbours import Neighbour, held_messages, neighbours
from node.storage.shelves.followings import FollowingRow
from node.storage.unit_of_work import UnitOfWork
from node.web.desk import Desk, Link
from node.web.translations import phrase

#: What is looked at first; the rest by name.
_URGENT = (Condition.UNAVAILABLE, Condition.FAILING, Condition.HELD)
_MOST_HELD = 20

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """A link between a community there and one of ours: where it stands, and who asks when somebody here has to answer."""

    words: str
    next: str
    asks: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A message that waits."""

    id: int
    words: str
    author: Link
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A server as the page shows it; `deeds` are the names of the buttons."""

    host: str
    name: str
    software: str
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
    examined_at: datetime | None
    findings: tuple[Finding, ...]


def show(uow: UnitOfWork, visit: Visit) -> View:
    """Every server, those that need somebody first."""
    desk = Desk(uow, visit)
    found = sorted(neighbours(uow, visit.house.now), key=_urgency)
    return View(
        title=desk.tongue.say("Liens avec d’autres organisations"),
        values={"servers": [_server(desk, each) for each in found], "done": visit.query.get("fait", "")},
    )


def _urgency(found: Neighbour) -> tuple[bool, bool, str]:
    is_asking = any(row.state == "requested" for row in found.links)
    return not (is_asking or found.held), found.condition not in _URGENT, found.peer.host


def _server(desk: Desk, found: Neighbour) -> Server:
    peer, ill, language = found.peer, found.trouble, desk.language
    examined_at, findings = last_examination(desk.uow, peer.host) or (None, [])
    return Server(
        host=peer.host,
        name=desk.house_of(peer.host),
        software=f"{peer.software} {peer.software_version}".strip(),
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
        ties=tuple(_tie(desk, row) for row in found.links if row.state != "ended"),
        deeds=_deeds(found),
        held=_held(desk, found),
        examined_at=examined_at,
        findings=tuple(findings),
    )


def _tie(desk: Desk, row: FollowingRow) -> Tie:
    state, side = LinkState(row.state), Side.OUT if desk.visit.house.is_local(row.follower) else Side.IN
    names = {"follower": desk.community(row.follower).text, "target": desk.community(row.target).text}
    return Tie(
        words=sentence(state, side).in_language(desk.language).format(**names),
        next=next_step(state, side).in_language(desk.language),
        asks=row.follower if state is LinkState.REQUESTED and side is Side.IN else "",
    )


def _held(desk: Desk, found: Neighbour) -> tuple[Held, ...]:
    messages = held_messages(desk.uow, found.peer.host)[:_MOST_HELD] if found.held else []
    return tuple(
        Held(
            id=message.id,
            words=desk.tongue.say(_MESSAGES.get(message.type, _OTHER)),
            author=desk.person(message.actor),
            at=message.received_at,
        )
        for message in messages
    )


def _deeds(found: Neighbour) -> tuple[str, ...]:
    """What can be done about a server in this condition."""
    if found.condition is Condition.BLOCKED:
        return ("examiner", "lever-le-refus") if found.peer.state == "blocked" else ("examiner",)
    offered = (
        ("examiner", True),
        ("relancer", bool(found.queue)),
        ("approuver", found.peer.state != "approved"),
        ("pause", not found.peer.measure),
        ("retenir", not found.peer.measure),
        ("reprendre", bool(found.peer.measure)),
        ("refuser", True),
    )
    return tuple(name for name, applies in offered if applies)


PAGE = Page(path="/liens", right="admin", show=show)
