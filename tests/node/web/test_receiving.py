"""Whoever looks after the node names, in the browser, the box where letters for us lie."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from urllib.parse import urlencode

import pytest_asyncio

from kit.mailbox import Imap, imap
from kit.web_node import Got, WebNode, web_node
from node.domain.errands import ALL, COLLECT
from node.domain.rights import ADMINISTRATION
from node.storage.household import kept_household
from node.storage.postbox import kept_mailbox
from node.web.readers import form_token
from node.web.receiving import PATH

ADDRESS = "partage@exemple.org"


@pytest_asyncio.fixture
async def node() -> AsyncIterator[WebNode]:
    async with web_node() as made:
        made.database.write_now(lambda uow: uow.members.join(me(made), made.house().organisation, ADMINISTRATION, made.now))
        yield made


def me(node: WebNode) -> str:
    return f"{node.url}/personnes/mireille"


async def do(node: WebNode, **fields: str) -> Got:
    session = await node.session(me(node))
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"s={session}"}
    return await node.ask("POST", PATH, headers=headers, body=urlencode({"jeton": form_token(session), **fields}).encode())


def box(server: Imap, **changed: str) -> dict[str, str]:
    said = {"geste": "boite", "adresse": ADDRESS, "serveur": server.box.host, "port": str(server.box.port), "seule": "oui"}
    return {**said, "securite": "none", "nom": server.box.user, "secret": server.box.password, **changed}


async def test_a_box_that_opens_is_kept_and_looked_into_until_it_is_forgotten(node: WebNode) -> None:
    async with imap() as server:
        server.put(b"To: x\n\nBonjour")
        got = await do(node, **box(server))
        assert got.status == 303
        assert got.headers["Location"].endswith("fait=boite")
        assert list(server.letters) == [1], "nothing is changed by trying"
        assert not {"STORE", "EXPUNGE"} & {line.partition(" ")[0] for line in server.log}
        known = node.database.read_now(kept_mailbox)
        assert known == replace(server.box, address=ADDRESS, password="")
    assert node.database.read_now(kept_household).letterbox == ADDRESS
    assert node.database.read_now(lambda uow: uow.tasks.get(COLLECT, ALL)) is not None
    assert (await do(node, geste="oublier")).status == 303
    assert node.database.read_now(kept_mailbox) is None
    assert node.database.read_now(kept_household).letterbox == ""


async def test_what_does_not_open_is_not_kept_and_it_is_said_why(node: WebNode) -> None:
    async with imap() as server:
        for changed, words in (
            ({"secret": "faux"}, "refuse ce nom et ce mot de passe"),
            ({"port": "1"}, "ne répond pas"),
            ({"seule": ""}, "Cochez cette case"),
            ({"adresse": "partage+x@exemple.org"}, "Une adresse courte"),
            ({"dossier": 'a" b'}, "Le nom d’un dossier"),
            ({"serveur": ""}, "Il manque quelque chose ici"),
        ):
            got = await do(node, **box(server, **changed))
            assert got.status == 422
            assert words in got.text, changed
            assert server.box.password not in got.text
        server.silent = frozenset({"EXAMINE"})
        assert (await do(node, **box(server))).status == 422
    assert node.database.read_now(kept_mailbox) is None


async def test_nobody_else_names_one(node: WebNode) -> None:
    async with imap() as server:
        node.database.write_now(lambda uow: uow.members.leave(me(node), node.house().organisation, node.now))
        assert (await do(node, **box(server))).status in {403, 404}
    assert node.database.read_now(kept_mailbox) is None
