"""When whoever looks after the node, and has no second proof yet, may set up their first: a letter alone never leads to the node.

Whoever reads somebody's mail comes in by a letter, and would set one up before they do. So it takes what no letter brings; or it
is asked for, told to all who look after the node, and waited for.
"""

from __future__ import annotations

from datetime import datetime

from node.domain.guessing import Way
from node.domain.second_factor import STANDS, WAITED
from node.storage.here import Here
from node.storage.office import is_keeper, must_prove
from node.storage.shelves.sessions import SessionRow
from node.storage.unit_of_work import UnitOfWork

#: The kind of token that tells that it was asked for; since when it is open.
ASKED = "first-proof"
#: The ways in that take more than to read somebody's letters.
_MORE_THAN_A_LETTER = frozenset({Way.PASSWORD, Way.PASSKEY, Way.KEY, Way.MACHINE})


def is_held_back(uow: UnitOfWork, here: Here, session: SessionRow) -> bool:
    """Whether a session may not change what opens its account: anybody who reads its owner’s letters could have begun it."""
    if session.way in _MORE_THAN_A_LETTER or not is_keeper(uow, here, session.person):
        return False
    opens_at = opening(uow, here, session.person)
    return must_prove(uow, here, session.person) and (opens_at is None or here.now < opens_at)


def opening(uow: UnitOfWork, here: Here, person: str) -> datetime | None:
    """From when on somebody who asked for it may set up their first second proof; None when they did not ask, or too long ago."""
    token = uow.sessions.standing(ASKED, person, here.now)
    return datetime.fromisoformat(token.content) if token is not None else None


def ask(uow: UnitOfWork, here: Here, person: str) -> datetime | None:
    """Notes that somebody asks for it; from when on they may, None when it was asked before."""
    if opening(uow, here, person) is not None:
        return None
    opens_at = here.now + WAITED
    uow.sessions.create_token(ASKED, person, opens_at + STANDS, opens_at.isoformat())
    return opens_at


def stop(uow: UnitOfWork, person: str) -> None:
    """It was not them: it may not be set up, and wherever somebody was signed in as them, they no longer are."""
    uow.sessions.void_tokens(person, ASKED)
    uow.sessions.close_all(person)
