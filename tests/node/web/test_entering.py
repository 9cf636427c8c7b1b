"""The door: passwords, letters, the second door; how often one may guess, where one goes on to, what nobody learns."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from functools import cache
from urllib.parse import urlencode

import pytest
import pytest_asyncio
from sqlalchemy import func, select

from kit.web_node import Got, WebNode, web_node
from node.actions import set_password
from node.actions.come_in import Knock, guess
from node.actions.set_password import hashed
from node.domain.guessing import Way
from node.domain.letters import Postbox
from node.storage.postbox import keep_postbox
from node.storage.tables.accounts import guesses
from node.storage.unit_of_work import UnitOfWork
from node.web.limits import Limits

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
HTML = "text/html"
PASSWORD = "un chat gris dort"
WRONG = "un chat noir veille"
ELSEWHERE = [
    "//evil.example",
    "/\\evil.example",
    "https:evil.example",
    "https://evil.example/",
    "javascript:alert(1)",
    "/ok\r\nSet-Cookie: s=x",
    "evil",
    "/\t/evil.example",
]
ODD = [
    "mireille@example.org\r\nBcc: a@b.example",
    "mireille@example.org%0d",
    '"mireille"@example.org',
    "mireille(x)@example.org",
    "mireille@example.org,a@b.example",
    "<mireille@example.org>",
]
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@cache
def kept() -> str:
    return hashed(PASSWORD)


@pytest_asyncio.fixture
async def node() -> AsyncIterator[WebNode]:
    async with web_node(limits=Limits(trusted_proxies=("127.0.0.13/32",))) as made:
        made.database.write_now(lambda uow: furnish(uow, made))
        yield made


def furnish(uow: UnitOfWork, node: WebNode) -> None:
    row = uow.members.get(f"{node.url}/personnes/mireille")
    assert row is not None
    uow.members.add(replace(row, password_hash=kept()))
    keep_postbox(uow, Postbox(host="127.0.0.1", sender="a@example.org"))


def me(node: WebNode) -> str:
    return f"{node.url}/personnes/mireille"


async def post(node: WebNode, path: str, headers: dict[str, str] | None = None, /, **fields: str) -> Got:
    return await node.ask("POST", path, headers={**FORM, **(headers or {})}, body=urlencode(fields).encode())


async def knock(node: WebNode, password: str = PASSWORD, email: str = "mireille@example.org", **more: str) -> Got:
    return await post(node, "/entrer", courriel=email, mot_de_passe=password, **more)


def letters(node: WebNode) -> list[str]:
    return [row.text for row in node.database.read_now(lambda uow: uow.letters.listed("due"))]


def cookie(got: Got, name: str = "s") -> str:
    found = (re.match(rf"{name}=([^;]*)", header) for header in got.headers.getall("Set-Cookie", []))
    return next((match[1] for match in found if match), "")


async def test_a_password_opens_a_new_session_whatever_cookie_there_was(node: WebNode) -> None:
    preset = "chosen-by-somebody-else"
    got = await post(node, "/entrer", {"Cookie": f"s={preset}"}, courriel=" Mireille@Example.org ", mot_de_passe=PASSWORD)
    assert (got.status, got.headers["Location"]) == (303, f"{node.url}/")
    assert cookie(got) not in {"", preset}
    page = await node.ask("GET", "/communautes", headers={"Accept": HTML, "Cookie": f"s={cookie(got)}"})
    assert "Mireille" in page.text
    again = await post(node, "/entrer", {"Cookie": f"s={cookie(got)}"}, courriel="mireille@example.org", mot_de_passe=PASSWORD)
    assert cookie(again) != cookie(got)
    assert node.database.read_now(lambda uow: uow.sessions.person(cookie(got), node.now)) is None, "the session before has ended"
    row = node.database.read_now(lambda uow: uow.sessions.get(cookie(again), node.now))
    assert row is not None
    assert row.way == "password"


async def test_what_is_typed_comes_back_but_for_the_password(node: WebNode) -> None:
    got = await knock(node, WRONG, vers="/agenda")
    assert got.status == 422
    assert 'value="mireille@example.org"' in got.text
    assert 'value="/agenda"' in got.text
    assert WRONG not in got.text
    assert "Set-Cookie" not in got.headers
    for fields, name in (({"courriel": "pas une adresse"}, "courriel"), ({"courriel": "a@b.example"}, "mot_de_passe")):
        got = await post(node, "/entrer", **fields)
        assert got.status == 422
        assert f'aria-describedby="erreur-{name}"' in got.text.replace("aide-mot_de_passe ", "")


@pytest.mark.parametrize("geste", ["", "lien"])
async def test_names_that_nobody_has_are_answered_as_others_are(node: WebNode, geste: str) -> None:
    known = await knock(node, WRONG, geste=geste)
    unknown = await knock(node, WRONG, "mireilla@example.org", geste=geste)
    passwordless = await knock(node, WRONG, "ali@example.org", geste=geste)
    answers = {
        (got.status, got.headers.get("Location"), re.sub(r"(mireille|mireilla|ali)@", "@", got.text))
        for got in (known, unknown, passwordless)
    }
    assert len(answers) == 1


async def test_an_unknown_name_costs_as_much_as_a_known_one(node: WebNode, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []

    def look(_: str, kept: str) -> bool:
        looked.append(kept[:30])
        return False

    monkeypatch.setattr(set_password, "_matches", look)
    for email in ("mireille@example.org", "nobody@example.org", "ali@example.org"):
        assert (await knock(node, WRONG, email)).status == 422
    assert looked == ["$argon2id$v=19$m=65536,t=3,p=1"] * 3


async def test_ten_guesses_an_hour_for_an_account_then_not_even_the_right_one(node: WebNode) -> None:
    fill(node, "mireille@example.org", 9)
    assert "ne vont pas ensemble" in (await knock(node, WRONG)).text
    refused = await knock(node)
    assert (refused.status, "trop d’essais" in refused.text) == (422, True)
    fill(node, "nobody@example.org", 10)
    unknown = await knock(node, WRONG, "nobody@example.org")
    assert "trop d’essais" in unknown.text, "it would tell who has an account"
    link = await knock(node, geste="lien")
    assert link.status == 303, "who is shut out by somebody's guesses has another way in"
    node.now += timedelta(minutes=61)
    assert (await knock(node)).status == 303


def fill(node: WebNode, email: str, n: int) -> None:
    for _ in range(n):
        node.database.write_now(lambda uow: guess(uow, node.house(), Way.PASSWORD, email, Knock()))


async def test_thirty_guesses_an_hour_from_one_address_whatever_a_header_says(node: WebNode) -> None:
    def fill_up(uow: UnitOfWork) -> None:
        for number in range(30):
            guess(uow, node.house(), Way.PASSWORD, f"p{number}@example.org", Knock(address="127.0.0.1"))

    node.database.write_now(fill_up)
    for forged in ("198.51.100.7", "198.51.100.8, 127.0.0.13"):
        got = await post(node, "/entrer", {"X-Forwarded-For": forged}, courriel="mireille@example.org", mot_de_passe=PASSWORD)
        assert "trop d’essais" in got.text
    assert (await knock(node, geste="lien")).status == 303


async def test_knowing_is_no_guess(node: WebNode) -> None:
    for _ in range(2):
        assert (await knock(node)).status == 303
    assert node.database.read_now(lambda uow: uow.ground.number(select(func.count()).select_from(guesses))) == 0


async def test_one_goes_on_only_to_pages_of_this_site(node: WebNode) -> None:
    link = node.database.write_now(
        lambda uow: [uow.sessions.create_token("sign-in", me(node), node.now + timedelta(1)) for _ in ELSEWHERE]
    )
    for token, going in zip(link, ELSEWHERE, strict=True):
        got = await post(node, "/entrer", jeton=token, vers=going)
        assert got.headers["Location"] == f"{node.url}/", going
        page = await node.ask("GET", f"/entrer?{urlencode({'vers': going})}", headers={"Accept": HTML})
        assert "evil" not in page.text.partition("<main")[2].partition("</main")[0]


async def test_one_goes_on_to_where_one_was_going(node: WebNode) -> None:
    got = await node.ask("GET", "/adresses-privees?liste=%2Fagenda", headers={"Accept": HTML})
    assert got.status == 303
    assert got.headers["Location"] == "/entrer?vers=/adresses-privees?liste%3D%252Fagenda"
    page = await node.ask("GET", got.headers["Location"], headers={"Accept": HTML})
    going = re.search(r'name="vers" value="([^"]*)"', page.text)
    assert going is not None
    assert (await knock(node, vers=going[1])).headers["Location"] == f"{node.url}/adresses-privees?liste=%2Fagenda"


async def test_a_letter_opens_the_door_once_within_a_quarter_of_an_hour(node: WebNode) -> None:
    headers = {"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}
    got = await post(node, "/entrer", headers, courriel="mireille@example.org", geste="lien", vers="/agenda")
    assert got.status == 303
    assert (
        "C’est demandé" in (await node.ask("GET", got.headers["Location"].removeprefix(node.url), headers={"Accept": HTML})).text
    )
    [text] = letters(node)
    [link] = re.findall(r"^(http\S+jeton=\S+)$", text, re.MULTILINE)
    assert link.startswith(f"{node.url}/entrer?jeton="), "the address is that of the settings"
    token = re.search("jeton=([^&]+)", link)
    assert token is not None
    page = await node.ask("GET", link.removeprefix(node.url), headers={"Accept": HTML})
    assert 'name="vers" value="/agenda"' in page.text
    entered = await post(node, "/entrer", jeton=token[1], vers="/agenda")
    assert (entered.status, entered.headers["Location"]) == (303, f"{node.url}/agenda")
    assert (await post(node, "/entrer", jeton=token[1])).status == 422
    await knock(node, geste="lien")
    late = re.search("jeton=([^&]+)", letters(node)[0])
    assert late is not None
    node.now += timedelta(minutes=16)
    assert (await post(node, "/entrer", jeton=late[1])).status == 422


async def test_nobody_fills_a_mailbox_with_letters(node: WebNode) -> None:
    answers = [(await knock(node, geste="lien")).status for _ in range(6)]
    assert answers == [303] * 5 + [422]
    assert len(letters(node)) == 5


async def test_odd_addresses_get_no_letter(node: WebNode) -> None:
    for email in ODD:
        assert (await knock(node, "", email, geste="lien")).status in {303, 422}
    assert letters(node) == []


async def test_who_is_suspended_or_gone_is_out_at_once(node: WebNode) -> None:
    got = await knock(node)
    session = {"Accept": HTML, "Cookie": f"s={cookie(got)}"}
    assert "Mireille" in (await node.ask("GET", "/communautes", headers=session)).text
    node.database.write_now(lambda uow: uow.actors.set_state(me(node), "suspended"))
    assert "Mireille" not in (await node.ask("GET", "/communautes", headers=session)).text
    assert (await knock(node)).status in {403, 422}


async def test_a_proxy_that_is_trusted_tells_who_asks() -> None:
    async with web_node(limits=Limits(trusted_proxies=("127.0.0.0/8",))) as node:
        node.database.write_now(lambda uow: furnish(uow, node))

        def fill_up(uow: UnitOfWork) -> None:
            for number in range(30):
                guess(uow, node.house(), Way.PASSWORD, f"p{number}@example.org", Knock(address="2001:db8:1:2::7"))

        node.database.write_now(fill_up)
        known = {"courriel": "mireille@example.org", "mot_de_passe": PASSWORD}
        neighbour = await post(node, "/entrer", {"X-Forwarded-For": "198.51.100.8, 2001:db8:1:2:ffff::1"}, **known)
        assert "trop d’essais" in neighbour.text, (
            "a household is one address, and what a client writes before it counts for nothing"
        )
        assert (await post(node, "/entrer", {"X-Forwarded-For": "2001:db8:1:3::7"}, **known)).status == 303
