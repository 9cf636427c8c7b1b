"""What may be fetched, and which answers are believed."""

from __future__ import annotations

import ipaddress
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from federation import fetching
from federation.errors import ForbiddenAddress, Gone, Missing, RemoteError, TooLarge, UnacceptableAnswer, Unreachable
from federation.fetching import ACCEPT, MEDIA_TYPE, Believed, Refetch, acceptable
from federation.messages import Answer

NOTE = "https://evil.example/n/1"


def _answer(said: object = None, *, url: str = NOTE, status: int = 200, kind: str = MEDIA_TYPE, **headers: str) -> Answer:
    said = {"@context": "https://www.w3.org/ns/activitystreams", "id": NOTE, "type": "Note"} if said is None else said
    body = said if isinstance(said, bytes) else json.dumps(said).encode()
    return Answer(status=status, url=url, headers=(("content-type", kind), *headers.items()), body=body)


def _note(iri: Any) -> dict[str, Any]:
    return {"@context": "https://www.w3.org/ns/activitystreams", "id": iri, "type": "Note"}


def may_be_asked(url: str, *, allow_http: bool = False) -> bool:
    try:
        fetching.check_url(url, allow_http=allow_http)
    except ForbiddenAddress:
        return False
    return True


@pytest.mark.parametrize("url", [NOTE, "https://evil.example:8443/", "https://evil.example", "https://8.8.8.8/"])
def test_public_addresses_may_be_asked(url: str) -> None:
    assert may_be_asked(url)


@pytest.mark.parametrize(
    "url",
    [
        "", "http://evil.example/", "ftp://evil.example/", "file:///etc/hostname", "data:text/plain,x", "javascript:x", "gopher://x/",
        "https://m@evil.example/", "https://evil.example:22/", "https://evil.example:99999/", "https://localhost/", "http://[",
        "https://a.localhost/", "https://printer.local/", "https://x.onion/", "https://db.internal/", "https://2130706445/",
        "https://0x7f00000d/", "https://0177.0.0.13/", "https://127.13/", "https://evil.example./", "https://c\\@evil.example/",
        "https://①②⑦.⓪.⓪.①/", f"https://evil.example/{'a' * 2048}", "https://evil.example/ ",
    ],
)  # fmt: skip
def test_e01_a16_other_addresses_may_not(url: str) -> None:
    assert not may_be_asked(url)


def test_trials_on_one_machine() -> None:
    assert may_be_asked("http://127.0.0.11:8001/inbox", allow_http=True)
    assert may_be_asked("http://localhost:8001/inbox", allow_http=True)
    assert not may_be_asked("gopher://127.0.0.11/", allow_http=True)


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.13", "169.254.169.254", "172.31.255.255", "192.0.0.8", "192.0.2.1",  # noqa: S104
        "192.31.196.1", "192.52.193.1", "192.88.99.1", "192.168.1.1", "192.175.48.1", "198.18.0.1", "198.19.255.255",
        "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255", "::", "::1",
        "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1", "fc00::1", "fe80::1",
        "fe80::1%eth0", "fec0::1", "ff02::1", "100::1", "2001::1", "2001:1ff::1", "2001:db8::1", "2002:7f00:1::",
        "2620:4f:8000::1", "3fff::1", "4000::1", "1fff::1", "evil.example", "", "127.1", "010.0.0.1",
    ],
)  # fmt: skip
def test_e01_forbidden_addresses(address: str) -> None:
    assert fetching.is_forbidden(address)


@pytest.mark.parametrize(
    "address",
    ["1.1.1.1", "9.255.255.255", "100.63.0.1", "100.128.0.1", "172.32.0.1", "192.0.1.1", "223.255.255.255", "::ffff:8.8.8.8",
     "2001:200::1", "2600::1", "2a00:1450::1", "2003::1", "3ffe::1"],
)  # fmt: skip
def test_public_addresses(address: str) -> None:
    assert not fetching.is_forbidden(address)
    assert not fetching.is_forbidden(ipaddress.ip_address(address))


def test_allowed_networks_are_let_through() -> None:
    allowed = (ipaddress.ip_network("127.0.0.11/32"), ipaddress.ip_network("fd00::/8"))
    assert not fetching.is_forbidden("127.0.0.11", allowed)
    assert not fetching.is_forbidden("::ffff:127.0.0.11", allowed)
    assert not fetching.is_forbidden("fd00::1", allowed)
    assert fetching.is_forbidden("127.0.0.12", allowed)
    assert fetching.is_forbidden("nowhere", allowed)


@pytest.mark.parametrize(
    "kind",
    [
        MEDIA_TYPE, "application/activity+json; charset=utf-8", "Application/Activity+JSON",
        'application/activity+json;profile="x"',
        'application/ld+json; profile="https://www.w3.org/ns/activitystreams"',
        "application/ld+json;profile=https://www.w3.org/ns/activitystreams",
        'application/ld+json; charset=utf-8; Profile="http://x.example https://www.w3.org/ns/activitystreams"',
    ],
)  # fmt: skip
def test_activitypub_media_types(kind: str) -> None:
    assert fetching.is_activity_type(kind)
    assert isinstance(acceptable(_answer(kind=kind), NOTE), Believed)


