"""Roles are given and ended by those who animate, with dates; nobody is left without anybody."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from kit.guests import B, Stage
from node.actions.add_member import appoint
from node.actions.set_roles import end_role, give_role, leave, take_out
from node.domain.rights import ANIMATION, CURATION, MEMBER
from node.errors import Conflict, Invalid, NotFound
from node.storage.engine import Database
from node.storage.shelves.accounts import Accounts
from node.storage.unit_of_work import UnitOfWork


@pytest.fixture
def stage(memory: Database) -> Stage:
    return Stage(memory)


def roles(stage: Stage, person: str) -> set[str]:
    return set(stage.database.read_now(lambda uow: uow.members.roles(person, stage.community, stage.now)))


def give(
    stage: Stage, person: str, name: str, *, by: str = "", since: datetime | None = None, until: datetime | None = None
) -> int:
    def deed(uow: UnitOfWork) -> int:
        return give_role(uow, stage.house(), by or stage.author, person, stage.community, name, since or stage.now, until).id

    return stage.database.write_now(deed)


def test_several_roles_each_with_its_dates(stage: Stage) -> None:
    zoe = stage.person("Zoé Roy", role="membre")
    give(stage, zoe, "curation", until=stage.now + timedelta(days=30))
    give(stage, zoe, "documentation", since=stage.now + timedelta(days=10))
    assert roles(stage, zoe) == {MEMBER, CURATION}
    stage.later(days=11)
    assert len(roles(stage, zoe)) == 3
    stage.later(days=30)
    assert CURATION not in roles(stage, zoe)


def test_only_those_who_animate_or_look_after_the_node_give_roles(stage: Stage) -> None:
    zoe = stage.person("Zoé Roy", role="curation")
    for by in (zoe, stage.person("Personne d’autre"), ""):
        with pytest.raises(NotFound):
            give(stage, zoe, "animation", by=by or "nobody")
    admin = stage.person("Denis Ouellet")
    stage.database.write_now(lambda uow: appoint(uow, stage.house(), admin))
    with pytest.raises(NotFound):
        give(stage, zoe, "animation", by=admin)  # who looks after the node lacks a second proof
    stage.database.write_now(lambda uow: Accounts(uow.ground).second.put(admin, "SECRET", 0, stage.now))
    give(stage, zoe, "animation", by=admin)
    assert ANIMATION in roles(stage, zoe)
    with pytest.raises(NotFound):
        give(stage, B, "membre")


@pytest.mark.parametrize("name", ["roi", "invite", ""])
def test_what_is_no_role_is_not_given(stage: Stage, name: str) -> None:
    zoe = stage.person("Zoé Roy", role="membre")
    with pytest.raises(Invalid):
        give(stage, zoe, name)


def test_a_role_does_not_end_before_it_begins(stage: Stage) -> None:
    zoe = stage.person("Zoé Roy", role="membre")
    for since, until in ((stage.now + timedelta(days=3), stage.now + timedelta(days=2)), (None, stage.now)):
        with pytest.raises(Invalid):
            give(stage, zoe, "curation", since=since, until=until)


def test_the_last_who_animates_stays_until_somebody_else_does(stage: Stage) -> None:
    zoe = stage.person("Zoé Roy", role="membre")
    write, house, c = stage.database.write_now, stage.house(), stage.community
    (mine,) = (row.id for row in stage.database.read_now(lambda uow: uow.members.of(c, stage.now)) if row.role == ANIMATION)
    for deed in (
        lambda uow: end_role(uow, house, stage.author, c, mine),
        lambda uow: leave(uow, house, stage.author, c),
        lambda uow: take_out(uow, house, stage.author, stage.author, c),
    ):
        with pytest.raises(Conflict):
            write(deed)
    give(stage, zoe, "animation")
    write(lambda uow: end_role(uow, house, stage.author, c, mine))
    assert roles(stage, stage.author) == set()
    with pytest.raises(NotFound):
        write(lambda uow: end_role(uow, house, zoe, c, mine))


def test_one_ends_ones_own_role_and_nobody_elses(stage: Stage) -> None:
    zoe, ali = stage.person("Zoé Roy", role="membre"), stage.person("Ali Benali", role="membre")
    number = give(stage, zoe, "curation")
    with pytest.raises(NotFound):
        stage.database.write_now(lambda uow: end_role(uow, stage.house(), ali, stage.community, number))
    stage.database.write_now(lambda uow: end_role(uow, stage.house(), zoe, stage.community, number))
    assert roles(stage, zoe) == {MEMBER}
    with pytest.raises(NotFound):
        stage.database.write_now(lambda uow: take_out(uow, stage.house(), ali, zoe, stage.community))
    assert stage.database.write_now(lambda uow: take_out(uow, stage.house(), stage.author, zoe, stage.community)) == 1
