"""Reads a request into a Received: the exact bytes, bounded in size and time."""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
from collections.abc import AsyncGenerator, Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from aiohttp import web

from federation.messages import Received
from node.errors import Busy
from node.web.limits import Limits
from node.web.visits import DEADLINE

#: What is longer waits for its turn on disk: so many forms with files are in memory at a time.
SMALL, TURNS = 1_048_576, 2


async def received_in_turn(
    request: web.Request, at: datetime, limits: Limits, turns: asyncio.Semaphore, folder: Path | None
) -> tuple[Received, Callable[[], None]]:
    """The request with its body, and what is called once it was worked on. Raises as `received`, and Busy.

    One with files waits on disk until it is its turn.
    """
    if limits.body < limits.upload or (request.content_length or limits.body) <= SMALL:
        return await received(request, at, limits), lambda: None
    check(request, limits)
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            async with contextlib.aclosing(_arriving(request, limits)) as parts:
                async for part in parts:
                    file.write(part)
            file.seek(0)
            await turns.acquire()
            try:
                return heading(request, at, body=file.read()), turns.release
            except OSError:
                turns.release()
                raise
    except OSError as problem:
        raise Busy(f"What was sent cannot be kept: {problem.strerror}") from problem


async def received(request: web.Request, at: datetime, limits: Limits) -> Received:
    """The request with its whole body.

    Raises the HTTP answers 415 (a Content-Encoding), 413 (larger than `limits.body`) and 408 (slower than `limits.body_seconds`).
    """
    check(request, limits)
    return heading(request, at, body=await _body(request, limits))


def check(request: web.Request, limits: Limits) -> None:
    """Raises 415 or 413 for what its headers say already."""
    if request.headers.get("Content-Encoding", "identity").strip().lower() not in {"", "identity"}:
        raise web.HTTPUnsupportedMediaType(text="A compressed body is not accepted.")
    if request.content_length is not None and request.content_length > limits.body:
        raise _too_large(request, limits)


def roomy(request: web.Request, limits: Limits) -> Limits:
    """The limits of a form with files, which somebody who is signed in may send: longer, and the request may take its time."""
    request[DEADLINE].reschedule(asyncio.get_running_loop().time() + limits.upload_seconds + limits.handler_seconds)
    return replace(limits, body=limits.upload, body_seconds=limits.upload_seconds)


def heading(request: web.Request, at: datetime, body: bytes = b"") -> Received:
    """The request without reading its body; `target` is the path with its query exactly as sent."""
    return Received(
        method=request.method,
        target=request.raw_path,
        headers=tuple(
            [(name.decode("latin-1"), value.decode("utf-8", "surrogateescape")) for name, value in request.raw_headers]
        ),
        body=body,
        at=at,
    )


async def _body(request: web.Request, limits: Limits) -> bytes:
    if request.content.is_eof():
        return _arrived(request, limits)
    return b"".join([part async for part in _arriving(request, limits)])


async def _arriving(request: web.Request, limits: Limits) -> AsyncGenerator[bytes]:
    size = 0
    try:
        async with asyncio.timeout(limits.body_seconds):
            async for part in request.content.iter_any():
                size += len(part)
                if size > limits.body:
                    raise _too_large(request, limits)
                yield part
    except TimeoutError as problem:
        raise _closing(web.HTTPRequestTimeout(text="The body did not arrive in time.")) from problem


def _arrived(request: web.Request, limits: Limits) -> bytes:
    """A body that came with its headers, as most do: nothing is waited for."""
    body: bytes = request.content.read_nowait()
    if len(body) > limits.body:
        raise _too_large(request, limits)
    return body


def _too_large(request: web.Request, limits: Limits) -> web.HTTPException:
    size = request.content_length or limits.body + 1
    refusal = web.HTTPRequestEntityTooLarge(limits.body, size, text=f"A body may have {limits.body} bytes at most.")
    return _closing(refusal)


def _closing(refusal: web.HTTPException) -> web.HTTPException:
    """The same refusal; the rest of the body is not waited for."""
    refusal.force_close()
    return refusal
