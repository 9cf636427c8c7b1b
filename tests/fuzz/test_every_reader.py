"""Every reader of what strangers send raises its declared errors and nothing else, whatever it is given.

The tests share `--fuzz-seconds` (30 unless said; `make fuzz` takes ten minutes).
"""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from federation import collections, comparing, delivery, discovery, fetching, nodeinfo, proofs, signatures
from federation.errors import FederationError, RemoteError
from federation.handles import handle
from federation.inbox import authenticate, authenticate_reader, claim, is_farewell
from federation.messages import Answer, Received
from kit.guests import HERE, START, V
from kit.mutations import documents, objects
from kit.signing import NODE, NOW, M, activity, directory, signed, with_header
from node.domain import post
from node.transport.collections import leaf_at
from vocab import jsonld
from vocab.errors import VocabError

TEXT = st.text(max_size=200)
HEADER = st.one_of(TEXT, st.text(alphabet='abckeyIdsig1=",;:()?0123456789 "\\@-+/', max_size=200))
NOT_MANY = 150


def around(sound: str) -> st.SearchStrategy[str]:
    """Any text, or a sound one with something put into it."""
    places = st.integers(0, len(sound))
    return st.one_of(TEXT, st.builds(lambda text, at: sound[:at] + text + sound[at:], st.text(max_size=3), places))


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Something that reads: what it is given, and what it may raise."""

    read: Callable[[Any], object]
    given: st.SearchStrategy[Any]
    may_raise: tuple[type[Exception], ...]


def _page(body: bytes) -> None:
    box = "https://a.example/c"

    async def fetch(url: str) -> Answer:
        return Answer(status=200, url=url, body=body)

    thing = jsonld.read(body)
    comparing.digest_of(thing)
    for look in (lambda: asyncio.run(leaf_at(fetch, box, box)), lambda: comparing.told_by(thing, box)):
        try:
            look()
        except RemoteError:
            continue


def _proof(body: bytes) -> None:
    try:
        document = json.loads(body)
    except ValueError:
        return
    if isinstance(document, dict):
        claimed = proofs.claim_of(document, START)
        if claimed is not None:
            proofs.verify(document, claimed, M.public.pem)


def _request(parts: tuple[str, str, str]) -> Received:
    name, value, method = parts
    standard = "rfc9421" if name in {"Signature-Input", "Content-Digest"} else "draft-cavage"
    whole = with_header(signed(M, standard=standard), name, value)
    return replace(whole, method=method)


def _signature(parts: tuple[str, str, str]) -> None:
    received = _request(parts)
    signatures.check(received, signatures.claims_of(received))


def _authenticated(parts: tuple[str, str, str]) -> None:
    received = _request(parts)
    claim(received)
    is_farewell(received)
    look = authenticate if received.method == "POST" else authenticate_reader
    asyncio.run(look(received, keys=directory(), url=NODE))


def _answer(body: bytes) -> None:
    """Read as what comes from the address that it names as its own."""
    try:
        said = json.loads(body)
    except ValueError:
        said = None
    iri = said.get("id") if isinstance(said, dict) else None
    url = iri if isinstance(iri, str) else V
    answer = Answer(status=200, url=url, headers=(("content-type", "application/activity+json"),), body=body)
    fetching.acceptable(answer, url)


def _body(body: bytes) -> None:
    asyncio.run(authenticate(signed(M, body), keys=directory(), url=NODE))


def _letter(text: str) -> None:
    raw = text.encode("utf-8", "replace")
    post.envelope(raw, "partage@ici.example")
    post.read(raw)


NAMES = st.sampled_from(
    ["Signature", "Signature-Input", "Digest", "Content-Digest", "Date", "Host", "Content-Type", "Authorization", "Accept"]
)
REQUESTS = st.tuples(NAMES, HEADER, st.sampled_from(["POST", "POST", "GET", "HEAD", "PUT", ""]))
JRD = objects(
    lambda chance: {
        "subject": "acct:m@evil.example",
        "aliases": [M.iri],
        "links": [{"rel": "self", "type": "application/activity+json", "href": chance.choice([M.iri, V, HERE])}],
    }
)
INFO = objects(
    lambda _: {
        "version": "2.1",
        "software": {"name": "x", "version": "1"},
        "protocols": ["activitypub"],
        "usage": {"users": {"total": 3}, "localPosts": 2},
        "openRegistrations": False,
        "links": [{"rel": "http://nodeinfo.diaspora.software/ns/schema/2.1", "href": f"{HERE}/nodeinfo/2.1"}],
    }
)
FOLLOWERS = f'collectionId="{M.iri}/followers", url="{M.iri}/followers?from=here", digest="{"0" * 64}"'
#: What letters are made of, so that nonsense looks like one.
PIECES = st.one_of(
    TEXT,
    st.sampled_from([
        "\n", "\n\n", "--b\n", "--b--\n", "Subject: ", "=?utf-8?B?", "w6l0w6k", "?=",
        "Content-Type: multipart/mixed; boundary=b\n",
        "Content-Type: text/plain; charset=", "utf-16", "; format=flowed; delsp=yes\n", "Content-Type: text/html\n", "<p>Un <b>",
        "Content-Disposition: attachment; filename*0*=utf-8''x\n", "Content-Transfer-Encoding: base64\n", "> ",
        "Le 3 mai, Ali a écrit :\n",
        "Content-Type: message/rfc822\n", "De : x\n", "Content-Transfer-Encoding: x-uuencode\n", "begin 644 x\n",
    ]),
)  # fmt: skip
READERS = {
    "messages": Reader(read=jsonld.read, given=st.one_of(documents(), st.binary(max_size=300)), may_raise=(VocabError,)),
    "signature headers": Reader(read=_signature, given=REQUESTS, may_raise=(RemoteError,)),
    "requests": Reader(read=_authenticated, given=REQUESTS, may_raise=(RemoteError,)),
    "signed bodies": Reader(read=_body, given=objects(lambda _: json.loads(activity(M.iri))), may_raise=(RemoteError,)),
    "webfinger": Reader(
        read=lambda body: discovery.read_webfinger(body, handle("m@evil.example")), given=JRD, may_raise=(RemoteError,)
    ),
    "resources": Reader(
        read=lambda text: discovery.parse_resource(text, NODE),
        given=around("acct:logement@noeud.example"),
        may_raise=(RemoteError,),
    ),
    "nodeinfo": Reader(read=nodeinfo.parse, given=INFO, may_raise=(RemoteError,)),
    "nodeinfo links": Reader(read=nodeinfo.parse_well_known, given=INFO, may_raise=(RemoteError,)),
    "collections": Reader(read=_page, given=documents(), may_raise=(VocabError,)),
    "synchronization": Reader(
        read=lambda text: collections.parse_synchronization(text, M.iri), given=around(FOLLOWERS), may_raise=(RemoteError,)
    ),
    "proofs": Reader(read=_proof, given=documents(), may_raise=(FederationError,)),
    "handles": Reader(read=handle, given=around("@logement@noeud.example"), may_raise=(RemoteError,)),
    "pauses": Reader(read=lambda text: delivery.asked_pause(text, NOW), given=TEXT, may_raise=()),
    "answers": Reader(read=_answer, given=documents(), may_raise=(RemoteError,)),
    "letters": Reader(read=_letter, given=st.lists(PIECES, max_size=40).map("".join), may_raise=(post.Unreadable,)),
}


@pytest.mark.parametrize("name", READERS)
def test_only_declared_errors_are_raised(name: str, pytestconfig: pytest.Config) -> None:
    reader, came_to = READERS[name], Counter[str]()

    @settings(
        max_examples=NOT_MANY,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(reader.given)
    def reads(value: Any) -> None:
        try:
            reader.read(value)
        except reader.may_raise:
            came_to["refused"] += 1
        else:
            came_to["read"] += 1

    until = time.monotonic() + float(pytestconfig.getoption("--fuzz-seconds")) / len(READERS)
    reads()
    while time.monotonic() < until:
        reads()
    assert came_to["read"] > 0, f"nothing ever came past the door: {came_to}"
