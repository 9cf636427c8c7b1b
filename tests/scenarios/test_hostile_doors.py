"""Doors and forms under attack: other sites that make a browser post, pages that are only looked at, hosts that are not ours.

security.md: F04, F05, F11, F12.
"""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from sqlalchemy import select

from kit.probes import probes
from kit.probing import FORM_TOKEN
from kit.web_node import WebNode, web_node
from node.domain.rights import ADMINISTRATION
from node.storage.schema import metadata
from node.storage.unit_of_work import UnitOfWork
from node.web.middleware import session
from node.web.middleware.headers import FOR_ALL
from node.web.readers import form_token

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
HTML = "text/html"


@pytest_asyncio.fixture
async def node() -> AsyncIterator[WebNode]:
    async with web_node() as made:
        yield made


def person(node: WebNode) -> str:
    return f"{node.url}/personnes/mireille"


def forms(node: WebNode) -> dict[str, bytes]:
    """Every form there is, with what may stand in it."""
    every = {path: body for probe in probes(node.url).values() for path, body in (probe.post or {}).items()}
    return {path: body for path, body in every.items() if not path.startswith(FOR_ALL) and not path.endswith("inbox")}


async def test_no_other_site_posts_a_form_in_the_name_of_a_member(node: WebNode) -> None:
    cookie = await node.session(person(node))
    token = form_token(cookie)
    member = {**FORM, "Cookie": f"s={cookie}"}
    attacks = itertools.cycle(
        (
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site"},
            {"Origin": "https://evil.example"},
            {"Origin": "null"},
        )
    )
    before = told(node)
    found = forms(node)
    assert len(found) > 20
    for path, body in found.items():
        attack = next(attacks)
        got = await node.ask("POST", path, headers={**member, **attack}, body=body.replace(FORM_TOKEN.encode(), token.encode()))
        assert got.status == 403, (path, attack)
    assert told(node) == before


async def test_forms_of_members_carry_the_token_of_their_session(node: WebNode) -> None:
    cookie = await node.session(person(node))
    doors = {"/entrer", "/entrer/cle", "/entrer/code", "/entrer/organisation", "/entrer/retour"}
    opened = {*doors, "/moi/courriel", "/partager/lettre"}
    other = form_token(await node.session(f"{node.url}/personnes/ali"))
    before = told(node)
    wrong = itertools.cycle((b"", other.encode(), cookie.encode()))
    for path, body in forms(node).items():
        if path.partition("?")[0] not in opened:
            spoiled = body.replace(FORM_TOKEN.encode(), next(wrong))
            got = await node.ask("POST", path, headers={**FORM, "Cookie": f"s={cookie}"}, body=spoiled)
            assert got.status == 403, path
    right = f"jeton={form_token(cookie)}&geste=fermer-tout".encode()
    got = await node.ask("POST", "/moi/acces", headers={"Content-Type": "text/plain", "Cookie": f"s={cookie}"}, body=right)
    assert got.status == 403, "what is no form carries no token"
    assert told(node) == before


async def test_looking_changes_nothing(node: WebNode) -> None:
    mine = person(node)
    node.database.write_now(lambda uow: uow.members.join(mine, f"{node.url}/organisation", ADMINISTRATION, node.now))
    token = node.database.write_now(lambda uow: uow.sessions.create_token("sign-in", mine, node.now.replace(year=2030)))
    await node.session(mine)
    before = told(node)
    for path, probe in probes(node.url).items():
        if "{" not in path and "text/html" in probe.faces:
            for target in probe.get[:2]:
                await node.get(target, accept=HTML, person=mine)
    await node.get(f"/entrer?jeton={token}", accept=HTML)
    assert told(node) == before


def told(node: WebNode) -> dict[str, list[str]]:
    """All rows there are."""

    def look(uow: UnitOfWork) -> dict[str, list[str]]:
        rows = {name: uow.ground.rows(select(table)) for name, table in metadata.tables.items()}
        return {name: sorted(str(dict(row)) for row in found) for name, found in rows.items()}

    return node.database.read_now(look)


async def test_a_host_that_is_not_ours_gets_no_door(node: WebNode) -> None:
    for host in ("evil.example", "127.0.0.1", "127.0.0.1.evil.example"):
        for method, path in (("GET", "/entrer"), ("POST", "/entrer")):
            assert (await node.ask(method, path, headers={**FORM, "Host": host}, body=b"")).status == 421
    headers = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "http", "Forwarded": "host=evil.example", "Accept": HTML}
    assert "evil.example" not in (await node.ask("GET", "/entrer", headers=headers)).text


async def test_what_is_for_one_reader_is_kept_by_nobody(node: WebNode) -> None:
    for path in ("/", "/entrer", "/moi", "/moi/acces"):
        got = await node.get(path, accept=HTML, person=person(node))
        assert got.headers["Cache-Control"] == "private, no-store", path
        assert {"Accept", "Cookie", "Authorization", "Signature"} <= {each.strip() for each in got.headers["Vary"].split(",")}
    for path in ("/moi", "/moi/acces", "/liens"):
        got = await node.get(path, accept=HTML)
        assert (got.status, got.headers["Cache-Control"]) == (303, "private, no-store")


@pytest.mark.parametrize("make", [session.opened, session.step])
def test_cookies_of_a_node_on_https_are_locked_to_it(make: object) -> None:
    assert callable(make)
    _, said = make("token", is_secure=True)
    assert said.startswith(("__Host-s=token;", "__Host-e=token;"))
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= {part.strip() for part in said.split(";")}
    assert "Domain" not in said
