"""maillage demo: three nodes on this machine, with a story to walk through."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import click
import uvloop

from node.cli.demonstration import story as stories
from node.cli.demonstration.arrival import Arrival
from node.cli.demonstration.doors import Door, doors
from node.cli.demonstration.founding import Ground
from node.cli.demonstration.playing import Player, until
from node.cli.running import Session, json_option, show_json
from node.errors import Invalid


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the command was asked for."""

    folder: Path
    port: int
    is_once: bool
    is_json: bool


async def _play(player: Player) -> Arrival:
    await player.settle()
    await player.meet()
    await player.share()
    await player.change()
    arrival, told = Arrival(player=player), ""

    async def has_arrived() -> bool:
        nonlocal told
        told = await asyncio.to_thread(arrival.missing)
        return not told

    try:
        await until(has_arrived, "not everything has arrived")
    except Invalid as problem:
        raise Invalid(f"{problem}: {told}") from problem
    return arrival


def _show(arrival: Arrival, ways: Sequence[Door]) -> None:
    click.echo("\nOù regarder :")
    for node in arrival.sights():
        click.echo(f"\n{node.name}\n  {node.url}/")
        for line in node.lines:
            click.echo(f"  · {line}")
    click.echo("\nLire comme membre (chaque lien sert une fois, dans la journée) :")
    for door in ways:
        click.echo(f"\n{door.community}\n  {door.page}\n  entrer comme {door.person} : {door.sign_in}")


async def _demonstrate(session: Session, wish: Wish) -> None:
    loop, this = asyncio.get_running_loop(), asyncio.current_task()
    begin, story = loop.time(), stories.read()
    # Both ways of being asked to stop end the task, so that the nodes are stopped in order whatever is going on.
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, this.cancel if this else loop.stop)

    def tell(message: str) -> None:
        click.echo(f"{loop.time() - begin:5.1f} s  {message}", err=True)

    ground = Ground(session=session, story=story, folder=wish.folder, port=wish.port, tell=tell)
    tell("Création des trois nœuds")
    async with ground.nodes() as nodes:
        tell(f"Trois nœuds démarrent dans {wish.folder}")
        arrival = await _play(Player(story=story, nodes=nodes, tell=tell))
        tell("Tout est arrivé partout")
        ways = list(doors(arrival.player))
        if wish.is_json:
            show_json({"nodes": arrival.outcome(), "doors": [asdict(door) for door in ways]})
        else:
            _show(arrival, ways)
        if not wish.is_once:
            await _stay(tell_json=wish.is_json)
    tell("Les trois nœuds sont arrêtés")


async def _stay(*, tell_json: bool) -> None:
    """Lets the nodes run until the process is asked to stop."""
    click.echo("\nCtrl-C pour arrêter ; relancer la commande reprend où l’on en était.", err=tell_json)
    sys.stdout.flush()
    try:
        await asyncio.Event().wait()
    except asyncio.CancelledError:
        # This is how it is meant to end: what follows is the stopping of the nodes.
        this = asyncio.current_task()
        if this is not None:
            this.uncancel()
        click.echo("\nArrêt des trois nœuds…", err=True)


@click.command(name="demo", help="Three nodes on this machine with a filled story; --once plays it to its end and leaves.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8800, show_default=True, help="The port of the three nodes; 0: any."
)
@click.option("--once", is_flag=True, help="Play the story, print what each node sees, and leave.")
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("demo-data"),
    show_default=True,
    help="Folder of the nodes.",
)
@json_option
@click.pass_obj
def COMMAND(session: Session, port: int, once: bool, data: Path, as_json: bool) -> None:
    """Plays the story."""
    data.mkdir(parents=True, exist_ok=True)
    wish = Wish(folder=data, port=port, is_once=once, is_json=as_json)
    try:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(_demonstrate(session, wish))
    except asyncio.CancelledError:
        raise click.Abort from None
