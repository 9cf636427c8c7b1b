"""Finds an actor elsewhere, or here, for a command."""

from __future__ import annotations

import asyncio

from node.actions.follow_community import find_actor
from node.cli.running import RunningNode
from node.storage.shelves.actors import ActorRow


def found(node: RunningNode, account: str) -> ActorRow:
    """The actor that `@name@host` or an address names, read from its own server now; raises what find_actor raises."""
    return asyncio.run(_found(node, account))


async def _found(node: RunningNode, account: str) -> ActorRow:
    async with node.outside() as outside:
        return await find_actor(node.database, outside, node.house(), account)
