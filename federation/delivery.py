"""The life of a delivery: what follows from each answer, how long to wait, when to stop; and the pause of a failing host.

Spec: ActivityPub §7.1.
Spec: RFC 9110 §15.
Spec: RFC 9110 §10.2.3.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from federation.errors import ForbiddenAddress, UnacceptableAnswer
from federation.fetching import redirect
from federation.messages import Answer
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
    MOVED = enum.auto()
    REFUSED = enum.auto()
    IMPOSSIBLE = enum.auto()


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

#: What single statuses mean; the others by their hundred, in _BY_HUNDRED.
BY_STATUS = {
    301: Verdict.MOVED,
    302: Verdict.MOVED,
    303: Verdict.MOVED,
    307: Verdict.MOVED,
    308: Verdict.MOVED,
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
    Verdict.REFUSED: (State.PARKED, "The other server does not want this message"),
    Verdict.IMPOSSIBLE: (State.PARKED, "It cannot be sent"),
}
#: After how many tries in a row with that verdict it is believed, and what people are told then.
PATIENCE = {
    Verdict.UNPROVEN: (4, "The other server does not accept our signature"),
    Verdict.GONE: (8, "The recipient is still there, but not their inbox"),
    Verdict.MOVED: (8, "The recipient still names this inbox, which sends elsewhere"),
}
#: What says little of a message and much of the inbox: its actor is looked at, which may name another by now.
DOUBTFUL = frozenset({Verdict.GONE, Verdict.MOVED})

LEAST_TROUBLE = 500
BREAKER_FAILURES = 10
BREAKER_WINDOW = timedelta(minutes=10)
BREAKER_PAUSE = timedelta(minutes=30)
UNAVAILABLE_AFTER = timedelta(days=7)
#: Failures further apart than this are two troubles, not one: somebody tries at least once a day while anything waits.
ONE_TROUBLE = timedelta(days=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How one try ended: the status of the answer, or None and the `error` in words when there was no answer.

    `retry_after` is the value of that header as sent: seconds or an HTTP date, "" when absent. `is_impossible`: it was not even
    tried, and waiting would not help.
    """

    status: int | None = None
    retry_after: str = ""
    error: str = ""
    is_impossible: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What follows from a try. `due_at` is set when the state is due; `reason` is a sentence for people.

    `check_recipient` asks to look at the recipients' actors: gone, they are followers no more; moved to another inbox, what waits
    goes there; when there are none at that inbox, there is nobody to deliver to.
    """

    state: State
    reason: str
    due_at: datetime | None = None
    check_recipient: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How a host has answered lately.

    `failures` count since `window_at`; `failing_since` is the first failure after the last success, `failed_at` the latest; while
    `next_try_at` is in the future nothing is sent; once it has passed, one try at a time.
    """

    failures: int = 0
    window_at: datetime | None = None
    failing_since: datetime | None = None
    failed_at: datetime | None = None
    next_try_at: datetime | None = None


def verdict(outcome: Outcome) -> Verdict:
    """What an answer means, whatever happened before."""
    if outcome.is_impossible:
        return Verdict.IMPOSSIBLE
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
        return Decision(state=state, reason=f"{reason}: {said}.")
    most, reason = PATIENCE.get(meaning, (attempts + 1, ""))
    if attempts >= most and last_status is not None and verdict(Outcome(status=last_status)) is meaning:
        return Decision(state=State.PARKED, reason=f"{reason}: {said}.")
    due_at = now + max(wait(attempts, jitter), asked_pause(outcome.retry_after, now))
    if due_at > first_at + GIVE_UP_AFTER:
        return Decision(state=State.PARKED, reason=f"Given up after seven days: {said}.")
    is_doubtful = meaning in DOUBTFUL
    return Decision(state=State.DUE, due_at=due_at, reason=f"To be tried again: {said}.", check_recipient=is_doubtful)


