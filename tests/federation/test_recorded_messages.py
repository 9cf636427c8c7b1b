"""Every activity that real servers were recorded to send is let in when its actor signs it."""

from __future__ import annotations

import json

import pytest

from federation.errors import MalformedActivity
from federation.inbox import authenticate
from kit.recorded import listed
from kit.seeds import shared
from kit.signing import NODE, Signer, directory, signed


@pytest.mark.shared
async def test_recorded_activities_are_let_in() -> None:
    folder = shared("wire")
    let_in, refused = [], []
    for name in listed("wire"):
        body = (folder / name).read_bytes()
        actor = json.loads(body).get("actor")
        iri = actor.get("id") if isinstance(actor, dict) else actor
        if not isinstance(iri, str):
            continue
        signer = Signer(iri=iri, kind="ed25519")
        try:
            verified = await authenticate(signed(signer, body), keys=directory(signer), url=NODE)
            let_in.append(verified.actor == iri)
        except MalformedActivity:
            refused.append(name)
    assert all(let_in)
    assert len(let_in) > 60
    # Both carry an `actor` and are no activities.
    assert refused == ["mobilizon/objects/event.json", "pleroma/objects/note.json"]
