"""Invitations are prepared, looked at and sent once; each opens for one person."""

from __future__ import annotations

import re

import pytest

from kit.guests import Stage
from node.actions import invite
from node.actions.add_member import appoint
from node.domain.invitations import LINK, MOST_OPEN, Round
from node.domain.rights import OBSERVER
from node.domain.visibility import PUBLIC_SCOPE
from node.errors import Conflict, Invalid, NotFound
from node.storage.engine import Database
from node.storage.shelves.accounts import Accounts
from node.storage.unit_of_work import UnitOfWork

TWO = Round(to=("lise@exemple.org", "zoe@exemple.org"), subject="Venez", text=f"Bonjour, {LINK}", role="observation")


@pytest.fixture
def stage(memory: Database) -> Stage:
    return Stage(memory)


def prepare(stage: Stage, found: Round = TWO, *, by: str = "") -> None:
    stage.database.write_now(lambda uow: invite.prepare(uow, stage.house(), by or stage.author, stage.community, found))


def send(stage: Stage, *, by: str = "") -> invite.Sent:
    return stage.database.write_now(lambda uow: invite.send(uow, stage.house(), by or stage.author, stage.community))


def tokens(stage: Stage) -> list[str]:
    """What the letters that wait hold, the oldest first."""
    rows = stage.database.read_now(lambda uow: uow.letters.listed("due"))
    return [found[0] for row in reversed(rows) if (found := re.findall(r"/invitation/(\S+)", row.text))]


def test_a_round_goes_out_once_to_those_who_are_not_there_yet(stage: Stage) -> None:
    stage.person("Zoé Roy", role="membre")
    assert stage.database.read_now(lambda uow: uow.members.by_email("zoé@exemple.org"))
    known = Round(to=(*TWO.to, "mireille@exemple.org"), subject="Venez", text="Bonjour", role="membre")
    prepare(stage, known)
    done = send(stage)
    assert (done.letters, done.known) == (2, ("mireille@exemple.org",))
    assert len(set(tokens(stage))) == 2
    with pytest.raises(Conflict, match="already"):
        send(stage)


def test_only_those_who_may_invite_do(stage: Stage) -> None:
    member = stage.person("Zoé Roy", role="curation")
    with pytest.raises(NotFound):
        prepare(stage, by=member)
    prepare(stage)
    with pytest.raises(NotFound):
        send(stage, by=member)
    with pytest.raises(Invalid):
        prepare(stage, Round(to=("a@b.example",), role="invite"))


def test_an_invitation_is_answered_once_and_those_who_animate_are_told(stage: Stage) -> None:
    prepare(stage)
    send(stage)
    (token, other), zoe = tokens(stage), stage.person("Zoé Roy")
    write, house = stage.database.write_now, stage.house()
    row = write(lambda uow: invite.answer(uow, house, token, zoe))
    assert row.role in {"observation", OBSERVER}
    with pytest.raises(NotFound):
        write(lambda uow: invite.answer(uow, house, token, zoe))
    told = stage.database.read_now(lambda uow: uow.notices.unseen(stage.author, PUBLIC_SCOPE))
    assert told == 1
    stage.later(days=31)
    with pytest.raises(NotFound):
        write(lambda uow: invite.answer(uow, stage.house(), other, zoe))


def test_one_sent_again_has_a_new_link_and_one_taken_back_has_none(stage: Stage) -> None:
    prepare(stage)
    send(stage)
    write, house = stage.database.write_now, stage.house()

    def live(uow: UnitOfWork) -> None:
        first, second = uow.invitations.of(stage.community)
        invite.again(uow, house, stage.author, first.id, TWO)
        invite.withdraw(uow, house, stage.author, second.id)
        with pytest.raises(NotFound):
            invite.withdraw(uow, house, stage.author, second.id)

    write(live)
    found = tokens(stage)
    opened = [stage.database.read_now(lambda uow, t=token: uow.invitations.get(t)) for token in found]  # type: ignore[misc]
    assert [row.is_open(stage.now) for row in opened if row] == [False, False, True]


def test_there_is_an_end_to_inviting(stage: Stage) -> None:
    def fill(uow: UnitOfWork) -> None:
        for number in range(MOST_OPEN):
            uow.invitations.add(stage.community, f"a{number}@b.example", "", language="fr", by=stage.author, at=stage.now)

    stage.database.write_now(fill)
    prepare(stage)
    with pytest.raises(Conflict, match="Too many"):
        send(stage)


def test_a_link_is_handed_over_by_whoever_looks_after_the_node_alone(stage: Stage) -> None:
    prepare(stage)
    send(stage)
    write, house = stage.database.write_now, stage.house()
    number = stage.database.read_now(lambda uow: uow.invitations.of(stage.community))[0].id
    with pytest.raises(NotFound):
        write(lambda uow: invite.by_hand(uow, house, stage.author, number))
    admin = stage.person("Denis Ouellet")
    write(lambda uow: appoint(uow, house, admin))
    write(lambda uow: Accounts(uow.ground).second.put(admin, "SECRET", 0, stage.now))
    token = write(lambda uow: invite.by_hand(uow, house, admin, number))
    row = stage.database.read_now(lambda uow: uow.invitations.get(token))
    assert row is not None
    assert row.is_open(stage.now)
    assert not stage.database.read_now(lambda uow: uow.invitations.numbered(number)).is_open(stage.now)  # type: ignore[union-attr]
