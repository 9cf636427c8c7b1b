"""maillage restore: a node again, from its backup."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from node.cli.running import Session, data_option
from node.config import load
from node.errors import Conflict, Invalid
from node.storage.backups import address_in, examine, put_back
from node.storage.sealing import unseal


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
@data_option
@click.pass_obj
def COMMAND(session: Session, data: Path, path: Path, key: Path | None) -> None:
    """Examines the backup and copies it."""
    del session
    if path.is_dir():
        _put_back(path, data)
        return
    secret = key.read_text("utf-8") if key else click.prompt("Key (AGE-SECRET-KEY-…)", hide_input=True)
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        copy = Path(folder) / "copie"
        copy.mkdir(mode=0o700)
        unseal(path, _only_key(secret), copy)
        _put_back(copy, data)


def _only_key(text: str) -> str:
    """The key in a file that may say more about it, in lines of its own."""
    return next((line for line in text.split() if line.upper().startswith("AGE-SECRET-KEY-")), "")


def _put_back(path: Path, data: Path) -> None:
    here = load(data)
    if here.database.url:
        raise Invalid(
            "the rows of this node are on a PostgreSQL server: put them back with pg_restore, and maillage.toml by hand"
        )
    if (data / "maillage.toml").exists() or here.database_file.exists():
        raise Conflict(f"{data} holds a node already; restore into an empty folder")
    kept = load(path, {})
    copy = path / here.database_file.name
    examine(copy)
    if not kept.node.url or kept.node.url != address_in(copy):
        raise Invalid(
            f"{path} is not the backup of one node: maillage.toml says {kept.node.url!r}, the rows {address_in(copy)!r}"
        )
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    put_back(copy, here.database_file)
    # Last, so that an interrupted restore leaves no node that could be started.
    (data / "maillage.toml").touch(mode=0o600)
    (data / "maillage.toml").write_bytes((path / "maillage.toml").read_bytes())
    click.echo(f"{kept.node.url} is in {data} again. Start it with: maillage serve --data {data}")
