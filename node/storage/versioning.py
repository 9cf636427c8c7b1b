"""Keeps what a thing said before something takes its place, whoever writes it: called by the shelf of things alone.

The words of the last version stand in the thing itself, and a thing that never changed has no row here: what only comes in costs
nothing.
"""

from __future__ import annotations

from sqlalchemy import bindparam, delete, insert, select, update

from node.domain.versions import MOST_FROM_ELSEWHERE, Saved, is_new_version, is_one_sitting, says_the_same
from node.storage import indexing
from node.storage.ground import Ground
from node.storage.prepared import Prepared
from node.storage.stored import StoredThing
from node.storage.tables.versions import version_visits, versions
from vocab.thing import Thing


def keep(ground: Ground, before: StoredThing | None, now: StoredThing, thing: Thing, saved: Saved) -> None:
    """Keeps `before` when `now`, which says `thing`, is another version of it; a remark is kept in any case."""
    if before is None or before.entry.deleted_at is not None:
        if saved.comment or saved.by not in {"", now.entry.author}:
            _add(ground, now, 1, saved)
        return
    if before.document == now.document and before.entry.audience is now.entry.audience and not saved.comment:
        return
    same = says_the_same(indexing.read_or_named(before.document, before.entry), thing, is_ours=now.entry.is_local)
    if not is_new_version(before.entry, now.entry, says_the_same=same):
        return
    last = _LAST.row(ground.connection, thing=now.entry.iri)
    by, at = (last["by"], last["at"]) if last else (before.entry.author, before.entry.stored_at)
    if is_one_sitting(before.entry, now.entry, saved, by, at):
        return
    if last is None:
        _add(ground, before, 1, Saved(), document=before.document)
    else:
        _WORDS.run(ground.connection, thing=now.entry.iri, number=last["number"], document=before.document)
    number = 2 if last is None else last["number"] + 1
    _add(ground, now, number, saved)
    if not now.entry.is_local:
        _OLDEST.run(ground.connection, thing=now.entry.iri, number=number - MOST_FROM_ELSEWHERE)


def forget(ground: Ground, iri: str) -> None:
    """Lets go of all that a thing ever said: it was taken back."""
    _GONE.run(ground.connection, thing=iri)
    _UNVISITED.run(ground.connection, thing=iri)


def _add(ground: Ground, stored: StoredThing, number: int, saved: Saved, *, document: bytes = b"") -> None:
    entry = stored.entry
    _ADDED.run(
        ground.connection,
        thing=entry.iri,
        number=number,
        document=document,
        at=entry.stored_at,
        by=saved.by or entry.author,
        comment=saved.comment,
        audience=entry.audience.value,
        community=entry.community,
        readers=" ".join(sorted(entry.readers)),
    )


_OF = versions.c.thing == bindparam("thing")
_LAST = Prepared(
    lambda _: select(versions.c.number, versions.c.by, versions.c.at).where(_OF).order_by(versions.c.number.desc()).limit(1)
)
_ADDED = Prepared(
    lambda _: insert(versions).values({column.key: bindparam(column.key, type_=column.type) for column in versions.c}).inline()
)
_WORDS = Prepared(
    lambda _: (
        update(versions)
        .where(_OF, versions.c.number == bindparam("number"))
        .values(document=bindparam("document", type_=versions.c.document.type))
    )
)
_OLDEST = Prepared(lambda _: delete(versions).where(_OF, versions.c.number <= bindparam("number")))
_GONE = Prepared(lambda _: delete(versions).where(_OF))
_UNVISITED = Prepared(lambda _: delete(version_visits).where(version_visits.c.thing == bindparam("thing")))
