"""maillage fetch: what an address is, as this node reads it, or as servers of other makes show it."""

from __future__ import annotations

import asyncio

import click

from federation.messages import Answer
from node.cli.looking import MAKES, as_values, is_ours, looked_at, ours, tell
from node.cli.running import RunningNode, json_option, printable, show_json, with_node
from vocab import jsonld
from vocab.check import problems

#: Longer values are cut when people read them.
SHOWN = 200


async def _ask(node: RunningNode, address: str) -> Answer:
    async with node.outside() as outside:
        iri = await outside.lookup(address) if "://" not in address else address
        return await outside.document(iri)


def _answer(node: RunningNode, address: str) -> Answer:
    """What is there: of our own from the rows, for this node may not even run; of others from their server."""
    house = node.house()
    if is_ours(house, address):
        return node.database.read_now(lambda uow: ours(uow, address))
    return asyncio.run(_ask(node, address))


def _reader(document: bytes) -> str:
    """Which of the two readers this document needs."""
    try:
        jsonld.expand_directly(jsonld.parse(document))
    except jsonld.NeedsProcessor:
        return "the JSON-LD processor"
    return "the direct reader"


def _read(answer: Answer) -> dict[str, object]:
    thing = jsonld.read(answer.body)
    return {
        "url": answer.url,
        "status": answer.status,
        "type": thing.type,
        "kind": thing.kind,
        "read_as": type(thing).__name__,
        "read_by": _reader(answer.body),
        "kept_unread": sorted({iri for iri, _ in thing.unknown}),
        "problems": [str(problem) for problem in problems(thing)],
        "document": jsonld.write(thing),
    }


@click.command(name="fetch", help="Fetch an address or @name@host and show how this node reads it, or others show it.")
@click.argument("url")
@click.option("--as", "makes", type=click.Choice(MAKES), multiple=True, help="How servers of that make show it; repeatable.")
@json_option
@with_node
def COMMAND(node: RunningNode, url: str, makes: tuple[str, ...], as_json: bool) -> None:
    """Prints the thing in our own wire form and how it was read; or, for each make, what its reader sees."""
    answer = _answer(node, url)
    if makes:
        _show_elsewhere(answer, makes, as_json)
    else:
        _show(_read(answer), as_json)


def _show_elsewhere(answer: Answer, makes: tuple[str, ...], as_json: bool) -> None:
    looks = {make: looked_at(make, answer) for make in makes}
    if as_json:
        show_json({make: as_values(found) for make, (_, found) in looks.items()})
        return
    for oracle, found in looks.values():
        tell(oracle, found)


def _show(read: dict[str, object], as_json: bool) -> None:
    if as_json:
        show_json(read)
        return
    document = read.pop("document")
    for key, value in read.items():
        if value:
            click.echo(f"{key.replace('_', ' '):12} {printable(value)}")
    click.echo()
    for key, value in document.items() if isinstance(document, dict) else ():
        if key not in {"@context", "id", "type", "kind"}:
            text = printable(value)
            click.echo(f"  {key}: {text if len(text) <= SHOWN else text[: SHOWN - 1] + '…'}")
