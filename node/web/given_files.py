"""The files of a form: those chosen now, kept as their giver's; and those that an earlier turn of the form kept already."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping, Sequence

from federation.messages import Received
from node.actions.keep_media import keep_media, prepared
from node.contracts import Tools, Visit
from node.domain.sharing import Attached
from node.domain.uploads import LONGEST_DESCRIPTION, LONGEST_TRANSCRIPT, Prepared
from node.errors import Invalid
from node.storage.unit_of_work import UnitOfWork
from node.web.forms import fields_of, files_of

#: So many files go along with one thing.
MOST = 20
#: The field with the digests of files kept already, what the field of a description is called, and that of those left out.
KEPT, DESCRIPTION, DROPPED = "joints", "description", "retirer"
_DIGEST = re.compile(r"[0-9a-f]{64}")


async def keep_files(tools: Tools, received: Received, visit: Visit, fields: Mapping[str, str]) -> list[str]:
    """Keeps what was chosen in the field `fichier`; the digests of all files of the form. Raises Invalid with what is wrong."""
    without = set(fields_of(received).get(DROPPED, ()))
    known = [digest for digest in dict.fromkeys(_DIGEST.findall(fields.get(KEPT, ""))) if digest not in without]
    chosen = files_of(received, "fichier")
    if len(known) + len(chosen) > MOST:
        words = {"fr": f"{MOST} fichiers au plus à la fois.", "en": f"{MOST} files at a time at most."}[visit.language[:2]]
        raise Invalid(words, problems={"fichier": words})
    ready = [await asyncio.to_thread(prepared, given, visit.language) for given in chosen]
    words = fields.get(DESCRIPTION, "")
    made = await tools.database.write(lambda uow: _keep(uow, visit, ready, words)) if ready else []
    return list(dict.fromkeys([*known, *made]))


def _keep(uow: UnitOfWork, visit: Visit, files: Sequence[Prepared], words: str) -> list[str]:
    person, house = visit.reader.actor, visit.house
    return [keep_media(uow, house, person, file, words, visit.language).digest for file in files]


def attached(uow: UnitOfWork, visit: Visit, digests: Sequence[str], fields: Mapping[str, str]) -> list[Attached]:
    """These files as they go along, as far as they are the reader's own; described as the form says now."""
    found = []
    for digest in digests:
        row, kept = uow.media.get(digest), uow.media.kept(digest, visit.reader.actor)
        if row is None or kept is None or kept.person != visit.reader.actor:
            continue
        words, is_sound = fields.get(f"{DESCRIPTION}-{digest[:12]}", kept.description), row.media_type.startswith("audio/")
        found.append(
            Attached(
                name=kept.name,
                address=f"{visit.house.url}{row.path}",
                media_type=row.media_type,
                description=words.strip()[:LONGEST_TRANSCRIPT] if is_sound else " ".join(words.split())[:LONGEST_DESCRIPTION],
                width=row.width,
                height=row.height,
            )
        )
    return found
