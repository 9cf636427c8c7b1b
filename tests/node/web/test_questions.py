"""Who may ask: counted by address, a network of the newer kind as one."""

from __future__ import annotations

import pytest
from aiohttp import web

from node.web.limits import Limits
from node.web.middleware.questions import Questions


async def test_three_of_one_address_are_here_at_a_time() -> None:
    """As many as Comunica asks at once of one endpoint among several sources; it takes a 429 for the end."""
    questions = Questions(Limits())
    async with questions.place("192.0.2.1"), questions.place("192.0.2.1"):
        async with questions.place("192.0.2.1"):
            with pytest.raises(web.HTTPTooManyRequests) as refused:
                await questions.place("192.0.2.1").__aenter__()
            assert refused.value.headers["Retry-After"] == "10"
            async with questions.place("192.0.2.9"):
                pass
        async with questions.place("192.0.2.1"):
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
    async with questions.place(one):
        pass
    if are_one:
        with pytest.raises(web.HTTPTooManyRequests):
            await questions.place(other).__aenter__()
    else:
        async with questions.place(other):
            pass
