"""maillage media: what people gave as files, and what still hides in those given long ago."""

from __future__ import annotations

import click

from node.actions.clean_media import clean_media
from node.actions.keep_media import prepared
from node.cli.running import RunningNode, json_option, show_rows, with_node


@click.group(name="media", help="Look after the files that people gave.")
def COMMAND() -> None:
    """The files of the node."""


@COMMAND.command(
    name="clean",
    help="Take places, devices and names out of the files that were given before that was done at once; their addresses stay. "
    "Without --write it only says what it would do. Broken off, it is begun again.",
)
@click.option("--write", "is_written", is_flag=True, help="Change the files; copies made before still hold them as they were.")
@json_option
@with_node
def clean(node: RunningNode, is_written: bool, as_json: bool) -> None:
    """Says of each file what it hid, or why it cannot be cleaned."""
    said, rows, count = "cleaned" if is_written else "would be cleaned", list[dict[str, object]](), 0
    for looked in clean_media(node.database, prepared, is_dry=not is_written):
        count += 1
        if looked.hides or looked.problem:
            what = f"cannot be: {looked.problem}" if looked.problem else said
            rows.append({"file": looked.row.path, "name": looked.name, "cleaned": what, "bytes": looked.size or looked.row.size})
    show_rows(rows, as_json, f"{count} files were looked at; nothing hides in them.")
