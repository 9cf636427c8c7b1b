"""What is reported elsewhere: in the organisation's name, through the server's own door, kept here with who asked for it."""

from __future__ import annotations

import pytest

from kit.guests import HERE, THERE, Stage, V, act, note
from node.actions.report import report
from node.errors import Invalid, NodeError, NotFound
from node.storage.engine import Database

NOTE = f"{THERE}/ressources/1"


@pytest.fixture
async def stage(memory: Database) -> Stage:
    made = Stage(memory)
    made.approve()
    made.know(V, shared_inbox=f"{THERE}/inbox")
    await made.receive(act("Create", V, note()))
    return made


@pytest.mark.parametrize(("iri", "named"), [(NOTE, [V, NOTE]), (V, [V])])
async def test_the_organisation_reports_and_names_nobody_of_here(stage: Stage, iri: str, named: list[str]) -> None:
    host = stage.database.write_now(lambda uow: report(uow, stage.house(), iri, reason="Pourriel.", by=stage.author))
    (sent,) = stage.sent()
    (delivery,) = stage.database.read_now(lambda uow: uow.deliveries.waiting())
    (kept,) = stage.database.read_now(lambda uow: uow.reports.listed())
    objects = sent["object"] if isinstance(sent["object"], list) else [sent["object"]]
    assert (host, sent["type"], sent["actor"], objects) == ("ailleurs.example", "Flag", stage.house().organisation, named)
    assert (sent["content"], delivery.inbox, delivery.sender) == ("Pourriel.", f"{THERE}/inbox", stage.house().organisation)
    assert stage.author not in str(sent)
    assert (kept.reporter, kept.is_ours, kept.state, kept.objects) == (stage.author, True, "sent", tuple(named))


@pytest.mark.parametrize(
    ("iri", "reason", "error"),
    [
        (f"{HERE}/ressources/1", "x", Invalid),
        (NOTE, " ", Invalid),
        (NOTE, "x" * 2_001, Invalid),
        (f"{THERE}/ressources/absente", "x", NotFound),
    ],
)
async def test_what_cannot_be_reported_is_told(stage: Stage, iri: str, reason: str, error: type[NodeError]) -> None:
    with pytest.raises(error):
        stage.database.write_now(lambda uow: report(uow, stage.house(), iri, reason=reason))
    assert stage.sent() == []
