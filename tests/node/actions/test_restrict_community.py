"""A community reserved to its coordinators: its members publish nothing in it, of here or elsewhere, until it is open again."""

from __future__ import annotations

import pytest

from kit.guests import HERE, B, Stage, V, act, note
from node.actions.restrict_community import restrict
from node.domain.entries import Audience
from node.domain.rights import MEMBER
from node.errors import NotAllowed, NotFound
from node.storage.engine import Database


@pytest.fixture
def stage(memory: Database) -> Stage:
    made = Stage(memory)
    made.approve()
    made.followed()
    made.database.write_now(lambda uow: restrict(uow, made.house(), made.community, is_restricted=True))
    return made


def test_its_followers_are_told(stage: Stage) -> None:
    (update,) = stage.sent()
    assert (update["type"], update["object"]["id"], update["object"]["postingRestrictedToMods"]) == (
        "Update",
        stage.community,
        True,
    )


async def test_members_of_here_write_drafts_alone(stage: Stage) -> None:
    member = stage.person("Ali Ben", role="membre")
    with pytest.raises(NotAllowed, match="coordin"):
        stage.note("Une note", author=member)
    stage.note("Un brouillon", Audience.SELF, author=member)
    stage.note("Une note")
    stage.database.write_now(lambda uow: restrict(uow, stage.house(), stage.community, is_restricted=False))
    stage.note("Une autre", author=member)


async def test_members_elsewhere_propose(stage: Stage) -> None:
    stage.database.write_now(lambda uow: uow.members.join(V, stage.community, MEMBER, stage.now))
    await stage.receive(act("Create", V, {**note(), "audience": stage.community}))
    assert len(stage.database.read_now(lambda uow: uow.submissions.waiting())) == 1


@pytest.mark.parametrize("community", [B, f"{HERE}/communautes/absente"])
def test_only_ours(stage: Stage, community: str) -> None:
    with pytest.raises(NotFound):
        stage.database.write_now(lambda uow: restrict(uow, stage.house(), community, is_restricted=True))
