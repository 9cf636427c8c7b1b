"""A node in this process that writes to servers whose every answer the test decides, at a time that the test moves on."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from kit.live import free_port
from kit.nodes import LiveNode
from kit.nodes import now as real_now
from kit.servers import LoopbackServer, answer, loopback_server
from kit.signing import Signer
from node.storage.hosts import host_of
from node.storage.shelves.actors import ActorRow
from node.storage.shelves.deliveries import DeliveryRow
from node.storage.shelves.peers import PeerRow
from node.storage.unit_of_work import UnitOfWork
from vocab.namespaces import AS_CONTEXT

JOBS = ("deliver", "refresh_actor", "process_inbox", "prune")


@dataclass
class Clock:
    """A moment that stands still until it is moved."""

    moment: datetime = field(default_factory=real_now)

    def __call__(self) -> datetime:
        return self.moment


@dataclass
class Post:
    """A node with a community; followers elsewhere are planted by `follow`."""

    node: LiveNode
    clock: Clock
    stack: AsyncExitStack

    async def server(self, host: str) -> LoopbackServer:
        """A server whose inbox takes everything, until the test says otherwise."""
        server = await self.stack.enter_async_context(loopback_server(host))
        server.scripts["/inbox"] = answer(b"", status=202)
        return server

    def follow(self, url: str, name: str = "a", *, shared: bool = False) -> str:
        """Somebody at a server follows the community; their IRI."""
        signer = Signer(iri=f"{url}/u/{name}")
        inbox, common = (f"{url}/u/{name}/inbox", f"{url}/inbox") if shared else (f"{url}/inbox", "")

        def deed(uow: UnitOfWork) -> None:
            row = ActorRow(
                iri=signer.iri,
                type="Person",
                document=b"{}",
                name=name,
                host=host_of(url),
                inbox=inbox,
                shared_inbox=common,
                key_id=signer.key.iri,
                key_pem=signer.public.pem,
                fetched_at=self.clock(),
            )
            uow.actors.put(row)
            uow.followings.put(signer.iri, self.node.community, activity=f"{signer.iri}#f", state="accepted", at=self.clock())
            uow.peers.put_software(host_of(url), "lemmy", self.clock())

        self.node.database.write_now(deed)
        return signer.iri

    def document(self, iri: str, inbox: str) -> bytes:
        """What the server of an actor says of it."""
        public = Signer(iri=iri).public
        key = {"id": public.iri, "owner": iri, "publicKeyPem": public.pem}
        said = {"id": iri, "type": "Person", "preferredUsername": "a", "inbox": inbox, "publicKey": key}
        return json.dumps({"@context": AS_CONTEXT, **said}).encode()

    def rows(self) -> list[DeliveryRow]:
        """All deliveries that wait or were given up."""
        return self.node.see(lambda uow: [*uow.deliveries.waiting(), *uow.deliveries.parked()])

    def counts(self) -> dict[str, int]:
        return self.node.see(lambda uow: uow.deliveries.counts())

    def peer(self, url: str) -> PeerRow:
        found = self.node.see(lambda uow: uow.peers.get(host_of(url)))
        assert found is not None
        return found

    async def later(self, **passed: float) -> None:
        """Moves time on and has the node look."""
        self.clock.moment += timedelta(**passed)
        self.poke()
        await asyncio.sleep(0.05)

    async def settled(self, seconds: float = 90) -> None:
        """Waits until nothing that is due now is left to be tried."""
        await self.until(lambda: not self.node.see(self._has_work), seconds)

    async def until(self, what: Callable[[], object], seconds: float = 90) -> None:
        """Waits until something is so."""
        end = asyncio.get_running_loop().time() + seconds
        while not what():
            assert asyncio.get_running_loop().time() < end, (self.counts(), self.rows()[:5])
            self.poke()
            await asyncio.sleep(0.05)

    def poke(self) -> None:
        worker = self.node._worker  # time does not pass by itself here
        assert worker is not None
        worker._ring("")

    def _has_work(self, uow: UnitOfWork) -> bool:
        first: dict[tuple[str, str], DeliveryRow] = {}
        for row in uow.deliveries.waiting():
            first.setdefault((row.object, row.host), row)
        waits = [row for row in first.values() if row.due_at <= self.clock()]
        tasks = [task for task in uow.tasks.all("refresh_actor", "due") if task.due_at <= self.clock()]
        return bool(waits or tasks)


@asynccontextmanager
async def post(folder: Path, *, host: str = "127.0.0.11") -> AsyncIterator[Post]:
    """A node that serves and delivers until the context ends."""
    folder.mkdir(parents=True, exist_ok=True)
    clock = Clock()
    node = LiveNode("Envois", f"http://{host}:{free_port(host)}", folder, mode="open", clock=clock, job_names=JOBS)
    node.furnish("Envois")
    async with AsyncExitStack() as stack:
        await node.start()
        try:
            yield Post(node=node, clock=clock, stack=stack)
        finally:
            await node.stop()
            node.database.close()


def activities(server: LoopbackServer, path: str = "/inbox") -> list[dict[str, Any]]:
    """What came to an inbox, in order."""
    return [json.loads(seen.body) for seen in server.seen if seen.method == "POST" and seen.target == path]
