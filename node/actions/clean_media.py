"""Takes out of the files that were given long ago what is taken out of those that are given now; their addresses stay."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from node.domain.papers import as_shown
from node.domain.uploads import SHOWN, Given, Prepared
from node.errors import Invalid
from node.storage.engine import Database
from node.storage.shelves.media import MediaRow

#: Makes of a file that is given what is kept of it, as `keep_media.prepared` does; raises Invalid.
Prepare = Callable[[Given, str], Prepared]


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What came of looking at a file: whether it hid something, how large it is without, or why it cannot be cleaned."""

    row: MediaRow
    name: str
    hides: bool = False
    size: int = 0
    problem: str = ""


def clean_media(database: Database, prepare: Prepare, *, is_dry: bool) -> Iterator[Looked]:
    """Looks at every file, one after the other, each in transactions of its own: begun again, it finds the rest."""
    for digest in database.read_now(lambda uow: uow.media.digests()):
        looked = _clean(database, prepare, digest, is_dry=is_dry)
        if looked is not None:
            yield looked


def _clean(database: Database, prepare: Prepare, digest: str, *, is_dry: bool) -> Looked | None:
    row, kept, content = database.read_now(lambda uow: (uow.media.get(digest), uow.media.kept(digest), uow.media.content(digest)))
    if row is None:
        return None
    name = kept.name if kept else f"fichier.{row.extension}"
    if row.is_picture:  # made anew when it was given, or cleaned before
        made, clean = row, as_shown(content) if row.media_type == SHOWN["jpg"] else content
    else:
        try:
            file = prepare(Given(name=name, content=content), "en")
        except Invalid as problem:
            return Looked(row=row, name=name, problem=str(problem))
        clean = file.content
        made = replace(row, media_type=file.media_type, width=file.width, height=file.height)
    if clean == content:
        return Looked(row=row, name=name)
    made = replace(made, size=len(clean), sum=hashlib.sha256(clean).hexdigest())
    if not is_dry:
        database.write_now(lambda uow: uow.media.renew(made, clean))
    return Looked(row=row, name=name, hides=True, size=len(clean))
