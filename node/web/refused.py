"""Notes what was refused at the door, for `maillage inspect`: what the message says of itself, none of it proven."""

from __future__ import annotations

from federation.inbox import claim
from federation.messages import Received
from node.contracts import Tools

#: As much of a refused message as is kept for people to look at, in bytes.
EXCERPT = 1000

#: The longest text kept of what a message says of itself, in characters.
LONGEST = 500


async def note(tools: Tools, received: Received, status: int, reason: str) -> None:
    """Writes one refusal down; the shelf keeps the newest ones only."""
    said = claim(received)
    host, actor, activity = plain(said.host), plain(said.actor), plain(said.activity)
    excerpt = received.body[:EXCERPT]
    await tools.database.write(
        lambda uow: uow.refusals.add(received.at, status, plain(reason), host, actor=actor, activity=activity, excerpt=excerpt)
    )


def plain(text: str) -> str:
    """A text that any database takes: no lone surrogates, no NUL, not too long."""
    return text.encode("utf-8", "replace").decode().replace("\0", "")[:LONGEST]
