"""maillage restore: a node again, from its backup."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import click

from node.cli.running import Session, data_option
from node.cli.writing import write_whole
from node.config import DatabaseSettings, Settings, checked, load, written
from node.errors import Conflict, Invalid
from node.storage.backups import address_in, examine, put_back
from node.storage.crossing import into_server
from node.storage.engine import Database
from node.storage.sealing import SEALED, unseal


@click.command(
    name="restore",
    help="Put the backup PATH (a folder, or a sealed copy from elsewhere) into the folder of --data, which must hold no node.",
)
@click.argument("path", type=click.Path(path_type=Path, exists=True))
@click.option(
    "--key",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    default=None,
    help="The file with the key that opens a sealed copy; asked for when not given.",
)
@click.option(
    "--database",
    default=None,
    help="Where the rows go: postgresql://… of a database without a node, or sqlite; as its settings say when not given.",
)
@data_option
@click.pass_obj
def COMMAND(session: Session, data: Path, path: Path, key: Path | None, database: str | None) -> None:
    """Examines the backup and copies it."""
    del session
    _settings(data, None, database)
    if path.is_dir():
        _put_back(path, data, database)
        return
    secret = _secret(path, key)
    with tempfile.TemporaryDirectory(dir=path.parent if os.access(path.parent, os.W_OK) else None) as folder:
        copy = Path(folder) / "copie"
        copy.mkdir(mode=0o700)
        unseal(path, _only_key(secret), copy)
        _put_back(copy, data, database)


def _secret(path: Path, key: Path | None) -> str:
    """What may hold the key of a sealed copy; raises Invalid for what is no such copy, UsageError where nobody can be asked."""
    with path.open("rb") as file:
        if file.read(len(SEALED)) != SEALED:
            raise Invalid(
                f"{path} is no sealed copy; of a backup that is not sealed, name the folder that `maillage backup` wrote"
            )
    if key:
        return key.read_text("utf-8", errors="replace")
    if not sys.stdin or not sys.stdin.isatty():
        raise click.UsageError("say with --key KEYFILE which file holds the key: nobody is here to type it")
    return str(click.prompt("Key (AGE-SECRET-KEY-…)", hide_input=True))


def _only_key(text: str) -> str:
    """The key in a file that may say more about it, in lines of its own."""
    return next((line for line in text.split() if line.upper().startswith("AGE-SECRET-KEY-")), "")


def _settings(data: Path, kept: Settings | None, database: str | None) -> Settings:
    """Where a backup goes, whose settings are `kept`; raises Conflict where there is a node."""
    here = load(data)
    url = here.database.url or (kept.database.url if kept else "")
    if database is not None:
        url = "" if database == "sqlite" else database
    here = checked(replace(here, database=DatabaseSettings(url=url)))
    if (data / "maillage.toml").exists() or here.database_file.exists():
        raise Conflict(f"{data} holds a node already; restore into an empty folder, or give this one another name first")
    return here


def _put_back(path: Path, data: Path, database: str | None) -> None:
    kept = load(path, {})
    here = _settings(data, kept, database)
    copy = path / here.database_file.name
    examine(copy)
    if not kept.node.url or kept.node.url != address_in(copy):
        raise Invalid(
            f"{path} is not the backup of one node: maillage.toml says {kept.node.url!r}, the rows {address_in(copy)!r}"
        )
    if here.database.url:
        _fill(here.database_url, copy)
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
    else:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        put_back(copy, here.database_file)
    said = (path / "maillage.toml").read_bytes()
    if load(path).database.url != here.database.url:  # from one kind of database to the other
        said = written(replace(kept, database=here.database)).encode()
    # Last, so that an interrupted restore leaves no node that could be started.
    write_whole(data / "maillage.toml", said, is_secret=True)
    click.echo(f"{kept.node.url} is in {data} again. Start it with: maillage serve --data {data}")


def _fill(url: str, copy: Path) -> None:
    """Puts the rows into a server; the copy itself stays as it is."""
    target = Database(url)
    try:
        with tempfile.TemporaryDirectory() as folder:
            scratch = Path(folder) / copy.name
            scratch.touch(mode=0o600)
            shutil.copyfile(copy, scratch)
            target.write_now(lambda uow: into_server(uow, scratch))
    finally:
        target.close()
