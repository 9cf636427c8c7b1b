"""Messages that may not pass get the right status, change nothing, and stay visible to those who look after the node."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kit.live import LiveNode, until
from kit.live_signing import seal_as
from kit.posting import post

pytestmark = pytest.mark.enable_socket
ACTIVITY = "application/activity+json"


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[LiveNode, LiveNode]]:
    left = LiveNode(tmp_path / "left", "127.0.0.11", "Qui reçoit", mode="open")
    right = LiveNode(tmp_path / "right", "127.0.0.12", "Qui envoie", mode="open")
    left.run("community", "add", "Accueil", "--slug", "accueil")
    right.run("community", "add", "Envoi", "--slug", "envoi")
    for node in (left, right):
        node.start()
    try:
        yield left, right
    finally:
        for node in (left, right):
            node.stop()


def signed(sender: LiveNode, receiver: LiveNode, activity: dict[str, Any] | bytes, path: str = "/inbox") -> int:
    """The status that an activity gets, signed by the sender's community as its node would sign it."""
    body = activity if isinstance(activity, bytes) else json.dumps(activity).encode()
    headers = seal_as(sender.folder, f"{sender.url}/communautes/envoi", body, f"{receiver.url}{path}")
    return post(receiver, body, headers, path)


def state(node: LiveNode) -> Any:
    known = node.json("inspect")
    return {key: known[key] for key in ("followers", "following", "objects", "collections")}


def test_each_is_answered_and_nothing_is_lost(pair: tuple[LiveNode, LiveNode]) -> None:
    left, right = pair
    before = state(left)
    sender = f"{right.url}/communautes/envoi"
    like = {
        "@context": "https://www.w3.org/ns/activitystreams",
        "id": f"{right.url}/activites/a",
        "actor": sender,
        "object": f"{left.url}/x",
    }

    assert post(left, b"{", {"Content-Type": ACTIVITY}) == 401
    assert signed(right, left, b"{ this is no JSON") == 400
    body = json.dumps({**like, "type": "Like"}).encode()
    forged = {
        "Content-Type": ACTIVITY,
        "Date": "Sun, 22 Nov 2026 05:00:00 GMT",
        "Signature": f'keyId="{sender}#main-key",headers="date",signature="AAAA"',
    }
    assert post(left, body, forged) == 401
    assert signed(right, left, {**like, "id": f"{right.url}/activites/b", "type": "Create", "actor": f"{right.url}/noeud"}) in {
        401,
        403,
    }
    assert signed(right, left, {**like, "id": f"{right.url}/activites/c", "type": "Celebrate"}) == 202
    assert signed(right, left, {**like, "id": f"{right.url}/activites/d", "type": "Follow"}, "/communautes/personne/inbox") == 404

    until(lambda: left.json("inspect")["inbox"].get("not_understood") == 1, describe=lambda: left.json("inspect")["inbox"])
    refused = left.json("inspect")["refused"]
    assert state(left) == before
    assert {row["status"] for row in refused} >= {400, 401, 202}
    assert all(row["reason"] for row in refused)