@pytest.mark.parametrize(
    "kind",
    [
        "", "image/png", "text/plain", "application/json", "text/html", "application/ld+json", "application/octet-stream",
        'application/ld+json; profile="https://www.w3.org/ns/activitystreamsX"', "application/activity+jsonx",
        'application/ld+json; x="https://www.w3.org/ns/activitystreams"',
    ],
)  # fmt: skip
def test_b05_other_media_types_are_not_read(kind: str) -> None:
    assert not fetching.is_activity_type(kind)
    with pytest.raises(UnacceptableAnswer):
        acceptable(_answer(kind=kind), NOTE)


def test_a_document_is_believed_of_its_own_address() -> None:
    believed = acceptable(_answer(), NOTE)
    assert isinstance(believed, Believed)
    assert (believed.iri, believed.thing.id, believed.document) == (NOTE, NOTE, _answer().body)
    # The key id of an actor has a fragment that its document has not.
    assert isinstance(acceptable(_answer(), f"{NOTE}#main-key"), Believed)


def test_b03_a_claimed_id_is_asked_once_on_the_same_origin() -> None:
    other = _answer(_note("https://evil.example/n/2"))
    assert acceptable(other, NOTE) == Refetch(url="https://evil.example/n/2")
    with pytest.raises(UnacceptableAnswer, match="claims to be"):
        acceptable(other, NOTE, is_second=True)
    with pytest.raises(UnacceptableAnswer, match="claims to be"):
        acceptable(_answer(_note("https://innocent.example/n/1")), NOTE)


def test_b04_an_open_redirect_lends_nothing() -> None:
    landed = _answer(_note("https://innocent.example/n/9"), url="https://evil.example/r/1")
    with pytest.raises(UnacceptableAnswer, match="another server"):
        acceptable(landed, "https://innocent.example/n/9")


def test_a_document_without_id_is_nobody() -> None:
    for said in (b"", b"[]", b"{}", {"type": "Note"}, _note(""), _note("urn:x"), _note("https://evil.example./n/1")):
        with pytest.raises(UnacceptableAnswer):
            acceptable(_answer(said), NOTE)


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (404, Missing), (410, Gone), (429, Unreachable), (408, Unreachable), (425, Unreachable),
        (500, Unreachable), (503, Unreachable),
        (201, UnacceptableAnswer), (302, UnacceptableAnswer), (401, Unreachable), (403, UnacceptableAnswer),
    ],
)  # fmt: skip
def test_statuses(status: int, error: type[RemoteError]) -> None:
    with pytest.raises(error):
        acceptable(_answer(status=status), NOTE)
    assert Unreachable.is_final is False


def test_giants_are_not_read() -> None:
    with pytest.raises(TooLarge):
        acceptable(_answer(b" " * 1_048_577), NOTE)


def test_redirects_are_followed_within_the_origin() -> None:
    assert fetching.redirect(_answer(), NOTE, 0) is None
    moved = _answer(status=301, location="/n/2")
    assert fetching.redirect(moved, NOTE, 2) == "https://evil.example/n/2"
    with pytest.raises(UnacceptableAnswer, match="more than 3"):
        fetching.redirect(moved, NOTE, 3)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize(
    "location", ["https://innocent.example/", "//innocent.example/n/1", "http://127.0.0.13/", "file:///x", "http://["]
)
def test_e03_redirects_elsewhere_are_refused(status: int, location: str) -> None:
    with pytest.raises(RemoteError):
        fetching.redirect(_answer(status=status, location=location), NOTE, 0)


def test_what_is_no_document_may_move_elsewhere_but_not_inside() -> None:
    moved = _answer(status=302, location="https://web.evil.example/.well-known/webfinger")
    assert fetching.redirect(moved, NOTE, 0, may_leave=True) == "https://web.evil.example/.well-known/webfinger"
    with pytest.raises(ForbiddenAddress):
        fetching.redirect(_answer(status=302, location="https://localhost/"), NOTE, 0, may_leave=True)


def test_a_redirect_to_nowhere_stays() -> None:
    assert fetching.redirect(_answer(status=302), NOTE, 0) == NOTE


def test_what_we_ask_for() -> None:
    assert ACCEPT == 'application/activity+json, application/ld+json; profile="https://www.w3.org/ns/activitystreams"'


@given(st.binary(max_size=80), st.text(max_size=40), st.text(max_size=40))
def test_any_answer_is_believed_or_refused(body: bytes, kind: str, iri: str) -> None:
    for answer in (_answer(body), _answer(kind=kind), _answer(_note(iri)), _answer(status=302, location=iri)):
        try:
            verdict = acceptable(answer, NOTE)
            fetching.redirect(answer, NOTE, 0)
        except RemoteError:
            continue
        assert isinstance(verdict, Believed | Refetch)
        if isinstance(verdict, Believed):
            assert verdict.iri == NOTE
