"""Bringing the schema up to date with Alembic, in the transaction of the caller: all missing steps or none."""

from __future__ import annotations

import functools
import logging
import re
import threading
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from node.errors import Invalid
from node.storage.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)

FOLDER = Path(__file__).parent / "migrations"
#: Two processes that start at once on one PostgreSQL schema migrate it one after the other.
LOCK = 7_305_114_520
#: Names that nobody else may have taken: without a step beside them, they are not of a node.
_OURS = frozenset({"actors", "state", "things"})
#: How our steps are numbered.
_STEP = re.compile(r"\d{4}")
_EMPTY = (
    "The database is empty: no node was made in it. See that it is the right one, or put a backup into a new folder with: "
    "maillage restore PATH --data FOLDER"
)
_FOREIGN = "The database holds tables of something else ({}): give the node a database of its own."
_AHEAD = "A newer version of maillage has used this database (schema {at}, known {head}): install it again."
#: Alembic keeps the migration that runs in a global place: databases of one process are migrated one after the other.
_ONE_AT_A_TIME = threading.Lock()


@functools.cache
def head() -> str:
    """The newest step that this version knows: the number of the last file."""
    return max(path.name[:4] for path in (FOLDER / "versions").glob("[0-9]*.py"))


def current(connection: Connection) -> str | None:
    """The step that this database is at, None when it is empty."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if found is not None and not _STEP.fullmatch(str(found)):
        raise Invalid(_FOREIGN.format(f"version {found}"))
    return None if found is None else str(found)


def check(uow: UnitOfWork) -> None:
    """Raises Invalid when the schema is not the one that this version works with."""
    at = current(uow.connection)
    if at is None:
        raise Invalid(_EMPTY)
    if at > head():
        raise Invalid(_AHEAD.format(at=at, head=head()))
    if at < head():
        raise Invalid(f"The database is of an older version (schema {at}, needed {head()}): run maillage migrate.")


def migrate(connection: Connection, to: str = "head") -> None:
    """Takes the steps that are missing; raises Invalid when the database is ahead of this version."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    at = current(connection)
    if at == head():
        return
    others = _OURS.intersection(inspect(connection).get_table_names()) if at is None else ()
    if others:
        raise Invalid(_FOREIGN.format(", ".join(sorted(others))))
    if at is not None and at > head():
        raise Invalid(_AHEAD.format(at=at, head=head()))
    with _ONE_AT_A_TIME:
        _upgrade(connection, to)
    log.info("the schema was brought from %s to %s", at or "nothing", current(connection))


def _upgrade(connection: Connection, to: str) -> None:
    # imported here: a start that needs no migration does not pay for it
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    command.upgrade(config, to)
