"""Who writes the rules of a community, who is asked to agree, and who does."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kit.guests import Stage
from node.actions.set_rules import agree, set_rules
from node.domain.entries import Audience
from node.domain.promises import CHATHAM, STAYS_HERE, mode_of
from node.domain.visibility import Scope
from node.errors import Conflict, Invalid, NotAllowed, NotFound
from node.storage.engine import Database
from node.storage.presenting import actor_of_ours
from node.storage.shelves.rules import RulesRow
from vocab.things.group import Group


@pytest.fixture
def stage(memory: Database) -> Stage:
    return Stage(memory)


def put(stage: Stage, words: str, based_on: int = 0, by: str = "", mode: str = CHATHAM) -> RulesRow:
    row = RulesRow(community=stage.community, version=0, text=words, mode=mode, at=stage.now)
    return stage.database.write_now(lambda uow: set_rules(uow, stage.house(), by or stage.author, row, based_on=based_on))


def test_members_are_asked_at_each_change_and_say_yes(stage: Stage) -> None:
    member = stage.person("ali", role="membre")
    scope = Scope(actor=member, communities=frozenset({stage.community}))
    kept = put(stage, "Un.")
    assert (kept.version, put(stage, "Un.", based_on=1).version) == (1, 1)
    actor = stage.database.read_now(lambda uow: actor_of_ours(uow, stage.community))
    assert isinstance(actor, Group)
    assert actor.operating_rules is not None
    assert actor.operating_rules.iri == f"{stage.community}/regles"
    told = stage.database.read_now(lambda uow: [row.kind for row in uow.notices.of(member, scope)])
    assert told == ["rules"]
    stage.database.write_now(lambda uow: agree(uow, stage.house(), member, stage.community, 1))
    put(stage, "Deux.", based_on=1)
    assert stage.database.read_now(lambda uow: uow.rules.agreements(stage.community)) == {member: 1, stage.author: 2}
    with pytest.raises(Conflict):
        stage.database.write_now(lambda uow: agree(uow, stage.house(), member, stage.community, 1))
    with pytest.raises(Conflict):
        put(stage, "Trois.", based_on=1)


def test_who_may_not_and_what_cannot_be(stage: Stage) -> None:
    member, stranger = stage.person("ali", role="membre"), stage.person("zoe")
    with pytest.raises(NotFound):
        put(stage, "Un.", by=member)
    with pytest.raises(Invalid):
        put(stage, "  ")
    with pytest.raises(Invalid):
        put(stage, "Un.", mode="https://example.org/autre")
    with pytest.raises(NotFound):
        stage.database.write_now(lambda uow: agree(uow, stage.house(), member, stage.community, 1))
    with pytest.raises(NotAllowed):
        stage.database.write_now(lambda uow: agree(uow, stage.house(), stranger, stage.community, 1))
    assert replace(put(stage, "Un."), text="").version == 1


def test_what_is_published_for_the_community_carries_its_promise_and_loses_it_for_all(stage: Stage) -> None:
    put(stage, "Un.", mode=STAYS_HERE)
    entry = stage.note("Entre nous", Audience.COMMUNITY)
    assert promised(stage, entry.iri) == STAYS_HERE
    stage.note("Entre nous", Audience.PUBLIC, replaces=entry.iri)
    assert promised(stage, entry.iri) == ""


def promised(stage: Stage, iri: str) -> str:
    stored = stage.database.read_now(lambda uow: uow.things.get_any(iri))
    assert stored is not None
    return mode_of(stored.thing)
