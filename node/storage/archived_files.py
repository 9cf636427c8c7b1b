"""The files that go along in an archive: their bytes lie beside the rows, under their own names, where anybody can open them."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from node.storage.shelves.media import FORMER
from node.storage.tables.actors import actors
from node.storage.tables.media import media, media_uses
from node.storage.tables.things import things
from node.storage.unit_of_work import UnitOfWork

#: Where they lie in an archive.
FILES = "fichiers"


def shown(uow: UnitOfWork, left_out: frozenset[str]) -> frozenset[str]:
    """The digests of the files that something in the archive shows or has shown: a living thing, or an actor of ours."""
    living = set(uow.ground.texts(select(things.c.iri).where(things.c.deleted_at.is_(None)))) - left_out
    living |= set(uow.ground.texts(select(actors.c.iri).where(actors.c.is_local)))
    rows = uow.ground.rows(select(media_uses))
    return frozenset(row["digest"] for row in rows if row["thing"].removesuffix(FORMER) in living)


def files(uow: UnitOfWork, digests: frozenset[str]) -> Iterator[tuple[str, Iterator[bytes]]]:
    """These files, one at a time: the name in the archive, and the bytes in pieces."""
    rows = uow.ground.rows(select(media.c.digest, media.c.extension).order_by(media.c.digest))
    for row in rows:
        if row["digest"] in digests:
            yield f"{FILES}/{row['digest']}.{row['extension']}", uow.media.pieces(row["digest"])
