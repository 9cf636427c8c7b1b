"""Flag: kept when it is about something of ours."""

from __future__ import annotations

from typing import Any

import pytest

from kit.guests import HERE, THERE, Stage, V, act
from node.actions.add_member import appoint
from node.domain.visibility import Scope
from node.storage.engine import Database


@pytest.mark.parametrize(
    ("about", "state"),
    [([f"{HERE}/ressources/1", V], "done"), (f"{THERE}/ressources/1", "ignored"), ([], "refused")],
)
async def test_reports(memory: Database, about: Any, state: str) -> None:
    stage = Stage(memory)
    stage.approve()
    assert (await stage.receive(act("Flag", V, about))).state == state


async def test_a_report_is_kept_with_its_words_and_only_what_is_ours(memory: Database) -> None:
    stage = Stage(memory)
    stage.approve()
    mine = stage.note("Une note")
    said: dict[str, Any] = {"content": "<p>Du <b>pourriel</b> !</p>" + "x" * 3_000}
    await stage.receive(act("Flag", V, [stage.author, mine.iri, f"{THERE}/r/9", *[f"{HERE}/r/{n}" for n in range(40)]], **said))
    (report,) = stage.database.read_now(lambda uow: uow.reports.listed("waiting"))
    assert (report.reporter, report.host, report.is_ours) == (V, "ailleurs.example", False)
    assert (report.objects[:2], len(report.objects)) == ((stage.author, mine.iri), 20)
    assert report.content.startswith("Du pourriel !")
    assert len(report.content) <= 2_000


async def test_a_summary_counts_where_there_are_no_other_words(memory: Database) -> None:
    stage = Stage(memory)
    stage.approve()
    await stage.receive(act("Flag", V, stage.community, summary="report this post"))
    (report,) = stage.database.read_now(lambda uow: uow.reports.listed())
    assert report.content == "report this post"


async def test_those_who_look_after_the_node_are_told(memory: Database) -> None:
    stage = Stage(memory)
    stage.approve()
    keeper = stage.person("denis")
    stage.database.write_now(lambda uow: appoint(uow, stage.house(), keeper))
    await stage.receive(act("Flag", V, stage.community, summary="report this post"))
    (told,) = stage.database.read_now(lambda uow: uow.notices.of(keeper, Scope(actor=keeper)))
    assert (told.kind, told.iri) == ("report", f"{HERE}/signalements")
