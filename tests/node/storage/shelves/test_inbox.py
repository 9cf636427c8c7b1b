from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest

from federation.messages import Verified
from kit.rows import NOW, THERE, document, later
from node.storage.engine import Database
from node.storage.shelves import inbox as shelf
from node.storage.unit_of_work import UnitOfWork
from vocab.jsonld import read


def verified(name: str, recipient: str | None = None) -> Verified:
    body = document(f"{THERE}/activites/{name}" if name else "", type="Like", object="https://x.example/1")
    key = f"{THERE}/communautes/b#main-key"
    return Verified(
        activity=read(body), actor=f"{THERE}/communautes/b", key_id=key, body=body, at=NOW, recipient=recipient
    )  # fmt: skip


def test_an_activity_is_kept_once_and_comes_out_as_it_came_in(database: Database) -> None:
    given = verified("1", "https://ici.example/personnes/m")
    assert database.write_now(lambda uow: [uow.inbox.add(given), uow.inbox.add(given)]) == [True, False]
    assert database.write_now(lambda uow: uow.inbox.add(given)) is False
    [row] = database.write_now(lambda uow: uow.inbox.claim(NOW, "here/1/0", 5))
    assert (row.type, row.state, row.attempts, row.crashes) == ("Like", "due", 1, 0)
    assert database.read_now(lambda uow: uow.inbox.verified(row)) == given
    assert database.read_now(lambda uow: uow.inbox.get(given.activity.id)) == row


def test_a_copy_of_what_was_done_is_no_news(database: Database) -> None:
    database.write_now(lambda uow: uow.inbox.add(verified("1")))
    database.write_now(lambda uow: uow.inbox.finish(1, "done", "", NOW))
    assert database.write_now(lambda uow: uow.inbox.add(verified("1"))) is False


def test_without_an_id_the_bytes_tell(database: Database) -> None:
    nameless = replace(verified(""), activity=replace(verified("").activity, id=""))
    other = replace(nameless, body=nameless.body + b" ")
    assert database.write_now(lambda uow: [uow.inbox.add(each) for each in (nameless, nameless, other)]) == [True, False, True]


def test_states_and_counts(database: Database) -> None:
    def deed(uow: UnitOfWork) -> None:
        for name in "abc":
            uow.inbox.add(verified(name))
        uow.inbox.claim(NOW, "here/1/0", 2)
        uow.inbox.finish(1, "not_understood", "no handler", NOW)
        uow.inbox.retry(2, later(60), "later")

    database.write_now(deed)
    assert database.read_now(lambda uow: uow.inbox.counts()) == {"due": 2, "not_understood": 1}
    assert database.read_now(lambda uow: [(row.id, row.reason) for row in uow.inbox.recent(2)]) == [(3, ""), (2, "later")]
    assert claimed(database, 0) == []
    assert claimed(database, 60) == [2]


def claimed(database: Database, seconds: int, n: int = 5, owner: str = "here/1/0") -> list[int]:
    return database.write_now(lambda uow: [row.id for row in uow.inbox.claim(later(seconds), owner, n)])


def by(actor: str, name: str) -> Verified:
    return replace(verified(name), actor=actor)


def test_many_are_kept_at_once_and_each_only_once(database: Database) -> None:
    first, second, third = verified("1"), verified("2"), verified("3")
    database.write_now(lambda uow: uow.inbox.add(second))
    neighbours = by(f"{THERE}/communautes/c", "1")
    database.write_now(lambda uow: uow.inbox.add_all([first, second, first, neighbours, third]))
    rows = database.read_now(lambda uow: uow.inbox.recent(9))
    assert sorted((row.activity, row.actor) for row in rows) == sorted(
        [
            (first.activity.id, first.actor),
            (second.activity.id, first.actor),
            (third.activity.id, first.actor),
            (f"{first.activity.id} {neighbours.actor}", neighbours.actor),
        ]
    )


def test_what_somebody_sent_later_waits_for_what_came_before(database: Database) -> None:
    """Whether that is being worked on by another process, or waits for another try; others need not wait."""
    a, b = "https://x.example/a", "https://x.example/b"
    database.write_now(lambda uow: uow.inbox.add_all([by(a, "1"), by(a, "2"), by(b, "3"), by(a, "4"), by(b, "5")]))
    assert claimed(database, 0, 1) == [1]
    assert claimed(database, 0, 1, "there/1/0") == [3]
    assert claimed(database, 0, owner="there/2/0") == []
    database.write_now(lambda uow: uow.inbox.finish(3, "done", "", NOW))
    assert claimed(database, 0, owner="there/2/0") == [5]
    database.write_now(lambda uow: uow.inbox.retry(1, later(30), "silent"))
    assert claimed(database, 10) == []
    assert claimed(database, 30, 2) == [1]
    database.write_now(lambda uow: uow.inbox.finish(1, "done", "", NOW))
    assert claimed(database, 30, 2) == [2, 4]


