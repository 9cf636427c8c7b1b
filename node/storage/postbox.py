"""The mail server that was told in the browser, kept with what the node remembers of itself; it never goes into an archive.

Its password lies in a file of its own in the node's folder, readable by the owner of the node alone: neither the rows nor a copy
of them can be read for it.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import asdict, fields, replace
from pathlib import Path

from sqlalchemy import text

from node.domain.letters import Postbox
from node.storage.unit_of_work import UnitOfWork

POSTBOX = "mail.postbox"
#: The file in the node's folder, which no copy holds.
SECRET = "courriel.secret"  # noqa: S105 -- the name of a file
#: A password is that of one name at one server: told to no other, whatever the rows say.
_ITS = ("host", "user")


def kept_postbox(uow: UnitOfWork) -> Postbox | None:
    """The mail server that was told in the browser, without its password; None when there is none."""
    said = json.loads(uow.state.get(POSTBOX) or "{}")
    names = {field.name for field in fields(Postbox)}
    known = {name: value for name, value in said.items() if name in names and name != "password"}
    return Postbox(**known) if said.get("host") else None


def whole_postbox(uow: UnitOfWork, data: Path | None) -> Postbox | None:
    """The same with its password, where that is in the folder of this node."""
    known = kept_postbox(uow)
    if known is None or data is None:
        return known
    with suppress(OSError, ValueError):
        said = json.loads((data / SECRET).read_text("utf-8"))
        if all(said.get(name) == getattr(known, name) for name in _ITS):
            return replace(known, password=str(said.get("password", "")))
    return known


def keep_postbox(uow: UnitOfWork, postbox: Postbox | None) -> None:
    """Keeps a mail server, or none; its password is kept by `keep_password`."""
    said = {name: value for name, value in asdict(postbox).items() if name != "password"} if postbox else {}
    uow.state.set(POSTBOX, json.dumps(said, ensure_ascii=False) if said else "")


def keep_password(postbox: Postbox, data: Path) -> None:
    """Puts the password of a mail server into its file, in the place of any other; an empty one takes it away."""
    if not postbox.password:
        (data / SECRET).unlink(missing_ok=True)
        return
    said = {name: getattr(postbox, name) for name in (*_ITS, "password")}
    part = data / f"{SECRET}.part"
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(json.dumps(said, ensure_ascii=False))
        file.flush()
        os.fsync(file.fileno())
    part.replace(data / SECRET)


def hide_password(uow: UnitOfWork, data: Path) -> None:
    """Moves a password that an earlier version kept among the rows into its file."""
    said = json.loads(uow.state.get(POSTBOX) or "{}")
    if not said.get("password"):
        return
    known = kept_postbox(uow)
    if known is None:
        return
    keep_password(replace(known, password=said["password"]), data)
    if uow.ground.dialect == "sqlite":
        uow.connection.execute(text("PRAGMA secure_delete = ON"))  # nor is it left behind where the row was
    keep_postbox(uow, known)
