"""Messages come in: proven, allowed, kept once, answered after that; everything else is refused, noted, and changes nothing."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import pytest_asyncio

from federation.errors import KeyUnavailable
from kit.rows import failed
from kit.signing import BOB, M, Signer, V, activity, pair
from kit.web_node import AP, Got, WebNode, web_node
from node.domain.errands import REFRESH_ACTOR
from node.errors import Busy
from node.storage.shelves.actors import ActorRow
from node.storage.shelves.inbox import InboxRow
from node.storage.shelves.refusals import RefusalRow

GROUP = "/communautes/logement/inbox"
FOLLOW = activity(M.iri, "Follow", "https://noeud.example/x")


@pytest_asyncio.fixture
async def node() -> AsyncIterator[WebNode]:
    async with web_node(signers=(M, BOB, V)) as made:
        yield made


def kept(node: WebNode) -> list[InboxRow]:
    return node.database.read_now(lambda uow: uow.inbox.recent(100))


def refused(node: WebNode) -> list[RefusalRow]:
    return node.database.read_now(lambda uow: uow.refusals.recent())


def refusal(node: WebNode, got: Got, status: int) -> RefusalRow:
    """The note of the one refusal, after checking that nothing else happened."""
    assert got.status == status
    assert got.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert got.text.count("\n") == 1
    assert kept(node) == []
    (row,) = refused(node)
    assert row.status == status
    assert row.reason
    return row


async def test_a_proven_message_is_kept_byte_for_byte(node: WebNode) -> None:
    body = activity(M.iri)
    got = await node.deliver(M, body, GROUP)
    assert (got.status, got.body) == (202, b"")
    (row,) = kept(node)
    assert (row.body, row.actor, row.state, row.type) == (body, M.iri, "due", "Create")
    assert row.recipient == f"{node.url}/communautes/logement"
    assert row.received_at == node.now
    assert refused(node) == []
    assert node.pokes == 1


async def test_the_shared_inbox_names_no_recipient(node: WebNode) -> None:
    assert (await node.deliver(M, activity(M.iri))).status == 202
    assert [row.recipient for row in kept(node)] == [None]


async def test_a_copy_is_no_news(node: WebNode) -> None:
    body = activity(M.iri)
    answers = await asyncio.gather(*(node.deliver(M, body, path) for path in ("/inbox", GROUP) for _ in range(5)))
    assert {got.status for got in answers} == {202}
    assert len(kept(node)) == 1


async def test_a_verified_message_is_a_sign_of_life(node: WebNode) -> None:
    node.database.write_now(lambda uow: failed(uow, "evil.example", node.now - timedelta(hours=1), "no answer"))
    await node.deliver(M, activity(M.iri))
    peer = node.database.read_now(lambda uow: uow.peers.get("evil.example"))
    assert peer is not None
    assert (peer.failures, peer.last_in_at) == (0, node.now)


async def test_unsigned_is_401(node: WebNode) -> None:
    got = await node.ask("POST", GROUP, headers={"Content-Type": AP}, body=activity(M.iri))
    assert got.headers["WWW-Authenticate"] == 'Signature headers="(request-target) host date digest"'
    assert got.headers["Accept-Signature"] == 'sig1=("@method" "@target-uri" "@authority" "content-digest");created'
    row = refusal(node, got, 401)
    assert (row.host, row.actor, row.activity) == ("evil.example", M.iri, "https://evil.example/act/1")
    assert row.excerpt.startswith(b"{")


async def test_a_changed_body_is_401(node: WebNode) -> None:
    headers = {"Content-Type": AP, **node.signature("POST", GROUP, M, activity(M.iri))}
    got = await node.ask("POST", GROUP, headers=headers, body=activity(M.iri, content="y"))
    assert refusal(node, got, 401).reason == "Digest does not fit the body"


async def test_a_signature_for_another_inbox_is_401(node: WebNode) -> None:
    body = activity(M.iri)
    headers = {"Content-Type": AP, **node.signature("POST", "/inbox", M, body)}
    got = await node.ask("POST", GROUP, headers=headers, body=body)
    assert refusal(node, got, 401).reason == "The signature does not fit the request"


async def test_a_neighbours_name_is_401(node: WebNode) -> None:
    row = refusal(node, await node.deliver(M, activity(BOB.iri)), 401)
    assert row.reason == f"The activity is by {BOB.iri}, the signature by {M.iri}"


async def test_an_old_signature_is_401(node: WebNode) -> None:
    body = activity(M.iri)
    headers = {"Content-Type": AP, **node.signature("POST", "/inbox", M, body)}
    node.now += timedelta(hours=3)
    got = await node.ask("POST", "/inbox", headers=headers, body=body)
    assert refusal(node, got, 401).reason.endswith("more than an hour ago")


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        *((body, "This is not a JSON object in UTF-8.") for body in (b"", b"[]", b"{", b"\xff\xfe")),
        (b'{"type":"Note","id":"https://evil.example/n"}', "A Note is no activity"),
        (b"[" * 100_000, "This document exceeds a limit on size, depth, members or digits."),
    ],
)
async def test_what_is_no_activity_is_400(node: WebNode, body: bytes, reason: str) -> None:
    assert refusal(node, await node.deliver(M, body), 400).reason == reason


async def test_an_unknown_type_is_kept(node: WebNode) -> None:
    assert (await node.deliver(M, activity(M.iri, "Zwyz"))).status == 202
    assert [row.type for row in kept(node)] == ["Zwyz"]


async def test_other_media_types_are_415(node: WebNode) -> None:
    body = activity(M.iri)
    headers = {**node.signature("POST", "/inbox", M, body), "Content-Type": "text/plain"}
    got = await node.ask("POST", "/inbox", headers=headers, body=body)
    assert refusal(node, got, 415).reason == "The body is not of an ActivityPub media type."


async def test_a_compressed_body_is_415_unread(node: WebNode) -> None:
    body = gzip.compress(b" " * 50_000_000)
    got = await node.ask("POST", "/inbox", headers={"Content-Type": AP, "Content-Encoding": "gzip"}, body=body)
    row = refusal(node, got, 415)
    assert row.excerpt == b""


async def test_a_stranger_here_has_no_inbox(node: WebNode) -> None:
    for path in ("/personnes/rien/inbox", "/communautes/rien/inbox"):
        got = await node.deliver(M, activity(M.iri), path)
        assert got.status == 404
    assert kept(node) == []
    assert len(refused(node)) == 2
    assert node.keys.asked == []


@pytest.mark.parametrize("blocked", ["evil.example", "EVIL.example.", "example"])
async def test_a_blocked_server_is_403_and_nothing_is_fetched_for_it(node: WebNode, blocked: str) -> None:
    node.database.write_now(lambda uow: uow.peers.put_state(blocked, "blocked", node.now))
    row = refusal(node, await node.deliver(M, activity(M.iri)), 403)
    assert row.reason == "This server does not accept messages from there."
    assert node.keys.asked == []


@pytest.mark.parametrize("state", ["suspended", "gone"])
async def test_a_suspended_or_gone_actor_is_403(node: WebNode, state: str) -> None:
    row = ActorRow(iri=M.iri, type="Person", document=b"{}", host="evil.example", state=state)
    node.database.write_now(lambda uow: uow.actors.put(row))
    assert refusal(node, await node.deliver(M, activity(M.iri)), 403).reason == "This actor may not write here."


@pytest.mark.parametrize("mode", ["archipelago", "friends"])
async def test_who_is_not_approved_may_knock_and_no_more(mode: str) -> None:
    async with web_node(signers=(M,), mode=mode) as node:
        assert (await node.deliver(M, FOLLOW, GROUP)).status == 202
        got = await node.deliver(M, activity(M.iri, id="https://evil.example/act/2"), GROUP)
        assert got.status == 403
        assert len(kept(node)) == 1
        node.database.write_now(lambda uow: uow.peers.put_state("evil.example", "approved", node.now))
        assert (await node.deliver(M, activity(M.iri, id="https://evil.example/act/2"), GROUP)).status == 202


async def test_whom_we_follow_may_write_here() -> None:
    async with web_node(signers=(M,), mode="archipelago") as node:
        group = f"{node.url}/communautes/logement"
        follow = f"{node.url}/activites/1"
        node.database.write_now(lambda uow: uow.followings.put(group, V.iri, activity=follow, state="accepted", at=node.now))
        assert (await node.deliver(M, activity(M.iri))).status == 403
        node.database.write_now(
            lambda uow: uow.followings.put(group, BOB.iri, activity=f"{follow}2", state="requested", at=node.now)
        )
        assert (await node.deliver(M, activity(M.iri))).status == 202  # bob is on the same server


async def test_a_farewell_of_somebody_unknown_costs_nothing(node: WebNode) -> None:
    gone = Signer(iri="https://gone.example/users/x")
    for number in range(20):
        body = activity(gone.iri, "Delete", gone.iri, id=f"https://gone.example/act/{number}")
        assert (await node.deliver(gone, body)).status == 202
    assert kept(node) == []
    assert refused(node) == []
    assert node.keys.asked == []


async def test_a_farewell_of_somebody_known_must_be_proven(node: WebNode) -> None:
    row = ActorRow(iri=M.iri, type="Person", document=b"{}", host="evil.example")
    node.database.write_now(lambda uow: uow.actors.put(row))
    farewell = activity(M.iri, "Delete", M.iri)
    forged = await node.deliver(BOB, farewell)
    assert forged.status == 401
    assert kept(node) == []
    assert (await node.deliver(M, farewell)).status == 202
    assert [row.type for row in kept(node)] == ["Delete"]


async def test_a_farewell_whose_key_is_gone_is_dropped(node: WebNode) -> None:
    row = ActorRow(iri=M.iri, type="Person", document=b"{}", host="evil.example")
    node.database.write_now(lambda uow: uow.actors.put(row))
    node.keys.problem = KeyUnavailable()
    assert (await node.deliver(M, activity(M.iri, "Delete", M.iri))).status == 202
    assert (kept(node), refused(node)) == ([], [])
    told = await node.deliver(M, activity(M.iri, "Delete", f"{M.iri}/other"))
    assert (told.status, told.headers["Retry-After"]) == (401, "60"), "it may be had in a while"


@pytest.mark.parametrize(
    ("by", "fetched", "is_asked"),
    [
        (M, timedelta(days=2), True),
        (M, timedelta(minutes=4), False),
        (BOB, timedelta(days=2), True),
        (V, timedelta(days=2), False),
    ],
)
async def test_whoever_says_farewell_with_a_key_that_is_gone_is_looked_up(
    node: WebNode, by: Signer, fetched: timedelta, *, is_asked: bool
) -> None:
    """Its own server tells whether it is gone; another server's key has nobody asked."""
    row = ActorRow(iri=M.iri, type="Person", document=b"{}", host="evil.example", fetched_at=node.now - fetched)
    node.database.write_now(lambda uow: uow.actors.put(row))
    node.keys.problem = KeyUnavailable()
    assert (await node.deliver(by, activity(M.iri, "Delete", M.iri))).status == 202
    asked = node.database.read_now(lambda uow: [task.subject for task in uow.tasks.all(REFRESH_ACTOR)])
    assert asked == ([M.iri] if is_asked else [])


