"""The second door: codes of a clock, and codes on paper."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from functools import cache
from urllib.parse import urlencode

import pytest_asyncio
from pyotp import TOTP

from kit.web_node import Got, WebNode, web_node
from node.actions.set_password import hashed
from node.domain import second_factor
from node.storage.shelves.accounts import Accounts
from node.storage.unit_of_work import UnitOfWork

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
PASSWORD = "un chat gris dort"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@cache
def kept() -> str:
    return hashed(PASSWORD)


@pytest_asyncio.fixture
async def node() -> AsyncIterator[WebNode]:
    async with web_node() as made:
        made.database.write_now(lambda uow: furnish(uow, made))
        yield made


def furnish(uow: UnitOfWork, node: WebNode) -> None:
    row = uow.members.get(me(node))
    assert row is not None
    uow.members.add(replace(row, password_hash=kept()))
    Accounts(uow.ground).second.put(me(node), SECRET, 0, node.now)
    Accounts(uow.ground).second.put_codes(me(node), ["abcdefghjk"])


def me(node: WebNode) -> str:
    return f"{node.url}/personnes/mireille"


async def post(node: WebNode, path: str, headers: dict[str, str] | None = None, /, **fields: str) -> Got:
    return await node.ask("POST", path, headers={**FORM, **(headers or {})}, body=urlencode(fields).encode())


def cookie(got: Got, name: str = "s") -> str:
    found = (re.match(rf"{name}=([^;]*)", header) for header in got.headers.getall("Set-Cookie", []))
    return next((match[1] for match in found if match), "")


async def step(node: WebNode) -> dict[str, str]:
    got = await post(node, "/entrer", courriel="mireille@example.org", mot_de_passe=PASSWORD, vers="/agenda")
    assert got.headers["Location"].startswith(f"{node.url}/entrer/code")
    assert cookie(got) == ""
    return {"Cookie": f"e={cookie(got, 'e')}"}


def code(node: WebNode, ago: int = 0) -> str:
    return TOTP(SECRET).at(int(node.now.timestamp()) - ago)


async def test_a_code_opens_it_once(node: WebNode) -> None:
    first = await step(node)
    assert (await post(node, "/entrer/code", first, code="000000")).status == 422
    got = await post(node, "/entrer/code", first, code=f"{code(node)[:3]} {code(node)[3:]}")
    assert (got.status, got.headers["Location"]) == (303, f"{node.url}/agenda")
    assert cookie(got) != ""
    assert (await post(node, "/entrer/code", first, code=code(node))).status == 422, "the step is used up"
    again = await step(node)
    assert (await post(node, "/entrer/code", again, code=code(node))).status == 422, "the code is used up"
    assert (await post(node, "/entrer/code", again, code=code(node, 30))).status == 422, "an older one, too"


async def test_clocks_may_differ_a_little(node: WebNode) -> None:
    assert (await post(node, "/entrer/code", await step(node), code=code(node, 90))).status == 422
    assert (await post(node, "/entrer/code", await step(node), code=code(node, 30))).status == 303


async def test_a_code_on_paper_opens_it_once(node: WebNode) -> None:
    assert (await post(node, "/entrer/code", await step(node), code="ABCDE-fghjk")).status == 303
    assert (await post(node, "/entrer/code", await step(node), code="abcde-fghjk")).status == 422


async def test_a_letter_does_not_go_round_it(node: WebNode) -> None:
    token = node.database.write_now(lambda uow: uow.sessions.create_token("sign-in", me(node), node.now + timedelta(1)))
    got = await post(node, "/entrer", jeton=token)
    assert got.headers["Location"].startswith(f"{node.url}/entrer/code")
    assert cookie(got) == ""


async def test_codes_are_guessed_ten_times_at_most(node: WebNode) -> None:
    first = await step(node)
    for _ in range(10):
        assert (await post(node, "/entrer/code", first, code="000000")).status == 422
    refused = await post(node, "/entrer/code", first, code=code(node))
    assert "trop d’essais" in refused.text
    assert cookie(refused) == ""


async def test_a_step_ends(node: WebNode) -> None:
    first = await step(node)
    node.now += timedelta(minutes=11)
    assert "Recommencez" in (await post(node, "/entrer/code", first, code=code(node))).text
    assert (await post(node, "/entrer/code", code=code(node))).status == 422


def test_codes_on_paper_differ() -> None:
    codes = second_factor.paper_codes()
    assert len(set(codes)) == 10
    assert {second_factor.tidy(second_factor.grouped(code).upper()) for code in codes} == set(codes)
