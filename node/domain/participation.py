"""Who may take part in an event: what a request is answered, and the states of a participation.

Spec: FEP-8a8e §RSVP.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from node.domain.recurring import LONGEST_TIME, last_of
from node.domain.sentences import said
from vocab.namespaces import FEP8A8E
from vocab.things.event import Event
from vocab.values import Text

#: The states of an event in which nobody can join it any more.
CANCELLED = FEP8A8E + "EventCancelled"
#: How one joins: freely, with an answer of somebody, on invitation, not through here, elsewhere.
FREE, RESTRICTED, INVITE, NONE, EXTERNAL = "free", "restricted", "invite", "none", "external"


class State(enum.StrEnum):
    """Where a participation stands; the values are those stored."""

    REQUESTED = "requested"
    ACCEPTED = "accepted"
    REFUSED = "refused"  # by somebody, or by the event's own rules
    IGNORED = "ignored"  # the event takes no requests
    ENDED = "ended"  # the person left
    MAYBE = "maybe"  # said here alone: no server asks for more than a yes
    DECLINED = "declined"  # said here alone


#: Said by the person, told to nobody, and nothing that anybody answers.
SAID_HERE = frozenset({State.MAYBE, State.DECLINED})


class Verdict(enum.StrEnum):
    """The answer to somebody who asks to take part."""

    ACCEPT = "accept"
    HOLD = "hold"  # somebody of the event will answer
    REJECT = "reject"
    IGNORE = "ignore"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """An answer with its reason in words."""

    verdict: Verdict
    reason: Text


_CANCELLED = Decision(verdict=Verdict.REJECT, reason=said("L’événement est annulé.", "The event is cancelled."))
_OVER = Decision(verdict=Verdict.REJECT, reason=said("L’événement est passé.", "The event is over."))
_FULL = Decision(verdict=Verdict.REJECT, reason=said("Il n’y a plus de place.", "There is no room left."))
_INVITED = Decision(verdict=Verdict.REJECT, reason=said("On y vient sur invitation.", "One comes on invitation."))
_NOWHERE = Decision(verdict=Verdict.IGNORE, reason=said("L’inscription ne se fait pas ici.", "There is no registration here."))
_ALREADY = Decision(verdict=Verdict.ACCEPT, reason=said("L’inscription existe déjà.", "The registration is already there."))
_WELCOME = Decision(verdict=Verdict.ACCEPT, reason=said("L’inscription est libre.", "Registration is open."))
_ASKED = Decision(
    verdict=Verdict.HOLD,
    reason=said("Une personne qui organise répondra.", "One of the organisers will answer."),
)
_REFUSED_BEFORE = Decision(
    verdict=Verdict.HOLD,
    reason=said(
        "Une première demande a été refusée ; une personne qui organise doit répondre à celle-ci.",
        "A first request was refused; someone who organises has to answer this one.",
    ),
)


def decide(event: Event, *, taken: int, already: State | None, at: datetime) -> Decision:
    """What somebody who asks to take part is answered; `taken` is how many places are, `already` where they stand so far."""
    capacity = event.maximum_attendee_capacity or 0
    mode = (event.join_mode or NONE).lower()
    rules = (
        (mode not in {FREE, RESTRICTED, INVITE}, _NOWHERE),
        (already is State.ACCEPTED, _ALREADY),
        (is_cancelled(event), _CANCELLED),
        (is_over(event, at), _OVER),
        (mode == INVITE, _INVITED),
        (capacity > 0 and taken >= capacity, _FULL),
        (already is State.REFUSED, _REFUSED_BEFORE),
        (mode == RESTRICTED, _ASKED),
    )
    return next((decision for applies, decision in rules if applies), _WELCOME)


def withdrawn(state: State, note: str) -> State:
    """Where somebody stands who withdraws: a refusal outlasts the request that was made after it, or one could ask it away."""
    is_after_refusal = state is State.REQUESTED and note == _REFUSED_BEFORE.reason.primary
    return State.REFUSED if is_after_refusal else State.ENDED


def is_cancelled(event: Event) -> bool:
    """Whether the event will not take place, as far as it says, in its own words or in those of calendars."""
    said_so = event.event_status is not None and event.event_status.iri == CANCELLED
    return said_so or (event.event_status is None and (event.calendar_status or "").upper() == "CANCELLED")


def is_over(event: Event, at: datetime) -> bool:
    """Whether the event ended before `at`; one that does not say when it ends is over a day after it began.

    What takes place again and again is over with its last time.
    """
    if event.recurrence and event.start_time is not None:
        last = last_of(event)
        length = min(event.end_time - event.start_time, LONGEST_TIME) if event.end_time else timedelta(days=1)
        return last is not None and last + length < at
    if event.end_time is not None:
        return event.end_time < at
    return event.start_time is not None and (at - event.start_time).days >= 1


#: Where a participation of somebody here stands, said to them.
_SENTENCES: Mapping[State, Text] = {
    State.REQUESTED: said("La demande est envoyée ; la réponse est attendue.", "The request is sent; an answer is awaited."),
    State.ACCEPTED: said("L’inscription est confirmée.", "The registration is confirmed."),
    State.REFUSED: said("La demande a été refusée.", "The request was refused."),
    State.IGNORED: said(
        "Cet événement ne prend pas d’inscriptions de cette façon.", "This event takes no registrations this way."
    ),
    State.ENDED: said("L’inscription est annulée.", "The registration is cancelled."),
    State.MAYBE: said("Vous avez dit peut-être.", "You said maybe."),
    State.DECLINED: said("Vous avez dit que vous n’y serez pas.", "You said that you won’t be there."),
}


def sentence(state: State) -> Text:
    """Where a participation stands, in words."""
    return _SENTENCES[state]
