"""Finds out why another server stays silent: what we hold against it, what waits, whether it answers, and what it answers.

It asks the other server at most three times, and says nothing about us that a follower would not.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from federation.errors import RemoteError
from federation.messages import Answer, Outgoing
from node.contracts import House, Outside
from node.domain.findings import Finding
from node.domain.following import LinkState, Side, next_step, sentence
from node.domain.neighbours import in_words, trouble
from node.domain.peers import Trust, may_receive_from
from node.domain.sentences import said
from node.storage.acquaintance import Acquaintance, acquaintance
from node.storage.engine import Database
from node.storage.hosts import host_of, normal
from node.storage.neighbours import Neighbour, neighbour
from node.storage.unit_of_work import UnitOfWork
from vocab.values import Text

#: Signatures of a clock that is further off are refused by the strictest servers, in seconds.
SKEW = 60
#: So many of the newest refusals are looked through.
REFUSALS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What the rows say: the findings, an actor of that server to ask for ("" for none), and how it is addressed."""

    findings: tuple[Finding, ...]
    actor: str
    scheme: str


async def examine_peer(database: Database, outside: Outside, house: House, host: str, language: str) -> list[Finding]:
    """All that was looked at, in `language`: first what is known here, then what the server answers now."""
    asked = normal(host)
    known = await database.read(lambda uow: _known(uow, house, asked, language))
    found = [*known.findings, *await _greeting(outside, house, f"{known.scheme}://{asked}", language)]
    if known.actor:
        found.append(await _introduction(outside, known.actor, language))
    return found


def _known(uow: UnitOfWork, house: House, host: str, language: str) -> _Known:
    found = neighbour(uow, host, house.now)
    far = [row.target if house.is_local(row.follower) else row.follower for row in found.links]
    actor = next(iter(far), "")
    scheme = "http" if house.allow_http and not actor.startswith("https:") else "https"
    findings = (*_standing(uow, house, found, language), *_links(uow, house, found, language), *_queue(found, language))
    return _Known(findings=findings, actor=actor, scheme=scheme)


def _standing(uow: UnitOfWork, house: House, found: Neighbour, language: str) -> Iterator[Finding]:
    """What was decided here about the server, how it does, and what of it was refused lately."""
    known = acquaintance(uow, found.peer.host)
    yield _trust(house, known, found, language)
    ill = found.trouble
    means = in_words(found.condition).in_language(language)
    if ill is not None:
        means = f"{means} {ill.means.in_language(language)} ({found.peer.last_error})"
    yield Finding(what="state", is_well=ill is None, says=means, remedy=ill.remedy.in_language(language) if ill else "")
    refused = [row for row in uow.refusals.recent(REFUSALS) if row.host == found.peer.host]
    if refused:
        words = said(
            "Messages de là refusés ici : {n} ; le dernier : {reason}",
            "Messages from there refused here: {n}; the last: {reason}",
        )
        advice = said(
            "Transmettez cette raison à son équipe.", "Pass this reason on to its people."
        )  # fmt: skip
        says = words.in_language(language).format(n=len(refused), reason=refused[0].reason)
        yield Finding(what="refusals", is_well=False, says=says, remedy=advice.in_language(language))


def _trust(house: House, known: Acquaintance, found: Neighbour, language: str) -> Finding:
    """Whether what it sends is taken in. To be followed by it alone is no fault: such a link goes one way."""
    opinion = may_receive_from(house.mode, known.trust, is_followed=known.is_followed)
    if opinion.is_allowed:
        return _finding("trust", language, opinion.reason, None)
    if known.trust is Trust.BLOCKED:
        return _finding("trust", language, opinion.reason, said("Le refus peut être levé.", "The refusal can be lifted."))
    if any(row.state == "accepted" and house.is_local(row.target) for row in found.links):
        one_way = said(
            "Il reçoit ce qui est public ici ; ce qu’il enverrait de lui-même n’entre pas.",
            "It receives what is public here; what it might send of its own accord is not let in.",
        )
        more = said("Approuvez-le si ses réponses doivent entrer aussi.", "Approve it if its replies are to come in, too.")
        says, remedy = (each.in_language(language) for each in (one_way, more))
        return Finding(what="trust", is_well=True, says=says, remedy=remedy)
    return _finding("trust", language, opinion.reason, said("Approuvez-le si vous le connaissez.", "Approve it if you know it."))


