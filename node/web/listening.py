"""How the application listens: connections that dawdle are closed, and what is no HTTP gets a short answer that tells nothing."""

from __future__ import annotations

import logging

from aiohttp import web
from aiohttp.abc import AbstractStreamWriter

from node.web.limits import Limits

log = logging.getLogger(__name__)

#: Connections that the kernel holds until they are taken.
BACKLOG = 128


class Conversation(web.RequestHandler):
    """One connection. Its own errors are answered and logged without repeating what was sent, or by what it is answered."""

    __slots__ = ()

    def handle_error(
        self, request: web.BaseRequest, status: int = 500, exc: BaseException | None = None, message: str | None = None
    ) -> web.StreamResponse:
        """The answer to what could not be read as a request, or could not be answered."""
        del message
        log.info("a request that could not be read or answered: %s", type(exc).__name__)
        writer: AbstractStreamWriter = request.writer
        if writer.output_size > 0:
            raise ConnectionError("An answer has begun already.")
        headers = {"Server": "maillage", "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
        answer = web.Response(status=status, text="This is not a request that can be read.\n", headers=headers)
        answer.force_close()
        return answer


class Conversations(web.Server):
    """Makes a Conversation of each connection."""

    def __call__(self) -> web.RequestHandler:
        """The other end of a new connection."""
        return Conversation(self, loop=self._loop, **self._kwargs)


class Runner(web.AppRunner):
    """Runs an application whose connections are Conversations."""

    async def _make_server(self) -> web.Server:
        plain = await super()._make_server()
        return Conversations(plain.request_handler, request_factory=plain.request_factory, **plain._kwargs)


async def listen(application: web.Application, host: str, port: int, *, limits: Limits | None = None) -> web.AppRunner:
    """Serves `application` at an address until the runner's `cleanup()`; raises OSError when the port is taken.

    A connection that sends nothing, or its headers too slowly, is closed after `limits.keepalive_seconds`.
    """
    limits = limits or Limits()
    runner = Runner(
        application,
        access_log=None,
        auto_decompress=False,  # compressed bodies are refused: nothing is inflated on the way to the refusal
        keepalive_timeout=limits.keepalive_seconds,
        lingering_time=limits.lingering_seconds,
        shutdown_timeout=limits.shutdown_seconds,
    )
    await runner.setup()
    await web.TCPSite(runner, host, port, backlog=BACKLOG).start()
    return runner
