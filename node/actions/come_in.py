"""Lets somebody in who has proven who they are; with a second factor, to the second door first."""

from __future__ import annotations

import enum
import json
from dataclasses import dataclass
from datetime import timedelta

from node.contracts import House
from node.domain import second_factor
from node.domain.guessing import WINDOW, Way, subjects
from node.domain.second_factor import is_asked_of_keepers
from node.errors import NotAllowed
from node.storage.first_proof import ASKED, is_held_back
from node.storage.office import is_keeper, must_prove
from node.storage.shelves.accounts import Accounts
from node.storage.shelves.sessions import Token
from node.storage.unit_of_work import UnitOfWork

#: How long a link that came by letter works, and how long the second door stays open.
LINK, STEP = timedelta(minutes=15), timedelta(minutes=10)
#: The kinds of token for both.
BY_LINK, BY_CODE = "sign-in", "second"
#: What somebody may change of how they come in, they may within this time of coming in.
FRESH = timedelta(minutes=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Knock:
    """Somebody at the door: from which `address`, with which `device`, in which `session` until now, on the way to `back`."""

    address: str = ""
    device: str = ""
    session: str = ""
    back: str = ""


class Refused(enum.StrEnum):
    """Why somebody is not let in; told by a value, so that the try that it was is kept."""

    WRONG = "wrong"
    OFTEN = "often"


@dataclass(frozen=True, slots=True, kw_only=True)
class Admitted:
    """Who is let in: a `session`, or the `step` that leads on to the second door; or why not (`refused`).

    `by_key`: nothing but a passkey opens that door. `must_prove`: they look after the node, once they have a second proof.
    """

    session: str = ""
    step: str = ""
    back: str = ""
    by_key: bool = False
    must_prove: bool = False
    refused: Refused | None = None


def guess(uow: UnitOfWork, house: House, way: Way, account: str, knock: Knock) -> tuple[int, ...] | None:
    """Notes a try before it is looked at, so that a hundred at once count as a hundred; None when there were too many.

    What is given back tells `right` which try was none.
    """
    shelf, limits = Accounts(uow.ground).guesses, subjects(way, account, knock.address)
    if any(shelf.count(subject, house.now - WINDOW) >= most for subject, most in limits.items()):
        return None
    return shelf.add(limits, house.now)


def right(uow: UnitOfWork, numbers: tuple[int, ...]) -> None:
    """Takes a try back: who knew does not guess."""
    Accounts(uow.ground).guesses.take_back(numbers)


def let_in(uow: UnitOfWork, house: House, person: str, knock: Knock, way: str) -> Admitted:
    """Begins a session, always a new one; where the person has a second factor, what leads to it.

    A passkey is two proofs in one: the device, and what opens it. Whoever looks after the node and has passkeys alone comes in
    with one of them. Raises NotAllowed for whoever has no account in force.
    """
    actor = uow.actors.get(person)
    if actor is None or actor.state != "active" or uow.members.get(person) is None:
        raise NotAllowed("This account is closed.")
    by_key = _has_key_alone(uow, house, person)
    if way != Way.PASSKEY and (by_key or Accounts(uow.ground).second.get(person) is not None):
        content = json.dumps({"way": way, "back": knock.back})
        step = uow.sessions.create_token(BY_CODE, person, house.now + STEP, content)
        return Admitted(step=step, back=knock.back, by_key=by_key)
    return _opened(uow, house, person, knock, way)


def pass_second_door(uow: UnitOfWork, house: House, step: str, code: str, knock: Knock) -> Admitted:
    """Lets somebody in whose code is right, of the clock or from paper; a wrong one is counted.

    Raises NotAllowed when the first proof is too old.
    """
    token = uow.sessions.look_at_token(BY_CODE, step, house.now)
    if token is None:
        raise NotAllowed("This took too long: begin again.")
    tried = guess(uow, house, Way.CODE, token.person, knock)
    if tried is None:
        return Admitted(refused=Refused.OFTEN)
    if not _is_code(uow, house, token.person, second_factor.tidy(code)):
        return Admitted(refused=Refused.WRONG)
    right(uow, tried)
    uow.sessions.take_token(BY_CODE, step, house.now)
    said = _said(token)
    first = Knock(address=knock.address, device=knock.device, session=knock.session, back=said["back"])
    return _opened(uow, house, token.person, first, said["way"])


def let_in_again(uow: UnitOfWork, house: House, person: str, knock: Knock, way: str = "") -> str:
    """A new session for somebody who is in, and whose others end; `way`: how they came in, "" for as they did."""
    row = uow.sessions.get(knock.session, house.now)
    uow.sessions.close_all(person)
    uow.sessions.void_tokens(person, ASKED)
    return _opened(uow, house, person, knock, way or (row.way if row else "")).session


def is_fresh(uow: UnitOfWork, house: House, session: str, person: str) -> bool:
    """Whether somebody came in so lately, and in such a way, that they may change how they come in."""
    row = uow.sessions.get(session, house.now) if session else None
    if row is None or row.person != person or house.now - row.opened_at > FRESH:
        return False
    return not is_held_back(uow, house, row)


def _opened(uow: UnitOfWork, house: House, person: str, knock: Knock, way: str) -> Admitted:
    if knock.session:
        uow.sessions.close(knock.session)
    session = uow.sessions.open(person, house.now, way=way, device=knock.device)
    lacks = is_keeper(uow, house, person) and must_prove(uow, house, person)
    return Admitted(session=session, back=knock.back, must_prove=lacks)


def _has_key_alone(uow: UnitOfWork, house: House, person: str) -> bool:
    """Whether somebody looks after the node, and a passkey is the one thing that proves who they are a second time."""
    accounts = Accounts(uow.ground)
    is_without_code = accounts.second.get(person) is None and bool(accounts.passkeys.of(person))
    return is_without_code and is_asked_of_keepers(house.url) and is_keeper(uow, house, person)


def _is_code(uow: UnitOfWork, house: House, person: str, code: str) -> bool:
    shelf = Accounts(uow.ground).second
    row = shelf.get(person)
    if row is None:
        return False
    if not second_factor.is_clock_code(code):
        return shelf.use_code(person, code, house.now)
    step = second_factor.matching_step(row.secret, code, house.now)
    return step is not None and shelf.use(person, step)


def _said(token: Token) -> dict[str, str]:
    said = json.loads(token.content or "{}")
    return {"way": str(said.get("way", "")), "back": str(said.get("back", ""))}
