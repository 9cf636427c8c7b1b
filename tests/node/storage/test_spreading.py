"""Who is told of what of a community's own things: forums by the community, microblogs by the author; of the end of it too."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kit.guests import Stage
from node.actions.withdraw import withdraw
from node.domain.entries import Audience
from node.domain.rights import MEMBER
from node.domain.visibility import ANYONE
from node.storage.engine import Database
from node.web.sent import may_see_sent

FORUM, BLOG, KIN, HOLDER = (f"https://{name}.example" for name in ("lemmy", "mastodon", "maillage", "holder"))
RUNS = {FORUM: "lemmy", BLOG: "mastodon", KIN: "maillage"}


@pytest.fixture
def stage(memory: Database) -> Stage:
    made = Stage(memory)
    for origin, software in RUNS.items():
        made.approve(origin.removeprefix("https://"), software=software)
        made.know(f"{origin}/u/f")
        made.database.write_now(
            lambda uow, origin=origin: uow.followings.put(
                f"{origin}/u/f", made.community, activity=f"{origin}/f", state="accepted", at=made.now
            )  # type: ignore[misc]
        )
    return made


def published(stage: Stage) -> str:
    """A note that everybody has got, and somebody who follows nobody holds a copy of."""
    entry = stage.note("Une note")
    stage.database.write_now(lambda uow: uow.things.record_recipient(entry.iri, f"{HOLDER}/inbox"))
    told(stage)
    return entry.iri


def told(stage: Stage) -> dict[str, list[str]]:
    """What each server is told, in order; all of it has left afterwards."""
    rows = stage.database.read_now(lambda uow: uow.deliveries.waiting())
    found: dict[str, list[str]] = {}
    for row, body in zip(rows, stage.sent(), strict=True):
        found.setdefault(f"https://{row.host}", []).append(named(body))
        stage.database.write_now(lambda uow, row=row: uow.deliveries.finish(row.id, "delivered", 202, "", stage.now))  # type: ignore[misc]
    return found


def named(body: dict[str, Any]) -> str:
    inner = body["object"]
    is_activity = isinstance(inner, dict) and "actor" in inner
    return f"{body['type']}({named(inner)})" if is_activity else body["type"]


async def test_what_is_new_goes_whole_to_forums_and_by_its_address_to_microblogs(stage: Stage) -> None:
    stage.note("Une note")
    assert told(stage) == {
        FORUM: ["Announce(Create)"],
        KIN: ["Announce(Create)"],
        BLOG: ["Announce(Create)", "Announce"],
    }


async def test_a_change_comes_from_the_author_where_nobody_looks_into_an_announce(stage: Stage) -> None:
    iri = published(stage)
    stage.note("Une note revue", replaces=iri)
    changes = told(stage)
    assert changes == {FORUM: ["Announce(Update)"], KIN: ["Announce(Update)"], BLOG: ["Update", "Announce(Update)"]}


async def test_what_is_no_longer_for_everybody_leaves_for_nobody_who_follows(stage: Stage) -> None:
    """A server that was away, with a follower and a member: what waits for it is public, and its copy would be shown to all."""
    stage.know(f"{KIN}/u/m", shared_inbox=f"{KIN}/inbox")
    stage.know(f"{KIN}/u/f", shared_inbox=f"{KIN}/inbox")
    stage.database.write_now(lambda uow: uow.members.join(f"{KIN}/u/m", stage.community, MEMBER, stage.now))
    iri = stage.note("Une note").iri
    stage.note("Entre nous", Audience.COMMUNITY, replaces=iri)
    assert told(stage)[KIN] == ["Create"]


async def test_an_end_is_told_by_both_to_whoever_may_hold_it(stage: Stage) -> None:
    iri = published(stage)
    stage.database.write_now(lambda uow: withdraw(uow, stage.house(), iri, stage.author))
    # Lemmy answers with an error when it is told of the same activity twice: there the community alone says it.
    assert told(stage) == {FORUM: ["Announce(Delete)"], KIN: ["Delete", "Announce(Delete)"], BLOG: ["Delete"], HOLDER: ["Delete"]}


async def test_a_forum_whose_link_has_ended_hears_of_the_end_from_the_author(stage: Stage) -> None:
    iri = published(stage)
    stage.database.write_now(lambda uow: uow.followings.set_state(f"{FORUM}/u/f", stage.community, "ended", stage.now))
    stage.database.write_now(lambda uow: withdraw(uow, stage.house(), iri, stage.author))
    assert told(stage)[FORUM] == ["Delete"]


async def test_what_is_narrowed_ends_for_the_others_and_widened_again_is_back(stage: Stage) -> None:
    iri = published(stage)
    stage.note("Pour nous", Audience.COMMUNITY, replaces=iri)
    assert told(stage) == {FORUM: ["Announce(Delete)"], KIN: ["Delete", "Announce(Delete)"], BLOG: ["Delete"], HOLDER: ["Delete"]}
    stage.note("Pour tout le monde", replaces=iri)
    bodies = stage.sent()
    # Whoever holds it without following is no longer meant, and nobody promised them more.
    assert told(stage) == {
        FORUM: ["Announce(Undo(Delete))", "Announce(Update)"],
        KIN: ["Announce(Undo(Delete))", "Announce(Update)"],
        BLOG: ["Undo(Delete)", "Announce(Update)", "Announce"],
    }
    ends = {body["object"]["id"] for body in bodies if named(body) == "Undo(Delete)"}
    sent = stage.database.read_now(lambda uow: [row.iri for row in uow.outbox.about(iri) if row.type == "Delete"])
    assert not ends.intersection(sent), "Lemmy refuses what holds an activity that it knows"
    stage.note("Revue encore", replaces=iri)
    assert told(stage)[KIN] == ["Announce(Update)"]


async def test_a_copy_for_one_person_comes_back_too(memory: Database) -> None:
    stage = Stage(memory)
    stage.approve("holder.example")
    person, chosen = f"{HOLDER}/u/p", stage.know(f"{HOLDER}/u/p")
    assert chosen.inbox
    stage.database.write_now(
        lambda uow: uow.members.join(person, stage.community, "https://w3id.org/cdp/roles/membre", stage.now)
    )
    iri = stage.note("Entre nous", Audience.COMMUNITY).iri
    told(stage)
    stage.note("Un brouillon", Audience.SELF, replaces=iri)
    assert told(stage) == {HOLDER: ["Delete"]}
    stage.note("Entre nous encore", Audience.COMMUNITY, replaces=iri)
    assert {body["type"]: body["to"] for body in stage.sent()} == {"Undo": [person], "Create": [person]}
    assert told(stage) == {HOLDER: ["Undo(Delete)", "Create"]}


async def test_all_that_was_sent_to_everybody_is_found_at_its_address_but_what_holds_words_that_are_gone(stage: Stage) -> None:
    iri = published(stage)
    stage.note("Revue", replaces=iri)
    stage.note("Pour nous", Audience.COMMUNITY, replaces=iri)
    assert shown(stage, iri) == ["Delete", "Announce(Delete)"]
    stage.note("Pour tout le monde", replaces=iri)
    rows = stage.database.read_now(lambda uow: uow.outbox.about(iri))
    assert shown(stage, iri) == [named(json.loads(row.document)) for row in rows]
    stage.database.write_now(lambda uow: withdraw(uow, stage.house(), iri, stage.author))
    kinds = shown(stage, iri)
    assert set(kinds) == {"Delete", "Announce(Delete)", "Undo(Delete)", "Announce(Undo(Delete))"}


def shown(stage: Stage, iri: str) -> list[str]:
    rows = stage.database.read_now(lambda uow: [row for row in uow.outbox.about(iri) if may_see_sent(uow, ANYONE, row)])
    return [named(json.loads(row.document)) for row in rows]
