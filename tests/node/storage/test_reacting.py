"""A community tells forums what its members think of what is in it; strangers, and microblogs, are left out of it."""

from __future__ import annotations

import pytest

from kit.guests import BOB, B, M, Stage, V, act
from node.domain.rights import GUEST, MEMBER
from node.storage.engine import Database


@pytest.fixture
def stage(memory: Database) -> Stage:
    made = Stage(memory)
    made.approve(software="lemmy")
    made.approve("evil.example", software="mastodon")
    for who in (B, M):
        made.database.write_now(
            lambda uow, who=who: uow.followings.put(who, made.community, activity=who, state="accepted", at=made.now)  # type: ignore[misc]
        )
    made.database.write_now(lambda uow: uow.members.join(V, made.community, MEMBER, made.now))
    made.database.write_now(lambda uow: uow.members.join(BOB, made.community, GUEST, made.now))
    return made


def passed(stage: Stage) -> list[tuple[str, str]]:
    rows = stage.database.read_now(lambda uow: uow.deliveries.waiting())
    bodies = zip(rows, stage.sent(), strict=True)
    found = [(body["object"]["type"], row.inbox) for row, body in bodies if isinstance(body["object"], dict)]
    return [each for each in found if each[0] != "Create"]


async def test_a_members_reaction_and_its_end_go_to_forums_alone(stage: Stage) -> None:
    entry = stage.note("Une note")
    like = act("Like", V, entry.iri)
    await stage.receive(like)
    await stage.receive(act("Undo", V, like))
    assert passed(stage) == [("Like", f"{B}/inbox"), ("Undo", f"{B}/inbox")]


async def test_a_guests_reaction_counts_but_is_not_passed_on(stage: Stage) -> None:
    entry = stage.note("Une note")
    await stage.receive(act("Like", BOB, entry.iri))
    assert passed(stage) == []
    assert stage.database.read_now(lambda uow: uow.reactions.counts(entry.iri)) == {"Like": 1}
