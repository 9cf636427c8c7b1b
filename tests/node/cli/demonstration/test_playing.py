"""The story: whole, and every deed of it done twice has its effect once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from node.actions.make_node import make_node
from node.cli.commands.inspect import look
from node.cli.demonstration import story as stories
from node.cli.demonstration.arrival import Arrival
from node.cli.demonstration.doors import doors
from node.cli.demonstration.playing import Player, until
from node.cli.running import RunningNode
from node.config import FederationSettings, NodeSettings, Settings
from node.errors import Invalid
from node.wiring import open_node


def opened(folder: Path, address: str) -> RunningNode:
    url = f"http://{address}:8800"
    node = open_node(
        Settings(data=folder, node=NodeSettings(url=url, name="Essai"), federation=FederationSettings(allow_http=True))
    )
    node.database.migrate()
    node.database.write_now(lambda uow: make_node(uow, node.house()))
    return node


@pytest.fixture
def player(tmp_path: Path) -> Iterator[Player]:
    """The story before it begins, on nodes that do not run."""
    story, nodes = stories.read(), {}
    for each in story.nodes:
        (tmp_path / each.key).mkdir()
        nodes[each.key] = opened(tmp_path / each.key, each.address)
    yield Player(story=story, nodes=nodes, tell=lambda _: None)
    for node in nodes.values():
        node.close()


def state(player: Player) -> dict[str, Any]:
    return {key: {**node.database.read_now(look), "tasks": ()} for key, node in player.nodes.items()}


async def test_settling_twice_is_settling_once(player: Player) -> None:
    await player.settle()
    once, named = state(player), dict(player.iris)
    assert len(named) == len(player.story.texts)
    assert all(node["objects"] for node in once.values())
    await player.settle()
    assert player.iris == named
    assert state(player) == once
    # Nothing runs, so nothing can have arrived; and each community has a door to come in by.
    assert "still at work" in Arrival(player=player).missing()
    found = list(doors(player))
    assert [door.community for door in found] == [community.name for community in player.story.communities]
    assert len({door.sign_in for door in found}) == len(found)
    assert all(door.sign_in.startswith(door.page.split("/communautes/")[0] + "/entrer?jeton=") for door in found)


async def test_a_story_that_stands_still_says_where() -> None:
    async def never() -> bool:
        return False

    with pytest.raises(Invalid, match="the story stands still: nobody came"):
        await until(never, "nobody came", patience=0.01)


def test_the_story_hangs_together() -> None:
    story = stories.read()
    communities = {community.key for community in story.communities}
    assert {link.follower for link in story.follows} | {link.target for link in story.follows} <= communities
    assert {reference.item for reference in story.references} <= set(story.texts)
    assert {change.item for change in story.changes} <= set(story.texts)
    assert {side for mapping in story.mappings for side in (mapping.subject, mapping.object)} <= set(story.texts)
