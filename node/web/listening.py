"""How the application listens: connections that dawdle are closed, and what is no HTTP gets a short answer that tells nothing."""

from __future__ import annotations

import asyncio
import logging
from typing import Any, cast

from aiohttp import web
from aiohttp.abc import AbstractStreamWriter

from node.web.crowd import Crowd
from node.web.limits import Limits
from node.web.middleware.origin import client

log = logging.getLogger(__name__)

#: Connections that the kernel holds until they are taken.
BACKLOG = 128


class Conversation(web.RequestHandler):
    """One connection. Its own errors are answered and logged without repeating what was sent, or by what it is answered.

    Whoever asks and does not take the answer would have us keep it for as long as they like: the connection is cut.
    """

    __slots__ = ("_crowd", "_limits", "_line", "_look", "_peer")

    def __init__(self, manager: Conversations, **options: Any) -> None:  # noqa: ANN401 -- those of the handler
        super().__init__(manager, **options)
        self._limits, self._crowd = manager.limits, manager.crowd
        self._peer = ""
        self._line: asyncio.Transport | None = None
        self._look: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begins; from here on we are told of each answer that the line does not take at once. One too many ends here."""
        self._line = cast("asyncio.Transport", transport)
        self._line.set_write_buffer_limits(high=0)
        self._peer = str((transport.get_extra_info("peername") or ("",))[0])
        super().connection_made(transport)
        if not self._crowd.come(self._peer):
            self._line.abort()

    def connection_lost(self, exc: BaseException | None) -> None:
        """Ends."""
        self._stop_looking()
        self._crowd.go(self._peer)
        super().connection_lost(exc)

    async def finish_response(
        self, request: web.BaseRequest, resp: web.StreamResponse, start_time: float | None
    ) -> tuple[web.StreamResponse, bool]:
        """Gives an answer, unless as many wait already for whoever asks to take them."""
        # what could not be read as a request came to no application: nothing in it says who asked
        asker = client(request) if isinstance(request, web.Request) and request._match_info else self._peer
        try:
            if self._line is not None and not self._crowd.begin(asker):
                self._line.abort()
            return await super().finish_response(request, resp, start_time)
        finally:
            self._crowd.end(asker)

    def pause_writing(self) -> None:
        """Something is left to be taken."""
        super().pause_writing()
        self._look_later()

    def resume_writing(self) -> None:
        """All of it was taken."""
        self._stop_looking()
        super().resume_writing()

    def _look_later(self) -> None:
        if self._line is not None:
            left = self._line.get_write_buffer_size()
            self._look = asyncio.get_running_loop().call_later(self._limits.taking_seconds, self._must_be_taken, left)

    def _must_be_taken(self, before: int) -> None:
        if self._line is None or before - self._line.get_write_buffer_size() >= self._limits.taken:
            self._look_later()
        else:
            self._line.abort()

    def _stop_looking(self) -> None:
        if self._look is not None:
            self._look.cancel()

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

    limits: Limits
    crowd: Crowd

    def __call__(self) -> web.RequestHandler:
        """The other end of a new connection."""
        return Conversation(self, loop=self._loop, **self._kwargs)


class Runner(web.AppRunner):
    """Runs an application whose connections are Conversations."""

    def __init__(self, application: web.Application, limits: Limits, **options: Any) -> None:  # noqa: ANN401 -- those of the runner
        super().__init__(application, **options)
        self._limits = limits

    async def _make_server(self) -> web.Server:
        plain = await super()._make_server()
        server = Conversations(plain.request_handler, request_factory=plain.request_factory, **plain._kwargs)
        server.limits, server.crowd = self._limits, Crowd(self._limits)
        return server


async def listen(application: web.Application, host: str, port: int, *, limits: Limits | None = None) -> web.AppRunner:
    """Serves `application` at an address until the runner's `cleanup()`; raises OSError when the port is taken.

    A connection that sends nothing, or its headers too slowly, is closed after `limits.keepalive_seconds`; one that takes less
    than `limits.taken` bytes of its answer in `limits.taking_seconds` is cut, and so is one more than `limits.connections`.
    """
    limits = limits or Limits()
    runner = Runner(
        application,
        limits,
        access_log=None,
        auto_decompress=False,  # compressed bodies are refused: nothing is inflated on the way to the refusal
        keepalive_timeout=limits.keepalive_seconds,
        lingering_time=limits.lingering_seconds,
        shutdown_timeout=limits.shutdown_seconds,
    )
    await runner.setup()
    await web.TCPSite(runner, host, port, backlog=BACKLOG).start()
    return runner
