"""Somebody leaves: nothing of the account is left, and of what they wrote becomes what they chose."""

from __future__ import annotations

import pytest

from kit.guests import Stage
from node.actions.add_member import appoint
from node.actions.erase_account import erase_account
from node.domain.entries import Audience
from node.domain.personal import Choice
from node.domain.visibility import PUBLIC_SCOPE
from node.errors import Conflict, NotFound
from node.storage.engine import Database
from node.storage.personal import counts


@pytest.fixture
def stage(memory: Database) -> Stage:
    made = Stage(memory)
    made.approve()
    made.followed()
    return made


def leave(stage: Stage, person: str, choice: Choice) -> None:
    stage.database.write_now(lambda uow: erase_account(uow, stage.house(), person, choice))


def left(stage: Stage, person: str) -> dict[str, int]:
    return stage.database.read_now(lambda uow: counts(uow, person, "ali@exemple.org"))


def kinds_sent(stage: Stage) -> list[tuple[str, str]]:
    return [
        (said["type"], said["object"]["type"] if isinstance(said["object"], dict) else said["object"]) for said in stage.sent()
    ]


def test_everything_goes_and_everybody_who_had_it_is_asked_to_forget(stage: Stage) -> None:
    ali = stage.person("ali", role="membre")
    public, ours = stage.note("Publique", author=ali), stage.note("Réservée", Audience.COMMUNITY, author=ali)
    other = stage.note("D’une autre")
    leave(stage, ali, Choice.NOTHING)
    rows = stage.database.read_now(lambda uow: [uow.things.get_any(entry.iri) for entry in (public, ours, other)])
    assert [row.entry.deleted_at is not None for row in rows if row is not None] == [True, True, False]
    assert set(left(stage, ali)) <= {"account", "words", "traces"}  # the tombstones, and what asks others to forget
    sent = kinds_sent(stage)
    assert ("Delete", ali) in sent
    assert ("Create", "Article") not in [pair for pair in sent if "Publique" in str(pair)]
    actor = stage.database.read_now(lambda uow: uow.actors.get(ali))
    assert actor is not None
    assert (actor.state, "ali" in actor.name) == ("gone", False)
    (erasure,) = stage.database.read_now(lambda uow: uow.incidents.erasures())
    assert (erasure.is_authorship_kept, erasure.heard) == (False, 0)
    assert erasure.asked > 0


@pytest.mark.parametrize(("choice", "name"), [(Choice.NAMED, "ali"), (Choice.UNNAMED, "Une personne partie")])
def test_what_stays_stays_with_the_name_or_without(stage: Stage, choice: Choice, name: str) -> None:
    ali = stage.person("ali", role="membre")
    note = stage.note("Publique", author=ali)
    leave(stage, ali, choice)
    assert stage.database.read_now(lambda uow: uow.things.get(note.iri, PUBLIC_SCOPE)) is not None
    actor = stage.database.read_now(lambda uow: uow.actors.get(ali))
    assert actor is not None
    assert (actor.name, actor.state) == (name, "active")
    assert stage.database.read_now(lambda uow: uow.members.get(ali)) is None
    assert stage.database.read_now(lambda uow: uow.members.communities_of(ali, stage.now)) == frozenset()


def test_the_last_who_looks_after_the_node_cannot_leave_and_others_hear_of_what_is_left_alone(stage: Stage) -> None:
    keeper = stage.person("denis")
    stage.database.write_now(lambda uow: appoint(uow, stage.house(), keeper))
    with pytest.raises(Conflict):
        leave(stage, keeper, Choice.NAMED)
    leave(stage, stage.author, Choice.NAMED)
    told = stage.database.read_now(lambda uow: uow.notices.of(keeper, PUBLIC_SCOPE))
    assert [(row.kind, row.iri) for row in told] == [("orphan", stage.community)]
    with pytest.raises(NotFound):
        leave(stage, stage.author, Choice.NAMED)
