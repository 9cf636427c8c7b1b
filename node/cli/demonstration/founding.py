"""Makes the folders of the demonstration's three nodes, or opens those that are there."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from node.actions.make_node import make_node
from node.cli.demonstration.story import Organisation, Story
from node.cli.demonstration.supervision import free_port, running
from node.cli.running import RunningNode, Session
from node.config import FederationSettings, NodeSettings, ServerSettings, Settings, load, written
from node.contracts import House
from node.storage.unit_of_work import UnitOfWork

#: Whom the nodes meet: one another, and a node of one's own that is tried out beside them.
LOOPBACK = ("127.0.0.0/8",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Where the story is played. `port` is the one wanted, the same for all three; 0 for any."""

    session: Session
    story: Story
    folder: Path
    port: int
    tell: Callable[[str], None]

    @contextlib.asynccontextmanager
    async def nodes(self) -> AsyncIterator[Mapping[str, RunningNode]]:
        """The three nodes by key, opened here and running in processes of their own, for as long as the context lasts."""
        port = self._port()
        folders = {node.key: self.folder / node.key for node in self.story.nodes}
        async with contextlib.AsyncExitStack() as opened:
            nodes: dict[str, RunningNode] = {}
            for organisation in self.story.nodes:
                node = self.session.open_node(self._settings(organisation, port))
                opened.callback(node.close)
                nodes[organisation.key] = node
            await asyncio.gather(*(asyncio.to_thread(_make, node) for node in nodes.values()))
            await opened.enter_async_context(running(folders, self.tell))
            yield nodes

    def _port(self) -> int:
        """The port of the nodes that are in the folder already, for it is part of their addresses; else the one wanted."""
        first = self.folder / self.story.nodes[0].key
        bind = load(first, {}).server.bind if (first / "maillage.toml").exists() else ""
        kept = int(bind.rpartition(":")[2]) if bind else 0
        if kept and self.port not in {0, kept}:
            self.tell(f"Les nœuds de {self.folder} gardent leur port, {kept} : il fait partie de leurs adresses")
        return free_port([node.address for node in self.story.nodes], kept or self.port)

    def _settings(self, organisation: Organisation, port: int) -> Settings:
        folder = self.folder / organisation.key
        folder.mkdir(parents=True, exist_ok=True)
        return Settings(
            data=folder,
            node=NodeSettings(url=f"http://{organisation.address}:{port}", name=organisation.name, summary=organisation.summary),
            server=ServerSettings(bind=f"{organisation.address}:{port}"),
            federation=FederationSettings(mode=organisation.mode, allow_http=True, allow_addresses=LOOPBACK),
        )


def _make(node: RunningNode) -> None:
    """Makes the node of a folder when it is not made yet."""
    node.database.migrate()
    node.database.write_now(partial(_made, house=node.house(), summary=node.settings.node.summary))
    (node.settings.data / "maillage.toml").write_text(written(node.settings), "utf-8")


def _made(uow: UnitOfWork, *, house: House, summary: str) -> None:
    if uow.actors.get(house.organisation) is None:
        make_node(uow, house, summary=summary)
