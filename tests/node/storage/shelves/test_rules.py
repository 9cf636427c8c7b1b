"""Rules as rows: versions stay, and who agreed to which is known."""

from __future__ import annotations

from kit.rows import HERE, NOW, later
from node.storage.engine import Database
from node.storage.shelves.rules import RulesRow

GROUP, ME, OTHER = f"{HERE}/communautes/c", f"{HERE}/personnes/m", f"{HERE}/personnes/a"


def test_versions_stay_and_agreements_are_to_one_of_them(database: Database) -> None:
    assert database.read_now(lambda uow: uow.rules.current(GROUP)) is None
    for words in ("Un.", "Deux."):
        row = RulesRow(community=GROUP, version=0, text=words, by=ME, at=NOW)
        database.write_now(lambda uow, row=row: uow.rules.add(row))  # type: ignore[misc]
    versions = database.read_now(lambda uow: uow.rules.versions(GROUP))
    assert [(each.version, each.text) for each in versions] == [(2, "Deux."), (1, "Un.")]
    assert database.write_now(lambda uow: uow.rules.agree(ME, GROUP, 1, NOW))
    assert not database.write_now(lambda uow: uow.rules.agree(ME, GROUP, 1, later(1)))
    assert database.write_now(lambda uow: uow.rules.agree(ME, GROUP, 2, later(2)))
    assert database.write_now(lambda uow: uow.rules.agree(OTHER, GROUP, 1, later(3)))
    assert database.read_now(lambda uow: uow.rules.agreements(GROUP)) == {ME: 2, OTHER: 1}
    assert [row.version for row in database.read_now(lambda uow: uow.rules.log(ME))] == [2, 1]
    assert database.write_now(lambda uow: uow.rules.end(ME, GROUP, later(4))) == 2
    assert database.read_now(lambda uow: uow.rules.agreed(ME, GROUP)) == 0
