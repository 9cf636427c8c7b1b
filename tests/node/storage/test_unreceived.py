"""Whoever wrote something is told after a day which servers have not taken it."""

from __future__ import annotations

import pytest

from kit.guests import Stage
from kit.web_node import plant
from node.domain.entries import Audience
from node.storage.engine import Database
from node.storage.shelves.outbox import OutboxRow
from node.storage.unit_of_work import UnitOfWork
from node.storage.unreceived import unreceived


@pytest.fixture
def stage(memory: Database) -> Stage:
    return Stage(memory)


def test_what_waits_for_a_day_is_told_and_nothing_before(stage: Stage) -> None:
    iri = stage.database.write_now(lambda uow: plant(uow, stage.house(), "ressources/a", Audience.PUBLIC))

    def send(uow: UnitOfWork) -> None:
        at = stage.house().now
        row = OutboxRow(
            iri="https://ici.example/activites/1", actor=stage.author, type="Create", object=iri, document=b"{}", published_at=at,
            audience="public",
        )  # fmt: skip
        uow.outbox.add(row, ["https://a.example/inbox", "https://b.example/inbox"], at=at)

    stage.database.write_now(send)

    def missing() -> list[tuple[str, bool]]:
        found = stage.database.read_now(lambda uow: unreceived(uow, iri, stage.house().now))
        return [(each.host, each.is_given_up) for each in found]

    stage.later(hours=23)
    assert missing() == []
    stage.later(hours=2)
    assert missing() == [("a.example", False), ("b.example", False)]
    stage.database.write_now(lambda uow: uow.deliveries.drop_host("a.example"))
    assert missing() == [("b.example", False)]
