from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from kit.signing import NOW
from node.storage.engine import Database
from node.storage.shelves.accounts import Accounts, PasskeyRow
from node.storage.shelves.providers import ProviderRow
from node.storage.unit_of_work import UnitOfWork

ME, OTHER = "https://ici.example/personnes/moi", "https://ici.example/personnes/autre"
KEY = PasskeyRow(id="k1", person=ME, public_key="AA", uses=3, name="Téléphone", created_at=NOW)
PROVIDER = ProviderRow(slug="org", name="Organisme", issuer="https://org.example", client="c", secret="s", looked_at=NOW)


def test_what_one_comes_in_with_is_kept_and_forgotten(database: Database) -> None:
    def deed(uow: UnitOfWork) -> None:
        shelf = Accounts(uow.ground)
        shelf.passkeys.add(KEY)
        shelf.passkeys.add(replace(KEY, id="k2", person=OTHER))
        shelf.passkeys.used("k1", 4, NOW)
        assert shelf.passkeys.get("k1") == replace(KEY, uses=4, used_at=NOW)
        assert [row.id for row in shelf.passkeys.of(ME)] == ["k1"]
        assert (shelf.passkeys.remove(ME, "k2"), shelf.passkeys.get("k3")) == (0, None)
        shelf.second.put(ME, "SECRET", 7, NOW)
        shelf.second.put_codes(ME, ["one", "two"])
        shelf.providers.put(PROVIDER)
        shelf.providers.link(PROVIDER.issuer, "u1", ME, NOW)
        assert shelf.providers.person(PROVIDER.issuer, "u1") == ME
        assert shelf.providers.issuers_of(ME) == [PROVIDER.issuer]
        shelf.forget(ME)
        assert shelf.passkeys.of(ME) == []
        assert shelf.second.get(ME) is None
        assert shelf.second.codes_left(ME) == 0
        assert shelf.providers.person(PROVIDER.issuer, "u1") == ""
        assert len(shelf.passkeys.of(OTHER)) == 1

    database.write_now(deed)


def test_a_step_and_a_code_on_paper_are_used_once(database: Database) -> None:
    def deed(uow: UnitOfWork) -> None:
        shelf = Accounts(uow.ground).second
        shelf.put(ME, "SECRET", 7, NOW)
        assert [shelf.use(ME, step) for step in (7, 6, 8, 8, 9)] == [False, False, True, False, True]
        shelf.put_codes(ME, ["one", "two"])
        assert [shelf.use_code(ME, code, NOW) for code in ("one", "one", "three")] == [True, False, False]
        assert not shelf.use_code(OTHER, "two", NOW)
        assert shelf.codes_left(ME) == 1
        shelf.put_codes(ME, ["two"])
        assert shelf.codes_left(ME) == 1

    database.write_now(deed)


def test_tries_are_counted_within_a_time_and_taken_back(database: Database) -> None:
    def deed(uow: UnitOfWork) -> None:
        shelf = Accounts(uow.ground).guesses
        shelf.add(("a", "b"), NOW - timedelta(hours=2))
        numbers = shelf.add(("a", "b"), NOW)
        since = NOW - timedelta(hours=1)
        assert [shelf.count(subject, since) for subject in "abc"] == [1, 1, 0]
        shelf.take_back(numbers)
        assert shelf.count("a", since) == 0
        assert shelf.prune(since) == 2

    database.write_now(deed)


def test_providers_are_listed_changed_and_removed(database: Database) -> None:
    def deed(uow: UnitOfWork) -> None:
        shelf = Accounts(uow.ground).providers
        shelf.put(PROVIDER)
        shelf.put(replace(PROVIDER, name="Autre nom"))
        assert shelf.all() == [replace(PROVIDER, name="Autre nom")]
        assert (shelf.get("org") is None, shelf.get("x")) == (False, None)
        shelf.link(PROVIDER.issuer, "u1", ME, NOW)
        assert (shelf.unlink(PROVIDER.issuer, OTHER), shelf.unlink(PROVIDER.issuer, ME)) == (0, 1)
        assert (shelf.remove("x"), shelf.remove("org")) == (0, 1)

    database.write_now(deed)


def test_sessions_of_a_person_are_told_apart_and_ended(database: Database) -> None:
    def deed(uow: UnitOfWork) -> None:
        mine = [uow.sessions.open(ME, NOW, way="password", device=name) for name in ("A", "B")]
        his = uow.sessions.open(OTHER, NOW)
        rows = {row.device: row for row in uow.sessions.of(ME, NOW)}
        assert set(rows) == {"A", "B"}
        assert uow.sessions.close_marked(OTHER, rows["A"].mark) == 0
        assert uow.sessions.close_marked(ME, "%" * 16) == 0
        assert uow.sessions.close_marked(ME, rows["A"].mark) == 1
        assert uow.sessions.get(mine[0], NOW) is None
        assert uow.sessions.close_all(ME) == 1
        assert uow.sessions.person(his, NOW) == OTHER
        assert uow.sessions.of(OTHER, NOW + timedelta(days=15)) == []

    database.write_now(deed)


def test_tokens_carry_something_and_can_be_made_void(database: Database) -> None:
    def deed(uow: UnitOfWork) -> None:
        later = NOW + timedelta(hours=1)
        one, two = (uow.sessions.create_token(kind, ME, later, "x") for kind in ("a", "b"))
        looked = uow.sessions.look_at_token("a", one, NOW)
        assert looked is not None
        assert (looked.person, looked.content) == (ME, "x")
        assert uow.sessions.look_at_token("b", one, NOW) is None
        assert uow.sessions.void_tokens(ME, "a") == 1
        assert uow.sessions.take_token("a", one, NOW) is None
        assert uow.sessions.void_tokens(ME) == 1
        assert uow.sessions.take_token("b", two, NOW) is None

    database.write_now(deed)


@pytest.mark.parametrize("moment", [0, 59])
def test_a_token_ends_when_it_is_said_to(memory: Database, moment: int) -> None:
    until = NOW + timedelta(minutes=60)
    token = memory.write_now(lambda uow: uow.sessions.create_token("a", ME, until))
    assert memory.read_now(lambda uow: uow.sessions.look_at_token("a", token, NOW + timedelta(minutes=moment))) is not None
    assert memory.read_now(lambda uow: uow.sessions.look_at_token("a", token, until)) is None
