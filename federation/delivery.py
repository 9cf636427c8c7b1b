"""The life of a delivery: what follows from each answer, how long to wait, when to stop; and the pause of a failing host.

Spec: ActivityPub §7.1.
Spec: RFC 9110 §15.
Spec: RFC 9110 §10.2.3.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from federation.signatures import DRAFT_CAVAGE, RFC9421


class State(enum.StrEnum):
    """Where a delivery stands. The value is what is stored."""

    DUE = "due"  # will be tried at `due_at`
    DELIVERED = "delivered"
    PARKED = "parked"  # given up, kept 30 days, may be tried again by hand
    DROPPED = "dropped"  # there is nobody to deliver to


class Verdict(enum.Enum):
    """What an answer means."""

    ACCEPTED = enum.auto()
    LATER = enum.auto()
    UNPROVEN = enum.auto()
    GONE = enum.auto()
    REFUSED = enum.auto()


#: Wait after the first, second, … failed try; after the last entry, that one again, until GIVE_UP_AFTER.
SCHEDULE = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=3),
    timedelta(hours=6),
    timedelta(hours=12),
    timedelta(hours=24),
)
GIVE_UP_AFTER = timedelta(days=7)
JITTER = 0.25
LONGEST_RETRY_AFTER = timedelta(hours=24)
MOST_UNPROVEN_TRIES = 4

#: What single statuses mean; the others by their hundred, in _BY_HUNDRED.
BY_STATUS = {
    401: Verdict.UNPROVEN,
    404: Verdict.GONE,
    408: Verdict.LATER,
    410: Verdict.GONE,
    425: Verdict.LATER,
    429: Verdict.LATER,
    501: Verdict.REFUSED,
}
BY_HUNDRED = {2: Verdict.ACCEPTED, 3: Verdict.REFUSED, 4: Verdict.REFUSED, 5: Verdict.LATER}

#: Where the verdicts that end a delivery leave it, and what people are told.
FINAL = {
    Verdict.ACCEPTED: (State.DELIVERED, "Delivered"),
    Verdict.GONE: (State.DROPPED, "There is nobody there any more"),
    Verdict.REFUSED: (State.PARKED, "The other server does not want this message"),
}

BREAKER_FAILURES = 10
BREAKER_WINDOW = timedelta(minutes=10)
BREAKER_PAUSE = timedelta(minutes=30)
UNAVAILABLE_AFTER = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How one try ended: the status of the answer, or None and the `error` in words when there was no answer.

    `retry_after` is the value of that header as sent: seconds or an HTTP date, "" when absent.
    """

    status: int | None = None
    retry_after: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What follows from a try. `due_at` is set when the state is due; `reason` is a sentence for people.

    `check_recipient` asks to look at the recipient's actor: when it is gone too, its followings end.
    """

    state: State
    reason: str
    due_at: datetime | None = None
    check_recipient: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How a host has answered lately.

    `failures` count since `window_at`; `failing_since` is the first failure after the last success; while `next_try_at` is in the
    future the breaker is open and nothing is sent.
    """

    failures: int = 0
    window_at: datetime | None = None
    failing_since: datetime | None = None
    next_try_at: datetime | None = None


def verdict(outcome: Outcome) -> Verdict:
    """What an answer means, whatever happened before."""
    if outcome.status is None:
        return Verdict.LATER
    return BY_STATUS.get(outcome.status) or BY_HUNDRED.get(outcome.status // 100, Verdict.LATER)


def second_knock(outcome: Outcome, standard: str) -> str | None:
    """The other signature standard when this answer may be about the first (400, 401): try it at once.

    Remember per host what worked.
    """
    if outcome.status not in {400, 401}:
        return None
    return RFC9421 if standard == DRAFT_CAVAGE else DRAFT_CAVAGE


def after(
    outcome: Outcome,
    *,
    attempts: int,
    first_at: datetime,
    now: datetime,
    jitter: float = 0.0,
    last_status: int | None = None,
) -> Decision:
    """What follows from a try.

    `attempts` counts the tries made, this one included; `first_at` is when the delivery was made; `jitter` is a random number
    from -1 to 1 that moves the wait by up to 25 %; `last_status` is that of the try before. A pair of knocks is one try.
    """
    said = _said(outcome)
    meaning = verdict(outcome)
    if meaning in FINAL:
        state, reason = FINAL[meaning]
        return Decision(state=state, reason=f"{reason}: {said}.", check_recipient=meaning is Verdict.GONE)
    if meaning is Verdict.UNPROVEN and attempts >= MOST_UNPROVEN_TRIES and last_status == outcome.status:
        return Decision(state=State.PARKED, reason=f"The other server does not accept our signature: {said}.")
    due_at = now + max(wait(attempts, jitter), asked_pause(outcome.retry_after, now))
    if due_at > first_at + GIVE_UP_AFTER:
        return Decision(state=State.PARKED, reason=f"Given up after seven days: {said}.")
    return Decision(state=State.DUE, due_at=due_at, reason=f"To be tried again: {said}.")


def wait(attempts: int, jitter: float = 0.0) -> timedelta:
    """How long to wait after so many failed tries (one or more)."""
    step = SCHEDULE[min(max(attempts, 1), len(SCHEDULE)) - 1]
    return step * (1 + JITTER * min(max(jitter, -1.0), 1.0))


def asked_pause(retry_after: str, now: datetime) -> timedelta:
    """The pause that a Retry-After asks for, at most 24 hours; none when it cannot be read."""
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        # Seven digits are more than the longest pause; longer numbers need no reading.
        return min(timedelta(seconds=int(text[:7])), LONGEST_RETRY_AFTER)
    try:
        until = parsedate_to_datetime(text)
    except (ValueError, OverflowError, IndexError, TypeError):
        return timedelta()
    aware = until if until.tzinfo else until.replace(tzinfo=UTC)
    return min(max(aware - now, timedelta()), LONGEST_RETRY_AFTER)


def failed(health: Health, now: datetime) -> Health:
    """A host's health after one more failure (no answer, or a server in trouble): ten in ten minutes open the breaker.

    An open breaker lets one try through after 30 minutes; when that fails too, it opens again.
    """
    is_fresh = health.window_at is None or now - health.window_at > BREAKER_WINDOW
    failures = 1 if is_fresh else health.failures + 1
    opens = failures >= BREAKER_FAILURES or health.next_try_at is not None
    return Health(
        failures=failures,
        window_at=now if is_fresh else health.window_at,
        failing_since=health.failing_since or now,
        next_try_at=now + BREAKER_PAUSE if opens else None,
    )


def succeeded() -> Health:
    """A host's health after it answered, or after anything verified came in from it."""
    return Health()


def is_open(health: Health, now: datetime) -> bool:
    """Whether the breaker is open: nothing is sent to this host for now."""
    return health.next_try_at is not None and health.next_try_at > now


def is_unavailable(health: Health, now: datetime) -> bool:
    """Whether a host has failed for seven days without a break: its deliveries rest until it is heard from."""
    return health.failing_since is not None and now - health.failing_since >= UNAVAILABLE_AFTER


def _said(outcome: Outcome) -> str:
    if outcome.status is None:
        return outcome.error or "no answer"
    return f"it answered {outcome.status}"
