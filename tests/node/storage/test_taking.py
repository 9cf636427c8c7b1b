"""What is fetched of a thing that a community of ours published or is to publish: no way round its members and coordinators."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kit.guests import THERE, M, Stage, V, act, note
from node.actions.answer_submission import accept
from node.domain.rights import MEMBER
from node.jobs import fetch_thing
from node.storage.engine import Database
from node.storage.stored import StoredThing

NOTE = f"{THERE}/ressources/1"


@pytest.fixture
def stage(memory: Database) -> Stage:
    made = Stage(memory)
    made.approve()
    made.approve("evil.example")
    made.followed()
    return made


def joins(stage: Stage) -> None:
    stage.database.write_now(lambda uow: uow.members.join(V, stage.community, MEMBER, stage.now))


def sent_here(stage: Stage, **more: Any) -> dict[str, Any]:
    """A thing as Mastodon would send it: the community is only mentioned."""
    return {**note(), "audience": [], "cc": [stage.community], **more}


def stored(stage: Stage) -> StoredThing | None:
    return stage.database.read_now(lambda uow: uow.things.get_any(NOTE))


def held(stage: Stage) -> list[str]:
    return stage.database.read_now(lambda uow: uow.holdings.iris(stage.community))


def announced(stage: Stage) -> list[str]:
    """The types of the activities that the community announced, once for each inbox."""
    return [body["object"]["type"] for body in stage.sent() if body["type"] == "Announce" and isinstance(body["object"], dict)]


async def test_what_was_fetched_before_its_author_sent_it_is_published_all_the_same(stage: Stage) -> None:
    joins(stage)
    sent = act("Create", V, sent_here(stage, audience=stage.community))
    stage.outside.documents[NOTE] = sent["object"]
    await stage.receive(act("Create", M, NOTE))
    await stage.turn(fetch_thing.JOB)
    found = stored(stage)
    assert found is not None
    assert (found.entry.community, held(stage)) == ("", [])
    same = json.loads(found.document)  # to the letter, as servers write that embed what they serve
    assert (await stage.receive(sent | {"object": same})).state == "done"
    assert (held(stage), announced(stage)) == ([NOTE], ["Create", "Create"])


async def accepted(stage: Stage) -> None:
    """Something of somebody who is no member, which a coordinator accepted; its author changed it on their own server since."""
    await stage.receive(act("Create", V, sent_here(stage)))
    stage.database.write_now(lambda uow: accept(uow, stage.house(), uow.submissions.waiting()[0].id, stage.author))
    stage.outside.documents[NOTE] = sent_here(stage)
    await stage.turn(fetch_thing.JOB)
    stage.outside.documents[NOTE] = sent_here(stage, name="Tout autre chose", updated="2026-11-22T10:00:30Z")


async def test_nobody_changes_what_was_accepted_by_having_it_fetched(stage: Stage) -> None:
    await accepted(stage)
    await stage.receive(act("Create", M, NOTE))
    await stage.turn(fetch_thing.JOB)
    kept = stored(stage)
    assert kept is not None
    assert (stage.outside.asked, kept.entry.name, kept.entry.community) == ([NOTE, NOTE], "Une note", stage.community)


async def test_nor_by_taking_it_away_and_bringing_it_back(stage: Stage) -> None:
    await accepted(stage)
    await stage.receive(act("Delete", V, NOTE))
    said = len(announced(stage))
    await stage.receive(act("Undo", V, act("Delete", V, NOTE)))
    await stage.turn(fetch_thing.JOB)
    (row,) = stage.database.read_now(lambda uow: uow.submissions.waiting())
    assert (stored(stage), held(stage), len(announced(stage)), b"Tout autre chose" in row.body) == (None, [], said, True)


@pytest.mark.parametrize("way", ["sent along", "fetched"])
async def test_what_is_not_for_everybody_any_more_leaves_the_community(stage: Stage, way: str) -> None:
    joins(stage)
    await stage.receive(act("Create", V, sent_here(stage)))
    narrow = sent_here(stage, to=[f"{V}/abonnes"], cc=[], updated="2026-11-22T10:00:30Z")
    stage.outside.documents[NOTE] = narrow
    await stage.receive(act("Update", V, NOTE if way == "fetched" else narrow))
    await stage.turn(fetch_thing.JOB)
    kept = stored(stage)
    assert kept is not None
    assert (kept.entry.audience, kept.entry.community, held(stage)) == ("community", "", [])
    await stage.receive(act("Update", V, sent_here(stage, updated="2026-11-22T10:00:40Z"), 2))
    assert (held(stage), announced(stage)[-1]) == ([NOTE], "Update")
