"""Where copies go that are kept elsewhere, and what is known of them; the password lies in a file that no copy holds."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from node.domain.elsewhere_copies import Log, Place
from node.storage.unit_of_work import UnitOfWork

#: The file in the node's folder, and under what the rest is remembered.
SECRET, LOG = "copies-ailleurs.secret", "backup.elsewhere"
#: A password is that of one name at one address: told to no other, whatever the rows say.
_ITS = ("url", "user")


def log_of(uow: UnitOfWork) -> Log:
    """Where copies go, and what is known of those that went."""
    return Log.of(uow.state.get(LOG) or "")


def keep_log(uow: UnitOfWork, log: Log) -> None:
    """Keeps it; the password is kept by `keep_password`."""
    uow.state.set(LOG, log.payload())


def whole(place: Place, data: Path) -> Place:
    """A place with its password, where that is in the folder of this node."""
    with suppress(OSError, ValueError):
        said = json.loads((data / SECRET).read_text("utf-8"))
        if all(said.get(name) == getattr(place, name) for name in _ITS):
            return replace(place, password=str(said.get("password", "")))
    return place


def keep_password(place: Place | None, data: Path) -> None:
    """Puts the password of a place into its file, readable by the owner of the node alone; None takes it away."""
    if place is None:
        (data / SECRET).unlink(missing_ok=True)
        return
    part = data / f"{SECRET}.part"
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(json.dumps({name: getattr(place, name) for name in (*_ITS, "password")}, ensure_ascii=False))
        file.flush()
        os.fsync(file.fileno())
    part.replace(data / SECRET)
