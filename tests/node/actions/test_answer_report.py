"""What is decided about a report: with words, or without any when nothing is to be done; once, and in the log."""

from __future__ import annotations

import pytest

from kit.guests import HERE, THERE, Stage
from node.actions.answer_report import dismiss, settle
from node.errors import Invalid, NotFound
from node.storage.engine import Database
from node.storage.shelves.reports import Complaint, ReportRow

THING = f"{HERE}/ressources/1"


@pytest.fixture
def stage(memory: Database) -> Stage:
    made = Stage(memory)
    complaint = Complaint(
        activity=f"{THERE}/s/1", reporter=f"{THERE}/acteur", host="ailleurs.example", objects=(THING,), content="spam"
    )
    made.database.write_now(lambda uow: uow.reports.add(complaint, made.now))
    return made


def report(stage: Stage) -> ReportRow:
    (row,) = stage.database.read_now(lambda uow: uow.reports.listed())
    return row


def log(stage: Stage) -> list[tuple[str, str, str]]:
    return [(row.deed, row.by, row.reason) for row in stage.database.read_now(lambda uow: uow.decisions.recent())]


def test_what_was_done_is_kept_in_words_and_in_the_log(stage: Stage) -> None:
    number = report(stage).id
    stage.database.write_now(lambda uow: settle(uow, stage.house(), number, stage.author, " Retiré. "))
    row = report(stage)
    assert (row.state, row.decided_by, row.decision, row.decided_at) == ("settled", stage.author, "Retiré.", stage.now)
    assert log(stage) == [("settle", stage.author, "Retiré.")]
    assert stage.sent() == []


def test_nothing_to_do_needs_no_words(stage: Stage) -> None:
    number = report(stage).id
    stage.database.write_now(lambda uow: dismiss(uow, stage.house(), number, stage.author))
    assert (report(stage).state, log(stage)) == ("dismissed", [("dismiss", stage.author, "")])


def test_a_report_is_decided_once_and_never_without_saying_what(stage: Stage) -> None:
    number = report(stage).id
    for words in (" ", "x" * 2_001):
        with pytest.raises(Invalid):
            stage.database.write_now(lambda uow, words=words: settle(uow, stage.house(), number, stage.author, words))  # type: ignore[misc]
    assert (report(stage).state, log(stage)) == ("waiting", [])
    stage.database.write_now(lambda uow: dismiss(uow, stage.house(), number, stage.author))
    for deed in (settle, dismiss):
        with pytest.raises(NotFound):
            stage.database.write_now(lambda uow, deed=deed: deed(uow, stage.house(), number, stage.author, "encore"))  # type: ignore[misc]


def test_what_we_sent_is_not_ours_to_decide(stage: Stage) -> None:
    ours = Complaint(activity="a", reporter=stage.author, host="ailleurs.example", objects=(THERE,), content="x", is_ours=True)
    stage.database.write_now(lambda uow: uow.reports.add(ours, stage.now))
    row = stage.database.read_now(lambda uow: uow.reports.listed("sent"))[0]
    with pytest.raises(NotFound):
        stage.database.write_now(lambda uow: dismiss(uow, stage.house(), row.id, stage.author))
