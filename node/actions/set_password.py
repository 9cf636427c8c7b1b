"""Turns a password into what may be kept of it, and compares one with that. Spec: RFC 9106 §4."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from node.domain.passwords import LONGEST, SHORTEST, Fault, fault
from node.errors import Busy, Invalid, NotFound
from node.storage.unit_of_work import UnitOfWork

T = TypeVar("T")

#: 64 MiB, three passes, one lane: what a small machine can afford twice at once.
_HASHER = PasswordHasher(time_cost=3, memory_cost=65_536, parallelism=1)
_TWICE = ThreadPoolExecutor(max_workers=2, thread_name_prefix="passwords")
#: More than so many that wait would wait for longer than anybody does.
_MOST_WAITING = 16
_waiting: set[object] = set()

#: The hash of nothing anybody knows: a name that nobody has takes as long as one that somebody has.
NOBODYS = "$argon2id$v=19$m=65536,t=3,p=1$RYi6NyUY8Zo94Znc4iv6pA$ZwJmbQL5FWs7F9fKBnv/aQhvZaSKN35jEU/JXto1BoQ"

FAULTS = {
    Fault.SHORT: f"a password has {SHORTEST} to {LONGEST} characters; a short sentence does well",
    Fault.LONG: f"a password has {SHORTEST} to {LONGEST} characters; a short sentence does well",
    Fault.COMMON: "this password is among the first that somebody would try; a short sentence does well",
    Fault.NAMED: "this password is a name that anybody knows; a short sentence does well",
}


def hashed(password: str, about: Iterable[str] = ()) -> str:
    """The argon2id hash of a password, with its parameters; raises Invalid for one that does not do (see `fault`)."""
    wrong = fault(password, about)
    if wrong:
        raise Invalid(FAULTS[wrong])
    return _HASHER.hash(password)


async def hashed_soon(password: str, about: Iterable[str] = ()) -> str:
    """The same beside other work, two at once at most; raises Invalid, or Busy when too many wait."""
    return await _one_of_two(lambda: hashed(password, about))


async def is_password(password: str, kept: str) -> bool:
    """Whether this is the password of that hash; takes as long where there is none. Raises Busy when too many wait."""
    is_right = await _one_of_two(lambda: _matches(password[: LONGEST + 1], kept or NOBODYS))
    return is_right and bool(kept)


def change_password(uow: UnitOfWork, person: str, secret: str) -> None:
    """Gives an account a password, by its hash: nobody who was signed in stays so, and no link works any more."""
    row = uow.members.get(person)
    if row is None:
        raise NotFound("There is no such account here.")
    uow.members.add(replace(row, password_hash=secret))
    uow.sessions.close_all(person)
    uow.sessions.void_tokens(person)


async def _one_of_two(work: Callable[[], T]) -> T:
    if len(_waiting) >= _MOST_WAITING:
        raise Busy
    place = object()
    _waiting.add(place)
    try:
        return await asyncio.get_running_loop().run_in_executor(_TWICE, work)
    finally:
        _waiting.discard(place)


def _matches(password: str, kept: str) -> bool:
    try:
        return _HASHER.verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False
