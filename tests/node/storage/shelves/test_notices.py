"""Notices as rows: who is told of what, once, and only of what they may see."""

from __future__ import annotations

from kit.rows import HERE, NOW, later
from node.domain.entries import Audience, Entry
from node.domain.visibility import Scope
from node.storage.digests import news
from node.storage.engine import Database
from node.storage.shelves.members import MemberRow
from node.storage.shelves.notices import Habit
from node.storage.shelves.threads import ThreadRow
from node.storage.unit_of_work import UnitOfWork

ME, OTHER, GROUP = f"{HERE}/personnes/m", f"{HERE}/personnes/a", f"{HERE}/communautes/c"
NOTE, ANSWER = f"{HERE}/ressources/n", f"{HERE}/echanges/e"
TALK = f"{HERE}/conversations/n"
MINE = Scope(actor=ME, communities=frozenset({GROUP}))


def with_account(uow: UnitOfWork) -> None:
    uow.members.add(MemberRow(iri=ME, email="m@example.org"))
    entry = Entry(iri=ANSWER, type="Note", kind="Note", audience=Audience.COMMUNITY, author=OTHER, community=GROUP)
    uow.things.put(entry, b"{}")
    uow.threads.put(ThreadRow(thing=ANSWER, parent=NOTE, context=TALK, at=NOW))


def test_one_is_told_once_until_one_has_looked(database: Database) -> None:
    database.write_now(with_account)

    def tell(uow: UnitOfWork) -> list[bool]:
        tell = uow.notices.add
        return [
            tell(ME, "reply", ANSWER, NOW, by=OTHER, community=GROUP),
            tell(ME, "reply", ANSWER, later(5), by=OTHER, community=GROUP),
            tell(ME, "join", GROUP, later(6), by=OTHER, community=GROUP),
            tell(ME, "reply", ANSWER, NOW, by=ME),
            tell(OTHER, "reply", ANSWER, NOW, by=ME),
        ]

    assert database.write_now(tell) == [True, True, True, False, False]
    joined, answered = database.read_now(lambda uow: uow.notices.of(ME, MINE))
    assert (answered.at, answered.conversation, answered.by) == (later(5), TALK, OTHER)
    assert (joined.kind, joined.conversation) == ("join", GROUP)
    assert database.read_now(lambda uow: uow.notices.unseen(ME, MINE)) == 2
    assert database.write_now(lambda uow: uow.notices.see(ME, later(9), TALK)) == 1
    assert database.read_now(lambda uow: (uow.notices.unseen(ME, MINE), len(uow.notices.untold(ME, MINE)))) == (1, 1)


def test_what_one_may_no_longer_see_is_neither_listed_nor_counted(database: Database) -> None:
    database.write_now(with_account)
    database.write_now(lambda uow: uow.notices.add(ME, "reply", ANSWER, NOW, by=OTHER))
    alone = Scope(actor=ME)
    assert database.read_now(lambda uow: (uow.notices.of(ME, alone), uow.notices.unseen(ME, alone))) == ([], 0)
    assert database.read_now(lambda uow: uow.notices.unseen(ME, MINE)) == 1
    database.write_now(lambda uow: uow.things.bury(ANSWER, b"{}", later(1)))
    assert database.read_now(lambda uow: (uow.notices.of(ME, MINE), uow.notices.unseen(ME, MINE))) == ([], 0)


def test_of_whom_one_does_not_want_to_read_nothing_is_heard(database: Database) -> None:
    database.write_now(with_account)
    entry = Entry(
        iri=NOTE, type="Note", kind="Note", audience=Audience.COMMUNITY, author=OTHER, community=GROUP, published_at=NOW
    )
    database.write_now(lambda uow: uow.things.put(entry, b"{}"))
    database.write_now(lambda uow: uow.notices.add(ME, "reply", ANSWER, NOW, by=OTHER))
    assert [each[0] for each in database.read_now(lambda uow: news(uow, MINE, later(-9), later(9), 9))] == [NOTE]
    database.write_now(lambda uow: uow.notices.hide(ME, OTHER, NOW))
    assert not database.write_now(lambda uow: uow.notices.add(ME, "mention", ANSWER, later(2), by=OTHER))
    assert database.read_now(lambda uow: (uow.notices.of(ME, MINE), uow.notices.hidden(ME))) == ([], [OTHER])
    assert database.read_now(lambda uow: news(uow, MINE, later(-9), later(9), 9)) == []
    assert database.write_now(lambda uow: uow.notices.unhide(ME, OTHER))
    assert database.write_now(lambda uow: uow.notices.add(ME, "mention", ANSWER, later(2), by=OTHER))


def test_of_what_is_muted_nothing_more_is_heard(database: Database) -> None:
    database.write_now(with_account)
    database.write_now(lambda uow: uow.notices.add(ME, "reply", ANSWER, NOW, by=OTHER))
    database.write_now(lambda uow: uow.notices.mute(ME, TALK, NOW))
    assert database.read_now(lambda uow: uow.notices.of(ME, MINE)) == []
    assert not database.write_now(lambda uow: uow.notices.add(ME, "reply", ANSWER, later(1), by=OTHER))
    assert database.read_now(lambda uow: uow.notices.muted(ME)) == [TALK]
    assert database.write_now(lambda uow: uow.notices.unmute(ME, TALK))
    assert not database.write_now(lambda uow: uow.notices.unmute(ME, TALK))
    assert database.write_now(lambda uow: uow.notices.add(ME, "reply", ANSWER, later(2), by=OTHER))


def test_letters_bring_each_notice_once(database: Database) -> None:
    database.write_now(with_account)
    database.write_now(lambda uow: uow.notices.add(ME, "mention", ANSWER, NOW, by=OTHER))
    assert database.read_now(lambda uow: uow.notices.waiting({"mention"}, NOW, 5)) == [ME]
    assert database.read_now(lambda uow: uow.notices.waiting({"join"}, NOW, 5)) == []
    (row,) = database.read_now(lambda uow: uow.notices.untold(ME, MINE))
    database.write_now(lambda uow: uow.notices.told([row.id], later(1)))
    assert database.read_now(lambda uow: (uow.notices.waiting({"mention"}, NOW, 5), uow.notices.untold(ME, MINE))) == ([], [])
    assert database.read_now(lambda uow: uow.notices.habits()) == [Habit(person=ME)]
    habit = Habit(person=ME, rhythm="daily", weekday=3, told_at=NOW)
    database.write_now(lambda uow: uow.notices.keep_habit(habit))
    assert database.read_now(lambda uow: (uow.notices.habit(ME), uow.notices.habits())) == (habit, [habit])


def test_old_notices_are_let_go(database: Database) -> None:
    database.write_now(with_account)
    database.write_now(lambda uow: uow.notices.add(ME, "mention", ANSWER, NOW, by=OTHER))
    assert database.write_now(lambda uow: uow.notices.forget(NOW)) == 0
    assert database.write_now(lambda uow: uow.notices.forget(later(1))) == 1
