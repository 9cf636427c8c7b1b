"""Keys of others: cached, and refetched with patience."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from federation.errors import Gone, KeyUnavailable, RemoteError, Unreachable
from federation.messages import Answer, PublicKey
from kit.key_bench import ACTOR, KEY, Bench, E, V, actor
from node.storage.keyring import KeptKey
from node.transport.keys import MOST_RENEWED, KeyHolder, Keys
from vocab.things.actor import Actor


async def test_it_is_fetched_once_a_day() -> None:
    bench = Bench({ACTOR: actor()})
    keys = bench.keys
    for _ in range(3):
        assert (await keys.find(KEY)).pem == "PEM"
    assert bench.asked == [ACTOR]
    bench.now += timedelta(hours=25)
    await keys.find(KEY)
    assert bench.asked == [ACTOR, ACTOR]


async def test_a_new_key_of_somebody_who_is_suspended_is_of_no_use() -> None:
    bench = Bench({ACTOR: actor(key=f"{ACTOR}#new")}, suspended={ACTOR})
    keys = bench.keys
    for _ in range(2):
        with pytest.raises(KeyUnavailable):
            await keys.find(f"{ACTOR}#new")
    assert bench.asked == [ACTOR]


async def test_what_could_not_be_had_is_not_asked_for_again_for_five_minutes() -> None:
    bench = Bench(problems={ACTOR: Gone()})
    keys = bench.keys
    for _ in range(20):
        with pytest.raises(KeyUnavailable):
            await keys.find(KEY)
    assert bench.asked == [ACTOR]
    bench.now += timedelta(minutes=6)
    with pytest.raises(KeyUnavailable):
        await keys.find(KEY)
    assert len(bench.asked) == 2


async def test_a_rotated_key_is_found_and_a_forger_makes_us_ask_once_in_five_minutes() -> None:
    bench = Bench({ACTOR: actor()})
    keys = bench.keys
    await keys.find(KEY)
    bench.now += timedelta(minutes=10)
    assert await keys.find_again(KEY) is None, "unchanged"
    bench.documents[ACTOR] = actor(pem="NEW")
    assert await keys.find_again(KEY) is None, "asked a moment ago"
    bench.now += timedelta(minutes=6)
    found = await keys.find_again(KEY)
    assert found is not None
    assert (found.pem, (await keys.find(KEY)).pem, len(bench.asked)) == ("NEW", "NEW", 3)


async def test_a_key_that_is_replaced_right_after_it_was_first_read_is_found() -> None:
    bench = Bench({ACTOR: actor()})
    keys = bench.keys
    await keys.find(KEY)
    bench.documents[ACTOR] = actor(pem="NEW")
    found = await keys.find_again(KEY)
    assert found is not None
    assert (found.pem, (await keys.find(KEY)).pem) == ("NEW", "NEW")
    bench.documents[ACTOR] = actor(pem="NEWER")
    assert await keys.find_again(KEY) is None, "asked a moment ago"
    assert bench.asked == [ACTOR, ACTOR]


async def test_forging_in_the_name_of_ever_other_keys_ends_the_asking(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("node.transport.keys.REMEMBERED", 3)
    names = [f"{E}/users/{number}" for number in range(5)]
    bench = Bench({name: actor(name, f"{name}#main-key", name) for name in names})
    keys = bench.keys
    for name in names * 2:
        assert await keys.find_again(f"{name}#main-key") is None or bench.asked.count(name) == 1
    assert bench.asked == names[:3]
    bench.documents[V] = actor(V, f"{V}#main-key", V)
    assert await keys.find_again(f"{V}#main-key") is not None, "other servers are heard"
    bench.now += timedelta(minutes=6)
    assert await keys.find_again(f"{names[4]}#main-key") is not None


async def test_a_silent_server_does_not_make_an_old_key_useless() -> None:
    bench = Bench({ACTOR: actor()})
    keys = bench.keys
    await keys.find(KEY)
    bench.now += timedelta(days=3)
    bench.problems[ACTOR] = Unreachable()
    assert (await keys.find(KEY)).pem == "PEM"
    assert (await keys.find(KEY)).pem == "PEM"
    assert await keys.find_again(KEY) is None


async def test_a_silent_server_of_a_stranger_is_told_as_such() -> None:
    with pytest.raises(Unreachable):
        await Bench(problems={ACTOR: Unreachable()}).keys.find(KEY)


async def test_somebody_suspended_or_gone_has_no_key() -> None:
    bench = Bench({ACTOR: actor()})
    row = PublicKey(iri=KEY, owner=ACTOR, pem="PEM")
    bench.rows[KEY] = KeptKey(key=row, fetched_at=bench.now, is_usable=False)
    with pytest.raises(KeyUnavailable):
        await bench.keys.find(KEY)
    assert bench.asked == []


async def test_a_key_of_ours_is_never_asked_for() -> None:
    bench = Bench({ACTOR: actor(pem="ANOTHER")})
    key = PublicKey(iri=KEY, owner=ACTOR, pem="PEM")
    bench.rows[KEY] = KeptKey(key=key, fetched_at=bench.now - timedelta(days=400), is_usable=True, is_ours=True)
    assert await bench.keys.find(KEY) == key
    assert await bench.keys.find_again(KEY) is None
    assert bench.asked == []


async def test_many_first_messages_at_once_ask_once_and_all_pass() -> None:
    bench = Bench({ACTOR: actor()})
    fetch = bench.fetch

    async def slow(iri: str) -> Answer:
        await asyncio.sleep(0.01)
        return await fetch(iri)

    keys = Keys(fetch=slow, known=bench.known, keep=bench.keep, now=lambda: bench.now)
    found = await asyncio.gather(*(keys.find(KEY) for _ in range(20)))
    assert {key.pem for key in found} == {"PEM"}
    assert bench.asked == [ACTOR]


async def test_a_server_that_did_not_answer_is_asked_again_after_half_a_minute_and_ever_later() -> None:
    bench = Bench({ACTOR: actor()}, problems={ACTOR: Unreachable()})
    keys = bench.keys
    for waited, asked in ((0, 1), (10, 1), (21, 2), (31, 2), (30, 3)):
        bench.now += timedelta(seconds=waited)
        with pytest.raises(RemoteError):
            await keys.find(KEY)
        assert len(bench.asked) == asked, waited
    bench.problems.clear()
    bench.now += timedelta(seconds=91)
    assert (await keys.find(KEY)).pem == "PEM"


async def test_a_thousand_keys_of_a_silent_server_cost_one_question() -> None:
    bench = Bench(problems={f"{E}/users/{number}": Unreachable() for number in range(1000)} | {V: Gone()})
    keys = bench.keys
    for number in range(1000):
        with pytest.raises(RemoteError):
            await keys.find(f"{E}/users/{number}#main-key")
    assert len(bench.asked) == 1
    with pytest.raises(RemoteError):
        await keys.find("https://innocent.example/users/v#main-key")
    assert len(bench.asked) == 2, "another server is asked at once"


@pytest.mark.parametrize("days", [0, 2])
async def test_few_known_keys_are_asked_for_anew_at_a_time(days: int) -> None:
    """Those that are known share their places: slow servers must not take all of them."""
    names = [f"{E}:{4000 + number % 20}/users/{number}" for number in range(200)]
    bench, waiting = Bench({name: actor(name, f"{name}#k", name) for name in names}), asyncio.Event()
    for name in names:
        await bench.keep(KeyHolder(actor=Actor(id=name), document=b"", key=PublicKey(iri=f"{name}#k", owner=name, pem="PEM")))
    bench.now += timedelta(days=days)

    async def slow(iri: str) -> Answer:
        await waiting.wait()
        return await bench.fetch(iri)

    keys = Keys(fetch=slow, known=bench.known, keep=bench.keep, now=lambda: bench.now)
    ask = keys.find if days else keys.find_again
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(ask(f"{name}#k")) for name in names for _ in range(3)]
        for _ in range(10):
            await asyncio.sleep(0)
        assert sum(not task.done() for task in tasks) == MOST_RENEWED
        waiting.set()
    await ask(f"{names[-1]}#k")
    assert len(bench.asked) == len(set(bench.asked)) == MOST_RENEWED + 1, "there is room again"
