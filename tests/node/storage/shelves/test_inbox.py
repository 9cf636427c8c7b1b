from __future__ import annotations

from dataclasses import replace

from federation.messages import Verified
from kit.rows import NOW, THERE, document, later
from node.storage.engine import Database
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
    assert database.write_now(lambda uow: [row.id for row in uow.inbox.claim(NOW, "here/1/0", 5)]) == [3]
    assert database.write_now(lambda uow: [row.id for row in uow.inbox.claim(later(60), "here/1/0", 5)]) == [2, 3]


def test_crashes_are_counted(database: Database) -> None:
    database.write_now(lambda uow: uow.inbox.add(verified("1")))

    def crashes(seconds: int) -> int:
        return database.write_now(lambda uow: uow.inbox.claim(later(seconds), f"here/{seconds}/0", 5))[0].crashes

    assert crashes(0) == 0
    assert crashes(60) == 1  # the lease ran out
    assert database.write_now(lambda uow: uow.release_dead("here/9/0", is_alive=lambda _: False)) == 1
    assert crashes(61) == 2  # the process was gone
    database.write_now(lambda uow: uow.inbox.retry(1, NOW, "it raised"))
    assert crashes(62) == 2  # it came back by itself


def test_old_bodies_are_forgotten_but_not_that_they_came(database: Database) -> None:
    database.write_now(lambda uow: [uow.inbox.add(verified(name)) for name in "ab"])
    database.write_now(lambda uow: uow.inbox.finish(1, "done", "", NOW))
    assert database.write_now(lambda uow: uow.inbox.prune(later(1))) == 1
    assert database.write_now(lambda uow: uow.inbox.prune(later(1))) == 0
    assert database.read_now(lambda uow: [row.body == b"" for row in uow.inbox.recent()]) == [False, True]
    assert database.write_now(lambda uow: uow.inbox.add(verified("a"))) is False


def test_a_neighbour_who_took_the_id_first_does_not_make_it_a_copy(database: Database) -> None:
    given = verified("1")
    thief = replace(given, actor=f"{THERE}/communautes/thief")
    assert database.write_now(lambda uow: [uow.inbox.add(each) for each in (thief, given, given, thief)]) == [
        True,
        True,
        False,
        False,
    ]
