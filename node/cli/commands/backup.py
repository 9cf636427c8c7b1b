"""maillage backup: a consistent copy of the database and the settings, while the node runs."""

from __future__ import annotations

from pathlib import Path

import click

from node.cli.running import RunningNode, json_option, show_json, with_node
from node.config import written
from node.errors import Conflict, Invalid
from node.storage.backups import copy_living


@click.command(name="backup", help="Copy the database and the settings into the new folder PATH; the node may be running.")
@click.argument("path", type=click.Path(path_type=Path, file_okay=False))
@json_option
@with_node
def COMMAND(node: RunningNode, path: Path, as_json: bool) -> None:
    """Writes the copy, and has it examined."""
    settings = node.settings
    if settings.database.url:
        raise Invalid(
            f"the rows are on a PostgreSQL server: save them with pg_dump, and {settings.data}/maillage.toml beside them"
        )
    if path.exists() and any(path.iterdir()):
        raise Conflict(f"{path} is not empty; a backup goes into a folder of its own")
    path.mkdir(parents=True, exist_ok=True)
    path.chmod(0o700)
    copy = path / settings.database_file.name
    copy_living(settings.database_file, copy)
    kept = settings.data / "maillage.toml"
    # A node may have all its settings from the environment; its backup must say whose it is all the same.
    (path / "maillage.toml").write_bytes(kept.read_bytes() if kept.exists() else written(settings).encode())
    size = sum(file.stat().st_size for file in path.iterdir())
    if as_json:
        show_json({"path": str(path), "bytes": size, "node": settings.node.url})
    else:
        click.echo(f"{path}: {settings.node.url}, {size / 1e6:.1f} MB, examined. It holds the node's keys: keep it to yourself.")
