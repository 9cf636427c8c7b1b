"""Files that people gave. The bytes are kept once; who may see one follows from what shows it, and its keepers always may."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, LargeBinary, delete, exists, func, literal_column, or_, select, update

from node.domain.visibility import Scope
from node.storage.ground import Shelf, made
from node.storage.scopes import within
from node.storage.tables.actors import actors
from node.storage.tables.media import media, media_keepers, media_uses
from node.storage.tables.things import things

if TYPE_CHECKING:
    from node.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaRow:
    """A file without its bytes; `width` and `height` are 0 of what is no picture.

    `sum` is the SHA-256 of its bytes where they were cleaned under the address that they had, "" where `digest` is that.
    """

    digest: str
    media_type: str
    extension: str
    size: int
    width: int
    height: int
    stored_at: datetime
    sum: str = ""

    @property
    def tag(self) -> str:
        """The validator of its bytes: they may have been cleaned since it was given its address."""
        return f'"{(self.sum or self.digest)[:32]}"'

    @property
    def path(self) -> str:
        """Where this node gives it, without the address of the node."""
        return f"/media/{self.digest}.{self.extension}"

    @property
    def is_picture(self) -> bool:
        """Whether it was made anew here and is shown in pages; everything else is only offered."""
        return self.width > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Bytes that go out piece by piece: how many, and what gives so many from a place on, none where there are none any more."""

    size: int
    piece: Callable[[UnitOfWork, int, int], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRow:
    """What somebody calls a file of theirs, and how they describe it for those who do not see it."""

    digest: str
    person: str
    name: str
    description: str
    at: datetime


#: Marks what a thing shows or has shown, for its versions.
FORMER = "#versions"
#: So many bytes of a file are in memory at a time; to find a later one, SQLite walks from the first.
PIECE = 524_288
_SEEN = [column for column in media.columns if column is not media.c.content]


class Media(Shelf):
    """The files of this node, by the SHA-256 of their bytes."""

    def put(self, row: MediaRow, content: bytes) -> None:
        """Keeps the bytes; those that are there stay as they are."""
        values = {**asdict(row), "content": content}
        self.ground.run(self.ground.insert(media).values(**values).on_conflict_do_nothing())

    def digests(self) -> list[str]:
        """What all files are called here."""
        return self.ground.texts(select(media.c.digest).order_by(media.c.digest))

    def renew(self, row: MediaRow, content: bytes) -> None:
        """Gives a file other bytes, under the address that it has; nothing where it is gone meanwhile."""
        values = {name: value for name, value in asdict(row).items() if name not in {"digest", "extension", "stored_at"}}
        self.ground.run(update(media).where(media.c.digest == row.digest).values(**values, content=content))

    def keep(self, row: KeptRow) -> None:
        """Says who keeps a file, under which name; said again, it is changed."""
        self.ground.upsert(media_keepers, ["digest", "person"], asdict(row))

    def get(self, digest: str) -> MediaRow | None:
        """A file, whoever may see it. For the machinery: answers ask `seen`."""
        row = self.ground.row(select(*_SEEN).where(media.c.digest == digest))
        return made(MediaRow, row) if row else None

    def seen(self, digest: str, scope: Scope) -> MediaRow | None:
        """A file as somebody may see it; None when it is not there or nothing that they may see shows it."""
        row = self.ground.row(select(*_SEEN).where(media.c.digest == digest, _visible(scope)))
        return made(MediaRow, row) if row else None

    def content(self, digest: str) -> bytes:
        """The bytes of a file, empty when it is not there."""
        row = self.ground.row(select(media.c.content).where(media.c.digest == digest))
        return bytes(row["content"]) if row else b""

    def piece(self, digest: str, begin: int, size: int) -> bytes:
        """So many bytes of a file from a place on, without reading the others; fewer at its end, none when it is not there."""
        if self.ground.dialect != "sqlite":
            part = func.substring(media.c.content, begin + 1, size, type_=LargeBinary)
            row = self.ground.row(select(part.label("part")).where(media.c.digest == digest))
            return bytes(row["part"]) if row else b""
        row = self.ground.row(select(literal_column("rowid").label("number")).select_from(media).where(media.c.digest == digest))
        if row is None:
            return b""
        driver: Any = self.ground.connection.connection.driver_connection
        blob = driver.open_blob("media", "content", row["number"], True)
        try:
            blob.seek(min(begin, len(blob)))
            return bytes(blob.read(size))
        finally:
            blob.close()

    def pieces(self, digest: str) -> Iterator[bytes]:
        """All bytes of a file, a piece at a time."""
        begin = 0
        while piece := self.piece(digest, begin, PIECE):
            yield piece
            begin += len(piece)

    def is_seen(self, row: MediaRow, scope: Scope) -> bool:
        """Whether somebody may see a file, and it is as it was: what lies behind its bytes is not looked at, it takes long."""
        same = media.c.digest == row.digest, media.c.size == row.size
        return self.ground.row(select(media.c.digest).where(*same, _visible(scope))) is not None

    def kept(self, digest: str, person: str = "") -> KeptRow | None:
        """How a person calls a file; for "" or somebody who does not keep it, how whoever gave it first does."""
        mine = (media_keepers.c.person == person).desc()
        chosen = select(media_keepers).where(media_keepers.c.digest == digest).order_by(mine, media_keepers.c.at)
        row = self.ground.row(chosen.limit(1))
        return made(KeptRow, row) if row else None

    def of(self, person: str) -> list[KeptRow]:
        """What a person keeps, the newest first."""
        chosen = select(media_keepers).where(media_keepers.c.person == person).order_by(media_keepers.c.at.desc())
        return [made(KeptRow, row) for row in self.ground.rows(chosen)]

    def total(self, person: str) -> tuple[int, int]:
        """How many files a person keeps, and how many bytes they have."""
        counted = select(func.count(), func.coalesce(func.sum(media.c.size), 0)).select_from(media)
        row = self.ground.connection.execute(
            counted.join(media_keepers, media_keepers.c.digest == media.c.digest).where(media_keepers.c.person == person)
        ).one()
        return int(row[0]), int(row[1])

    def use(self, thing: str, digests: Iterable[str], *, has_versions: bool = False) -> None:
        """Says which files a thing or actor shows, all of them: whoever may see it may see those.

        Of what `has_versions` the bytes of those that it showed before stay too, for whoever brings a version back; nobody
        sees them by that.
        """
        wanted = sorted(set(digests))
        self.ground.run(delete(media_uses).where(media_uses.c.thing == thing))
        there = self.ground.texts(select(media.c.digest).where(media.c.digest.in_(wanted))) if wanted else []
        names = (thing, f"{thing}{FORMER}") if has_versions else (thing,)
        rows = [{"digest": digest, "thing": name} for digest in there for name in names]
        if rows:
            self.ground.connection.execute(self.ground.insert(media_uses).on_conflict_do_nothing(), rows)

    def used_by(self, thing: str) -> list[MediaRow]:
        """The files that a thing shows."""
        chosen = select(*_SEEN).join(media_uses, media_uses.c.digest == media.c.digest).where(media_uses.c.thing == thing)
        return [made(MediaRow, row) for row in self.ground.rows(chosen.order_by(media.c.digest))]

    def let_go(self, digest: str, person: str) -> bool:
        """Somebody keeps a file no more; False when they did not. The bytes go with `prune`."""
        held = media_keepers.c.digest == digest, media_keepers.c.person == person
        return self.ground.run(delete(media_keepers).where(*held)) > 0

    def prune(self, before: datetime) -> int:
        """Forgets the files that nothing shows, given before a moment, and those that nobody keeps; how many."""
        gone = select(things.c.iri).where(things.c.deleted_at.is_not(None))
        former = select(things.c.iri + FORMER).where(things.c.deleted_at.is_not(None))
        self.ground.run(delete(media_uses).where(or_(media_uses.c.thing.in_(gone), media_uses.c.thing.in_(former))))
        is_shown = exists().where(media_uses.c.digest == media.c.digest)
        is_fresh = exists().where(media_keepers.c.digest == media.c.digest, media_keepers.c.at >= before)
        count = self.ground.run(delete(media).where(~is_shown, ~is_fresh))
        self.ground.run(delete(media_keepers).where(~exists().where(media.c.digest == media_keepers.c.digest)))
        return count


def _visible(scope: Scope) -> ColumnElement[bool]:
    """Whether a file is shown by something within scope, or by an actor of ours, or is kept by whoever asks."""
    within_reach = (
        select(media_uses.c.digest)
        .join(things, things.c.iri == media_uses.c.thing)
        .where(media_uses.c.digest == media.c.digest, things.c.deleted_at.is_(None), within(scope))
    )
    of_actors = (
        select(media_uses.c.digest)
        .join(actors, actors.c.iri == media_uses.c.thing)
        .where(media_uses.c.digest == media.c.digest, actors.c.is_local, actors.c.state == "active")
    )
    mine = exists().where(media_keepers.c.digest == media.c.digest, media_keepers.c.person == scope.actor)
    return or_(within_reach.exists(), of_actors.exists(), *([mine] if scope.actor else []))
