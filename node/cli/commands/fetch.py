"""maillage fetch: what a remote address is, as this node reads it."""

from __future__ import annotations

import asyncio
from typing import Any

import click

from federation.messages import Answer
from node.cli.running import RunningNode, json_option, show_json, with_node
from vocab import jsonld


async def _ask(node: RunningNode, address: str) -> Answer:
    async with node.outside() as outside:
        iri = await outside.lookup(address) if "://" not in address else address
        return await outside.document(iri)


@click.command(name="fetch", help="Fetch an address or @name@host and show how this node reads it.")
@click.argument("url")
@json_option
@with_node
def COMMAND(node: RunningNode, url: str, as_json: bool) -> None:
    """Prints the thing in our own wire form."""
    answer = asyncio.run(_ask(node, url))
    thing = jsonld.read(answer.body)
    written: dict[str, Any] = jsonld.write(thing)
    if as_json:
        show_json({"url": answer.url, "status": answer.status, "type": thing.type, "kind": thing.kind, "document": written})
        return
    click.echo(f"{answer.url}\n{thing.type} {' '.join(thing.kind)}".rstrip())
    for key, value in written.items():
        if key not in {"@context", "id", "type", "kind"}:
            text = str(value)
            click.echo(f"  {key}: {text if len(text) <= 200 else text[:199] + '…'}")
