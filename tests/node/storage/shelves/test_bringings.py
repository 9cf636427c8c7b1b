from __future__ import annotations

from dataclasses import replace

from kit.rows import HERE, NOW, later
from node.storage.engine import Database
from node.storage.shelves.bringings import BringingRow, BroughtRow
from node.storage.unit_of_work import UnitOfWork

ME = f"{HERE}/personnes/a"
ROW = BringingRow(
    id="a1", person=ME, community=f"{HERE}/communautes/a", audience="community", state="fetching", addresses="", report="",
    language="fr", done=0, total=0, takes_probable=0, begun_at=NOW, changed_at=NOW,
)  # fmt: skip


def test_files_go_when_it_is_over_and_all_of_it_when_nobody_comes_back(database: Database) -> None:
    def deed(uow: UnitOfWork) -> None:
        uow.bringings.begin(ROW, [BroughtRow(name="a.csv", content=b"a")])
        uow.bringings.add_files("a1", [BroughtRow(name="b", content=b"", problem="torn")])
        uow.bringings.begin(replace(ROW, id="a2", begun_at=later(5)), [])
        assert [row.id for row in uow.bringings.of(ME)] == ["a2", "a1"]
        assert uow.bringings.of(f"{HERE}/personnes/b") == []
        assert [(each.name, each.content, each.problem) for each in uow.bringings.files("a1")] == [
            ("a.csv", b"a", ""),
            ("b", b"", "torn"),
        ]
        uow.bringings.put(replace(ROW, state="ready", done=1, changed_at=later(9)))
        assert len(list(uow.bringings.files("a1"))) == 2
        uow.bringings.put(replace(ROW, state="done", changed_at=later(9)))
        assert list(uow.bringings.files("a1")) == []
        uow.bringings.forget(later(8))
        assert [row.id for row in uow.bringings.of(ME)] == ["a1"]

    database.write_now(deed)
