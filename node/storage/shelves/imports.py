"""What came of each part of what was imported: which thing, from what, and what the thing was then."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import select

from node.domain.fields import fold
from node.domain.visibility import Scope
from node.storage.ground import Shelf, made
from node.storage.scopes import within
from node.storage.tables.imports import imports
from node.storage.tables.things import things


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRow:
    """One part of something imported. `mark` is what it is known by within a community, `source` what it was imported from.

    `digest` is that of the part as it was read, `document` that of the thing as it was put then: another one tells that somebody
    has changed it since. `at` is when; both are absent for what older versions imported.
    """

    mark: str
    source: str
    thing: str
    digest: str
    document: str
    at: datetime | None


class Imports(Shelf):
    """Parts of files and lists that were imported."""

    def get(self, mark: str) -> ImportRow | None:
        """The part known by this mark."""
        row = self.ground.row(select(imports).where(imports.c.mark == mark))
        return made(ImportRow, row) if row else None

    def put(self, row: ImportRow) -> None:
        """Remembers a part, in the place of what was known of it."""
        self.ground.upsert(imports, ["mark"], asdict(row))

    def came_from(self, thing: str, source: str) -> bool:
        """Whether a thing was imported from there."""
        chosen = select(imports.c.mark).where(imports.c.thing == thing, imports.c.source == source)
        return self.ground.row(chosen.limit(1)) is not None

    def called(self, community: str, scope: Scope) -> dict[str, list[str]]:
        """The living things of a community that are within scope, by their name, folded."""
        living = things.c.community == community, things.c.deleted_at.is_(None), things.c.name != ""
        found: dict[str, list[str]] = {}
        for row in self.ground.rows(select(things.c.name, things.c.iri).where(*living, within(scope)).order_by(things.c.seq)):
            found.setdefault(fold(row["name"]), []).append(row["iri"])
        return found
