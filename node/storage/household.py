"""What the organisation says of itself in the browser, and how far its first day has come."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from node.domain.household import STEPS, Household
from node.storage.postbox import kept_mailbox
from node.storage.unit_of_work import UnitOfWork

HOUSEHOLD = "house"
#: How far the first day has come: "" is not begun, then "begun", then "done"; and when it was begun.
FIRST_RUN, FIRST_STEPS, BEGUN = "first-run", "first-run.steps", "first-run.begun"
#: The kind of the one-time key that opens the first day, and how long it does; so long that day may last.
KEY, KEY_LASTS = "first-run", timedelta(days=7)


def kept_household(uow: UnitOfWork) -> Household:
    """What was said in the browser."""
    box = kept_mailbox(uow)
    return replace(Household.of(uow.state.get(HOUSEHOLD) or ""), letterbox=box.address if box is not None else "")


def keep_household(uow: UnitOfWork, household: Household) -> None:
    """Keeps it; whoever remembers the former one learns of it at once."""
    uow.state.set(HOUSEHOLD, household.payload())
    uow.ground.unsettle()


def first_run(uow: UnitOfWork) -> str:
    """How far the first day has come."""
    return uow.state.get(FIRST_RUN) or ""


def begin(uow: UnitOfWork, now: datetime) -> None:
    """Begins the first day, or goes on with it: whoever holds a key may do anything to this node anyway."""
    uow.state.set(FIRST_RUN, "begun")
    uow.state.set(BEGUN, now.isoformat())


def is_first_day(uow: UnitOfWork, now: datetime) -> bool:
    """Whether the first day lasts: until somebody says that all is ready, and no longer than its key would."""
    begun = uow.state.get(BEGUN) if first_run(uow) == "begun" else None
    return begun is not None and now - datetime.fromisoformat(begun) < KEY_LASTS


def steps(uow: UnitOfWork) -> Mapping[str, str]:
    """Which stations of the first day are done, and which were put off."""
    said = json.loads(uow.state.get(FIRST_STEPS) or "{}")
    return {step: said[step] for step in STEPS if step in said}


def mark(uow: UnitOfWork, step: str, state: str) -> None:
    """Notes what became of a station."""
    uow.state.set(FIRST_STEPS, json.dumps({**steps(uow), step: state}))


def new_key(uow: UnitOfWork, person: str, now: datetime) -> str:
    """A key that opens the first day, once; former ones open nothing any more. `person`: who it is for, "" for nobody yet."""
    uow.sessions.void_tokens(person, KEY)
    return uow.sessions.create_token(KEY, person, now + KEY_LASTS)
