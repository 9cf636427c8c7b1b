from __future__ import annotations

from kit.rows import NOW, later
from node.storage.engine import Database
from node.storage.shelves.peers import PeerRow
from node.storage.unit_of_work import UnitOfWork


def test_trust(database: Database) -> None:
    def deed(uow: UnitOfWork) -> None:
        uow.peers.put_state("B.example.", "approved", NOW, note="voisins")
        uow.peers.put_state("evil.example", "blocked", NOW)
        uow.peers.put_software("b.example", "maillage", later(1))
        assert uow.peers.is_approved("b.EXAMPLE")
        assert not uow.peers.is_approved("a.b.example")
        assert not uow.peers.is_blocked("b.example")
        assert all(uow.peers.is_blocked(host) for host in ("evil.example", "A.evil.example.", "a.evil.example:8443"))
        assert not any(uow.peers.is_blocked(host) for host in ("notevil.example", "example", "evil.example.org"))
        uow.peers.put_state("x.evil.example", "approved", NOW)
        assert not uow.peers.is_approved("x.evil.example")

    database.write_now(deed)
    known = database.read_now(lambda uow: uow.peers.get("b.example"))
    assert known == PeerRow(host="b.example", state="approved", software="maillage", note="voisins", first_seen_at=NOW)
    assert database.read_now(lambda uow: [peer.host for peer in uow.peers.all()]) == [
        "b.example",
        "evil.example",
        "x.evil.example",
    ]


def test_failing_and_recovering(database: Database) -> None:
    def deed(uow: UnitOfWork) -> None:
        for number in range(9):
            assert uow.peers.failed("b.example", later(number), "refused").next_try_at is None
        tenth = uow.peers.failed("b.example", later(9), "timed out")
        assert (tenth.failures, tenth.failing_since, tenth.next_try_at) == (10, NOW, later(9, minutes=30))
        assert (tenth.last_error, tenth.last_error_at) == ("timed out", later(9))
        assert uow.peers.failed("b.example", later(10), "x", next_try_at=later(days=1)).next_try_at == later(days=1)
        uow.peers.sent("b.example", later(20))
        well = uow.peers.get("b.example")
        assert well is not None
        assert (well.failures, well.failing_since, well.next_try_at, well.last_out_at) == (0, None, None, later(20))

    database.write_now(deed)


def test_heard_of(database: Database) -> None:
    def deed(uow: UnitOfWork) -> None:
        uow.peers.failed("b.example", NOW, "refused", next_try_at=later(days=1))
        uow.peers.heard("b.example", later(1))
        uow.peers.heard("b.example", later(2))
        heard = uow.peers.get("b.example")
        assert heard is not None
        # to the minute is enough
        assert (heard.last_in_at, heard.failures, heard.next_try_at) == (later(1), 0, None)
        uow.peers.heard("b.example", later(62))
        heard = uow.peers.get("b.example")
        assert heard is not None
        assert heard.last_in_at == later(62)

    database.write_now(deed)
