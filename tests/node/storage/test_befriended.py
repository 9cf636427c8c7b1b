"""What is shared with communities of other nodes by name: sent to those that are linked alone, read by their members alone."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kit.guests import HERE, THERE, B, M, Stage, V, act, note
from node.actions.publish import publish
from node.actions.withdraw import withdraw
from node.contracts import Draft
from node.domain.entries import Audience, Entry
from node.domain.placing import Placement
from node.domain.visibility import PUBLIC_SCOPE, Reader, Scope, scope_of
from node.storage.engine import Database
from node.storage.onlookers import onlookers
from vocab.things.practice_note import PracticeNote
from vocab.values import Text

STRANGER = "https://autre.example/communautes/x"
COPY = f"{THERE}/ressources/1"


@pytest.fixture
def stage(memory: Database) -> Stage:
    made = Stage(memory)
    made.approve()
    made.know(STRANGER)
    return made


def share(stage: Stage, *readers: str, replaces: str = "") -> Entry:
    thing = PracticeNote(name=Text.of("Entre nous", "fr"), content=Text.of("<p>Pour quelques-uns.</p>", "fr"))
    placed = Placement(
        author=stage.author, community=stage.community, audience=Audience.CHOSEN, readers=frozenset(readers), replaces=replaces
    )
    return stage.database.write_now(lambda uow: publish(uow, stage.house(), Draft(thing=thing, source="x"), placed))


def waiting(stage: Stage) -> list[tuple[str, dict[str, Any]]]:
    rows = stage.database.read_now(lambda uow: [(row.inbox, uow.deliveries.document(row)) for row in uow.deliveries.waiting()])
    return [(inbox, json.loads(document)) for inbox, document in rows]


@pytest.mark.parametrize("direction", ["follows", "followed"])
def test_it_goes_to_the_chosen_community_and_to_no_other(stage: Stage, direction: str) -> None:
    getattr(stage, direction)()
    entry = share(stage, stage.community, B, STRANGER)
    ((inbox, sent),) = waiting(stage)
    assert (inbox, sent["type"], sent["to"]) == (f"{B}/inbox", "Create", [B])
    for reader, sees in (
        (Reader(), False),
        (Reader(actor=STRANGER + "/v"), False),
        (Reader(actor=V), False),
        (Reader(actor=B), True),
    ):
        found = stage.database.read_now(lambda uow, reader=reader: uow.things.get(entry.iri, scope_of(reader)))  # type: ignore[misc]
        assert (found is not None) == sees, reader
    seen = stage.database.read_now(lambda uow: onlookers(uow, Audience.CHOSEN, stage.author, entry.readers, stage.now))
    assert {"ailleurs.example", "autre.example"} >= set(seen.hosts)


def test_without_a_link_it_stays_here_and_narrowed_or_gone_it_is_taken_back(stage: Stage) -> None:
    entry = share(stage, B)
    assert waiting(stage) == []
    stage.followed()
    share(stage, B, replaces=entry.iri)
    share(stage, stage.community, replaces=entry.iri)
    assert [sent["type"] for _, sent in waiting(stage)] == ["Delete"], "what had not left does not leave, and the copy ends"
    share(stage, B, replaces=entry.iri)
    assert [sent["type"] for _, sent in waiting(stage)][-1] == "Create"
    stage.database.write_now(lambda uow: withdraw(uow, stage.house(), entry.iri, stage.author))
    assert {sent["type"] for _, sent in waiting(stage)} == {"Delete"}


async def told(stage: Stage, actor: str = V, **more: Any) -> None:
    thing = {**note(), "to": [f"{stage.community}/membres"], "cc": [], "audience": [], **more}
    await stage.receive({**act("Create", actor, thing), "to": stage.community, "cc": []}, recipient=stage.community)


async def test_members_of_the_chosen_community_read_it_and_nobody_else(stage: Stage) -> None:
    stage.follows()
    await told(stage)
    scopes = {
        "members": Scope(communities=frozenset({stage.community})),
        "visitors": PUBLIC_SCOPE,
        "others": Scope(actor=f"{HERE}/personnes/autre", communities=frozenset({f"{HERE}/communautes/autre"})),
        "senders": Scope(actor=BOB_OF_B, communities=frozenset({B})),
    }
    read = stage.database.read_now
    seen = {name: read(lambda uow, scope=scope: uow.things.get(COPY, scope)) is not None for name, scope in scopes.items()}  # type: ignore[misc]
    assert seen == {"members": True, "visitors": False, "others": False, "senders": False}
    assert waiting(stage) == [], "it is passed on to nobody"
    assert read(lambda uow: uow.holdings.iris(stage.community)) == []


BOB_OF_B = f"{THERE}/personnes/bob"


async def test_nothing_is_taken_from_servers_without_a_link(stage: Stage) -> None:
    stage.approve("evil.example")
    await told(stage)
    assert stage.database.read_now(lambda uow: uow.things.get_any(COPY)) is None
    stage.follows()
    stolen = f"{M.rpartition('/u/')[0]}/ressources/1"
    await told(stage, M, id=stolen, attributedTo=M)
    assert stage.database.read_now(lambda uow: uow.things.get_any(stolen)) is None
    ended = stage.database
    ended.write_now(lambda uow: uow.peers.put_state("ailleurs.example", "blocked", stage.now))
    await told(stage)
    assert stage.database.read_now(lambda uow: uow.things.get_any(COPY)) is None