async def test_202_only_after_the_commit(node: WebNode, monkeypatch: pytest.MonkeyPatch) -> None:
    async def full(*_: object) -> None:
        raise Busy("The disk is full.")

    monkeypatch.setattr(node.database, "write_together", full)
    got = await node.deliver(M, activity(M.iri))
    assert got.status == 503
    assert int(got.headers["Retry-After"]) > 0
    assert node.pokes == 0


async def test_odd_words_are_noted_without_harm(node: WebNode) -> None:
    body = activity("https://evil.example/\u0000\ud800", id="https://evil.example/" + "x" * 9000)
    headers = {"Content-Type": AP, "Signature": 'keyId="https://evil.example/\udcff",signature="x"'}
    got = await node.ask(
        "POST",
        "/inbox",
        headers={k: v.encode("utf-8", "surrogateescape").decode("latin-1") for k, v in headers.items()},
        body=body,
    )
    assert 400 <= got.status < 500
    (row,) = refused(node)
    assert len(row.activity) <= 500


async def test_ed25519_and_rfc9421_are_taken(node: WebNode) -> None:
    modern = Signer(iri="https://modern.example/users/ed", kind="ed25519")
    assert pair(modern.iri, "ed25519")
    node.keys.keys[modern.key.iri] = modern.public
    assert (await node.deliver(modern, activity(modern.iri), standard="rfc9421")).status == 202


async def test_a_body_that_cannot_be_inflated_is_not_inflated(node: WebNode, caplog: pytest.LogCaptureFixture) -> None:
    for coding in ("deflate", "br", "gzip, gzip"):
        got = await node.ask(
            "POST", "/inbox", headers={"Content-Type": AP, "Content-Encoding": coding}, body=b"\x1f\x8b none" * 99
        )
        assert got.status == 415
    assert "Unhandled" not in caplog.text
