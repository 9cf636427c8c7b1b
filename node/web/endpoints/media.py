"""A file that somebody gave, to whoever may see something that shows it; never as anything that a browser would run.

Spec: RFC 6266 §4. Spec: RFC 9110 §12.5.1. Spec: RFC 9110 §14.3.
"""

from __future__ import annotations

from urllib.parse import quote

from node.contracts import Endpoint, Kept, Reply, Visit
from node.domain.uploads import media_types
from node.domain.visibility import ANYONE, scope_of
from node.errors import NotFound
from node.storage.unit_of_work import UnitOfWork

#: Nothing in a file is run, whatever it turns out to be. A picture may be shown by other sites' servers, not by their pages.
HEADERS = (
    ("Content-Security-Policy", "default-src 'none'; sandbox"),
    ("Cross-Origin-Resource-Policy", "same-site"),
)
#: What was seen once may be seen again without asking, by the same person, for an hour.
OWN = "private, max-age=3600"


def answer(uow: UnitOfWork, visit: Visit) -> Reply:
    """The bytes, piece by piece; raises NotFound where there is nothing, or nothing that this reader may see shows it."""
    scope = scope_of(visit.reader)
    row = uow.media.seen(visit.path["digest"], scope)
    if row is None or row.extension != visit.path["extension"]:
        raise NotFound
    kept = uow.media.kept(row.digest, visit.reader.actor)
    name = kept.name if kept else f"fichier.{row.extension}"
    disposition = "inline" if row.is_picture else "attachment"
    headers = (
        *HEADERS,
        ("ETag", row.tag),
        ("Accept-Ranges", "bytes"),
        ("Content-Disposition", f"{disposition}; filename*=UTF-8''{quote(name, safe='')}"),
        *(() if visit.reader == ANYONE else (("Cache-Control", OWN),)),
    )

    def piece(later: UnitOfWork, begin: int, size: int) -> bytes:
        """What comes next; nothing once this reader may not see it any more."""
        return later.media.piece(row.digest, begin, size) if later.media.is_seen(row, scope) else b""

    return Reply(body=b"", media_type=row.media_type, headers=headers, kept=Kept(size=row.size, piece=piece))


ENDPOINT = Endpoint(path="/media/{digest:[0-9a-f]+}.{extension:[a-z0-9]+}", answer=answer, faces=media_types())
