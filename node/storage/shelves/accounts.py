"""How people prove who they are beside passwords and letters, and how often somebody tried to."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from node.storage.ground import Shelf, made
from node.storage.shelves.providers import Providers
from node.storage.shelves.sessions import digest
from node.storage.tables.accounts import guesses, identities, passkeys, recovery_codes, second_factors


@dataclass(frozen=True, slots=True, kw_only=True)
class PasskeyRow:
    """A passkey: `id` and `public_key` in base64url, `uses` what its device counts, `name` as its owner calls it."""

    id: str
    person: str
    public_key: str
    uses: int
    name: str
    created_at: datetime
    used_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondFactorRow:
    """A clock that makes codes: its `secret`, and the last `step` of time whose code was used, so that none is used twice."""

    person: str
    secret: str
    step: int
    since: datetime


class Accounts(Shelf):
    """What people come in with. Nothing of it ever leaves in an answer."""

    @cached_property
    def passkeys(self) -> Passkeys:
        """Passkeys."""
        return Passkeys(self.ground)

    @cached_property
    def second(self) -> SecondFactors:
        """Second factors."""
        return SecondFactors(self.ground)

    @cached_property
    def guesses(self) -> Guesses:
        """Tries."""
        return Guesses(self.ground)

    @cached_property
    def providers(self) -> Providers:
        """Organisations that vouch for people."""
        return Providers(self.ground)

    def forget(self, person: str) -> None:
        """Forgets all that a person came in with."""
        for table in (passkeys, second_factors, recovery_codes, identities):
            self.ground.run(delete(table).where(table.c.person == person))


class Passkeys(Shelf):
    """Passkeys, by the id that their device gave them."""

    def add(self, row: PasskeyRow) -> None:
        """Keeps one."""
        values: dict[str, Any] = {name: getattr(row, name) for name in PasskeyRow.__slots__}
        self.ground.run(insert(passkeys).values(**values))

    def get(self, key: str) -> PasskeyRow | None:
        """One of them."""
        row = self.ground.row(select(passkeys).where(passkeys.c.id == key))
        return made(PasskeyRow, row) if row else None

    def of(self, person: str) -> list[PasskeyRow]:
        """Those of a person, oldest first."""
        theirs = select(passkeys).where(passkeys.c.person == person).order_by(passkeys.c.created_at, passkeys.c.id)
        return [made(PasskeyRow, row) for row in self.ground.rows(theirs)]

    def used(self, key: str, uses: int, at: datetime) -> None:
        """Notes that one was used, and what its device counts now."""
        self.ground.run(update(passkeys).where(passkeys.c.id == key).values(uses=uses, used_at=at))

    def remove(self, person: str, key: str) -> int:
        """Forgets one of a person; how many there were."""
        return self.ground.run(delete(passkeys).where(passkeys.c.person == person, passkeys.c.id == key))


class SecondFactors(Shelf):
    """Second factors, with codes on paper for the day on which the clock is lost."""

    def get(self, person: str) -> SecondFactorRow | None:
        """That of a person."""
        row = self.ground.row(select(second_factors).where(second_factors.c.person == person))
        return made(SecondFactorRow, row) if row else None

    def put(self, person: str, secret: str, step: int, since: datetime) -> None:
        """Begins one."""
        self.ground.upsert(second_factors, ["person"], {"person": person, "secret": secret, "step": step, "since": since})

    def use(self, person: str, step: int) -> bool:
        """Notes that the code of a step was used; False when it, or a later one, was before."""
        later = update(second_factors).where(second_factors.c.person == person, second_factors.c.step < step)
        return self.ground.run(later.values(step=step)) > 0

    def remove(self, person: str) -> int:
        """Ends one, with its codes on paper; how many there were."""
        self.ground.run(delete(recovery_codes).where(recovery_codes.c.person == person))
        return self.ground.run(delete(second_factors).where(second_factors.c.person == person))

    def put_codes(self, person: str, codes: Iterable[str]) -> None:
        """Keeps the codes on paper of a person in the place of those before."""
        self.ground.run(delete(recovery_codes).where(recovery_codes.c.person == person))
        for code in codes:
            self.ground.run(insert(recovery_codes).values(digest=digest(f"{person} {code}"), person=person))

    def use_code(self, person: str, code: str, at: datetime) -> bool:
        """Uses up a code on paper; False for one that is unknown or used."""
        fresh = recovery_codes.c.digest == digest(f"{person} {code}"), recovery_codes.c.used_at.is_(None)
        return self.ground.run(update(recovery_codes).where(*fresh).values(used_at=at)) > 0

    def codes_left(self, person: str) -> int:
        """How many codes on paper a person still has."""
        left = recovery_codes.c.person == person, recovery_codes.c.used_at.is_(None)
        return self.ground.number(select(func.count()).select_from(recovery_codes).where(*left))


class Guesses(Shelf):
    """Tries to come in, each by what it was about: an account, an address it came from."""

    def count(self, subject: str, since: datetime) -> int:
        """How many there were."""
        lately = guesses.c.subject == subject, guesses.c.at > since
        return self.ground.number(select(func.count()).select_from(guesses).where(*lately))

    def add(self, subjects: Iterable[str], at: datetime) -> tuple[int, ...]:
        """Notes one, about several subjects; what it is known by."""
        return tuple(
            self.ground.number(insert(guesses).values(subject=subject, at=at).returning(guesses.c.id)) for subject in subjects
        )

    def take_back(self, numbers: Collection[int]) -> None:
        """Forgets one that was none: it was right."""
        self.ground.run(delete(guesses).where(guesses.c.id.in_(numbers)))

    def prune(self, before: datetime) -> int:
        """Forgets old ones; how many."""
        return self.ground.run(delete(guesses).where(guesses.c.at <= before))
