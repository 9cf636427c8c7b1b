"""maillage report: sends a report about something elsewhere, and lists them."""

from __future__ import annotations

from kit.shell import Shell
from node.storage.shelves.actors import ActorRow

ALI = "https://ailleurs.example/personnes/ali"


def test_a_report_is_sent_and_listed(maillage: Shell) -> None:
    row = ActorRow(iri=ALI, type="Person", document=b"{}", host="ailleurs.example", inbox=f"{ALI}/inbox")
    maillage.write(lambda uow: uow.actors.put(row))
    assert "No report" in maillage("report").out
    assert maillage("report", ALI, "--reason", "Pourriel.").line == f"{ALI} is reported to ailleurs.example."
    (listed,) = maillage("report", "--json").json
    assert (listed["direction"], listed["state"], listed["about"], listed["reason"]) == ("out", "sent", [ALI], "Pourriel.")


def test_a_report_without_reason_is_told(maillage: Shell) -> None:
    assert "--reason" in maillage.fails("report", ALI)
