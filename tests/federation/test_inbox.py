"""Who sent this: the honest are let in, what cannot be read is refused, and nothing but RemoteError is ever raised."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from federation import signatures
from federation.errors import (
    BadKey,
    BadSignature,
    MalformedActivity,
    RemoteError,
    TooLarge,
    Unreachable,
    Unsigned,
    UnsupportedMediaType,
)
from federation.inbox import Claim, authenticate, authenticate_reader, claim, is_farewell
from federation.messages import Outgoing, PublicKey, Received, Verified
from kit.signing import (
    BOB,
    ED,
    NODE,
    NOW,
    Directory,
    M,
    Signer,
    V,
    activity,
    arrived,
    directory,
    pair,
    signed,
    with_header,
)

STANDARDS = pytest.mark.parametrize("standard", ["draft-cavage", "rfc9421"])


async def _in(received: Received, keys: Directory | None = None, recipient: str | None = None) -> Verified:
    return await authenticate(received, keys=keys or directory(), url=NODE, recipient=recipient)


async def _refused(received: Received, keys: Directory | None = None) -> RemoteError:
    with pytest.raises(RemoteError) as caught:
        await _in(received, keys)
    return caught.value


# --- the honest


@STANDARDS
@pytest.mark.parametrize("signer", [M, ED])
async def test_an_honest_message_is_let_in(standard: str, signer: Signer) -> None:
    received = signed(signer, standard=standard)
    verified = await _in(received, recipient=f"{NODE}/communautes/logement")
    assert (verified.actor, verified.key_id) == (signer.iri, signer.key.iri)
    assert verified.activity.type == "Create"
    assert (verified.body, verified.at, verified.standard) == (received.body, NOW, standard)
    assert verified.recipient == f"{NODE}/communautes/logement"


async def test_a_node_on_its_own_port_over_plain_http() -> None:
    url = "http://127.0.0.11:8001"
    for standard in signatures.STANDARDS:
        received = signed(M, url=f"{url}/inbox", standard=standard)
        assert (await authenticate(received, keys=directory(), url=url)).actor == M.iri


async def test_a_type_that_nobody_knows_is_let_in_too() -> None:
    verified = await _in(signed(M, activity(M.iri, "Zigzag", "https://noeud.example/r/1")))
    assert verified.activity.type == "Zigzag"


async def test_an_embedded_actor_counts_by_its_id() -> None:
    body = activity(M.iri, actor={"id": M.iri, "type": "Person"})
    assert (await _in(signed(M, body))).actor == M.iri


async def test_a_new_key_is_asked_for_once() -> None:
    old = PublicKey(iri=M.key.iri, owner=M.iri, pem=pair("old")[1])
    keys = Directory(keys={M.key.iri: old}, newer={M.key.iri: M.public})
    assert (await _in(signed(M), keys)).actor == M.iri
    assert keys.asked_again == [M.key.iri]
    keys = Directory(keys={M.key.iri: old})
    assert isinstance(await _refused(signed(M), keys), BadSignature)
    assert (keys.asked, keys.asked_again) == ([M.key.iri], [M.key.iri])


async def test_a_key_that_cannot_be_asked_for_again_leaves_the_first_verdict() -> None:
    old = PublicKey(iri=M.key.iri, owner=M.iri, pem=pair("old")[1])
    error = await _refused(signed(M), Directory(keys={M.key.iri: old}, problem_again=Unreachable()))
    assert type(error) is BadSignature
    stranger = PublicKey(iri=M.key.iri, owner=V.iri, pem=M.public.pem)
    error = await _refused(signed(M), Directory(keys={M.key.iri: old}, newer={M.key.iri: stranger}))
    assert type(error) is BadKey


# --- the envelope


def _typed(kind: str) -> Callable[[Received], Received]:
    return lambda received: with_header(received, "Content-Type", kind)


@pytest.mark.parametrize(
    ("spoil", "error"),
    [
        (_typed("application/json"), UnsupportedMediaType),
        (_typed("text/html"), UnsupportedMediaType),
        (_typed("application/ld+jsonx"), UnsupportedMediaType),
        (lambda received: with_header(received, "Content-Type"), UnsupportedMediaType),
        (lambda received: with_header(received, "Content-Encoding", "gzip"), UnsupportedMediaType),
        (lambda received: replace(received, method="PUT"), MalformedActivity),
        (lambda received: replace(received, body=b" " * 1_048_577), TooLarge),
    ],
)
async def test_the_envelope(spoil: Callable[[Received], Received], error: type[RemoteError]) -> None:
    assert type(await _refused(spoil(signed(M)))) is error
    profile = 'application/ld+json; charset=utf-8; profile="https://www.w3.org/ns/activitystreams"'
    for kind in (profile, "application/ld+json", "Application/LD+JSON ; charset=utf-8"):
        assert (await _in(_typed(kind)(signed(M)))).actor == M.iri
    assert (await _in(with_header(signed(M), "Content-Encoding", "identity"))).actor == M.iri


# --- readers


@STANDARDS
async def test_a_signed_reader_is_known(standard: str) -> None:
    asked = Outgoing(method="GET", url=f"{NODE}/echanges/1?page=2")
    received = arrived(signatures.sign(standard, asked, M.key, NOW))
    assert await authenticate_reader(received, keys=directory(), url=NODE) == M.iri
    for spoiled in (replace(received, target="/echanges/2"), with_header(received, "Host", "innocent.example")):
        with pytest.raises(RemoteError):
            await authenticate_reader(spoiled, keys=directory(), url=NODE)


async def test_an_unsigned_reader_and_a_writer() -> None:
    plain = Received(method="GET", target="/", headers=(("Host", "noeud.example"),), body=b"", at=NOW)
    with pytest.raises(Unsigned):
        await authenticate_reader(plain, keys=directory(), url=NODE)
    with pytest.raises(BadSignature):
        await authenticate_reader(signed(M), keys=directory(), url=NODE)


# --- what is only claimed


def test_the_claim_of_a_message() -> None:
    body = activity(V.iri, thing={"id": "https://innocent.example/n/1"})
    assert claim(signed(M, body)) == Claim(
        host="innocent.example", actor=V.iri, activity="https://innocent.example/act/1", type="Create",
        object="https://innocent.example/n/1", key_id=M.key.iri,
    )  # fmt: skip
    assert claim(with_header(signed(M, b"{}"), "Signature")) == Claim()
    assert claim(signed(M, b"[]")).host == "evil.example"
    assert claim(replace(signed(M), body=b"{" * 2_000_000)).actor == ""
    deep = b'{"actor":"https://evil.example/m","tag":[' + b",".join([b"[]"] * 60_000) + b"]}"
    assert claim(replace(signed(M), body=deep)).actor == "", "it takes longer to read than to prove who sent it"


@pytest.mark.parametrize("thing", [M.iri, {"id": M.iri, "type": "Tombstone"}])
def test_a_farewell_is_told(thing: object) -> None:
    assert is_farewell(signed(M, activity(M.iri, "Delete", thing)))


@pytest.mark.parametrize(
    "body",
    [
        activity(M.iri, "Delete", BOB.iri), activity(M.iri, "Undo", M.iri), activity(M.iri, "Delete", 7), b"{}",
        b'{"type": "Delete"}', b"x",
    ],
)  # fmt: skip
def test_other_messages_are_no_farewell(body: bytes) -> None:
    assert not is_farewell(signed(M, body))


JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=8), lambda inner: st.lists(inner, max_size=3))


@given(
    st.binary(max_size=60),
    st.dictionaries(st.sampled_from(["id", "type", "actor", "object", "@context", "to"]), JSON, max_size=4),
)
async def test_any_body_is_refused_by_a_remote_error(body: bytes, said: dict[str, object]) -> None:
    whole = json.loads(activity(M.iri)) | said
    for candidate in (body, json.dumps(said).encode(), json.dumps(whole).encode()):
        received = signed(ED, candidate)
        claim(received)
        is_farewell(received)
        with pytest.raises(RemoteError):
            await _in(received)


@given(
    st.lists(
        st.tuples(st.sampled_from(["Host", "Date", "Digest", "Content-Type", "Signature"]), st.text(max_size=20)), max_size=3
    )
)
async def test_any_header_is_refused_or_harmless(spoiled: list[tuple[str, str]]) -> None:
    received = signed(ED)
    for name, value in spoiled:
        received = with_header(received, name, value)
    try:
        assert (await _in(received)).actor == ED.iri
    except RemoteError:
        assert spoiled
