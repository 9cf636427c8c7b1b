"""Signs a message as a live node would, with the key from its database, so that a test can send what the node never would."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from federation.outbox import seal
from node.storage.engine import Database


def seal_as(folder: Path, actor: str, body: bytes, inbox: str) -> dict[str, str]:
    """The headers of a POST of `body` to `inbox`, signed by `actor` of the node in `folder`."""
    database = Database(f"sqlite:///{folder / 'maillage.sqlite'}")
    try:
        key = database.read_now(lambda uow: uow.keys.signing(actor))
    finally:
        database.close()
    outgoing = seal(body, inbox, key, datetime.now(UTC))  # noqa: TID251 -- a live node looks at the real clock
    return dict(outgoing.headers)
