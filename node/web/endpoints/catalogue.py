"""What can be taken away from here, told to programs that look for it.

Spec: VoID §7.2. Spec: DCAT 3 §6.
"""

from __future__ import annotations

import asyncio

import pyoxigraph
from pyoxigraph import RdfFormat

from federation.messages import Received
from node.contracts import Endpoint, Reply, Tools, Visit
from node.errors import NotFound
from node.web.catalogue import DCAT, VOID, described
from node.web.negotiation import LINKED_DATA, TURTLE, chosen
from vocab.namespaces import DCTERMS, FOAF

#: The forms it comes in; the first where nobody cares, or wants something else.
FACES = (TURTLE, LINKED_DATA)
_PREFIXES = {"dcat": DCAT, "dcterms": DCTERMS, "foaf": FOAF, "void": VOID}


async def ask(tools: Tools, received: Received, visit: Visit) -> Reply:
    """The catalogue; a node that asks for signatures on what is public has none."""
    if visit.house.signed_reads:
        raise NotFound
    has_questions = tools.graph is not None
    document = await tools.database.read(lambda uow: described(uow, visit.house, has_questions=has_questions))
    if chosen(", ".join(received.values("Accept")), FACES) == LINKED_DATA:
        return Reply(body=document, media_type=LINKED_DATA)
    return Reply(body=await asyncio.to_thread(_turtle, document), media_type=f"{TURTLE}; charset=utf-8")


def _turtle(document: bytes) -> bytes:
    found = sorted((quad.triple for quad in pyoxigraph.parse(document, format=RdfFormat.JSON_LD)), key=str)
    return pyoxigraph.serialize(found, format=RdfFormat.TURTLE, prefixes=_PREFIXES) or b""


ENDPOINT = Endpoint(path="/{name:catalogue|\\.well-known/void}", ask=ask, is_open=True)
