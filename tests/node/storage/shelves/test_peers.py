from __future__ import annotations

from federation.delivery import Health, Outcome
from kit.rows import NOW, failed, later
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
    assert known == PeerRow(
        host="b.example", state="approved", software="maillage", note="voisins", first_seen_at=NOW, looked_at=later(1)
    )
    assert database.read_now(lambda uow: [peer.host for peer in uow.peers.all()]) == [
        "b.example",
        "evil.example",
        "x.evil.example",
    ]


def test_failing_and_recovering(database: Database) -> None:
    def deed(uow: UnitOfWork) -> None:
        for number in range(9):
            assert failed(uow, "B.example", later(number), "refused").next_try_at is None
        tenth = failed(uow, "b.example", later(9), "timed out")
        assert (tenth.failures, tenth.failing_since, tenth.next_try_at) == (10, NOW, later(9, minutes=30))
        assert (tenth.last_error, tenth.last_error_at) == ("timed out", later(9))
        assert uow.peers.get("b.example") == tenth
        uow.peers.sent(["B.example", "new.example", "b.example"], later(20))
        well = uow.peers.get("b.example")
        assert well is not None
        assert well.health == Health(failed_at=later(9))
        assert well.last_out_at == later(20)

    database.write_now(deed)
    assert [peer.host for peer in database.read_now(lambda uow: uow.peers.all())] == ["b.example", "new.example"]


def test_what_answers_is_well_and_may_ask_for_a_pause(database: Database) -> None:
    def deed(uow: UnitOfWork) -> None:
        failed(uow, "b.example", NOW, "refused")
        uow.peers.answered("b.example", Outcome(status=429, retry_after="600"), later(1), "too much")
        row = uow.peers.get("b.example")
        assert row is not None
        assert (row.failures, row.next_try_at, row.last_error) == (0, later(601), "refused")
        # a sign of life does not end a pause that was asked for
        uow.peers.heard("b.example", later(2))
        row = uow.peers.get("b.example")
        assert row is not None
        assert (row.next_try_at, row.last_in_at) == (later(601), later(2))

    database.write_now(deed)


def test_heard_of(database: Database) -> None:
    def deed(uow: UnitOfWork) -> None:
        for _ in range(10):
            failed(uow, "b.example", NOW, "refused")
        uow.peers.heard("b.example", later(1))
        uow.peers.heard("b.example", later(2))
        heard = uow.peers.get("b.example")
        assert heard is not None
        # to the minute is enough
        assert (heard.last_in_at, heard.failures, heard.failing_since, heard.next_try_at) == (later(1), 0, None, None)
        uow.peers.heard("b.example", later(62))
        heard = uow.peers.get("b.example")
        assert heard is not None
        assert heard.last_in_at == later(62)
        since = [uow.peers.came_back("b.example", later(began), later(65)) for began in (61, 62)]
        assert since == [True, False]
        assert not uow.peers.came_back("b.example", later(0), later(1)), "the clock was put back"
        # to the very moment when it was failing: what was under way is measured by it
        failed(uow, "b.example", later(63), "refused")
        uow.peers.heard("b.example", later(64))
        assert uow.peers.came_back("b.example", later(63), later(65))

    database.write_now(deed)


def test_the_standard_that_a_host_reads(database: Database) -> None:
    def standard(host: str) -> str:
        row = database.read_now(lambda uow: uow.peers.get(host))
        return row.standard if row else "?"

    def deed(uow: UnitOfWork) -> None:
        uow.peers.heard("signs.example", NOW, "rfc9421")
        uow.peers.heard("old.example", NOW, "draft-cavage")
        uow.peers.verifies("b.example", "draft-cavage", NOW, is_proven=True)
        uow.peers.verifies("b.example", "rfc9421", NOW)
        uow.peers.heard("b.example", NOW, "rfc9421")
        uow.peers.verifies("c.example", "rfc9421", NOW)
        uow.peers.verifies("c.example", "draft-cavage", NOW, is_proven=True)

    database.write_now(deed)
    hosts = ("signs.example", "old.example", "b.example", "c.example", "unknown.example")
    assert [standard(host) for host in hosts] == ["rfc9421", "", "draft-cavage", "draft-cavage", "?"]


def test_a_new_host_is_asked_what_it_runs(database: Database) -> None:
    database.write_now(lambda uow: uow.peers.meet(["Met.example", "new.example", "met.example."]))
    due = database.read_now(lambda uow: sorted(task.subject for task in uow.tasks.all("look_at_peer", "due")))
    assert due == ["met.example", "new.example"]
    database.write_now(lambda uow: uow.peers.put_software("new.example", "lemmy", NOW, "0.19"))
    database.write_now(lambda uow: uow.peers.put_software("new.example", "", later(9)))
    row = database.read_now(lambda uow: uow.peers.get("new.example"))
    assert row is not None
    assert (row.software, row.software_version, row.looked_at) == ("lemmy", "0.19", later(9))
