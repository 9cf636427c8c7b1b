"""Which letters are kept to be opened: those to a secret address of somebody, written by a person, once, and not too many."""

from __future__ import annotations

from email.message import EmailMessage

from kit.guests import Stage
from node.actions.keep_letter_address import make
from node.actions.receive_letter import MOST, Taken, receive_letter
from node.contracts import House
from node.domain.post import MOST_BYTES, private_address
from node.storage.engine import Database

HERE = "partage@ici.example"


def house(stage: Stage) -> House:
    said = stage.house()
    return House(url=said.url, name=said.name, mode=said.mode, language="fr", now=said.now, letterbox=HERE)


def letter(to: str, number: int = 1, **head: str) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Message-ID"] = "mireille@exemple.org", to, f"<{number}@x>"
    for name, value in head.items():
        message[name.replace("_", "-")] = value
    message.set_content("Bonjour")
    return message.as_bytes()


def take(stage: Stage, raw: bytes, told: str = "") -> Taken:
    return stage.database.write_now(lambda uow: receive_letter(uow, house(stage), raw, told))


def test_only_the_secret_counts_and_each_letter_once(memory: Database) -> None:
    stage = Stage(memory)
    secret = memory.write_now(lambda uow: make(uow, house(stage), stage.author, "", "https://ici.example/moi/partage"))
    to = private_address(HERE, secret)
    assert take(stage, letter(HERE)) is Taken.UNKNOWN
    assert take(stage, letter(private_address(HERE, "a" * 32))) is Taken.UNKNOWN
    assert take(stage, letter(to, Auto_Submitted="auto-replied")) is Taken.AUTOMATIC
    assert take(stage, letter(to) + b"x" * MOST_BYTES) is Taken.TOO_LONG
    assert take(stage, letter(to)) is Taken.KEPT
    assert take(stage, letter(to)) is Taken.AGAIN
    assert take(stage, letter("liste@ici.example", 2), told=to) is Taken.KEPT
    memory.write_now(lambda uow: uow.actors.set_state(stage.author, "deleted"))
    assert take(stage, letter(to, 3)) is Taken.UNKNOWN
    assert memory.read_now(lambda uow: len(uow.letters.listed("due"))) == 1  # that brought the address; no answer to anybody


def test_who_has_sent_many_sends_no_more_that_day(memory: Database) -> None:
    stage = Stage(memory)
    secret = memory.write_now(lambda uow: make(uow, house(stage), stage.author, "", ""))
    to = private_address(HERE, secret)
    memory.write_now(lambda uow: [uow.letterbox.put(stage.author, str(number), b"", stage.now) for number in range(MOST)])
    assert take(stage, letter(to)) is Taken.TOO_MANY
    stage.later(days=1)
    assert take(stage, letter(to)) is Taken.KEPT


def test_a_node_without_letterbox_takes_nothing(memory: Database) -> None:
    stage = Stage(memory)
    assert (
        stage.database.write_now(lambda uow: receive_letter(uow, stage.house(), letter("partage+a@x.example"))) is Taken.UNKNOWN
    )
