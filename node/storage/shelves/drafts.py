"""What people began to write: the fields of a form as they stand, seen by nobody but who writes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

import orjson
from sqlalchemy import RowMapping, delete, func, insert, select, update

from node.storage.ground import Shelf
from node.storage.tables.drafts import drafts


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRow:
    """The form that somebody has begun. `about`: the IRI of what they change, "" of something new.

    `id` counts those of that person alone: it tells nothing of others.
    """

    id: int
    person: str
    about: str
    begun_at: datetime
    changed_at: datetime
    fields: Mapping[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """What to call it: its title, or the first words of it."""
        words = next((said for name in ("titre", "lien", "texte") if (said := self.fields.get(name, "").strip())), "")
        return words.splitlines()[0][:120] if words else ""


class Drafts(Shelf):
    """Drafts by number; every question names the person, so that nobody else's is ever found."""

    def save(
        self, person: str, fields: Mapping[str, str], at: datetime, *, number: int | None = None, about: str = ""
    ) -> int:  # fmt: skip
        """Keeps a draft in the place of the one with that number, else as a new one; its number."""
        said = orjson.dumps(dict(fields)).decode()
        if number is not None:
            kept = update(drafts).where(drafts.c.number == number, drafts.c.person == person)
            if self.ground.run(kept.values(document=said, changed_at=at)):
                return number
        last = select(func.coalesce(func.max(drafts.c.number), 0)).where(drafts.c.person == person)
        next_one = self.ground.number(last) + 1
        values = {"person": person, "number": next_one, "about": about, "document": said, "begun_at": at, "changed_at": at}
        self.ground.run(insert(drafts).values(**values))
        return next_one

    def get(self, number: int, person: str) -> DraftRow | None:
        """A draft of that person."""
        row = self.ground.row(select(drafts).where(drafts.c.number == number, drafts.c.person == person))
        return _made(row) if row else None

    def about(self, thing: str, person: str) -> DraftRow | None:
        """The newest draft of a person that changes a thing."""
        mine = select(drafts).where(drafts.c.about == thing, drafts.c.person == person)
        row = self.ground.row(mine.order_by(drafts.c.changed_at.desc()).limit(1))
        return _made(row) if row else None

    def of(self, person: str) -> list[DraftRow]:
        """The drafts of a person, the last touched first."""
        mine = select(drafts).where(drafts.c.person == person).order_by(drafts.c.changed_at.desc(), drafts.c.number.desc())
        return [_made(row) for row in self.ground.rows(mine)]

    def count(self, person: str) -> int:
        """How many drafts a person has."""
        return self.ground.number(select(func.count()).select_from(drafts).where(drafts.c.person == person))

    def forget(self, number: int, person: str) -> bool:
        """Throws a draft away; False when there is none."""
        return self.ground.run(delete(drafts).where(drafts.c.number == number, drafts.c.person == person)) > 0


def _made(row: RowMapping) -> DraftRow:
    fields = {str(name): str(value) for name, value in orjson.loads(row["document"]).items()}
    known = {name: row[name] for name in ("person", "about", "begun_at", "changed_at")}
    return DraftRow(id=row["number"], **known, fields=fields)
