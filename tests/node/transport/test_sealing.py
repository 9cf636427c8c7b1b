"""Sealing: each gets the letter they asked for, or the reason why there is none; nobody who went away holds up the others."""

from __future__ import annotations

import asyncio
import threading

import pytest

from federation.errors import LocalError
from federation.messages import Outgoing
from node.transport.sealing import Sealer


def letter(number: int) -> Outgoing:
    if number % 5 == 0:
        raise LocalError(f"no key for {number}")
    assert threading.current_thread() is not threading.main_thread()
    return Outgoing(method="POST", url=f"https://b.example/{number}")


async def test_each_gets_their_own_letter_or_the_reason_why_not() -> None:
    sealer = Sealer()
    made = await asyncio.gather(*(sealer.sealed(lambda n=n: letter(n)) for n in range(50)), return_exceptions=True)  # type: ignore[misc]
    for number, got in enumerate(made):
        if number % 5:
            assert isinstance(got, Outgoing)
            assert got.url == f"https://b.example/{number}"
        else:
            assert isinstance(got, LocalError)
            assert str(got) == f"no key for {number}"


async def test_who_went_away_holds_up_nobody() -> None:
    sealer, may = Sealer(), threading.Event()

    def slow() -> Outgoing:
        may.wait(5)
        return letter(1)

    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await asyncio.gather(*(sealer.sealed(slow) for _ in range(8)))
    may.set()
    assert (await sealer.sealed(lambda: letter(2))).url == "https://b.example/2"
