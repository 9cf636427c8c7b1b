"""Whole nodes on loopback, in this process: real sockets, signatures, rows and jobs; only the command line is left out."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TypeVar

from aiohttp import web

from federation.messages import SigningKey
from federation.signatures.keys import generate_keys
from kit.databases import lay_out
from kit.live import free_port
from node import activities, formats, jobs
from node.actions.add_community import add_community
from node.actions.add_member import Newcomer, add_member, admit
from node.actions.make_node import make_node
from node.actions.publish import publish
from node.collect import collect
from node.contracts import Draft, Endpoint, Format, Handler, House, Job, Page, Tools
from node.domain.actors import KeyPair
from node.domain.entries import Audience, Entry
from node.domain.placing import Placement
from node.domain.visibility import PUBLIC_SCOPE
from node.errors import NotFound
from node.storage.engine import Database
from node.storage.keeping import keep_actor
from node.storage.keyring import KeptKey, kept_key
from node.storage.unit_of_work import UnitOfWork
from node.transport.carrying import Carrier
from node.transport.documents import Documents
from node.transport.keys import KeyHolder, Keys
from node.transport.requests import Limits, Requests
from node.web import endpoints, pages
from node.web.app import build
from node.web.limits import Limits as WebLimits
from node.web.listening import listen
from node.worker import Worker
from vocab.things.practice_note import PracticeNote
from vocab.values import Text

T = TypeVar("T")

LOOPBACK = ("127.0.0.0/8",)


@cache
def key_pair(number: int) -> KeyPair:
    """A pair of keys that is made once per run: making them takes long."""
    del number
    private, public = generate_keys()
    return KeyPair(private=private, public=public)


def now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - the clock of the tests


@dataclass
class LiveNode:
    """One node. `start` begins to serve and work, `stop` ends both; its rows stay."""

    name: str
    url: str
    folder: Path
    mode: str = "archipelago"
    clock: Callable[[], datetime] = now
    job_names: tuple[str, ...] = ()
    signed_reads: bool = False
    letterbox: str = ""
    database: Database = field(init=False)
    community: str = ""
    author: str = ""
    _stack: contextlib.AsyncExitStack | None = None
    _worker: Worker | None = None
    _running: asyncio.Task[None] | None = None
    _runner: web.AppRunner | None = None
    tools: Tools = field(init=False)

    def __post_init__(self) -> None:
        self.database = Database(f"sqlite:///{lay_out(self.folder / 'maillage.sqlite')}")
        self.handlers = {each.activity: each for each in collect(activities, "HANDLER", Handler).values()}

    def house(self) -> House:
        return House(
            url=self.url,
            name=self.name,
            mode=self.mode,
            language="fr",
            now=self.clock(),
            allow_http=True,
            signed_reads=self.signed_reads,
            letterbox=self.letterbox,
        )

    def do(self, deed: Callable[[UnitOfWork, House], T]) -> T:
        """A deed in a transaction of its own."""
        return self.database.write_now(lambda uow: deed(uow, self.house()))

    def see(self, look: Callable[[UnitOfWork], T]) -> T:
        return self.database.read_now(look)

    def furnish(self, community: str) -> None:
        """The organisation, one community, and somebody who animates it."""
        self.do(lambda uow, house: make_node(uow, house, keys=(key_pair(1), key_pair(2))))
        row = self.do(lambda uow, house: add_community(uow, house, community, keys=key_pair(3)))
        self.community = row.iri
        newcomer = Newcomer(email="a@exemple.org", name="Mireille Côté")
        person = self.do(lambda uow, house: add_member(uow, house, newcomer, keys=key_pair(4)))
        self.author = person.iri
        self.do(lambda uow, house: admit(uow, house, person.iri, row.iri, role_name="animation"))

    def note(self, name: str, *, topics: tuple[str, ...] = (), audience: Audience = Audience.PUBLIC, replaces: str = "") -> Entry:
        """A practice note in the community."""
        thing = PracticeNote(name=Text.of(name, "fr"), content=Text.of(f"<p>{name}, en quelques mots.</p>", "fr"))
        placed = Placement(author=self.author, community=self.community, audience=audience, replaces=replaces)
        return self.do(lambda uow, house: publish(uow, house, Draft(thing=thing, source=name, topics=topics), placed))

    def held(self, community: str) -> list[str]:
        """The names of the public things that a community holds, sorted."""
        rows = self.see(lambda uow: uow.holdings.of(community, scope=PUBLIC_SCOPE, limit=1000))
        return sorted(row.thing.entry.name for row in rows if row.thing is not None)

    async def start(self) -> None:
        stack = contextlib.AsyncExitStack()
        requests = Requests(agent="Maillage/test", allow_addresses=LOOPBACK, allow_http=True, limits=Limits(total_seconds=5))
        await stack.enter_async_context(requests)
        outside = Documents(requests, key=self._application_key, now=self.clock)
        keys = Keys(fetch=outside.document, known=self._known, keep=self._keep, now=self.clock)
        self.tools = Tools(
            house=self.house, database=self.database, outside=outside, keys=keys, handlers=self.handlers, data=self.folder,
            carrier=Carrier(requests, "Maillage/test"),
        )  # fmt: skip
        all_jobs = collect(jobs, "JOB", Job)
        chosen = {name: job for name, job in all_jobs.items() if not self.job_names or name in self.job_names}
        self._worker = Worker(self.tools, chosen)
        application = build(
            self.tools,
            collect(pages, "PAGE", Page),
            collect(endpoints, "ENDPOINT", Endpoint),
            collect(formats, "FORMAT", Format),
            limits=WebLimits(),
            poke=self._worker.poke,
        )
        host, port = self.url.removeprefix("http://").split(":")
        self._runner = await listen(application, host, int(port))
        self._running = asyncio.get_running_loop().create_task(self._worker.run())
        self._stack = stack

    async def stop(self) -> None:
        if self._worker is None or self._running is None or self._runner is None or self._stack is None:
            return
        self._worker.stop()
        await self._running
        await self._runner.cleanup()
        await self._stack.aclose()
        self._worker = None

    async def until(self, look: Callable[[UnitOfWork], bool], seconds: float = 90) -> None:
        """Waits until something is so; fails with what the node was doing when it does not become so."""
        end = asyncio.get_running_loop().time() + seconds
        while not await self.database.read(look):
            if asyncio.get_running_loop().time() > end:
                raise AssertionError(self.see(_told))
            await asyncio.sleep(0.03)

    async def _known(self, key_id: str) -> KeptKey | None:
        return await self.database.read(lambda uow: kept_key(uow, key_id))

    async def _keep(self, holder: KeyHolder) -> bool:
        at, key_id = self.clock(), holder.key.iri
        row = await self.database.write(lambda uow: keep_actor(uow, holder.actor, holder.document, at, proven=key_id))
        return row.state == "active"

    async def _application_key(self) -> SigningKey | None:
        def look(uow: UnitOfWork) -> SigningKey | None:
            try:
                return uow.keys.signing(self.house().application)
            except NotFound:
                return None

        return await self.database.read(look)


def _told(uow: UnitOfWork) -> str:
    tasks = [(task.kind, task.subject, task.state, task.last_error) for task in uow.tasks.all()]
    inbox = [(row.type, row.state, row.reason) for row in uow.inbox.recent(20)]
    refusals = [(row.status, row.reason) for row in uow.refusals.recent(10)]
    waiting = [(row.inbox, row.attempts, row.last_error) for row in uow.deliveries.waiting()]
    links = [(row.follower, row.target, row.state) for row in uow.followings.all()]
    return f"tasks {tasks}\ninbox {inbox}\nrefusals {refusals}\nwaiting {waiting}\nlinks {links}"


@contextlib.asynccontextmanager
async def live_node(name: str, host: str, folder: Path, *, mode: str = "archipelago") -> AsyncIterator[LiveNode]:
    """A furnished node, serving at `host` until the context ends."""
    folder.mkdir(parents=True, exist_ok=True)
    node = LiveNode(name=f"Organisme {name}", url=f"http://{host}:{free_port(host)}", folder=folder, mode=mode)
    node.furnish(name)
    await node.start()
    try:
        yield node
    finally:
        await node.stop()
        node.database.close()
