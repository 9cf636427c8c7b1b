"""Documents to be looked at by oracles: a good article, note, event and group, each changed at will."""

from __future__ import annotations

import json
from typing import Any

from federation.appearance import Appearance, Oracle, Seen
from vocab.namespaces import AS_CONTEXT, PUBLIC

ORIGIN = "https://ici.example"
AUTHOR = f"{ORIGIN}/personnes/mireille"
GROUP = f"{ORIGIN}/communautes/habitation"


def article(**changed: Any) -> dict[str, Any]:
    """A public article in a community; None takes a property away."""
    return _with(
        {
            "@context": AS_CONTEXT,
            "id": f"{ORIGIN}/ressources/1",
            "type": "Article",
            "attributedTo": AUTHOR,
            "audience": GROUP,
            "to": [PUBLIC],
            "cc": [GROUP, f"{GROUP}/followers"],
            "name": "L’accueil",
            "summary": "<p>En bref.</p>",
            "content": "<h2>Un</h2><p>En <b>long</b>.</p>",
            "contentMap": {"fr": "<h2>Un</h2><p>En <b>long</b>.</p>"},
            "url": f"{ORIGIN}/ressources/1",
            "published": "2026-11-22T10:00:00Z",
        },
        changed,
    )


def note(**changed: Any) -> dict[str, Any]:
    """A public note, as an answer would be."""
    bare: dict[str, Any] = {"type": "Note", "id": f"{ORIGIN}/echanges/1", "content": "<p>Merci.</p>"}
    bare |= dict.fromkeys(("name", "summary", "contentMap"))
    return article(**(bare | changed))


def event(**changed: Any) -> dict[str, Any]:
    """A public event."""
    held = {"startTime": "2026-12-01T23:00:00Z", "endTime": "2026-12-02T01:00:00Z", "timezone": "America/Montreal"}
    return article(**({"type": "Event", "id": f"{ORIGIN}/rencontres/1"} | held | changed))


def group(**changed: Any) -> dict[str, Any]:
    """A community."""
    return _with(
        {
            "@context": [AS_CONTEXT, "https://w3id.org/security/v1"],
            "id": GROUP,
            "type": "Group",
            "preferredUsername": "habitation",
            "name": "Habitation",
            "inbox": f"{GROUP}/inbox",
            "outbox": f"{GROUP}/outbox",
            "attributedTo": f"{GROUP}/animation",
            "endpoints": {"sharedInbox": f"{ORIGIN}/inbox"},
            "publicKey": {"id": f"{GROUP}#main-key", "owner": GROUP, "publicKeyPem": "PEM"},
        },
        changed,
    )


def activity(kind: str, thing: Any, **changed: Any) -> dict[str, Any]:
    """An activity of the author about something, to everybody."""
    said = {"@context": AS_CONTEXT, "id": f"{ORIGIN}/activites/1", "type": kind, "actor": AUTHOR, "object": thing}
    return _with(said | {"to": [PUBLIC], "cc": [GROUP]}, changed)


def look(oracle: Oracle, said: dict[str, Any], *, content_type: str = "application/activity+json", url: str = "") -> Appearance:
    """What a server makes of a document."""
    return oracle.look(Seen(document=json.dumps(said).encode(), content_type=content_type, url=url))


def why_not(oracle: Oracle, said: dict[str, Any], **more: str) -> str:
    """Why a server refuses a document; "" when it does not."""
    return " ".join(look(oracle, said, **more).reasons)


def _with(said: dict[str, Any], changed: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in (said | changed).items() if value is not None}
