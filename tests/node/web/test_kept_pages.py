"""A page for everybody is made once as long as nothing is committed; nobody gets a page of before, nor one of somebody else."""

from __future__ import annotations

from pathlib import Path

import pytest

from kit.web_node import web_node
from node.contracts import Page, Reply, View, Visit
from node.storage.engine import Database
from node.storage.unit_of_work import UnitOfWork
from node.web.kept_pages import LARGEST, MOST, KeptPages


def page(body: bytes) -> Reply:
    return Reply(body=body, media_type="text/html")


def test_a_page_is_given_again_until_something_was_committed() -> None:
    kept = KeptPages()
    kept.put("a", 1, page(b"first"))
    assert kept.get("a", 1) == page(b"first")
    assert kept.get("b", 1) is kept.get("a", 2) is kept.get("a", None) is None
    kept.put("b", 2, page(b"second"))
    assert kept.get("a", 1) is kept.get("a", 2) is None
    kept.put("c", None, page(b"nobody can tell"))
    assert kept.get("c", None) is None


def test_pages_take_no_more_than_their_place() -> None:
    kept, large = KeptPages(), b"x" * LARGEST
    kept.put("too large", 1, page(large + b"x"))
    assert kept.get("too large", 1) is None
    for number in range(3 * MOST // LARGEST):
        kept.put(number, 1, page(large))
    held = [number for number in range(3 * MOST // LARGEST) if kept.get(number, 1)]
    assert 0 < len(held) * LARGEST <= MOST


def test_the_state_is_another_one_after_each_commit_of_anybody_and_after_nothing_else(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'a.sqlite'}"
    one, other = Database(address), Database(address)
    try:
        one.migrate()
        before = one.state()
        one.read_now(lambda uow: uow.state.get("x"))
        assert one.state() == before
        seen = {before}
        for database in (one, other):
            database.write_now(lambda uow: uow.state.set("x", str(len(seen))))
            seen.add(one.state())
        assert len(seen) == 3
        assert None not in seen
    finally:
        one.close()
        other.close()


async def test_visitors_share_a_page_and_whoever_is_signed_in_has_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []

    def show(uow: UnitOfWork, visit: Visit) -> View:
        del uow
        shown.append(visit.reader.actor)
        return View(
            title=f"Vue {len(shown)}", values={"words": "", "written": "", "status": 200}, is_secret="secret" in visit.query
        )

    counted = {"about": Page(path="/compte", right="anyone", show=show)}
    async with web_node(extra_pages=counted) as node:
        state = [1]
        monkeypatch.setattr(node.database, "state", lambda: state[0])
        monkeypatch.setattr("node.web.templates.render", lambda *given: given[1].title)

        async def titled(path: str = "/compte", person: str = "") -> str:
            return (await node.get(path, accept="text/html", person=person)).text

        assert [await titled(), await titled()] == ["Vue 1", "Vue 1"]
        assert await titled("/compte?langue=en") == "Vue 2"
        member = f"{node.url}/personnes/mireille"
        assert [await titled(person=member), await titled(person=member), await titled()] == ["Vue 3", "Vue 4", "Vue 1"]
        state[0] = 2
        assert await titled() == "Vue 5"
        assert [await titled("/compte?secret=1"), await titled("/compte?secret=1")] == ["Vue 6", "Vue 7"]
        assert shown[2:4] == [member, member]
