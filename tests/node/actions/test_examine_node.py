"""What is seen of a node, from inside and from outside, in words that say what to do."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from federation.errors import Unreachable
from federation.messages import Answer
from kit.guests import Stage
from kit.nodes import now
from node.actions import examine_node
from node.domain.diagnosis import _REMEDIES, _SAID, NAMES, Sign, called, kept, payload, worded
from node.domain.errands import ALL, COLLECT
from node.domain.letters import Postbox
from node.storage.engine import Database
from node.storage.postbox import keep_postbox
from node.storage.unit_of_work import UnitOfWork


def test_the_clock_and_the_certificate() -> None:
    at = now().replace(microsecond=0)
    assert examine_node.clock((at + timedelta(seconds=5)).strftime("%a, %d %b %Y %H:%M:%S GMT"), at).is_well
    assert not examine_node.clock((at + timedelta(minutes=5)).strftime("%a, %d %b %Y %H:%M:%S GMT"), at).is_well
    assert not examine_node.clock("yesterday", at).is_well
    assert examine_node.unreached("certificate verify failed", "x").what == "TLS"
    assert examine_node.unreached("Cannot connect to host a:443 ssl:default", "x").what == "reachability"


def test_letters_wait_are_stuck_and_are_lost(memory: Database) -> None:
    stage = Stage(memory)

    def look(uow: UnitOfWork) -> list[str]:
        return [sign.code for sign in examine_node.of_letters(uow, stage.house())]

    assert memory.read_now(look) == ["mail none", "letters"]
    memory.write_now(lambda uow: uow.letters.add("zoe@exemple.org", "Bonjour", "Un mot."))
    memory.write_now(lambda uow: keep_postbox(uow, Postbox(host="mail.example", sender="a@b.example")))
    assert memory.read_now(look) == ["mail", "letters few"]
    for _ in range(2):
        (row,) = memory.write_now(lambda uow: uow.letters.claim(stage.now, "test", 5))
        memory.write_now(lambda uow, row=row: uow.letters.failed(row, stage.now, "wrong password", is_final=False))  # type: ignore[misc]
        stage.later(days=1)
    assert memory.read_now(look) == ["mail", "letters stuck"]
    (row,) = memory.write_now(lambda uow: uow.letters.claim(stage.now, "test", 5))
    memory.write_now(lambda uow: uow.letters.failed(row, stage.now, "nobody there", is_final=True))
    assert memory.read_now(look) == ["mail", "letters lost"]


def test_a_box_that_does_not_open_is_told(memory: Database) -> None:
    stage = Stage(memory)
    house = replace(stage.house(), letterbox="partage@ici.example")

    def told() -> Sign:
        return list(memory.read_now(lambda uow: list(examine_node.of_letters(uow, house))))[-1]

    assert told().is_well
    memory.write_now(lambda uow: uow.tasks.wake(COLLECT, ALL))
    (row,) = memory.write_now(lambda uow: uow.tasks.claim(COLLECT, stage.now, "test", 1))
    memory.write_now(lambda uow: uow.tasks.retry(row, stage.now, "no such password"))
    assert not told().is_well
    assert "no such password" in worded(told(), "en").says


def test_a_backup_is_none_fresh_or_old(memory: Database) -> None:
    stage = Stage(memory)

    def code() -> str:
        return memory.read_now(lambda uow: examine_node.of_backups(uow, stage.house())).code

    assert code() == "backup none"
    memory.write_now(lambda uow: uow.state.set(examine_node.BACKUP, f'{{"at": "{stage.now.isoformat()}"}}'))
    assert code() == "backup"
    stage.later(days=9)
    assert code() == "backup old"


@pytest.mark.enable_socket
async def test_how_others_see_us(memory: Database) -> None:
    stage = Stage(memory)
    here = stage.house()
    local = type(here)(url="http://127.0.0.1:1", name="Ici", mode="open", language="fr", now=here.now)
    stage.outside.answers = [Answer(status=200, url=local.url)] * 3
    assert [sign.is_well for sign in await examine_node.from_outside(stage.outside, local)] == [True, False, True, True, True]
    stage.outside.answers = [Answer(status=200, url=local.url), Answer(status=404, url=f"{local.url}/.well-known/webfinger")] * 2
    assert (await examine_node.from_outside(stage.outside, local))[-1].code == "actor none"
    stage.outside.answers = [Unreachable("silent")]
    assert [sign.code for sign in await examine_node.from_outside(stage.outside, local)] == ["name", "reachability none"]


def test_every_sign_has_its_words_and_a_bad_one_its_remedy() -> None:
    names = ["host", "why", "url", "status", "address", "seconds", "date", "n", "day", "free", "due", "parked"]
    values = dict.fromkeys(names, "x")
    for code in _SAID:
        for language in ("fr", "en"):
            found = worded(Sign(what="disk", is_well=False, code=code, values=values), language)
            assert found.says
            assert found.remedy or code not in _REMEDIES
    assert set(_REMEDIES) <= set(_SAID)
    assert called("peer ami.example", "fr") == "Lien avec ami.example"
    assert all(called(what, "en") for what in NAMES)


def test_what_was_seen_is_kept_with_its_moment() -> None:
    signs = [Sign(what="disk", is_well=True, code="disk", values={"free": "1"})]
    at = now()
    assert kept(payload(signs, at)) == (at, signs)
    assert kept("") is None
