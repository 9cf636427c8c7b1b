"""NodeInfo: what we say, and what we make of what others say."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from federation import nodeinfo
from federation.errors import LocalError, RemoteError, TooLarge, UnacceptableAnswer
from federation.nodeinfo import NodeInfo

OURS = NodeInfo(
    software="maillage", version="0.1.0", users=6, posts=24, repository="https://code.example/m", node_name="Savoirs",
    languages=("fr",),
)  # fmt: skip


@pytest.mark.shows("NodeInfo 2.1", "The document of 2.1 keeps to its schema.")
def test_the_document_of_2_1() -> None:
    said = json.loads(nodeinfo.document(OURS))
    assert said == {
        "version": "2.1",
        "software": {"name": "maillage", "version": "0.1.0", "repository": "https://code.example/m"},
        "protocols": ["activitypub"],
        "services": {"inbound": [], "outbound": []},
        "openRegistrations": False,
        "usage": {"users": {"total": 6}, "localPosts": 24},
        "metadata": {"nodeName": "Savoirs", "nodeLanguages": ["fr"]},
    }


@pytest.mark.shows("NodeInfo 2.0", "The document of 2.0 is served beside it.")
def test_the_document_of_2_0_has_no_repository() -> None:
    said = json.loads(nodeinfo.document(OURS, "2.0"))
    assert said["version"] == "2.0"
    assert "repository" not in said["software"]
    assert nodeinfo.media_type("2.0") == 'application/json; profile="http://nodeinfo.diaspora.software/ns/schema/2.0#"'


def test_hidden_counts_are_left_out_not_wrong() -> None:
    said = json.loads(nodeinfo.document(NodeInfo(software="maillage", version="1")))
    assert said["usage"] == {"users": {}}


@pytest.mark.parametrize(("software", "version"), [("Maillage", "2.1"), ("maillage", "1.0"), ("", "2.1")])
def test_the_schema_is_kept(software: str, version: str) -> None:
    with pytest.raises(LocalError):
        nodeinfo.document(NodeInfo(software=software, version="1"), version)


def test_what_we_write_we_read() -> None:
    read = nodeinfo.parse(nodeinfo.document(OURS))
    assert (read.software, read.version, read.users, read.posts) == ("maillage", "0.1.0", 6, 24)
    assert read.protocols == ("activitypub",)
    written = nodeinfo.well_known("https://noeud.example", "https://noeud.example/noeud")
    assert nodeinfo.parse_well_known(written) == ("https://noeud.example/nodeinfo/2.1", "https://noeud.example/noeud")
    assert [link["href"][-3:] for link in json.loads(nodeinfo.well_known("https://noeud.example"))["links"]] == ["2.1", "2.0"]
    assert nodeinfo.parse_well_known(nodeinfo.well_known("https://noeud.example"))[1] == ""


@pytest.mark.parametrize(
    ("said", "read"),
    [
        (
            {"software": {"name": "Mastodon", "version": "4.5.0\n\u202e"}},
            NodeInfo(software="mastodon", version="4.5.0", protocols=()),
        ),
        (
            {"software": {"name": "x"}, "protocols": ["activitypub", 1], "usage": {"users": {"total": True}, "localPosts": -1}},
            NodeInfo(software="x", version="", protocols=("activitypub", "")),
        ),
        (
            {"software": {"name": "x", "version": 1}, "openRegistrations": True, "usage": []},
            NodeInfo(software="x", version="", protocols=(), has_open_registrations=True),
        ),
        ({"software": {"name": "x", "version": "v" * 200}}, NodeInfo(software="x", version="v" * 100, protocols=())),
    ],
)  # fmt: skip
def test_odd_parts_are_left_out(said: dict[str, Any], read: NodeInfo) -> None:
    assert nodeinfo.parse(json.dumps(said).encode()) == read


@pytest.mark.parametrize("document", [b"", b"[]", b"{}", b"\xff", b'{"software": 1}', b'{"software": {"name": "a b"}}'])
def test_what_is_no_nodeinfo_is_refused(document: bytes) -> None:
    with pytest.raises(UnacceptableAnswer):
        nodeinfo.parse(document)
    with pytest.raises(UnacceptableAnswer):
        nodeinfo.parse_well_known(document)


def test_e04_pointers_to_nowhere_are_not_followed() -> None:
    links = [
        {"rel": "http://nodeinfo.diaspora.software/ns/schema/2.1", "href": href}
        for href in ("data:application/json,{}", "file:///etc/hostname", 1, None)
    ]
    with pytest.raises(UnacceptableAnswer):
        nodeinfo.parse_well_known(json.dumps({"links": [*links, "x"]}).encode())


def test_giants_are_refused() -> None:
    with pytest.raises(TooLarge):
        nodeinfo.parse(b" " * 70_000)


SAID = st.none() | st.text(max_size=5) | st.sampled_from(["https://a.example/2.1", "file:///etc/hostname", "data:,x"])


@given(st.binary(max_size=80), st.recursive(SAID, lambda inner: st.lists(inner, max_size=3)))
def test_any_bytes_are_read_or_refused(document: bytes, value: object) -> None:
    links = [{"rel": "http://nodeinfo.diaspora.software/ns/schema/2.1", "href": value}]
    said = ({"links": value, "software": value}, {"links": links, "software": {"name": value}})
    for candidate in (document, *(json.dumps(each).encode() for each in said)):
        with contextlib.suppress(RemoteError):
            assert nodeinfo.parse(candidate).software
        with contextlib.suppress(RemoteError):
            assert nodeinfo.parse_well_known(candidate)[0].startswith(("http://", "https://"))


def test_whom_to_write_to_is_told_and_read() -> None:
    written = nodeinfo.document(NodeInfo(software="maillage", version="1", contact="denis@exemple.org"))
    assert nodeinfo.parse(written).contact == "denis@exemple.org"
    for odd in ("denis", "a@b\nBcc: c@d.example", 3, {"a": 1}, "x" * 300 + "@exemple.org", "<a@b.example>"):
        said = json.loads(written)
        said["metadata"]["maintainer"]["email"] = odd
        assert nodeinfo.parse(json.dumps(said).encode()).contact == ""
