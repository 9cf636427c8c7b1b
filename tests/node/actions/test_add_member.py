"""Members: an account once per address, a role in a community, also for somebody from elsewhere."""

from __future__ import annotations

import pytest

from kit.guests import HERE, B, Stage, V
from kit.nodes import key_pair
from node.actions.add_member import Newcomer, add_member, admit, appoint, dismiss
from node.domain.rights import ADMINISTRATION, ANIMATION, MEMBER
from node.errors import Conflict, Invalid, NotFound
from node.storage.engine import Database
from node.storage.shelves.members import MemberRow
from node.storage.unit_of_work import UnitOfWork


@pytest.fixture
def stage(memory: Database) -> Stage:
    return Stage(memory)


def add(stage: Stage, email: str, name: str = "Zoé Roy") -> MemberRow:
    newcomer = Newcomer(email=email, name=name)
    return stage.database.write_now(lambda uow: add_member(uow, stage.house(), newcomer, keys=key_pair(4)))


async def test_one_account_per_address_whatever_its_case(stage: Stage) -> None:
    first, again, other = add(stage, "Zoe@Exemple.org"), add(stage, "zoe@exemple.org", "Autre"), add(stage, "z@exemple.org")
    assert (first, first.iri, first.email) == (again, f"{HERE}/personnes/zoe-roy", "zoe@exemple.org")
    assert other.iri == f"{HERE}/personnes/zoe-roy-2"
    said = stage.database.read_now(lambda uow: uow.actors.get(other.iri))
    assert said is not None
    assert b"manuallyApprovesFollowers" not in said.document  # who asks decides whether they wait, and the mode of the day


@pytest.mark.parametrize(("email", "name"), [("zoe", "Zoé"), ("a@b@c", "Zoé"), ("a b@c", "Zoé"), ("@c", "Zoé"), ("a@c", " ")])
async def test_what_is_no_address_or_no_name(stage: Stage, email: str, name: str) -> None:
    with pytest.raises(Invalid):
        add(stage, email, name)


async def test_roles_in_words_of_both_languages_and_from_elsewhere(stage: Stage) -> None:
    zoe = add(stage, "zoe@exemple.org").iri
    for person, name, role in ((zoe, "", MEMBER), (zoe, "facilitation", ANIMATION), (V, "membre", MEMBER)):
        row = stage.database.write_now(
            lambda uow, person=person, name=name: admit(uow, stage.house(), person, stage.community, role_name=name)  # type: ignore[misc]
        )
        assert (row.role, row.consent) == (role, False)


async def test_what_cannot_be(stage: Stage) -> None:
    zoe = add(stage, "zoe@exemple.org").iri
    for person, community, role, error in (
        (zoe, B, "", NotFound),
        (f"{HERE}/personnes/absente", stage.community, "", NotFound),
        (zoe, stage.community, "roi", Invalid),
    ):  # fmt: skip
        with pytest.raises(error):
            stage.database.write_now(
                lambda uow, p=person, c=community, r=role: admit(uow, stage.house(), p, c, role_name=r)  # type: ignore[misc]
            )


def test_somebody_looks_after_the_node_and_the_last_one_cannot_leave(memory: Database) -> None:
    stage = Stage(memory)
    house = stage.house()

    def deed(uow: UnitOfWork) -> tuple[str, str]:
        people = [
            add_member(uow, house, Newcomer(email=f"{name}@x.org", name=name), keys=key_pair(7)).iri for name in ("Ana", "Bo")
        ]
        for person in people:
            appoint(uow, house, person)
        dismiss(uow, house, people[0])
        return people[0], people[1]

    gone, left = memory.write_now(deed)
    assert ADMINISTRATION in memory.read_now(lambda uow: uow.members.roles(left, house.organisation, house.now))
    assert not memory.read_now(lambda uow: uow.members.roles(gone, house.organisation, house.now))
    assert memory.read_now(lambda uow: uow.members.communities_of(left, house.now)) == frozenset()
    with pytest.raises(Conflict, match="appoint somebody first"):
        memory.write_now(lambda uow: dismiss(uow, house, left))
    with pytest.raises(NotFound):
        memory.write_now(lambda uow: dismiss(uow, house, gone))
    with pytest.raises(NotFound):
        memory.write_now(lambda uow: appoint(uow, house, "https://ailleurs.example/p"))
