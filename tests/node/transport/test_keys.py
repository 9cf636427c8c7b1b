"""Keys of others: cached, refetched with patience, and believed only when key and owner name one another."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from federation.errors import BadKey, Gone, KeyUnavailable, RemoteError, Unreachable
from federation.messages import Answer, PublicKey
from federation.signatures.keys import pem_of_multibase
from node.storage.keyring import KeptKey
from node.transport.keys import MOST_RENEWED, KeyHolder, Keys
from vocab.things.actor import Actor

E = "https://evil.example"
V = "https://innocent.example/users/v"
ACTOR = f"{E}/users/m"
KEY = f"{ACTOR}#main-key"


def actor(iri: str = ACTOR, key: str = KEY, owner: str | None = ACTOR, pem: str = "PEM") -> dict[str, Any]:
    said = {"id": key, "publicKeyPem": pem} | ({"owner": owner} if owner else {})
    return {"id": iri, "type": "Person", "inbox": f"{iri}/inbox", "publicKey": said}


@dataclass
class Bench:
    documents: dict[str, dict[str, Any]] = field(default_factory=dict)
    problems: dict[str, RemoteError] = field(default_factory=dict)
    rows: dict[str, KeptKey] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    suspended: set[str] = field(default_factory=set)
    now: datetime = datetime(2026, 11, 22, tzinfo=UTC)

    @property
    def keys(self) -> Keys:
        return Keys(fetch=self.fetch, known=self.known, keep=self.keep, now=lambda: self.now)

    async def fetch(self, iri: str) -> Answer:
        self.asked.append(iri)
        if iri in self.problems:
            raise self.problems[iri]
        context = ["https://www.w3.org/ns/activitystreams", "https://w3id.org/security/v1"]
        body = json.dumps({"@context": context, **self.documents[iri]}).encode()
        return Answer(status=200, url=iri, body=body)

    async def known(self, key_id: str) -> KeptKey | None:
        return self.rows.get(key_id)

    async def keep(self, holder: KeyHolder) -> bool:
        is_usable = holder.actor.id not in self.suspended
        self.rows[holder.key.iri] = KeptKey(key=holder.key, fetched_at=self.now, is_usable=is_usable)
        return is_usable


async def test_it_is_fetched_once_a_day() -> None:
    bench = Bench({ACTOR: actor()})
    keys = bench.keys
    for _ in range(3):
        assert (await keys.find(KEY)).pem == "PEM"
    assert bench.asked == [ACTOR]
    bench.now += timedelta(hours=25)
    await keys.find(KEY)
    assert bench.asked == [ACTOR, ACTOR]


async def test_a_key_with_a_document_of_its_own_is_traced_to_its_owner() -> None:
    lone = f"{E}/keys/1"
    bench = Bench({lone: {"id": lone, "type": "CryptographicKey", "owner": ACTOR, "publicKeyPem": "PEM"}, ACTOR: actor(key=lone)})
    assert await bench.keys.find(lone) == PublicKey(iri=lone, owner=ACTOR, pem="PEM")


@pytest.mark.parametrize("kind", ["CryptographicKey", "Key", "VerificationMethod"])
@pytest.mark.parametrize("more", [{}, {"type": "Service"}], ids=str)
async def test_a_key_that_its_owner_names_by_address_alone_is_read_there(kind: str, more: dict[str, str]) -> None:
    """The application actor of activitypub.bot does so; onepage.pub called its keys `Key`."""
    lone = f"{E}/keys/1"
    bench = Bench(
        {
            lone: {"id": lone, "type": kind, "owner": ACTOR, "publicKeyPem": "PEM"},
            ACTOR: {**actor(), "publicKey": lone, **more},
        }
    )
    assert await bench.keys.find(lone) == PublicKey(iri=lone, owner=ACTOR, pem="PEM")


@pytest.mark.parametrize(
    "named",
    [
        {"owner": ACTOR, "publicKeyPem": "PEM"},
        {"id": KEY, "owner": ACTOR, "publicKeyPem": "PEM"},
        {"id": f"{E}/keys/1", "type": "RSAKey", "owner": ACTOR, "publicKeyPem": "PEM"},
        [{"id": f"{V}#k", "owner": V, "publicKeyPem": "OTHER"}, {"id": KEY, "owner": ACTOR, "publicKeyPem": "PEM"}],
    ],
    ids=str,
)
async def test_an_actors_own_address_names_its_first_key(named: object) -> None:
    """SemApps signs by the address of the actor, whatever the key is called."""
    bench = Bench({ACTOR: {**actor(), "publicKey": named}})
    assert await bench.keys.find(ACTOR) == PublicKey(iri=ACTOR, owner=ACTOR, pem="PEM")


@pytest.mark.parametrize(
    "documents",
    [
        {ACTOR: actor(owner=V)},
        {ACTOR: actor(key=f"{ACTOR}#other")},
        {ACTOR: actor(pem="")},
        {ACTOR: actor(iri=V)},
        {ACTOR: {"id": ACTOR, "type": "CryptographicKey", "owner": V, "publicKeyPem": "PEM"}, V: actor(V)},
        {ACTOR: {"id": ACTOR, "type": "CryptographicKey", "owner": f"{E}/users/x", "publicKeyPem": "PEM"},
         f"{E}/users/x": actor(f"{E}/users/x", f"{E}/users/x#k", f"{E}/users/x")},
        {ACTOR: {"id": ACTOR, "type": "CryptographicKey", "owner": f"{E}/n/1", "publicKeyPem": "PEM"},
         f"{E}/n/1": {"id": f"{E}/n/1", "type": "Note"}},
        {ACTOR: {"id": ACTOR, "type": "Note", "content": "x"}},
        {ACTOR: {"id": ACTOR, "type": "CryptographicKey", "owner": f"{E}/users/x", "publicKeyPem": "PEM"},
         f"{E}/users/x": {**actor(f"{E}/users/x"), "publicKey": f"{E}/keys/other"}},
    ],
)  # fmt: skip
async def test_a_one_sided_claim_is_no_key(documents: dict[str, dict[str, Any]]) -> None:
    bench = Bench(documents)
    with pytest.raises(BadKey):
        await bench.keys.find(KEY)
    assert bench.rows == {}
    assert len(bench.asked) <= 2


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


def modern(**more: Any) -> dict[str, Any]:
    """An actor with two RSA keys in a list, and one that proves."""
    keys = [{"id": f"{ACTOR}#{name}", "owner": ACTOR, "publicKeyPem": name} for name in ("first", "second")]
    multikey = {"id": f"{ACTOR}#ed", "type": "Multikey", "controller": ACTOR, "publicKeyMultibase": PROVES}
    return {**actor(), "publicKey": keys, "assertionMethod": multikey, "@context": CONTEXTS, **more}


CONTEXTS = ["https://www.w3.org/ns/activitystreams", "https://w3id.org/security/v1", "https://www.w3.org/ns/cid/v1"]
PROVES = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"


@pytest.mark.parametrize(("name", "pem"), [("first", "first"), ("second", "second"), ("ed", pem_of_multibase(PROVES))])
async def test_each_of_several_keys_is_found(name: str, pem: str) -> None:
    bench = Bench({ACTOR: modern()})
    assert await bench.keys.find(f"{ACTOR}#{name}") == PublicKey(iri=f"{ACTOR}#{name}", owner=ACTOR, pem=pem)


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": f"{ACTOR}#ed", "type": "Multikey", "controller": V, "publicKeyMultibase": PROVES},
        {"id": f"{ACTOR}#ed", "type": "Multikey", "publicKeyMultibase": PROVES},
        {"id": f"{ACTOR}#ed", "type": "Multikey", "controller": ACTOR, "publicKeyMultibase": "z6Mk"},
        {"id": f"{ACTOR}#ed", "type": "Multikey", "controller": ACTOR},
        {"id": f"{V}#ed", "type": "Multikey", "controller": ACTOR, "publicKeyMultibase": PROVES},
        f"{ACTOR}#ed",
    ],
    ids=str,
)
async def test_a_key_for_proofs_that_is_not_wholly_the_actors_is_none(wrong: object) -> None:
    bench = Bench({ACTOR: modern(assertionMethod=wrong)})
    with pytest.raises(BadKey):
        await bench.keys.find(f"{ACTOR}#ed")


async def test_a_key_for_proofs_with_a_document_of_its_own_is_traced_to_its_controller() -> None:
    lone = {"id": f"{E}/keys/ed", "type": "Multikey", "controller": ACTOR, "publicKeyMultibase": PROVES, "@context": CONTEXTS}
    bench = Bench({f"{E}/keys/ed": lone, ACTOR: modern(assertionMethod=lone)})
    assert (await bench.keys.find(f"{E}/keys/ed")).owner == ACTOR


async def test_only_what_is_known_and_may_prove_proves() -> None:
    bench = Bench({ACTOR: modern()})
    key = PublicKey(iri=f"{ACTOR}#ed", owner=ACTOR, pem="PEM")
    assert await bench.keys.proving(key.iri) is None
    for may_prove, is_usable in ((False, True), (True, False), (True, True)):
        bench.rows[key.iri] = KeptKey(key=key, fetched_at=bench.now, is_usable=is_usable, may_prove=may_prove)
        assert (await bench.keys.proving(key.iri) == key) is (may_prove and is_usable)
    assert bench.asked == []
