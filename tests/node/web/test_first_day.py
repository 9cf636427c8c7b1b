"""The key of the first day: what it opens, for whom, and that nothing else does."""

from __future__ import annotations

import pytest

from kit.web_node import WebNode, web_node
from node.domain.rights import ADMINISTRATION
from node.storage.household import FIRST_RUN, new_key

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
SAID = "nom=Nadia&courriel=nadia%40exemple.org&langue_choisie=en"


def key_of(node: WebNode, person: str = "") -> str:
    return node.database.write_now(lambda uow: new_key(uow, person, node.house().now))


async def test_a_key_opens_once_and_makes_who_looks_after_the_node() -> None:
    async with web_node() as node:
        key = key_of(node)
        got = await node.ask("POST", "/premiers-pas", headers=FORM, body=f"cle={key}&{SAID}".encode())
        assert got.status == 303
        assert got.headers["Location"] == f"{node.url}/premiers-pas/organisation?langue=en"
        assert "HttpOnly" in got.headers["Set-Cookie"]
        row = node.database.read_now(lambda uow: uow.members.by_email("nadia@exemple.org"))
        assert row is not None
        assert row.password_hash == ""
        roles = node.database.read_now(lambda uow: uow.members.roles(row.iri, node.house().organisation, node.house().now))
        assert ADMINISTRATION in roles
        assert node.database.read_now(lambda uow: uow.state.get(FIRST_RUN)) == "begun"
        again = await node.ask("POST", "/premiers-pas", headers=FORM, body=f"cle={key}&{SAID}".encode())
        assert again.status == 403
        assert "Set-Cookie" not in again.headers


@pytest.mark.parametrize("key", ["", "fausse", "a" * 500])
async def test_nothing_else_opens_it(key: str) -> None:
    async with web_node() as node:
        got = await node.ask("POST", "/premiers-pas", headers=FORM, body=f"cle={key}&{SAID}".encode())
        assert got.status == 403
        assert node.database.read_now(lambda uow: uow.members.by_email("nadia@exemple.org")) is None
        page = await node.get(f"/premiers-pas?cle={key}", accept="text/html")
        assert '<form method="post" action="/premiers-pas"' not in page.text


async def test_another_kind_of_token_is_no_key() -> None:
    async with web_node() as node:
        person = f"{node.url}/personnes/mireille"
        token = node.database.write_now(
            lambda uow: uow.sessions.create_token("sign-in", person, node.house().now.replace(year=2100))
        )
        got = await node.ask("POST", "/premiers-pas", headers=FORM, body=f"cle={token}&{SAID}".encode())
        assert got.status == 403


async def test_looking_uses_nothing_up_and_is_kept_by_nobody() -> None:
    async with web_node() as node:
        key = key_of(node)
        for _ in range(2):
            page = await node.get(f"/premiers-pas?cle={key}", accept="text/html")
            assert f'name="cle" value="{key}"' in page.text
            assert "no-store" in page.headers["Cache-Control"]


async def test_a_weak_password_is_refused_and_nothing_typed_is_lost() -> None:
    async with web_node() as node:
        key = key_of(node)
        got = await node.ask("POST", "/premiers-pas", headers=FORM, body=f"cle={key}&{SAID}&secret=motdepasse".encode())
        assert got.status == 422
        assert 'value="Nadia"' in got.text
        assert "motdepasse" not in got.text
        assert key in got.text
