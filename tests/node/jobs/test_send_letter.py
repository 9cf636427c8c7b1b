"""Letters go to a real mail server, once, and nothing of them is kept but that they went."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from kit.guests import Stage
from kit.letterbox import letterbox, text_of
from node.domain.letters import Letter, Postbox
from node.jobs import send_letter
from node.storage.engine import Database
from node.storage.postbox import keep_password, keep_postbox
from node.storage.shelves.letters import LetterRow
from node.storage.unit_of_work import UnitOfWork

TO = "zoe@exemple.org"
CALENDAR = "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"


def tell(memory: Database, postbox: Postbox, folder: Path) -> None:
    """A mail server is told in the browser."""
    keep_password(postbox, folder)
    memory.write_now(lambda uow: keep_postbox(uow, postbox))


async def round_of(stage: Stage, folder: Path | None = None) -> list[str]:
    """Sends what is due; in which state each letter is then."""
    house, uow_of = stage.house(), stage.database.write_now
    for row in uow_of(lambda uow: send_letter.JOB.claim(uow, house, 10)):
        await send_letter.JOB.work(replace(stage.tools, data=folder), row)
    return [row.state for row in all_of(stage)]


def all_of(stage: Stage) -> list[LetterRow]:
    return list(stage.database.read_now(lambda uow: uow.letters.listed("due", "sent", "given_up", "too_late")))


async def test_a_letter_waits_for_a_mail_server_and_goes_out_once(memory: Database) -> None:
    stage = Stage(memory)
    letter = Letter(
        to=TO,
        subject="Invitation :\r\nBcc: x@evil.example",
        text="Bonjour Zoé, à bientôt !",
        calendar=CALENDAR,
        reply_to="a@b.example",
        stop="https://ici.example/moi/avis",
    )
    memory.write_now(lambda uow: uow.letters.put(letter))
    assert await round_of(stage) == ["due"]
    async with letterbox() as box:
        memory.write_now(lambda uow: keep_postbox(uow, box.postbox))
        assert await round_of(stage) == ["sent"]
        assert await round_of(stage) == ["sent"]
    (message,) = box.letters
    assert (message["To"], message["Bcc"], message["Reply-To"]) == (TO, None, "a@b.example")
    assert message["Subject"] == "Invitation : Bcc: x@evil.example"
    assert message["From"] == "Carrefour <maillage@ici.example>"
    assert message["List-Unsubscribe"] == "<https://ici.example/moi/avis>"
    assert text_of(message) == "Bonjour Zoé, à bientôt !\n"
    (calendar,) = message.iter_attachments()
    assert calendar.get_content_type() == "text/calendar"
    assert (all_of(stage)[0].text, all_of(stage)[0].calendar) == ("", "")


async def test_who_is_unknown_there_is_written_to_no_more_and_others_are(memory: Database, tmp_path: Path) -> None:
    stage = Stage(memory)
    async with letterbox("maillage", "secret") as box:
        box.refusals[TO] = "550 no such person"
        tell(memory, box.postbox, tmp_path)
        memory.write_now(lambda uow: uow.letters.add("lise@exemple.org", "Bonjour", "Un mot."))
        memory.write_now(lambda uow: uow.letters.add(TO, "Bonjour", "Un mot."))
        assert await round_of(stage, tmp_path) == ["given_up", "sent"]
    assert "no such person" in all_of(stage)[0].last_error
    assert all_of(stage)[0].text == ""


async def test_a_full_box_a_wrong_password_and_a_silent_server_are_tried_again(memory: Database, tmp_path: Path) -> None:
    stage = Stage(memory)
    memory.write_now(lambda uow: uow.letters.add(TO, "Bonjour", "Un mot."))
    async with letterbox("maillage", "secret") as box:
        for postbox, refusals, words in (
            (replace(box.postbox, password="faux"), {}, "name and password"),
            (replace(box.postbox, password=""), {}, "not on this machine"),
            (box.postbox, {TO: "452 box is full"}, "box is full"),
            (replace(box.postbox, security="tls"), {}, "secure"),
            (Postbox(host="127.0.0.1", port=1, security="none", sender="a@b.example"), {}, ""),
        ):
            box.refusals = dict(refusals)
            tell(memory, postbox, tmp_path)
            assert await round_of(stage, tmp_path) == ["due"]
            assert words in all_of(stage)[0].last_error
            assert await round_of(stage, tmp_path) == ["due"]  # not before its time
            stage.later(days=1)
        box.refusals = {}
        tell(memory, box.postbox, tmp_path)
        assert await round_of(stage, tmp_path) == ["sent"]


async def test_a_letter_that_nobody_can_take_is_given_up_after_days(memory: Database) -> None:
    stage = Stage(memory)
    memory.write_now(lambda uow: keep_postbox(uow, Postbox(host="127.0.0.1", port=1, security="none", sender="a@b.example")))
    memory.write_now(lambda uow: uow.letters.add(TO, "Bonjour", "Un mot."))
    tries = 0
    while await round_of(stage) == ["due"]:
        tries += 1
        stage.later(days=1)
    assert tries == 9


async def test_what_comes_too_late_is_not_sent(memory: Database) -> None:
    stage = Stage(memory)
    letter = Letter(to=TO, subject="Votre lien", text="…", until=stage.now + timedelta(minutes=15))
    memory.write_now(lambda uow: uow.letters.put(letter))
    stage.later(minutes=16)
    async with letterbox() as box:
        memory.write_now(lambda uow: keep_postbox(uow, box.postbox))
        assert await round_of(stage) == ["too_late"]
    assert box.letters == []
    assert all_of(stage)[0].text == ""


async def test_the_settings_go_before_what_was_told_in_the_browser(memory: Database) -> None:
    stage = Stage(memory)
    memory.write_now(lambda uow: uow.letters.add(TO, "Bonjour", "Un mot."))
    async with letterbox() as box:
        tools = replace(stage.tools, postbox=box.postbox)
        house = replace(stage.house(), has_mail=True)
        (row,) = memory.write_now(lambda uow: send_letter.JOB.claim(uow, house, 10))
        await send_letter.JOB.work(tools, row)
    assert len(box.letters) == 1


def test_what_breaks_for_no_known_reason_does_not_come_back(memory: Database) -> None:
    stage = Stage(memory)

    def break_it(uow: UnitOfWork) -> None:
        uow.letters.add(TO, "Bonjour", "Un mot.")
        (row,) = uow.letters.claim(stage.now, "test", 5)
        assert send_letter.JOB.mishap is not None
        send_letter.JOB.mishap(uow, stage.house(), row, "ValueError in send_letter")
        assert (uow.letters.count("due"), uow.letters.count("given_up")) == (0, 1)

    memory.write_now(break_it)


@pytest.mark.parametrize("letter", ["pas une adresse", "a@b", "é@exemple.org", "a@b.example\nBcc: c@d.example", ""])
def test_a_letter_to_no_address_is_refused(memory: Database, letter: str) -> None:
    with pytest.raises(Exception, match="not an e-mail address"):
        memory.write_now(lambda uow: uow.letters.add(letter, "Bonjour", "Un mot."))
