"""maillage backup: a consistent copy of the database and the settings, while the node runs."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

import click

from node.actions.examine_node import BY_HAND
from node.cli.running import Session, data_option, json_option, show_json
from node.cli.writing import write_whole
from node.config import Settings, load, written
from node.errors import Busy, Conflict
from node.storage.backups import copy_living, copy_rows
from node.storage.engine import Database


@click.command(name="backup", help="Copy the database and the settings into the new folder PATH; the node may be running.")
@click.argument("path", type=click.Path(path_type=Path, file_okay=False))
@json_option
@data_option
@click.pass_obj
def COMMAND(session: Session, data: Path, path: Path, as_json: bool) -> None:
    """Writes the copy, and has it examined; of a database that waits to be brought up to date, too."""
    settings = load(data)
    # A file is copied as it is; the rows of a server are read, for which this version has to know them.
    with session.node(data, is_of_any_version=not settings.database.url) as node:
        if path.exists() and any(path.iterdir()):
            raise Conflict(f"{path} is not empty; a backup goes into a folder of its own")
        _write(settings, node.database, path)
        size = sum(file.stat().st_size for file in path.iterdir())
        said = json.dumps({"at": node.house().now.isoformat()})
        with suppress(Busy):  # the copy is made, even where that cannot be written down
            node.database.write_now(lambda uow: uow.state.set(BY_HAND, said))
    if as_json:
        show_json({"path": str(path), "bytes": size, "node": settings.node.url})
    else:
        click.echo(f"{path}: {settings.node.url}, {size / 1e6:.1f} MB, examined. It holds the node's keys: keep it to yourself.")


def _write(settings: Settings, database: Database, path: Path) -> None:
    """Writes both files or none."""
    is_new = not path.exists()
    path.mkdir(parents=True, exist_ok=True)
    path.chmod(0o700)
    copy, kept = path / settings.database_file.name, settings.data / "maillage.toml"
    is_whole = False
    try:
        if database.is_sqlite:
            copy_living(settings.database_file, copy)
        else:
            database.read_now(lambda uow: copy_rows(uow, copy))
        # A node may have all its settings from the environment; its backup must say whose it is all the same.
        write_whole(path / kept.name, kept.read_bytes() if kept.exists() else written(settings).encode(), is_secret=True)
        is_whole = True
    finally:
        if not is_whole:
            copy.unlink(missing_ok=True)
        if not is_whole and is_new:
            path.rmdir()
