"""What somebody pastes from a word processor, given back as Markdown; and what they wrote, as it will be shown."""

from __future__ import annotations

import asyncio

from federation.messages import Received
from node.contracts import Endpoint, Reply, Tools, Visit
from node.domain.composing import rendered
from node.domain.html import clean
from node.domain.pasting import pasted
from node.errors import NotAllowed
from node.web.forms import field_of


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """The text in the other form; keeps nothing. Raises NotAllowed for whoever is not signed in."""
    del tools
    if not visit.form_token:
        raise NotAllowed
    if visit.path["deed"] == "coller":
        text = await asyncio.to_thread(pasted, field_of(received, "html"))
        return Reply(body=text.encode(), media_type="text/plain; charset=utf-8")
    shown = await asyncio.to_thread(rendered, field_of(received, "texte"))
    return Reply(body=str(clean(shown, pictures=visit.house.url)).encode(), media_type="text/html; charset=utf-8")


ENDPOINT = Endpoint(path="/ecrire/{deed:coller|apercu}", receive=receive)
