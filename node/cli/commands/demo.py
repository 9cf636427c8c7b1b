"""maillage demo: three nodes on this machine, with a story to walk through."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path

import click
import uvloop

from node.actions.make_node import make_node
from node.cli.demonstration import story as stories
from node.cli.demonstration.arrival import Arrival
from node.cli.demonstration.playing import Player, until
from node.cli.demonstration.story import Organisation, Story
from node.cli.demonstration.supervision import free_port, running
from node.cli.naming import member
from node.cli.running import RunningNode, Session, json_option, show_json
from node.config import FederationSettings, NodeSettings, ServerSettings, Settings, load, written
from node.errors import Invalid
from node.storage.unit_of_work import UnitOfWork

LINKS_LAST = timedelta(days=1)
Tell = Callable[[str], None]


def _settings(organisation: Organisation, story: Story, folder: Path, port: int) -> Settings:
    url = f"http://{organisation.address}:{port}"
    return Settings(
        data=folder,
        node=NodeSettings(url=url, name=organisation.name, summary=organisation.summary),
        server=ServerSettings(bind=f"{organisation.address}:{port}"),
        federation=FederationSettings(allow_http=True, allow_addresses=tuple(f"{other.address}/32" for other in story.nodes)),
    )


def _made(session: Session, settings: Settings) -> RunningNode:
    """The node of a folder, made when it is not there yet."""
    settings.data.mkdir(parents=True, exist_ok=True)
    node = session.open_node(settings)
    node.database.migrate()

    def deed(uow: UnitOfWork) -> None:
        if uow.actors.get(node.house().organisation) is None:
            make_node(uow, node.house(), summary=settings.node.summary)

    node.database.write_now(deed)
    (settings.data / "maillage.toml").write_text(written(settings), "utf-8")
    return node


def _port(story: Story, data: Path, wanted: int) -> int:
    """The port: that of the nodes already in the folder, whose addresses it is part of, else the one wanted."""
    known = load(data / story.nodes[0].key, {}).server.bind if (data / story.nodes[0].key / "maillage.toml").exists() else ""
    return free_port([node.address for node in story.nodes], int(known.rpartition(":")[2]) if known else wanted)


@contextlib.asynccontextmanager
async def _nodes(session: Session, story: Story, data: Path, port: int, tell: Tell) -> AsyncIterator[dict[str, RunningNode]]:
    folders = {node.key: data / node.key for node in story.nodes}
    settings = [_settings(node, story, folders[node.key], port) for node in story.nodes]
    made = await asyncio.gather(*(asyncio.to_thread(_made, session, each) for each in settings))
    nodes = dict(zip(folders, made, strict=True))
    try:
        async with running(folders, tell):
            yield nodes
    finally:
        for node in made:
            node.close()


async def _play(player: Player) -> Arrival:
    await asyncio.to_thread(player.settle)
    await player.meet()
    await player.share()
    await asyncio.to_thread(player.change)
    arrival, told = Arrival(player=player), ""

    async def arrived() -> bool:
        nonlocal told
        told = await asyncio.to_thread(arrival.missing)
        return not told

    try:
        await until(arrived, "not everything has arrived")
    except Invalid as problem:
        raise Invalid(f"{problem}: {told}") from problem
    return arrival


def _door(uow: UnitOfWork, node: RunningNode, email: str) -> str:
    house = node.house()
    return uow.sessions.create_token("sign-in", member(uow, email).iri, house.now + LINKS_LAST)


def _doors(player: Player) -> list[dict[str, str]]:
    """Where to look, and a link that signs somebody of each community in."""
    doors = []
    for community in player.story.communities:
        node, person = player.node_of(community.key), next(iter(community.people))
        email = f"{person}@{community.node}.example"
        token = node.database.write_now(lambda uow, n=node, e=email: _door(uow, n, e))  # type: ignore[misc]
        doors.append(
            {
                "community": community.name,
                "page": player.iri_of(community.key),
                "person": community.people[person],
                "sign_in": f"{node.house().url}/entrer?jeton={token}",
            }
        )
    return doors


def _show(arrival: Arrival, doors: list[dict[str, str]]) -> None:
    for node in arrival.outcome():
        click.echo(f"\n{node['name']}   {node['url']}/")
        for community in node["communities"]:  # type: ignore[attr-defined]
            click.echo(f"  {community['name']}: {community['own']} textes à elle, {community['enlarged']} venus d’ailleurs")
        for touch in node["intersections"]:  # type: ignore[attr-defined]
            click.echo(
                f"  intersection {touch['between']}: {touch['strength']:.2f} ({', '.join(basis['label'] for basis in touch['basis'])})"
            )
    click.echo("\nPages à ouvrir, et liens pour lire comme membre (valables une fois) :")
    for door in doors:
        click.echo(f"  {door['community']}: {door['page']}\n    {door['person']}: {door['sign_in']}")


async def _demonstrate(session: Session, data: Path, port: int, once: bool, as_json: bool) -> None:
    story, loop = stories.read(), asyncio.get_running_loop()
    begin, stop = loop.time(), asyncio.Event()

    def tell(message: str) -> None:
        click.echo(f"{loop.time() - begin:5.1f} s  {message}", err=True)

    async with _nodes(session, story, data, _port(story, data, port), tell) as nodes:
        tell(f"Trois nœuds sont en marche dans {data}")
        arrival = await _play(Player(story=story, nodes=nodes, tell=tell))
        tell("Tout est arrivé partout")
        doors = _doors(arrival.player)
        if as_json:
            show_json({"nodes": arrival.outcome(), "doors": doors})
        else:
            _show(arrival, doors)
        if not once:
            for number in (signal.SIGINT, signal.SIGTERM):
                loop.add_signal_handler(number, stop.set)
            click.echo("\nCtrl-C pour arrêter ; relancer la commande reprend où l’on en était.")
            await stop.wait()


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
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_demonstrate(session, data, port, once, as_json))
