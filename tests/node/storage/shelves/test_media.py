from __future__ import annotations

from datetime import timedelta

from kit.rows import HERE, NOW, later, put
from node.domain.visibility import Scope
from node.storage.engine import Database
from node.storage.shelves.media import KeptRow, MediaRow
from node.storage.unit_of_work import UnitOfWork

PERSON, OTHER = f"{HERE}/personnes/m", f"{HERE}/personnes/a"


def a_file(mark: str, size: int = 3) -> MediaRow:
    return MediaRow(
        digest=mark * 64, media_type="application/pdf", extension="pdf", size=size, width=0, height=0, stored_at=NOW
    )  # fmt: skip


def give(uow: UnitOfWork, mark: str, person: str = PERSON, name: str = "plan.pdf") -> None:
    uow.media.put(a_file(mark), b"abc")
    uow.media.keep(KeptRow(digest=mark * 64, person=person, name=name, description="", at=NOW))


def test_bytes_are_kept_once_whoever_gives_them(database: Database) -> None:
    def work(uow: UnitOfWork) -> None:
        give(uow, "a")
        give(uow, "a", OTHER, "autre.pdf")
        give(uow, "a", OTHER, "encore.pdf")
        assert uow.media.content("a" * 64) == b"abc"
        assert uow.media.content("b" * 64) == uow.media.piece("b" * 64, 0, 9) == b""
        assert [uow.media.piece("a" * 64, begin, 2) for begin in (0, 1, 2, 3, 9)] == [b"ab", b"bc", b"c", b"", b""]
        assert list(uow.media.pieces("a" * 64)) == [b"abc"]
        assert (uow.media.total(PERSON), uow.media.total(OTHER)) == ((1, 3), (1, 3))
        names = [kept.name for person in (PERSON, OTHER, "") if (kept := uow.media.kept("a" * 64, person))]
        assert names[:2] == ["plan.pdf", "encore.pdf"]
        assert [row.name for row in uow.media.of(OTHER)] == ["encore.pdf"]
        assert uow.media.let_go("a" * 64, OTHER)
        assert not uow.media.let_go("a" * 64, OTHER)

    database.write_now(work)


def test_only_its_keeper_sees_what_nothing_shows(database: Database) -> None:
    database.write_now(lambda uow: give(uow, "a"))

    def look(uow: UnitOfWork) -> None:
        assert uow.media.seen("a" * 64, Scope(actor=PERSON)) is not None
        assert uow.media.seen("a" * 64, Scope(actor=OTHER)) is None
        assert uow.media.seen("a" * 64, Scope()) is None
        assert uow.media.get("a" * 64) == a_file("a")

    database.read_now(look)


def test_what_nothing_shows_is_forgotten_after_a_while(database: Database) -> None:
    def work(uow: UnitOfWork) -> None:
        for mark in "abc":
            give(uow, mark)
        uow.media.use(f"{HERE}/ressources/1", ["a" * 64, "f" * 64])
        assert [row.digest for row in uow.media.used_by(f"{HERE}/ressources/1")] == ["a" * 64]
        uow.media.let_go("c" * 64, PERSON)
        assert uow.media.prune(NOW - timedelta(days=1)) == 1
        assert uow.media.prune(later(60)) == 1
        assert [row.digest[0] for row in uow.media.of(PERSON)] == ["a"]
        uow.media.use(f"{HERE}/ressources/1", [])
        assert uow.media.prune(later(60)) == 1
        assert uow.media.of(PERSON) == []

    database.write_now(work)


def test_what_a_thing_showed_before_stays_for_its_versions_and_is_seen_by_nobody(database: Database) -> None:
    def work(uow: UnitOfWork) -> None:
        thing = put(uow, f"{HERE}/ressources/1")
        give(uow, "a")
        uow.media.use(thing, ["a" * 64], has_versions=True)
        uow.media.use(thing, ["a" * 64], has_versions=True)
        assert uow.media.seen("a" * 64, Scope()) is not None
        uow.media.use(thing, [], has_versions=True)
        assert uow.media.seen("a" * 64, Scope()) is None
        assert uow.media.prune(later(60)) == 0
        uow.things.bury(thing, b"{}", NOW)
        assert uow.media.prune(later(60)) == 1

    database.write_now(work)
