"""Builds a node from its settings: the one file that knows every room, and where the clock is."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import signal
import time
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from federation.messages import SigningKey
from node.cli.door import place
from node.collect import collect
from node.config import Settings
from node.contracts import Endpoint, Format, Handler, House, Job, Page, Tools
from node.domain.household import Household
from node.domain.letters import Mailbox, Postbox
from node.domain.second_factor import is_asked_of_keepers
from node.errors import Busy
from node.graph.engine import Graph
from node.graph.engine import Limits as QuestionLimits
from node.storage.engine import Database
from node.storage.household import kept_household
from node.storage.keeping import keep_actor
from node.storage.keyring import KeptKey, kept_key
from node.storage.postbox import hide_password
from node.storage.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from aiohttp import web

    from node.transport.documents import Documents
    from node.transport.keys import KeyHolder
    from node.transport.requests import Requests
    from node.worker import Worker

log = logging.getLogger(__name__)

VERSION = "0.1.0"
#: How old what was said in the browser may be, in seconds, when another process changed it.
LOOKED_AT_EVERY = 3.0


class SystemClock:
    """The clock of the machine."""

    def now(self) -> datetime:
        """This moment, in UTC."""
        return datetime.now(UTC)  # noqa: TID251 -- the one place that asks the machine


class Node:
    """A node opened for work. It holds the database until close().

    The rooms are loaded where they are first needed (PLC0415): a command that looks at the database alone answers in half
    the time, without HTTP, templates and cryptography.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.clock = SystemClock()
        self._household: tuple[int, float, Household] | None = None
        self.database = Database(settings.database_url)
        asked = settings.sparql
        limits = QuestionLimits(
            seconds=asked.seconds,
            memory=asked.memory,
            rows=asked.rows,
            question=asked.question_limit,
            waiting=asked.waiting,
        )
        self.graph = Graph(settings.data / "graph", limits) if asked.enabled else None

    @cached_property
    def formats(self) -> Mapping[str, Format]:
        """Exchange formats, by module name."""
        from node import formats  # noqa: PLC0415

        return collect(formats, "FORMAT", Format)

    @cached_property
    def handlers(self) -> Mapping[str, Handler]:
        """What activities mean here, by their type."""
        from node import activities  # noqa: PLC0415

        return {handler.activity: handler for handler in collect(activities, "HANDLER", Handler).values()}

    @cached_property
    def jobs(self) -> Mapping[str, Job]:
        """Kinds of waiting work, by module name."""
        from node import jobs  # noqa: PLC0415

        return collect(jobs, "JOB", Job)

    def house(self) -> House:
        """The node as of now: as its settings say, and as people said in the browser where they did."""
        settings, said = self.settings, self._said()
        return House(
            url=settings.node.url,
            name=said.name or settings.node.name,
            mode=said.mode or settings.federation.mode,
            language=said.language or settings.node.language,
            now=self.clock.now(),
            allow_http=settings.federation.allow_http,
            signed_reads=settings.federation.signed_reads,
            contact=said.contact or settings.node.contact,
            responsible=said.responsible,
            territory=said.territory,
            has_mail=bool(settings.mail.host),
            letterbox=settings.mail_inbound.address or said.letterbox,
        )

    @contextlib.asynccontextmanager
    async def outside(self) -> AsyncIterator[Documents]:
        """The guarded way out."""
        from node.transport.documents import Documents  # noqa: PLC0415

        async with self._requests() as requests:
            yield Documents(requests, key=self._application_key, now=self.clock.now)

    def _requests(self) -> Requests:
        from node.transport.requests import Limits, Requests  # noqa: PLC0415

        federation = self.settings.federation
        limits = Limits(total_seconds=federation.fetch_seconds, document_bytes=federation.document_limit)
        return Requests(
            agent=self._agent, allow_addresses=federation.allow_addresses, allow_http=federation.allow_http, limits=limits
        )

    @property
    def _agent(self) -> str:
        return f"Maillage/{VERSION} (+{self.settings.node.url}/)"

    @contextlib.asynccontextmanager
    async def tools(self) -> AsyncIterator[Tools]:
        """What jobs and endpoints work with."""
        from node.transport.carrying import Carrier  # noqa: PLC0415
        from node.transport.keys import Keys  # noqa: PLC0415

        await self.database.write(lambda uow: hide_password(uow, self.settings.data))
        async with self.outside() as outside:
            keys = Keys(fetch=outside.document, known=self._known_key, keep=self._keep_key, now=self.clock.now)
            yield Tools(
                house=self.house,
                database=self.database,
                outside=outside,
                keys=keys,
                handlers=self.handlers,
                graph=self.graph,
                postbox=self._postbox(),
                mailbox=self._mailbox(),
                data=self.settings.data,
                carrier=Carrier(self._requests(), self._agent),
            )

    def _said(self) -> Household:
        """What people said in the browser: what this process changes is seen at once, what another one does within seconds."""
        stamp, at = self.database.stamp, time.monotonic()
        if self._household is None or self._household[0] != stamp or at - self._household[1] > LOOKED_AT_EVERY:
            known = self._household[2] if self._household else Household()
            with contextlib.suppress(Busy):
                known = self.database.read_now(kept_household)
            self._household = stamp, at, known
        return self._household[2]

    def _postbox(self) -> Postbox | None:
        """The mail server that the settings name."""
        said = self.settings.mail
        if not said.host:
            return None
        return Postbox(
            host=said.host,
            port=said.port,
            security=said.security,
            user=said.user,
            password=said.password,
            sender=said.sender,
        )

    def _mailbox(self) -> Mailbox | None:
        """The box from which letters to us are fetched."""
        said = self.settings.mail_inbound
        if not said.host:
            return None
        return Mailbox(
            host=said.host, port=said.port, security=said.security, user=said.user, password=said.password, folder=said.folder
        )

    async def serve(self, bind: str) -> None:
        """Web and jobs in one process, until SIGTERM or SIGINT."""
        from node.web import endpoints, pages  # noqa: PLC0415
        from node.web.app import build  # noqa: PLC0415
        from node.web.limits import Limits  # noqa: PLC0415
        from node.web.listening import listen  # noqa: PLC0415
        from node.worker import Worker  # noqa: PLC0415

        host, port = place(bind)
        _log_to_stderr()
        is_trial = bool(self.settings.federation.allow_http or self.settings.federation.allow_addresses)
        if is_trial and is_asked_of_keepers(self.settings.node.url):
            log.warning("federation.allow_http or federation.allow_addresses is set: for trials on one machine only")
        async with self.tools() as tools:
            worker = Worker(tools, self.jobs)
            server = self.settings.server
            limits = Limits(
                body=server.body_limit,
                inbox_burst=server.inbox_burst,
                inbox_rate=server.inbox_rate,
                trusted_proxies=server.trusted_proxies,
                questions_a_minute=self.settings.sparql.a_minute,
            )
            shown, answered = collect(pages, "PAGE", Page), collect(endpoints, "ENDPOINT", Endpoint)
            application = build(tools, shown, answered, self.formats, limits=limits, poke=worker.poke)
            runner = await listen(application, host, port, limits=limits)
            log.info("listening", extra={"bind": bind})
            try:
                async with asyncio.TaskGroup() as group:
                    group.create_task(_close_the_door(worker, runner))
                    await _until_asked_to_stop(worker)
            finally:
                await runner.cleanup()

    async def work(self) -> None:
        """Jobs only, until SIGTERM or SIGINT."""
        from node.worker import Worker  # noqa: PLC0415

        _log_to_stderr()
        async with self.tools() as tools:
            await _until_asked_to_stop(Worker(tools, self.jobs))

    def close(self) -> None:
        """Lets go of the database."""
        self.database.close()

    async def _known_key(self, key_id: str) -> KeptKey | None:
        return await self.database.recall(kept_key, key_id)

    async def _keep_key(self, holder: KeyHolder) -> bool:
        at, key_id = self.clock.now(), holder.key.iri
        row = await self.database.write(lambda uow: keep_actor(uow, holder.actor, holder.document, at, proven=key_id))
        return row.state == "active"

    async def _application_key(self) -> SigningKey | None:
        return await self.database.recall(_signing, self.house().application)


def _signing(uow: UnitOfWork, actor: str) -> SigningKey | None:
    return uow.keys.current(actor, "rsa")


def open_node(settings: Settings) -> Node:
    """The node that these settings describe."""
    return Node(settings)


async def _close_the_door(worker: Worker, runner: web.AppRunner) -> None:
    """Takes no new connections once the node is asked to stop; what has begun is finished."""
    await worker.asked_to_stop()
    for site in tuple(runner.sites):
        await site.stop()


async def _until_asked_to_stop(worker: Worker) -> None:
    # What was loaded stays for good: it need not be looked through each time some messages have left rubbish behind.
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, worker.stop)
    await worker.run()


class _WithKeys(logging.Formatter):
    """A line with the keys that were logged beside the message: without them nobody knows what it is about."""

    _USUAL = frozenset((*vars(logging.makeLogRecord({})), "message", "asctime", "taskName"))

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 -- named by the library
        keys = "".join(f" {name}={value!r}" for name, value in vars(record).items() if name not in self._USUAL)
        return super().formatMessage(record) + keys


def _log_to_stderr() -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(_WithKeys("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    logging.getLogger("alembic").setLevel(logging.WARNING)
