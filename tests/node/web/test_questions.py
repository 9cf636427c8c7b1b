"""Whose turn it is: counted by address, a network of the newer kind as one."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack

import pytest
from aiohttp import web

from node.web.limits import Limits
from node.web.middleware.questions import Questions


async def test_all_places_are_taken_by_several(monkeypatch: pytest.MonkeyPatch) -> None:
    questions = Questions(Limits())
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(questions.turn("192.0.2.1"))
        waiting = [asyncio.ensure_future(stack.enter_async_context(questions.turn(f"192.0.2.{n}"))) for n in range(2, 6)]
        await asyncio.sleep(0)
        with pytest.raises(web.HTTPServiceUnavailable) as refused:
            await questions.turn("192.0.2.9").__aenter__()
        assert refused.value.headers["Retry-After"] == "10"
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
    async with questions.turn("192.0.2.9"):
        pass


@pytest.mark.parametrize(
    ("one", "other", "are_one"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("", "", True),
    ],
)
async def test_neighbours_are_counted_together(one: str, other: str, *, are_one: bool) -> None:
    questions = Questions(Limits(questions_a_minute=1))
    async with questions.turn(one):
        pass
    if are_one:
        with pytest.raises(web.HTTPTooManyRequests):
            await questions.turn(other).__aenter__()
    else:
        async with questions.turn(other):
            pass