def test_what_was_under_way_when_a_process_died_goes_alone(database: Database) -> None:
    """One of them killed it: beside it, the others would be counted as the cause each time."""
    senders = [by(f"https://x.example/{name}", name) for name in "abcd"]
    database.write_now(lambda uow: uow.inbox.add_all(senders[:3]))
    assert claimed(database, 0) == [1, 2, 3]
    database.write_now(lambda uow: uow.inbox.add(senders[3]))
    database.write_now(lambda uow: uow.release_dead("here/2/0", NOW, is_alive=lambda _: False))
    assert claimed(database, 1, owner="here/2/0") == [1]
    assert claimed(database, 1, owner="here/2/0") == []
    database.write_now(lambda uow: uow.inbox.finish(1, "done", "", NOW))
    assert claimed(database, 1, owner="here/2/0") == [2]
    database.write_now(lambda uow: uow.release_dead("here/3/0", NOW, is_alive=lambda _: False))
    rows = database.read_now(lambda uow: {row.id: row.crashes for row in uow.inbox.recent(9)})
    assert rows == {1: 1, 2: 2, 3: 1, 4: 0}


def test_what_was_under_way_in_two_crashes_rests_and_nobody_waits_for_it(database: Database) -> None:
    """Kills that have nothing to do with any message would else set aside the one that always comes first."""
    database.write_now(lambda uow: uow.inbox.add_all([by("https://x.example/a", "1"), by("https://x.example/b", "2")]))
    assert claimed(database, 0) == [1, 2]
    for second in (1, 2):
        release = partial(UnitOfWork.release_dead, owner="here/8/0", now=later(second), is_alive=lambda _: False)
        database.write_now(release)
        assert claimed(database, second, owner=f"here/{second}/0") == [second]
    database.write_now(lambda uow: uow.inbox.finish(2, "done", "", NOW))
    assert claimed(database, 11) == []
    assert claimed(database, 12) == [1]


def test_a_suspect_that_waits_for_another_holds_up_nobody_else(database: Database) -> None:
    a, b = "https://x.example/a", "https://x.example/b"
    database.write_now(lambda uow: uow.inbox.add_all([by(a, "1"), by(a, "2")]))
    assert claimed(database, 0) == [1, 2]
    database.write_now(lambda uow: uow.inbox.add(by(b, "3")))
    database.write_now(lambda uow: uow.release_dead("here/2/0", NOW, is_alive=lambda _: False))
    assert claimed(database, 1, owner="here/2/0") == [1]
    database.write_now(lambda uow: uow.inbox.retry(1, later(30), "silent"))
    assert claimed(database, 1, owner="here/2/0") == [3]


def test_crashes_are_counted(database: Database) -> None:
    database.write_now(lambda uow: uow.inbox.add(verified("1")))

    def crashes(seconds: int) -> int:
        return database.write_now(lambda uow: uow.inbox.claim(later(seconds), f"here/{seconds}/0", 5))[0].crashes

    assert crashes(0) == 0
    assert crashes(60) == 1  # the lease ran out
    assert database.write_now(lambda uow: uow.release_dead("here/9/0", NOW, is_alive=lambda _: False)) == 1
    assert crashes(61) == 2  # the process was gone
    database.write_now(lambda uow: uow.inbox.retry(1, NOW, "it raised"))
    assert crashes(62) == 2  # it came back by itself


def test_a_neighbour_who_took_the_id_first_does_not_make_it_a_copy(database: Database) -> None:
    given = verified("1")
    thief = replace(given, actor=f"{THERE}/communautes/thief")
    assert database.write_now(lambda uow: [uow.inbox.add(each) for each in (thief, given, given, thief)]) == [
        True,
        True,
        False,
        False,
    ]


def test_what_was_read_when_it_came_is_not_read_again_while_there_is_room(
    memory: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where there is no room the oldest stay: they are acted on first."""
    monkeypatch.setattr(shelf, "MOST_KEPT", 2 * len(verified("a").body))
    monkeypatch.setattr(shelf, "MOST_TURNED_AWAY", 3)
    monkeypatch.setattr(shelf, "_READ", shelf._Readings())

    def is_kept(*given: Verified) -> list[bool]:
        def deed(uow: UnitOfWork) -> list[bool]:
            uow.inbox.add_all(given)
            rows = [row for each in given if (row := uow.inbox.get(each.activity.id)) is not None]
            return [uow.inbox.verified(row).activity is each.activity for row, each in zip(rows, given, strict=True)]

        return memory.write_now(deed)

    assert is_kept(*(verified(name) for name in "abcd")) == [True, True, False, False]
    memory.write_now(lambda uow: uow.inbox.add_all([verified(name) for name in "efghi"]))
    assert is_kept(verified("j"), verified("k"), verified("l")) == [True, True, False]
