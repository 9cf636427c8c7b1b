"""The mail server that was told in the browser, kept with what the node remembers of itself; it never goes into an archive."""

from __future__ import annotations

import json
from dataclasses import asdict, fields

from node.domain.letters import Postbox
from node.storage.unit_of_work import UnitOfWork

POSTBOX = "mail.postbox"


def kept_postbox(uow: UnitOfWork) -> Postbox | None:
    """The mail server that was told in the browser, None when there is none."""
    said = json.loads(uow.state.get(POSTBOX) or "{}")
    names = {field.name for field in fields(Postbox)}
    return Postbox(**{name: value for name, value in said.items() if name in names}) if said.get("host") else None


def keep_postbox(uow: UnitOfWork, postbox: Postbox | None) -> None:
    """Keeps a mail server, or none; what waits for it is tried at once."""
    uow.state.set(POSTBOX, json.dumps(asdict(postbox), ensure_ascii=False) if postbox else "")
