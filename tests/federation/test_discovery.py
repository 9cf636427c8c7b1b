"""WebFinger, both ways, and host-meta."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from federation import discovery
from federation.discovery import Found
from federation.errors import LocalError, MalformedHandle, NotOurs, RemoteError, TooLarge, UnacceptableAnswer
from federation.handles import Handle

NODE = "https://noeud.example"
ACTOR = f"{NODE}/communautes/logement"
ASKED = Handle("ceo", "evil.example")
SELF = {"rel": "self", "type": "application/activity+json", "href": "https://evil.example/users/m"}


def _jrd(*links: object, **said: Any) -> bytes:
    return json.dumps({"links": list(links), **said}).encode()


@pytest.mark.parametrize(
    ("resource", "asked"),
    [
        ("acct:logement@noeud.example", Handle("logement", "noeud.example")),
        ("acct:Logement@NOEUD.example:443", Handle("Logement", "noeud.example")),
        ("logement@noeud.example", Handle("logement", "noeud.example")),
        ("https://NOEUD.example/communautes/logement", ACTOR),
        ("HTTPS://noeud.example:443/communautes/logement", ACTOR),
        (NODE, NODE),
    ],
)
def test_what_is_asked_of_us(resource: str, asked: Handle | str) -> None:
    assert discovery.parse_resource(resource, NODE) == asked


def test_a_node_on_its_own_port() -> None:
    url = "http://127.0.0.11:8001"
    assert discovery.parse_resource("acct:noeud@127.0.0.11:8001", url) == Handle("noeud", "127.0.0.11:8001")
    with pytest.raises(NotOurs):
        discovery.parse_resource("acct:noeud@127.0.0.11", url)
    with pytest.raises(LocalError):
        discovery.parse_resource("acct:noeud@127.0.0.11", "nowhere")


@pytest.mark.parametrize("resource", ["acct:m@evil.example", "https://evil.example/users/m", "http://noeud.example/x"])
def test_others_are_not_ours_to_tell(resource: str) -> None:
    with pytest.raises(NotOurs) as caught:
        discovery.parse_resource(resource, NODE)
    assert caught.value.status_hint == 404


@pytest.mark.parametrize(
    "resource", ["", "logement", "https://", "https://m@noeud.example/", "urn:x", "acct:\u202e@noeud.example"]
)
def test_what_cannot_be_read_is_said(resource: str) -> None:
    with pytest.raises(MalformedHandle):
        discovery.parse_resource(resource, NODE)


def test_our_answer_reads_back() -> None:
    account = Handle("logement", "noeud.example")
    written = discovery.jrd(account, ACTOR, page=f"{ACTOR}/page", subscribe=f"{NODE}/suivre?uri={{uri}}")
    said = json.loads(written)
    assert said["subject"] == "acct:logement@noeud.example"
    assert said["aliases"] == [ACTOR, f"{ACTOR}/page"]
    assert said["links"] == [
        {"rel": "self", "type": "application/activity+json", "href": ACTOR},
        {"rel": "http://webfinger.net/rel/profile-page", "type": "text/html", "href": f"{ACTOR}/page"},
        {"rel": "http://ostatus.org/schema/1.0/subscribe", "template": f"{NODE}/suivre?uri={{uri}}"},
    ]
    assert discovery.read_webfinger(written, account) == Found(actor=ACTOR, handle=account)
    assert len(json.loads(discovery.jrd(account, ACTOR))["links"]) == 1
    assert json.loads(discovery.jrd(account, ACTOR, page=ACTOR))["aliases"] == [ACTOR]


def test_where_to_ask() -> None:
    assert discovery.webfinger_url(Handle("a", "noeud.example")) == (
        "https://noeud.example/.well-known/webfinger?resource=acct%3Aa%40noeud.example"
    )
    assert discovery.webfinger_url(Handle("a", "127.0.0.11:8001"), "http").startswith("http://127.0.0.11:8001/.well-known/")


def test_an_actor_of_another_origin_may_be_named_but_proves_nothing() -> None:
    elsewhere = SELF | {"href": "https://social.evil.example/users/m", "type": "Application/Activity+JSON; charset=utf-8"}
    assert discovery.parse_webfinger(_jrd(elsewhere), "evil.example") == "https://social.evil.example/users/m"


def test_b16_the_name_is_always_at_the_host_that_was_asked() -> None:
    found = discovery.read_webfinger(_jrd(SELF, subject="acct:ceo@innocent.example"), ASKED)
    assert str(found.handle) == "@ceo@evil.example"
    assert found.claimed == Handle("ceo", "innocent.example")


@pytest.mark.parametrize(
    ("subject", "shown"),
    [
        ("acct:Boss@EVIL.example", Handle("Boss", "evil.example")),
        (None, ASKED),
        (7, ASKED),
        ("https://evil.example/users/m", ASKED),
        ("acct:\u202e@evil.example", ASKED),
    ],
)
def test_the_host_may_correct_the_name(subject: object, shown: Handle) -> None:
    assert discovery.read_webfinger(_jrd(SELF, subject=subject), ASKED) == Found(actor=SELF["href"], handle=shown)


@pytest.mark.parametrize(
    "document",
    [
        b"", b"[]", b"{}", b'{"links": 1}', b'{"links": [1]}', _jrd(SELF | {"type": "text/html"}), _jrd(SELF | {"type": None}),
        _jrd(SELF | {"href": "data:x"}), _jrd(SELF | {"href": 1}), _jrd(SELF | {"rel": "me"}), _jrd(SELF | {"href": "/users/m"}),
        _jrd(SELF, SELF | {"href": "https://evil.example/users/bob"}), _jrd(SELF | {"type": "application/ld+json"}),
    ],
)  # fmt: skip
def test_answers_that_name_no_actor_or_two_are_refused(document: bytes) -> None:
    with pytest.raises(UnacceptableAnswer):
        discovery.parse_webfinger(document, "evil.example")


def test_both_types_of_one_actor_are_one() -> None:
    profile = 'application/ld+json; profile="https://www.w3.org/ns/activitystreams"'
    assert discovery.parse_webfinger(_jrd(SELF, SELF | {"type": profile}), "evil.example") == SELF["href"]


def test_giants_are_refused() -> None:
    with pytest.raises(TooLarge):
        discovery.parse_webfinger(b" " * 70_000, "evil.example")
    assert discovery.parse_webfinger(_jrd(SELF, *[{}] * 200), "evil.example") == SELF["href"]
    with pytest.raises(UnacceptableAnswer):
        discovery.parse_webfinger(_jrd(*[{}] * 200, SELF), "evil.example")


def test_host_meta_points_to_webfinger() -> None:
    xrd = ET.fromstring(discovery.host_meta("https://noeud.example"))  # noqa: S314 -- our own
    (link,) = xrd
    assert link.attrib["template"] == "https://noeud.example/.well-known/webfinger?resource={uri}"


@given(st.binary(max_size=80), st.text(max_size=40), st.text(max_size=40))
def test_anything_is_read_or_refused(document: bytes, href: str, subject: str) -> None:
    for candidate in (document, _jrd(SELF | {"href": href}, subject=subject), _jrd(SELF, subject=subject)):
        try:
            assert discovery.read_webfinger(candidate, ASKED).handle.host == ASKED.host
        except RemoteError:
            continue
    with pytest.raises(RemoteError):
        discovery.parse_resource(f"{subject}@evil.example", NODE)
