"""Messages as other makes sign them, kept as they came over a socket: what may be believed is, and why the rest is not.

Each was sent to a listener on loopback by the server (activitypub.bot) or the library that `by` names, with keys made for that.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from federation.errors import BadSignature
from federation.inbox import authenticate
from federation.messages import PublicKey, Received
from kit.signing import Directory

SAID: list[dict[str, Any]] = json.loads(Path(__file__).with_name("signed_by_others.json").read_bytes())
BY = [said["by"] for said in SAID]


def as_received(said: dict[str, Any]) -> Received:
    parts = urlsplit(said["url"])
    at = datetime.fromisoformat(said["at"])
    return Received(method="POST", target=parts.path, headers=tuple(said["headers"].items()), body=said["body"].encode(), at=at)


def keys(said: dict[str, Any]) -> Directory:
    return Directory({said["key"]: PublicKey(iri=said["key"], owner=said["actor"], pem=said["pem"])})


async def heard(said: dict[str, Any]) -> str:
    parts = urlsplit(said["url"])
    verified = await authenticate(as_received(said), keys=keys(said), url=f"{parts.scheme}://{parts.netloc}")
    return verified.actor


@pytest.mark.shows("RFC 9421", "Its own signature verifies, as it came.", peer="activitypub.bot", how="recorded")
@pytest.mark.shows(
    "draft-cavage-http-signatures-12",
    "Their own signatures verify, as they came.",
    peer="bovine, apsig, Misskey's library",
    how="recorded",
)
@pytest.mark.parametrize("said", SAID, ids=BY)
async def test_what_others_sign_is_believed_or_refused_for_what_it_lacks(said: dict[str, Any]) -> None:
    if not said["refused"]:
        assert await heard(said) == said["actor"]
        said = {**said, "body": said["body"].replace("Follow", "Accept")}
        with pytest.raises(BadSignature):
            await heard(said)
        return
    with pytest.raises(BadSignature, match=said["refused"]):
        await heard(said)
