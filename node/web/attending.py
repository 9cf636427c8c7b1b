"""Listens to what a delivery says beside its message: of whom its sender counts as followers here.

Spec: FEP-8fcf §On the receiving end.
"""

from __future__ import annotations

from federation.collections import SYNCHRONIZATION_HEADER
from federation.messages import Received, Verified
from node.contracts import House, Tools
from node.storage.synchronising import have_settled, is_news


async def attend(tools: Tools, house: House, received: Received, verified: Verified) -> None:
    """Has it settled when a proven sender counts other followers here than we know of; costs nothing without the header."""
    values = received.values(SYNCHRONIZATION_HEADER)
    # Of what somebody passes on with its author's proof, the header is not the author's word.
    if len(values) != 1 or not verified.standard:
        return
    said = await tools.database.read(lambda uow: is_news(uow, house, verified.actor, values[0]))
    if said is not None:
        await tools.database.write(lambda uow: have_settled(uow, house, verified.actor, said))
