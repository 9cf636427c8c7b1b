"""The vocabulary that this node speaks, as published: its terms, its context, its shapes and its concept schemes."""

from __future__ import annotations

import functools
from pathlib import Path

import vocab
from node.contracts import Endpoint, Reply, Visit
from node.errors import NotFound
from node.storage.unit_of_work import UnitOfWork
from node.web.negotiation import HTML, LINKED_DATA, TURTLE

VOCAB = Path(vocab.__file__).parent

#: What is served: the file, its type, and for how long (in seconds) it may be kept. A context only ever gains terms.
DOCUMENTS: dict[str, tuple[str, str, int]] = {
    "": ("published/terms.html", f"{HTML}; charset=utf-8", 3600),
    "ns": ("published/ontology.ttl", f"{TURTLE}; charset=utf-8", 86_400),
    "shapes": ("published/shapes.ttl", f"{TURTLE}; charset=utf-8", 86_400),
    "context/v1": ("published/context.jsonld", LINKED_DATA, 604_800),
}


def answer(uow: UnitOfWork, visit: Visit) -> Reply:
    """One published document."""
    del uow
    name = visit.path["document"]
    file, media_type, seconds = DOCUMENTS.get(name) or (f"schemes/{name}.ttl", f"{TURTLE}; charset=utf-8", 86_400)
    headers = ("Access-Control-Allow-Origin", "*"), ("Cache-Control", f"public, max-age={seconds}"), ("Vary", "Accept")
    return Reply(body=_read(file), media_type=media_type, headers=headers)


@functools.cache
def _read(file: str) -> bytes:
    try:
        return (VOCAB / file).read_bytes()
    except FileNotFoundError as problem:
        raise NotFound from problem


ENDPOINT = Endpoint(path="/vocab/{document:|ns|shapes|context/v1|[a-z-]+}", answer=answer, is_open=True)