def _links(uow: UnitOfWork, house: House, found: Neighbour, language: str) -> Iterator[Finding]:
    for row in found.links:
        state, side = LinkState(row.state), Side.OUT if house.is_local(row.follower) else Side.IN
        names = {"follower": _name(uow, row.follower), "target": _name(uow, row.target)}
        is_well = state is LinkState.ACCEPTED
        remedy = "" if is_well else next_step(state, side).in_language(language)
        yield Finding(
            what="link", is_well=is_well, says=sentence(state, side).in_language(language).format(**names), remedy=remedy
        )


def _queue(found: Neighbour, language: str) -> Iterator[Finding]:
    due, parked = found.queue.get("due", 0), found.queue.get("parked", 0)
    words = said("Envois en attente : {due} ; abandonnés : {parked}.", "Messages waiting: {due}; given up: {parked}.")
    remedy = said("Relancez les envois.", "Have them tried again.").in_language(language) if parked else ""
    yield Finding(
        what="queue", is_well=not parked, says=words.in_language(language).format(due=due, parked=parked), remedy=remedy
    )
    if found.held:
        waits = said("Messages qui attendent votre regard : {n}.", "Messages that wait for you to look at them: {n}.")
        look = said("Laissez-les entrer ou refusez-les.", "Let them in or refuse them.").in_language(language)
        yield Finding(what="held", is_well=False, says=waits.in_language(language).format(n=found.held), remedy=look)


async def _greeting(outside: Outside, house: House, url: str, language: str) -> list[Finding]:
    """Whether the server answers at all, how fast, and whether its clock and ours agree."""
    began = time.monotonic()
    try:
        answer = await outside.send(Outgoing(method="GET", url=f"{url}/.well-known/nodeinfo"))
    except RemoteError as problem:
        return [_failure("answer", str(problem), language)]
    took = time.monotonic() - began
    words = said("Il répond ({status}) en {seconds} s.", "It answers ({status}) in {seconds} s.")
    seconds = f"{max(took, 0.1):.1f}".replace(".", "." if language.startswith("en") else ",")
    says = words.in_language(language).format(status=answer.status, seconds=seconds)
    is_well = answer.status < HTTPStatus.INTERNAL_SERVER_ERROR
    remedy = "" if is_well else trouble(str(answer.status)).remedy.in_language(language)
    return [Finding(what="answer", is_well=is_well, says=says, remedy=remedy), *_clock(answer, house.now, language)]


def _clock(answer: Answer, now: datetime, language: str) -> Iterator[Finding]:
    try:
        theirs = parsedate_to_datetime(answer.value("date")).astimezone(UTC)
    except (ValueError, TypeError, IndexError):
        return
    off = abs(theirs - now)
    words = said("Son horloge et la nôtre diffèrent de {n} s.", "Its clock and ours differ by {n} s.").in_language(language)
    set_right = said("Une des deux horloges est à régler.", "One of the two clocks has to be set right.").in_language(language)
    is_well = off < timedelta(seconds=SKEW)
    yield Finding(
        what="clock", is_well=is_well, says=words.format(n=round(off.total_seconds())), remedy="" if is_well else set_right
    )


async def _introduction(outside: Outside, actor: str, language: str) -> Finding:
    """Whether it shows us one of its actors when we sign our request."""
    try:
        await outside.document(actor)
    except RemoteError as problem:
        return _failure("signed request", str(problem), language)
    return _finding("signed request", language, said("Il accepte notre signature.", "It accepts our signature."), None)


def _failure(what: str, problem: str, language: str) -> Finding:
    ill = trouble(problem)
    says = f"{ill.means.in_language(language)} ({problem})"
    return Finding(what=what, is_well=False, says=says, remedy=ill.remedy.in_language(language))


def _finding(what: str, language: str, says: Text, remedy: Text | None) -> Finding:
    advice = remedy.in_language(language) if remedy is not None else ""
    return Finding(what=what, is_well=remedy is None, says=says.in_language(language), remedy=advice)


def _name(uow: UnitOfWork, iri: str) -> str:
    known = uow.actors.get(iri)
    return known.name if known is not None and known.name else host_of(iri)
