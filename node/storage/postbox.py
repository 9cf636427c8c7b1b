"""The mail servers that were told in the browser: the one that takes our letters, and the one where letters for us lie.

They are kept with what the node remembers of itself, and never go into an archive. Each password lies in a file of its own in the
node's folder, readable by the owner of the node alone: neither the rows nor a copy of them can be read for it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import TypeVar

from sqlalchemy import text

from node.domain.letters import Mailbox, Postbox
from node.storage.unit_of_work import UnitOfWork

Server = TypeVar("Server", Postbox, Mailbox)

POSTBOX, MAILBOX = "mail.postbox", "mail.mailbox"
#: The files in the node's folder, which no copy holds.
SECRET, SECRET_IN = "courriel.secret", "reception.secret"
_PLACES: Mapping[type, tuple[str, str]] = {Postbox: (POSTBOX, SECRET), Mailbox: (MAILBOX, SECRET_IN)}
#: A password is that of one name at one server: told to no other, whatever the rows say.
_ITS = ("host", "user")


def kept_postbox(uow: UnitOfWork) -> Postbox | None:
    """The server that takes our letters, as it was told in the browser, without its password; None when there is none."""
    return _kept(uow, Postbox)


def whole_postbox(uow: UnitOfWork, data: Path | None) -> Postbox | None:
    """The same with its password, where that is in the folder of this node."""
    return _whole(uow, data, Postbox)


def kept_mailbox(uow: UnitOfWork) -> Mailbox | None:
    """The box where letters for us lie, as above."""
    return _kept(uow, Mailbox)


def whole_mailbox(uow: UnitOfWork, data: Path | None) -> Mailbox | None:
    """The same with its password."""
    return _whole(uow, data, Mailbox)


def _kept(uow: UnitOfWork, kind: type[Server]) -> Server | None:
    said = json.loads(uow.state.get(_PLACES[kind][0]) or "{}")
    names = {field.name for field in fields(kind)}
    known = {name: value for name, value in said.items() if name in names and name != "password"}
    return kind(**known) if said.get("host") else None


def _whole(uow: UnitOfWork, data: Path | None, kind: type[Server]) -> Server | None:
    known = _kept(uow, kind)
    if known is None or data is None:
        return known
    with suppress(OSError, ValueError):
        said = json.loads((data / _PLACES[kind][1]).read_text("utf-8"))
        if all(said.get(name) == getattr(known, name) for name in _ITS):
            return replace(known, password=str(said.get("password", "")))
    return known


def keep_postbox(uow: UnitOfWork, postbox: Postbox | None) -> None:
    """Keeps the server that takes our letters, or none; its password is kept by `keep_password`."""
    _keep(uow, POSTBOX, postbox)


def keep_mailbox(uow: UnitOfWork, mailbox: Mailbox | None) -> None:
    """Keeps the box where letters for us lie, or none; its password as above. Whoever remembers another address learns of it."""
    _keep(uow, MAILBOX, mailbox)
    uow.ground.unsettle()


def _keep(uow: UnitOfWork, key: str, server: Postbox | Mailbox | None) -> None:
    said = {name: value for name, value in asdict(server).items() if name != "password"} if server else {}
    uow.state.set(key, json.dumps(said, ensure_ascii=False) if said else "")


def keep_password(server: Postbox | Mailbox, data: Path) -> None:
    """Puts the password of a mail server into its file, in the place of any other; an empty one takes it away."""
    path = data / _PLACES[type(server)][1]
    if not server.password:
        path.unlink(missing_ok=True)
        return
    said = {name: getattr(server, name) for name in (*_ITS, "password")}
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(json.dumps(said, ensure_ascii=False))
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


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
