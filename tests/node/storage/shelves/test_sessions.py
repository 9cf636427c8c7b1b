from __future__ import annotations

from kit.rows import HERE, NOW, later
from node.storage.engine import Database
from node.storage.tables.sessions import sessions, tokens
from node.storage.unit_of_work import UnitOfWork

PERSON = f"{HERE}/personnes/m"


def test_a_token_works_once_and_in_time(database: Database) -> None:
    token = database.write_now(lambda uow: uow.sessions.create_token("link", PERSON, later(60)))

    def use(seconds: int, kind: str = "link") -> str | None:
        return database.write_now(lambda uow: uow.sessions.use_token(kind, token, later(seconds)))

    assert use(0, "reset") is None
    assert use(60) is None
    assert use(59) == PERSON
    assert use(59) is None


def test_a_session_ends_when_idle_and_in_any_case(database: Database) -> None:
    token = database.write_now(lambda uow: uow.sessions.open(PERSON, NOW))

    def person(**after: float) -> str | None:
        return database.read_now(lambda uow: uow.sessions.person(token, later(**after)))

    assert person(days=13) == PERSON
    assert person(days=14) is None
    database.write_now(lambda uow: uow.sessions.seen(token, later(days=13)))
    assert person(days=26) == PERSON
    database.write_now(lambda uow: uow.sessions.seen(token, later(days=26)))
    assert person(days=29) == PERSON
    assert person(days=30) is None
    assert database.write_now(lambda uow: uow.sessions.prune(later(days=31))) == 1


def test_ending_a_session(database: Database) -> None:
    one, two, three = (database.write_now(lambda uow: uow.sessions.open(PERSON, NOW)) for _ in range(3))
    database.write_now(lambda uow: uow.sessions.close(one))

    def people(uow: UnitOfWork) -> list[str | None]:
        return [uow.sessions.person(token, NOW) for token in (one, two, three, "nonsense\ud800")]

    assert database.read_now(people) == [None, PERSON, PERSON, None]


def test_what_is_given_out_is_not_kept(database: Database) -> None:
    def deed(uow: UnitOfWork) -> tuple[str, str]:
        return uow.sessions.open(PERSON, NOW), uow.sessions.create_token("link", PERSON, NOW)

    given = database.write_now(deed)
    kept = database.read_now(lambda uow: [dict(row) for table in (sessions, tokens) for row in uow.ground.rows(table.select())])
    assert len(kept) == 2
    assert not any(secret in str(row) for secret in given for row in kept)
    assert all(len(secret) >= 43 for secret in given)
