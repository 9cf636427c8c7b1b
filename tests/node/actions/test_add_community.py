"""Communities: their address for good, their document for everybody, their changes for those who follow."""

from __future__ import annotations

import json

import pytest

from kit.guests import HERE, B, Stage
from kit.nodes import key_pair
from node.actions.add_community import add_community, describe_community
from node.domain.patterns import PATTERNS
from node.errors import Conflict, Invalid, NotFound
from node.storage.engine import Database
from node.storage.patterned import pattern_of
from node.storage.shelves.actors import ActorRow


@pytest.fixture
def stage(memory: Database) -> Stage:
    return Stage(memory)


def add(stage: Stage, name: str, slug: str = "") -> ActorRow:
    return stage.database.write_now(lambda uow: add_community(uow, stage.house(), name, slug=slug, keys=key_pair(3)))


async def test_the_name_makes_the_address_and_two_of_one_name_get_two(stage: Stage) -> None:
    assert add(stage, "Économie sociale & solidaire").iri == f"{HERE}/communautes/economie-sociale-et-solidaire"
    assert add(stage, "Habitation").iri == f"{HERE}/communautes/habitation-2"


async def test_a_group_says_what_groups_say(stage: Stage) -> None:
    iri = add(stage, "Transport").iri
    row = stage.database.read_now(lambda uow: uow.actors.get(iri))
    assert row is not None
    said = json.loads(row.document)
    assert (said["kind"], "manuallyApprovesFollowers" in said) == (["CommunityOfPractice"], False)
    assert said["attributedTo"] in (f"{iri}/animation", [f"{iri}/animation"])
    assert (said["featured"], said["repertoire"], said["hostedBy"]) == (
        f"{iri}/en-vedette", f"{iri}/repertoire", f"{HERE}/organisation",
    )  # fmt: skip
    assert row.repertoire == f"{iri}/repertoire"


async def test_a_table_is_a_table_and_begins_with_its_own_rules(stage: Stage) -> None:
    pattern = PATTERNS["table"]
    row = stage.database.write_now(
        lambda uow: add_community(uow, stage.house(), "Table du quartier", keys=key_pair(3), pattern=pattern)
    )
    assert json.loads(row.document)["kind"] == ["Concertation"]
    begun = stage.database.read_now(lambda uow: [pattern_of(uow, iri).name for iri in (row.iri, stage.community)])
    assert begun == ["table", "libre"]


@pytest.mark.parametrize(
    ("slug", "error"), [("Majuscule", Invalid), ("-x", Invalid), ("noeud", Invalid), ("habitation", Conflict)]
)
async def test_an_address_that_cannot_be(stage: Stage, slug: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        add(stage, "Transport", slug)


async def test_a_name_is_needed(stage: Stage) -> None:
    with pytest.raises(Invalid):
        add(stage, " ")


async def test_what_is_said_of_it_changes_and_its_followers_are_told(stage: Stage) -> None:
    stage.followed()
    before = stage.database.read_now(lambda uow: uow.actors.get(stage.community))
    row = stage.database.write_now(
        lambda uow: describe_community(uow, stage.house(), stage.community, name="Logement", territory=f"{HERE}/lieux/estrie")
    )
    (sent,) = stage.sent()
    assert before is not None
    assert (row.name, row.key_pem) == ("Logement", before.key_pem)
    assert json.loads(row.document)["territory"] in (f"{HERE}/lieux/estrie", [f"{HERE}/lieux/estrie"])
    assert (sent["type"], sent["object"]["id"], sent["object"]["name"]) == ("Update", stage.community, "Logement")
    with pytest.raises(NotFound):
        stage.database.write_now(lambda uow: describe_community(uow, stage.house(), B, name="x"))
