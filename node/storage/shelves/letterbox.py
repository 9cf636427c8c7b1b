"""What members send by letter: the secret addresses of each, and the letters that came to them until they are opened."""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update

from node.storage import claims
from node.storage.ground import Shelf, made
from node.storage.prepared import Prepared
from node.storage.tables.letterbox import letter_addresses, letters_in

LEASE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterAddressRow:
    """The address of a person, and the community that sees what they send there ("": nobody but they)."""

    person: str
    digest: str
    community: str
    made_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterInRow:
    """A letter that came to somebody's address; once it was opened its bytes are gone."""

    id: int
    person: str
    mark: str
    content: bytes
    received_at: datetime
    attempts: int
    state: str


class Letterbox(Shelf):
    """The letterbox of the node."""

    def make(self, person: str, community: str, at: datetime) -> str:
        """Gives a person a new address in the place of the one that they had; its secret is told this once."""
        secret = base64.b32encode(secrets.token_bytes(20)).decode().lower()
        values = {"person": person, "digest": _digest(secret), "community": community, "made_at": at, "used_at": None}
        self.ground.upsert(letter_addresses, ["person"], values)
        return secret

    def of(self, person: str) -> LetterAddressRow | None:
        """The address of a person."""
        row = self.ground.row(select(letter_addresses).where(letter_addresses.c.person == person))
        return made(LetterAddressRow, row) if row else None

    def find(self, secret: str) -> LetterAddressRow | None:
        """The address with this secret."""
        row = self.ground.row(select(letter_addresses).where(letter_addresses.c.digest == _digest(secret)))
        return made(LetterAddressRow, row) if row else None

    def choose(self, person: str, community: str) -> bool:
        """Says who sees what comes there; False when there is no address."""
        mine = update(letter_addresses).where(letter_addresses.c.person == person)
        return self.ground.run(mine.values(community=community)) > 0

    def revoke(self, person: str) -> bool:
        """Takes an address away, and what waits to be opened with it; False when there is none."""
        self.ground.run(delete(letters_in).where(letters_in.c.person == person, letters_in.c.state == "due"))
        return self.ground.run(delete(letter_addresses).where(letter_addresses.c.person == person)) > 0

    def put(self, person: str, mark: str, content: bytes, at: datetime) -> bool:
        """Keeps a letter until it is opened; False when it came before."""
        values = {"person": person, "mark": mark, "content": content, "received_at": at, "due_at": at, "state": "due"}
        values |= {"attempts": 0, "last_error": ""}
        added = self.ground.insert(letters_in).values(**values).on_conflict_do_nothing()
        is_new = self.ground.row(added.returning(letters_in.c.id)) is not None
        if is_new:
            self.ground.run(update(letter_addresses).where(letter_addresses.c.person == person).values(used_at=at))
        return is_new

    def count(self, person: str, since: datetime) -> int:
        """How many letters of a person came since a moment."""
        counted = select(func.count()).select_from(letters_in)
        return self.ground.number(counted.where(letters_in.c.person == person, letters_in.c.received_at > since))

    def claim(self, now: datetime, owner: str, n: int) -> Sequence[LetterInRow]:
        """Leases up to n letters that are to be opened."""
        if _SOME_DUE.row(self.ground.connection) is None:
            return []  # the usual answer, had without writing anything
        wanted = claims.Claim(now=now, owner=owner, n=n, lease=LEASE)
        return [made(LetterInRow, row) for row in claims.claim(self.ground, letters_in, wanted)]

    def opened(self, row: LetterInRow, outcome: str = "done", reason: str = "") -> None:
        """It was opened, or nobody ever will: its bytes are no longer kept, its mark is, so that it does not come again."""
        ended = {"state": outcome, "content": b"", "last_error": reason, "leased_until": None, "leased_by": None}
        self.ground.run(update(letters_in).where(letters_in.c.id == row.id).values(**ended))

    def forget(self, before: datetime) -> int:
        """Forgets the letters that were opened and came before a moment."""
        return self.ground.run(delete(letters_in).where(letters_in.c.state != "due", letters_in.c.received_at < before))


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.lower().encode("utf-8", "replace")).hexdigest()


_SOME_DUE = Prepared(lambda _: select(letters_in.c.id).where(letters_in.c.state == "due").limit(1))
