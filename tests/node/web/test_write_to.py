"""A letter from somebody who reads to whoever wrote: it arrives, tells no address, and nobody is written to without end."""

from __future__ import annotations

from collections.abc import AsyncIterator
from urllib.parse import urlencode

import pytest
import pytest_asyncio

from kit.web_node import Got, WebNode, web_node
from node.actions.relay import RELAY
from node.domain.entries import Audience
from node.domain.guessing import LETTERS
from node.domain.rights import ADMINISTRATION
from node.storage.unit_of_work import UnitOfWork

NOTE, HIDDEN = "ressources/n", "ressources/h"
FORM = {"nom": "Rose Paquet", "courriel": "rose@exemple.org", "texte": "Cela marche-t-il à la campagne {link} ?"}


@pytest_asyncio.fixture
async def node() -> AsyncIterator[WebNode]:
    async with web_node() as made:
        made.plant(NOTE, Audience.PUBLIC)
        made.plant(HIDDEN, Audience.COMMUNITY)
        yield made


async def write(node: WebNode, path: str = NOTE, **fields: str) -> Got:
    body = urlencode({"iri": f"{node.url}/{path}", **FORM, **fields}).encode()
    return await node.ask("POST", RELAY, headers={"Content-Type": "application/x-www-form-urlencoded"}, body=body)


def letters(node: WebNode) -> list[tuple[str, str, str]]:
    rows = node.database.read_now(lambda uow: uow.letters.listed("due"))
    return [(row.recipient, row.reply_to, row.text) for row in rows]


async def test_it_goes_to_the_author_as_it_was_written(node: WebNode) -> None:
    got = await write(node)
    assert (got.status, "fait=envoye" in got.headers["Location"]) == (303, True)
    [(to, answer_to, text)] = letters(node)
    assert (to, answer_to) == ("mireille@example.org", "rose@exemple.org")
    assert FORM["texte"] in text
    assert f"{node.url}/{NOTE}" in text
    shown = (await node.get(got.headers["Location"].removeprefix(node.url), accept="text/html")).text
    assert "mireille@example.org" not in shown


@pytest.mark.parametrize("fields", [{"nom": " "}, {"courriel": "rose"}, {"texte": "court"}, {"texte": "x" * 4_001}])
async def test_what_is_missing_is_said_and_the_letter_not_lost(node: WebNode, fields: dict[str, str]) -> None:
    got = await write(node, **fields)
    assert got.status == 422
    assert "erreur-" in got.text
    assert fields.get("texte", "à la campagne") in got.text
    assert letters(node) == []


async def test_what_is_not_for_everybody_is_answered_as_what_is_not_there(node: WebNode) -> None:
    assert ((await write(node, HIDDEN)).status, (await write(node, "ressources/rien")).status) == (404, 404)
    shown = [(await node.get(f"{RELAY}?iri={node.url}/{path}", accept="text/html")).status for path in (HIDDEN, "rien", NOTE)]
    assert shown == [404, 404, 200]


async def test_a_machine_that_fills_in_everything_is_thanked_and_not_heard(node: WebNode) -> None:
    assert (await write(node, site="https://a.example")).status == 303
    assert letters(node) == []


async def test_there_is_an_end_to_letters(node: WebNode) -> None:
    for _ in range(LETTERS):
        assert (await write(node)).status == 303
    got = await write(node)
    assert (got.status, len(letters(node))) == (422, LETTERS)
    assert "à la campagne" in got.text


async def test_who_wants_no_letters_gets_none_and_nobody_can_tell(node: WebNode) -> None:
    mireille, ali = (f"{node.url}/personnes/{name}" for name in ("mireille", "ali"))

    def change(uow: UnitOfWork) -> None:
        uow.notices.mute(mireille, f"{node.url}{RELAY}", node.now)
        uow.members.join(ali, f"{node.url}/organisation", ADMINISTRATION, node.now)

    node.database.write_now(change)
    assert (await write(node)).status == 303
    assert [to for to, _, _ in letters(node)] == ["ali@example.org"]
