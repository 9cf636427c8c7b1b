"""Who sent this: every attack on signatures and origins that security.md lists is turned away."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from federation import signatures
from federation.errors import (
    BadKey,
    BadSignature,
    Blocked,
    CoversTooLittle,
    ForbiddenAddress,
    Gone,
    KeyUnavailable,
    MalformedActivity,
    NotTheSigner,
    RemoteError,
    Unreachable,
    Unsigned,
    WrongHost,
)
from federation.inbox import authenticate
from federation.messages import PublicKey, Received, SigningKey, Verified
from kit.signing import (
    BOB,
    INBOX,
    NODE,
    NOW,
    Directory,
    M,
    V,
    activity,
    arrived,
    directory,
    note,
    post,
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


# --- A: signatures


async def test_a01_unsigned() -> None:
    error = await _refused(with_header(signed(M), "Signature"))
    assert isinstance(error, Unsigned)
    assert error.status_hint == 401


async def test_a02_to_a06_too_little_or_something_else_is_covered() -> None:
    assert (await _refused(with_header(signed(M), "Digest"))).status_hint == 401
    assert (await _refused(replace(signed(M), body=activity(M.iri, "Delete")))).status_hint == 401
    received = signed(M)
    stated = received.values("Signature")[0].replace("(request-target) host date digest", "date")
    assert isinstance(await _refused(with_header(received, "Signature", stated)), CoversTooLittle)


async def test_a07_another_path_whatever_a_header_says() -> None:
    received = replace(signed(M, url=f"{NODE}/some/other/inbox"), target="/communautes/logement/inbox")
    assert (await _refused(with_header(received, "X-Forwarded-Path", "/some/other/inbox"))).status_hint == 401


@STANDARDS
@pytest.mark.parametrize("hosts", [("innocent.example",), (), ("noeud.example", "noeud.example"), ("noeud.example, x",)])
async def test_a08_another_host(standard: str, hosts: tuple[str, ...]) -> None:
    received = signed(M, url="https://innocent.example/communautes/logement/inbox", standard=standard)
    assert isinstance(await _refused(with_header(received, "Host", *hosts)), WrongHost)
    assert isinstance(await _refused(with_header(received, "Host", "noeud.example")), BadSignature)


async def test_f12_an_absolute_target() -> None:
    assert isinstance(await _refused(replace(signed(M), target=INBOX)), WrongHost)


@STANDARDS
@pytest.mark.parametrize("late", [timedelta(hours=26), timedelta(hours=-2)])
async def test_a09_a22_stale_or_from_the_future(standard: str, late: timedelta) -> None:
    assert (await _refused(signed(M, standard=standard, at=NOW - late))).status_hint == 401


@STANDARDS
async def test_a12_a_foreign_key(standard: str) -> None:
    error = await _refused(signed(M, activity(V.iri), standard=standard))
    assert isinstance(error, NotTheSigner)
    assert error.status_hint == 401


@pytest.mark.parametrize("kind", ["Delete", "Update", "Undo"])
async def test_a13_in_a_neighbours_name(kind: str) -> None:
    assert isinstance(await _refused(signed(M, activity(BOB.iri, kind))), NotTheSigner)


async def test_a14_a_key_that_only_claims_its_owner() -> None:
    iri = "https://evil.example/keys/1"
    one_sided = Directory(keys={iri: PublicKey(iri=iri, owner=V.iri, pem=M.public.pem)})
    sent = signatures.sign("draft-cavage", post(activity(V.iri)), SigningKey(iri=iri, pem=M.key.pem), NOW)
    assert isinstance(await _refused(arrived(sent), one_sided), BadKey)


async def test_a15_a_directory_that_was_fed_another_key() -> None:
    iri = "https://evil.example/keys/1"
    poisoned = directory()
    poisoned.keys[iri] = PublicKey(iri=V.key.iri, owner=V.iri, pem=M.public.pem)
    for key_id in (iri, V.key.iri):
        sent = signatures.sign("draft-cavage", post(activity(V.iri)), SigningKey(iri=key_id, pem=M.key.pem), NOW)
        assert (await _refused(arrived(sent), poisoned)).status_hint == 401
    assert (await _in(signed(V), poisoned)).actor == V.iri


@pytest.mark.parametrize(
    "key_id",
    [
        "file:///etc/passwd", "data:x", "ftp://evil.example/k", "javascript:1", "http://[", "https://evil.example:99999/k",
        "https://u@evil.example/k", "https://evil.example./k", "http://2130706445/k", "k", f"https://evil.example/{'k' * 3000}",
    ],
)  # fmt: skip
async def test_a16_key_ids_that_are_no_address_are_not_asked_for(key_id: str) -> None:
    keys = directory()
    received = signed(M)
    stated = received.values("Signature")[0].replace(M.key.iri, key_id)
    error = await _refused(with_header(received, "Signature", stated), keys)
    assert isinstance(error, KeyUnavailable)
    assert (error.status_hint, keys.asked) == (401, [])


@pytest.mark.parametrize("problem", [Unreachable(), Gone(), ForbiddenAddress(), KeyUnavailable(), BadKey()])
async def test_a17_a_key_that_cannot_be_had(problem: RemoteError) -> None:
    error = await _refused(signed(M), Directory(keys={}, problem=problem))
    assert isinstance(error, KeyUnavailable | BadKey)
    assert error.status_hint == 401


async def test_a23_two_labels() -> None:
    received = signed(M, standard="rfc9421")
    stated = f'{received.values("Signature-Input")[0]}, sig2=("@method");created=1;keyid="{V.key.iri}"'
    assert (await _refused(with_header(received, "Signature-Input", stated))).status_hint == 401


async def test_a24_two_signatures() -> None:
    received = signed(M)
    both = (*received.values("Signature"), *signed(V).values("Signature"))
    assert (await _refused(with_header(received, "Signature", *both))).status_hint == 401


async def test_a25_doubled_keys() -> None:
    body = activity(M.iri).replace(b'{"@context"', f'{{"actor": "{V.iri}", "@context"'.encode(), 1)
    assert (await _refused(signed(M, body))).status_hint == 400


async def test_a26_a_suspended_signer() -> None:
    assert (await _refused(signed(M), Directory(keys={}, problem=Blocked()))).status_hint == 403


async def test_c06_a_signature_inside_carries_no_weight() -> None:
    inside = {"type": "RsaSignature2017", "creator": V.key.iri, "signatureValue": "AAAA"}
    assert isinstance(await _refused(signed(M, activity(V.iri, signature=inside))), NotTheSigner)


# --- B: origins


async def test_b23_several_actors_and_odd_types() -> None:
    for actor in ([V.iri, M.iri], [M.iri, V.iri], [M.iri], {"id": V.iri}, 7, None, "", "urn:x", {}, {"type": "Person"}):
        body = activity(M.iri, actor=actor)
        assert (await _refused(signed(M, body))).status_hint in {400, 401}


@pytest.mark.parametrize(
    "iri",
    [
        None, "", 7, "act/1", "urn:x:y", "did:key:z", "http://", "javascript:alert(1)", f"{NODE}/activites/1",
        "https://innocent.example/act/1", "https://evil.example/ a", "https://evil.example/\r\nX",
        f"https://evil.example/{'a' * 9000}",
        "https://evil.example:8443/act/1", "http://evil.example/act/1", "https://evil.example./act/1",
    ],
)  # fmt: skip
async def test_b24_ids_that_are_malformed_or_elsewhere(iri: object) -> None:
    body = activity(M.iri, id=iri)
    assert (await _refused(signed(M, body))).status_hint in {400, 401}


@pytest.mark.parametrize("body", [b"", b"[]", b"7", b"{}", b"\xff", b'{"type": "Create"', b"[" * 100_000])
async def test_what_is_no_activity(body: bytes) -> None:
    assert isinstance(await _refused(signed(M, body)), MalformedActivity)
    assert isinstance(await _refused(signed(M, json.dumps(note(M.iri)).encode())), MalformedActivity)
