"""The rules that communities give themselves, version by version, and who agreed to which."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, select, update

from node.storage.ground import Shelf, made
from node.storage.tables.rules import consents, rules


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesRow:
    """One version of the rules of a community. `mode` is how confidential it is."""

    community: str
    version: int
    text: str
    mode: str = ""
    comment: str = ""
    by: str = ""
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentRow:
    """Who agreed to what (`subject`: a community for its rules, or another promise by its name), in which version, when."""

    person: str
    subject: str
    version: int
    at: datetime
    ended_at: datetime | None


class Rules(Shelf):
    """Rules and consents. A version stays as it was."""

    def add(self, row: RulesRow) -> RulesRow:
        """Keeps rules as the next version; it has its number."""
        last = self.ground.number(select(func.coalesce(func.max(rules.c.version), 0)).where(rules.c.community == row.community))
        names = ("community", "text", "mode", "comment", "by", "at")
        values = {name: getattr(row, name) for name in names}
        kept = self.ground.row(insert(rules).values(**values, version=last + 1).returning(*rules.c))
        return made(RulesRow, kept or {})

    def current(self, community: str) -> RulesRow | None:
        """The version in force, None where nobody wrote any."""
        return next(iter(self.versions(community, 1)), None)

    def versions(self, community: str, limit: int = 100) -> list[RulesRow]:
        """All versions, the newest first."""
        chosen = select(rules).where(rules.c.community == community).order_by(rules.c.version.desc()).limit(limit)
        return [made(RulesRow, row) for row in self.ground.rows(chosen)]

    def agree(self, person: str, subject: str, version: int, at: datetime) -> bool:
        """Notes that a person agreed; False when they had agreed to that version already."""
        if self.agreed(person, subject) >= version:
            return False
        self.ground.run(insert(consents).values(person=person, subject=subject, version=version, at=at))
        return True

    def agreed(self, person: str, subject: str) -> int:
        """The newest version to which a person agreed and still does, 0 for none."""
        chosen = select(func.coalesce(func.max(consents.c.version), 0)).where(
            consents.c.person == person, consents.c.subject == subject, consents.c.ended_at.is_(None)
        )
        return self.ground.number(chosen)

    def agreements(self, subject: str) -> Mapping[str, int]:
        """The newest version to which each person agreed."""
        chosen = (
            select(consents.c.person, func.max(consents.c.version).label("version"))
            .where(consents.c.subject == subject, consents.c.ended_at.is_(None))
            .group_by(consents.c.person)
        )
        return {row["person"]: int(row["version"]) for row in self.ground.rows(chosen)}

    def end(self, person: str, subject: str, at: datetime) -> int:
        """Notes that a person agrees no more; how many agreements ended."""
        mine = update(consents).where(consents.c.person == person, consents.c.subject == subject, consents.c.ended_at.is_(None))
        return self.ground.run(mine.values(ended_at=at))

    def log(self, person: str) -> list[ConsentRow]:
        """All that a person agreed to, the newest first."""
        chosen = select(consents).where(consents.c.person == person).order_by(consents.c.id.desc())
        return [made(ConsentRow, row) for row in self.ground.rows(chosen)]