def onward(answer: Answer, inbox: str, *, allow_http: bool = False) -> str | None:
    """Where a message goes that its inbox asks to send again, to be signed anew for there; None when it goes nowhere else.

    Only for the answers that keep the method (307, 308) and only on the server of `inbox`: what its actor names is the one
    address that was ever promised to be theirs, and another server would get to read what may be meant for one person.
    Spec: RFC 9110 §15.4.8.
    Spec: RFC 9110 §15.4.9.
    """
    if answer.status not in {307, 308} or not answer.value("location"):
        return None
    try:
        return redirect(answer, inbox, 0, allow_http=allow_http)
    except (UnacceptableAnswer, ForbiddenAddress):
        return None


def wait(attempts: int, jitter: float = 0.0) -> timedelta:
    """How long to wait after so many failed tries (one or more)."""
    return _jittered(SCHEDULE[min(max(attempts, 1), len(SCHEDULE)) - 1], jitter)


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


def is_trouble(outcome: Outcome) -> bool:
    """Whether this try tells against the host: no answer, or a server that says that it is in trouble."""
    return verdict(outcome) is Verdict.LATER and (outcome.status is None or outcome.status >= LEAST_TROUBLE)


def after_try(health: Health, outcome: Outcome, now: datetime, jitter: float = 0.0) -> Health:
    """A host's health after a try: whatever it answers, a host that answers is well, but may ask to be left alone for a while.

    `jitter` moves the pause of the breaker as it moves the waits: a host that comes and goes by the clock is met one day.
    """
    if outcome.is_impossible:
        return health
    found = failed(health, now, jitter) if is_trouble(outcome) else Health()
    pause = asked_pause(outcome.retry_after, now) if verdict(outcome) is Verdict.LATER else timedelta()
    # What was under way beside the one that was answered so may be answered otherwise: the pause holds.
    kept = health.next_try_at if has_asked(health, now) else None
    pauses = [until for until in (found.next_try_at, kept, now + pause if pause else None) if until is not None]
    return replace(found, next_try_at=max(pauses, default=None))


def failed(health: Health, now: datetime, jitter: float = 0.0) -> Health:
    """A host's health after one more failure: ten in ten minutes open the breaker.

    An open breaker lets one try through after 30 minutes; when that fails too, it opens again.
    """
    is_broken = health.failures >= BREAKER_FAILURES
    is_fresh = not is_broken and (health.window_at is None or now - health.window_at > BREAKER_WINDOW)
    is_new_trouble = health.failed_at is None or now - health.failed_at > ONE_TROUBLE
    failures = 1 if is_fresh else health.failures + 1
    return Health(
        failures=failures,
        window_at=now if is_fresh else health.window_at,
        failing_since=now if is_new_trouble else health.failing_since or now,
        failed_at=now,
        next_try_at=now + _jittered(BREAKER_PAUSE, jitter) if failures >= BREAKER_FAILURES else None,
    )


def is_open(health: Health, now: datetime) -> bool:
    """Whether nothing is sent to this host for now."""
    return health.next_try_at is not None and health.next_try_at > now


def has_asked(health: Health, now: datetime) -> bool:
    """Whether nothing is sent because the host asked for it, and not because it fails: a sign of life changes nothing then."""
    return is_open(health, now) and health.failures < BREAKER_FAILURES


def is_unavailable(health: Health) -> bool:
    """Whether a host has failed for seven days without a break: nothing is kept for it until it is heard from."""
    if health.failing_since is None or health.failed_at is None:
        return False
    return health.failed_at - health.failing_since >= UNAVAILABLE_AFTER


def _said(outcome: Outcome) -> str:
    if outcome.status is None:
        return outcome.error or "no answer"
    return f"it answered {outcome.status}"


def _jittered(step: timedelta, jitter: float) -> timedelta:
    return step * (1 + JITTER * min(max(jitter, -1.0), 1.0))
