"""Builders of what storage takes: entries, documents, activities, at fixed moments."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from federation.delivery import Outcome
from node.domain.entries import Audience, Entry
from node.storage.shelves.actors import ActorRow
from node.storage.shelves.outbox import OutboxRow
from node.storage.shelves.peers import PeerRow
from node.storage.unit_of_work import UnitOfWork

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
HERE = "https://ici.example"
THERE = "https://ailleurs.example"


def later(seconds: float = 0, **parts: float) -> datetime:
    """A moment after NOW."""
    return NOW + timedelta(seconds=seconds, **parts)


def document(iri: str, **properties: Any) -> bytes:
    """A note of practice as JSON, with these properties."""
    said = {"id": iri, "type": "Article", "kind": ["PracticeNote"], **properties}
    return json.dumps({"@context": CONTEXT, **said}, ensure_ascii=False).encode()


#: The context of every document here; read from the pinned copies.
CONTEXT = ["https://www.w3.org/ns/activitystreams", "https://w3id.org/cdp/context/v1"]


def entry(iri: str, **known: Any) -> Entry:
    """What the node knows of a note of practice: public and in French unless said otherwise."""
    usual: dict[str, Any] = {
        "type": "Article",
        "kind": "PracticeNote",
        "audience": Audience.PUBLIC,
        "language": "fr",
        "stored_at": NOW,
    }
    return Entry(iri=iri, **{**usual, **known})


def put(uow: UnitOfWork, iri: str, name: str = "", *, known: dict[str, Any] | None = None, **properties: Any) -> str:
    """Puts a note of practice on the shelf; its IRI."""
    said = {"name": name, **properties} if name else properties
    uow.things.put(entry(iri, **{"name": name, **(known or {})}), document(iri, **said))
    return iri


def term(uow: UnitOfWork, iri: str, *, known: dict[str, Any] | None = None, **labels: Any) -> str:
    """Puts a term of a glossary on the shelf: fr="…", en="…", other={"fr": ["…"]}; its IRI."""
    other = labels.pop("other", {})
    said: dict[str, Any] = {"prefLabel": labels, "inScheme": f"{HERE}/glossaire"}
    if other:
        said["altLabel"] = other
    kept = entry(iri, **{"type": "Page", "kind": "Concept", **(known or {})})
    uow.things.put(kept, document(iri, **said, type="Page", kind=["Concept"]))
    return iri


def actor(iri: str, **known: Any) -> ActorRow:
    """An actor of another node."""
    return ActorRow(iri=iri, **{"type": "Group", "document": document(iri), "created_at": NOW, **known})


def failed(uow: UnitOfWork, host: str, at: datetime, reason: str = "no answer") -> PeerRow:
    """A request to a server was not answered at all."""
    return uow.peers.answered(host, Outcome(error=reason), at, reason)


def activity(iri: str, object: str, *, type: str = "Create", at: datetime = NOW) -> OutboxRow:  # noqa: A002 - as in the domain
    """An activity of ours about a thing."""
    return OutboxRow(
        iri=iri,
        actor=f"{HERE}/communautes/a",
        type=type,
        object=object,
        document=document(iri, type=type),
        audience="public",
        published_at=at,
    )
