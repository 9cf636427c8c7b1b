"""The second door: codes of a clock, and codes on paper."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from functools import cache
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import pytest_asyncio
from pyotp import TOTP

from kit.signing import NOW
from kit.web_node import Got, WebNode, web_node
from node.actions import come_in
from node.actions.add_member import appoint
from node.actions.change_account import BY_CLOCK, held
from node.actions.come_in import BY_LINK, LINK
from node.actions.set_password import hashed
from node.contracts import House
from node.domain import second_factor
from node.domain.guessing import Way
from node.storage import office
from node.storage.engine import Database
from node.storage.household import FIRST_RUN, KEY_LASTS, begin
from node.storage.shelves.accounts import Accounts, PasskeyRow
from node.storage.unit_of_work import UnitOfWork
from node.web.readers import form_token

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


@pytest.fixture
def reached_by_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """The node is none that its own machine alone reaches."""
    for module in (office, come_in):
        monkeypatch.setattr(module, "is_asked_of_keepers", lambda _: True)


async def by_link(node: WebNode, person: str, there: str, content: str = "") -> Got:
    token = node.database.write_now(lambda uow: uow.sessions.create_token(BY_LINK, person, node.now + LINK, content))
    return await post(node, "/entrer", jeton=token, vers=there)


@pytest.mark.usefixtures("reached_by_others")
async def test_whoever_looks_after_the_node_needs_a_second_proof_for_all_of_it(node: WebNode) -> None:
    ali, house = f"{node.url}/personnes/ali", node.house()
    node.database.write_now(lambda uow: appoint(uow, house, ali))
    got = await by_link(node, ali, "/liens", Way.MACHINE)
    assert got.headers["Location"] == f"{node.url}/moi/acces?vers=%2Fliens"
    first = cookie(got)
    asked = {"Accept": "text/html", "Cookie": f"s={first}"}
    for page in ("/liens", "/tableau-de-bord", "/premiers-pas/pret"):
        led = await node.ask("GET", page, headers=asked)
        assert (led.status, led.headers["Location"]) == (303, f"/moi/acces?vers={page}")
    assert (await node.ask("GET", "/liens/journal.csv", headers={**asked, "Accept": "text/csv"})).status == 403
    settings = "/communautes/logement/reglages"
    assert (await node.ask("GET", settings, headers=asked)).status == 404, "nor any community that is not theirs"
    assert (await post(node, "/noeud/soins", asked, jeton=form_token(first), geste="regarder")).status == 403
    told = await node.ask("GET", "/moi/acces?vers=/liens", headers=asked)
    assert "Avant de prendre soin du site" in told.text
    assert "Prendre soin du site" not in told.text, "nor is it offered"

    elsewhere = cookie(await by_link(node, ali, "/"))
    got = await post(node, "/moi/acces", asked, jeton=form_token(first), geste="code", vers="/liens")
    token = parse_qs(urlsplit(got.headers["Location"]).query)["clock"][0]
    secret = node.database.read_now(lambda uow: held(uow, house, ali, BY_CLOCK, token))
    now = TOTP(secret).at(int(node.now.timestamp()))
    got = await post(node, "/moi/code", asked, jeton=form_token(first), clock=token, code=now, vers="/liens")
    assert "vers=%2Fliens" in got.headers["Location"]
    second = cookie(got)
    for former in (first, elsewhere):
        assert node.database.read_now(lambda uow: uow.sessions.person(former, node.now)) is None  # noqa: B023 -- at once
    asked["Cookie"] = f"s={second}"
    assert [(await node.ask("GET", page, headers=asked)).status for page in ("/liens", settings)] == [200, 200]


@pytest.mark.usefixtures("reached_by_others")
async def test_whoever_reads_the_letters_of_a_keeper_sets_up_no_proof_before_all_were_told(node: WebNode) -> None:
    ali, other, wanted = f"{node.url}/personnes/ali", me(node), "Préparer le code"
    node.database.write_now(lambda uow: [appoint(uow, node.house(), each) for each in (ali, other)])

    async def come_in_by_letter() -> dict[str, str]:
        return {"Accept": "text/html", "Cookie": f"s={cookie(await by_link(node, ali, '/liens'))}"}

    async def wish(who: dict[str, str], deed: str) -> Got:
        token = form_token(who["Cookie"].removeprefix("s="))
        secret = {"mot_de_passe": PASSWORD, "courriel": "autre@example.org"}
        return await post(node, "/moi/acces", who, jeton=token, geste=deed, **secret)

    burglar = await come_in_by_letter()
    assert [(await wish(burglar, deed)).status for deed in ("code", "mot-de-passe", "courriel")] == [422] * 3
    assert "deux jours plus tard" in (await node.ask("GET", "/moi/acces", headers=burglar)).text
    assert [(await wish(burglar, "attendre")).status for _ in range(2)] == [303, 303]
    letters = node.database.read_now(lambda uow: [row.letter for row in uow.letters.listed("due")])
    told = sorted((letter.to, "Ali est entré·e" in letter.text) for letter in letters)
    assert told == [("ali@example.org", False), ("mireille@example.org", True)], "once each"
    node.now += second_factor.WAITED - timedelta(minutes=1)
    assert (await wish(await come_in_by_letter(), "code")).status == 422

    owner = await come_in_by_letter()
    assert (await wish(owner, "pas-moi")).status == 303
    assert (await node.ask("GET", "/moi/acces", headers=burglar)).status == 303, "out, too"
    node.now += timedelta(minutes=2)
    late = await come_in_by_letter()
    assert (await wish(late, "code")).status == 422
    assert (await wish(late, "attendre")).status == 303
    node.now += second_factor.WAITED
    again = await come_in_by_letter()
    assert wanted in (await node.ask("GET", "/moi/acces", headers=again)).text
    assert (await wish(again, "code")).status == 303


@pytest.mark.usefixtures("reached_by_others")
async def test_a_passkey_is_proof_enough_and_then_the_only_way_in(node: WebNode) -> None:
    ali = f"{node.url}/personnes/ali"

    def furnished(uow: UnitOfWork) -> None:
        appoint(uow, node.house(), ali)
        Accounts(uow.ground).passkeys.add(PasskeyRow(id="k", person=ali, public_key="p", uses=0, name="", created_at=node.now))

    node.database.write_now(furnished)
    got = await by_link(node, ali, "/liens")
    assert got.headers["Location"] == f"{node.url}/entrer/code?langue=fr&avec=cle&vers=%2Fliens"
    assert cookie(got) == ""
    assert (await post(node, "/entrer/code", {"Cookie": f"e={cookie(got, 'e')}"}, code="123456")).status == 422
    admitted = node.database.write_now(lambda uow: come_in.let_in(uow, node.house(), ali, come_in.Knock(), Way.PASSKEY))
    assert admitted.session
    assert not admitted.must_prove


@pytest.mark.parametrize(
    ("url", "is_asked"),
    [
        ("https://savoirs.example", True),
        ("http://savoirs.example", True),
        ("http://192.168.1.10:8000", True),
        ("https://localhost", True),
        ("http://localhost:8000", False),
        ("http://127.0.0.2:8000", False),
        ("http://[::1]:8000", False),
    ],
)
def test_a_node_that_its_own_machine_alone_reaches_asks_for_none(url: str, *, is_asked: bool) -> None:
    assert second_factor.is_asked_of_keepers(url) is is_asked


@pytest.mark.usefixtures("reached_by_others")
def test_the_first_day_needs_none_and_lasts_no_longer_than_its_key(memory: Database) -> None:
    here = House(url="https://n.example", name="N", mode="open", language="fr", now=NOW)
    memory.write_now(lambda uow: begin(uow, NOW))
    assert not memory.read_now(lambda uow: office.must_prove(uow, here, "https://n.example/personnes/a"))
    later = replace(here, now=NOW + KEY_LASTS)
    assert memory.read_now(lambda uow: office.must_prove(uow, later, "https://n.example/personnes/a"))
    memory.write_now(lambda uow: uow.state.set(FIRST_RUN, "done"))
    assert memory.read_now(lambda uow: office.must_prove(uow, here, "https://n.example/personnes/a"))
