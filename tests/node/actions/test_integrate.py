"""Taking a thing from elsewhere into the repertoire, and letting go of it: both announced."""

from __future__ import annotations

import pytest

from kit.guests import HERE, THERE, B, Stage, V, act, note
from kit.nodes import key_pair
from node.actions.add_community import add_community
from node.actions.integrate import integrate, let_go, share_also
from node.domain.entries import Audience
from node.domain.rights import MEMBER, OBSERVER
from node.domain.visibility import PUBLIC_SCOPE
from node.errors import Conflict, NodeError, NotAllowed, NotFound
from node.storage.engine import Database
from node.storage.pointing import first_sharing

IRI = f"{THERE}/ressources/1"


@pytest.fixture
async def stage(memory: Database) -> Stage:
    made = Stage(memory)
    made.approve()
    await made.receive(act("Create", V, note()))
    made.followed()
    return made


def take(stage: Stage, iri: str = IRI, *, by: str = "", community: str = "") -> None:
    stage.database.write_now(lambda uow: integrate(uow, stage.house(), iri, community or stage.community, by or stage.author))


def drop(stage: Stage, iri: str = IRI) -> None:
    stage.database.write_now(lambda uow: let_go(uow, stage.house(), iri, stage.community, stage.author))


async def test_it_is_held_by_reference_and_announced_by_its_address_alone(stage: Stage) -> None:
    take(stage)
    take(stage)
    (row,) = stage.database.read_now(lambda uow: uow.holdings.of(stage.community, scope=PUBLIC_SCOPE))
    (sent,) = stage.sent()
    assert (row.iri, row.mode) == (IRI, "reference")
    assert (sent["type"], sent["actor"], sent["object"]) == ("Announce", stage.community, IRI)


async def test_a_member_shares_in_one_more_community_and_nobody_talks_twice(stage: Stage) -> None:
    house = stage.house()
    other = stage.database.write_now(lambda uow: add_community(uow, house, "Voisinage", keys=key_pair(5))).iri
    ali, julie = stage.person("Ali Benali"), stage.person("Julie Roy")
    stage.database.write_now(
        lambda uow: [uow.members.join(ali, other, MEMBER, stage.now), uow.members.join(julie, other, OBSERVER, stage.now)]
    )
    ours, hidden = stage.note("À tous"), stage.note("Entre nous", Audience.COMMUNITY)

    def share(iri: str, by: str) -> None:
        stage.database.write_now(lambda uow: share_also(uow, house, iri, other, by))

    for _ in range(2):
        share(ours.iri, ali)
    assert stage.database.read_now(lambda uow: uow.holdings.holders(ours.iri)) == sorted([ours.community, other])
    for iri, by, error in ((ours.iri, julie, NotAllowed), (ours.iri, stage.author, NotAllowed), (hidden.iri, ali, NotFound)):
        with pytest.raises(error):
            share(iri, by)
    assert stage.database.read_now(lambda uow: first_sharing(uow, ours.iri)) is not None
    assert stage.database.read_now(lambda uow: first_sharing(uow, hidden.iri)) is None


async def test_letting_go_takes_the_announcement_back(stage: Stage) -> None:
    take(stage)
    announced = stage.sent()[0]["id"]
    drop(stage)
    undo = stage.sent()[-1]
    assert (undo["type"], undo["object"]["id"], undo["object"]["object"]) == ("Undo", announced, IRI)
    assert stage.database.read_now(lambda uow: uow.holdings.iris(stage.community)) == []
    with pytest.raises(NotFound):
        drop(stage)


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"iri": f"{THERE}/ressources/absente"}, NotFound),
        ({"by": V}, NotAllowed),
        ({"community": B}, NotFound),
        ({"community": f"{HERE}/communautes/absente"}, NotFound),
    ],
)
async def test_what_may_not_be(stage: Stage, changed: dict[str, str], error: type[NodeError]) -> None:
    with pytest.raises(error):
        take(stage, **changed)
    assert stage.sent() == []


async def test_ones_own_is_not_taken_nor_let_go(stage: Stage) -> None:
    mine = stage.note("La mienne")
    with pytest.raises(Conflict):
        take(stage, mine.iri)
    with pytest.raises(NotFound):
        drop(stage, mine.iri)


async def test_a_private_copy_is_as_if_it_were_not_there(stage: Stage) -> None:
    private = {**note(number=2), "to": [f"{B}/membres"]}
    await stage.receive(act("Create", V, private, 2), recipient=stage.author)
    with pytest.raises(NotFound):
        take(stage, f"{THERE}/ressources/2")
