"""What each person here is told of, what they want to hear no more of, and how often letters bring it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, bindparam, delete, exists, func, insert, literal, or_, select, update

from node.domain.visibility import Scope
from node.storage.ground import Shelf, made
from node.storage.prepared import Prepared
from node.storage.scopes import within
from node.storage.tables.members import members
from node.storage.tables.notices import hidden_people, mutes, notice_habits, notices
from node.storage.tables.things import things
from node.storage.tables.threads import threads

#: So far up one goes from an answer to what it leads up to.
MOST_LEVELS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRow:
    """Something that concerns a person: what happened (`kind`), about what (`iri`), who did it (`by`), where, when."""

    id: int
    person: str
    kind: str
    iri: str
    conversation: str
    by: str
    community: str
    at: datetime
    seen_at: datetime | None
    told_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """How often somebody wants letters: "weekly" on a `weekday` (0: Monday), "daily" or "never"; and when one was due last."""

    person: str
    rhythm: str = "weekly"
    weekday: int = 0
    told_at: datetime | None = None


class Notices(Shelf):
    """Notices, gathered by conversation. What is not, or no longer, for a reader's eyes is neither listed nor counted."""

    def add(self, person: str, kind: str, iri: str, at: datetime, *, by: str = "", community: str = "") -> bool:
        """Tells a person here of something; False for whoever has no account here, did it themselves or muted it.

        Told again before it was seen, it is one notice, at its latest moment. A thing must be kept and placed before.
        """
        about = self._conversation(iri)
        if person == by or self._is_deaf(person, {about, iri, by, community} - {""}):
            return False
        same = and_(*(notices.c[name] == value for name, value in (("person", person), ("kind", kind), ("iri", iri), ("by", by))))
        if self.ground.run(update(notices).where(same, notices.c.seen_at.is_(None)).values(at=at)):
            return True
        values = {"person": person, "kind": kind, "iri": iri, "at": at, "by": by, "community": community}
        self.ground.run(insert(notices).values(**values, conversation=about))
        return True

    def of(self, person: str, scope: Scope, limit: int = 200) -> list[NoticeRow]:
        """What a person was told, the newest first."""
        chosen = self._shown(select(notices), person, scope).order_by(notices.c.at.desc(), notices.c.id.desc()).limit(limit)
        return [made(NoticeRow, row) for row in self.ground.rows(chosen)]

    def unseen(self, person: str, scope: Scope) -> int:
        """In how many conversations there is something that a person has not looked at."""
        if _NEW.row(self.ground.connection, person=person) is None:
            return 0
        counted = select(func.count(notices.c.conversation.distinct())).select_from(notices)
        return self.ground.number(self._shown(counted, person, scope).where(notices.c.seen_at.is_(None)))

    def see(self, person: str, at: datetime, conversation: str = "") -> int:
        """Notes that a person has looked at a conversation, or at all; how many notices were new."""
        new = update(notices).where(notices.c.person == person, notices.c.seen_at.is_(None))
        return self.ground.run((new.where(notices.c.conversation == conversation) if conversation else new).values(seen_at=at))

    def untold(self, person: str, scope: Scope, limit: int = 200) -> list[NoticeRow]:
        """What no letter has brought yet and the person has not looked at, the oldest first."""
        chosen = self._shown(select(notices), person, scope).where(notices.c.told_at.is_(None), notices.c.seen_at.is_(None))
        return [made(NoticeRow, row) for row in self.ground.rows(chosen.order_by(notices.c.id).limit(limit))]

    def waiting(self, kinds: Iterable[str], before: datetime, limit: int) -> list[str]:
        """The people for whom something of these kinds waits since before that moment, unseen and in no letter yet."""
        due = notices.c.kind.in_(sorted(kinds)), notices.c.at <= before, notices.c.told_at.is_(None), notices.c.seen_at.is_(None)
        return self.ground.texts(select(notices.c.person).where(*due).distinct().order_by(notices.c.person).limit(limit))

    def pass_over(self, person: str, kinds: Iterable[str], before: datetime, at: datetime) -> None:
        """Notes that whatever of these kinds waits for a person needs no letter of its own any more."""
        ripe = notices.c.kind.in_(sorted(kinds)), notices.c.at <= before, notices.c.told_at.is_(None)
        self.ground.run(update(notices).where(notices.c.person == person, *ripe).values(told_at=at))

    def told(self, numbers: Iterable[int], at: datetime) -> None:
        """Notes that a letter brought these."""
        self.ground.run(update(notices).where(notices.c.id.in_(list(numbers))).values(told_at=at))

    def mute(self, person: str, subject: str, at: datetime) -> None:
        """Tells a person nothing more of a conversation, a person, a community or a thing."""
        self.ground.upsert(mutes, ["person", "subject"], {"person": person, "subject": subject, "at": at})
        about = or_(*(notices.c[name] == subject for name in ("conversation", "iri", "by", "community")))
        self.ground.run(delete(notices).where(notices.c.person == person, notices.c.seen_at.is_(None), about))

    def unmute(self, person: str, subject: str) -> bool:
        """Tells them again; False when it was not muted."""
        return self.ground.run(delete(mutes).where(mutes.c.person == person, mutes.c.subject == subject)) > 0

    def muted(self, person: str) -> list[str]:
        """What a person has muted, the latest first."""
        return self.ground.texts(
            select(mutes.c.subject).where(mutes.c.person == person).order_by(mutes.c.at.desc(), mutes.c.subject)
        )

    def hide(self, person: str, subject: str, at: datetime) -> None:
        """Has a person read nothing more of somebody, nor be told of what they do."""
        self.ground.upsert(hidden_people, ["person", "subject"], {"person": person, "subject": subject, "at": at})
        self.ground.run(delete(notices).where(notices.c.person == person, notices.c.by == subject))

    def unhide(self, person: str, subject: str) -> bool:
        """Shows them again; False when they were not hidden."""
        mine = hidden_people.c.person == person, hidden_people.c.subject == subject
        return self.ground.run(delete(hidden_people).where(*mine)) > 0

    def hidden(self, person: str) -> list[str]:
        """Whom a person does not want to read, the latest first."""
        mine = select(hidden_people.c.subject).where(hidden_people.c.person == person)
        return self.ground.texts(mine.order_by(hidden_people.c.at.desc(), hidden_people.c.subject))

    def habit(self, person: str) -> Habit:
        """How often a person wants letters; whoever said nothing gets the first on their first day after they came."""
        row = self.ground.row(select(notice_habits).where(notice_habits.c.person == person))
        if row:
            return made(Habit, row)
        came = self.ground.row(select(members.c.created_at).where(members.c.iri == person))
        return Habit(person=person, told_at=came["created_at"] if came else None)

    def habits(self) -> list[Habit]:
        """That of everybody with an account here."""
        known = {row["person"]: made(Habit, row) for row in self.ground.rows(select(notice_habits))}
        rows = self.ground.rows(select(members.c.iri, members.c.created_at).order_by(members.c.iri))
        return [known.get(row["iri"], Habit(person=row["iri"], told_at=row["created_at"])) for row in rows]

    def keep_habit(self, habit: Habit) -> None:
        """Keeps how often a person wants letters, and when one was due last."""
        values = {"rhythm": habit.rhythm, "weekday": habit.weekday, "told_at": habit.told_at}
        self.ground.upsert(notice_habits, ["person"], {"person": habit.person, **values})

    def take_turn(self, habit: Habit, now: datetime) -> bool:
        """Notes that a letter is due to a person now; False when another process was first."""
        start = {"person": habit.person, "rhythm": habit.rhythm, "weekday": habit.weekday, "told_at": habit.told_at}
        self.ground.run(self.ground.insert(notice_habits).values(**start).on_conflict_do_nothing())
        same = notice_habits.c.told_at.is_(None) if habit.told_at is None else notice_habits.c.told_at == habit.told_at
        turn = update(notice_habits).where(notice_habits.c.person == habit.person, same).values(told_at=now)
        return self.ground.run(turn) > 0

    def forget(self, before: datetime) -> int:
        """Lets go of what is older than that; how many."""
        return self.ground.run(delete(notices).where(notices.c.at < before))

    def _conversation(self, iri: str) -> str:
        """The conversation of a thing; where it names none, what the answers lead up to."""
        for _ in range(MOST_LEVELS):
            place = self.ground.row(select(threads.c.context, threads.c.parent).where(threads.c.thing == iri))
            if place is None or not place["parent"] or place["context"]:
                return (place["context"] if place else "") or iri
            iri = place["parent"]
        return iri

    def _is_deaf(self, person: str, subjects: set[str]) -> bool:
        muted = exists().where(mutes.c.person == person, mutes.c.subject.in_(sorted(subjects)))
        hidden = exists().where(hidden_people.c.person == person, hidden_people.c.subject.in_(sorted(subjects)))
        return self.ground.row(select(members.c.iri).where(members.c.iri == person, ~muted, ~hidden)) is None

    def _shown(self, statement: Select[*tuple[object, ...]], person: str, scope: Scope) -> Select[*tuple[object, ...]]:
        joined = statement.outerjoin_from(notices, things, things.c.iri == notices.c.iri)
        return joined.where(notices.c.person == person, or_(things.c.iri.is_(None), _living(scope)))


def _living(scope: Scope) -> ColumnElement[bool]:
    return and_(things.c.deleted_at.is_(None), within(scope))


_NEW = Prepared(
    lambda _: select(notices.c.id).where(notices.c.person == bindparam("person"), notices.c.seen_at.is_(None)).limit(literal(1))
)
