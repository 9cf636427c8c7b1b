"""Signing in with a link that works once; the cookie; what other sites may not do in a member's name."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from http.cookies import SimpleCookie

import pytest_asyncio

from kit.web_node import Got, WebNode, web_node
from node.domain.entries import Audience
from node.domain.rights import ANIMATION
from node.web.middleware import session
from node.web.readers import form_token

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
HTML = "text/html"


@pytest_asyncio.fixture
async def node() -> AsyncIterator[WebNode]:
    async with web_node() as made:
        yield made


def token(node: WebNode, person: str = "mireille") -> str:
    expires = node.now + timedelta(hours=1)
    return node.database.write_now(lambda uow: uow.sessions.create_token("sign-in", f"{node.url}/personnes/{person}", expires))


async def test_a_get_opens_nothing(node: WebNode) -> None:
    link = token(node)
    for _ in range(2):
        got = await node.get(f"/entrer?jeton={link}", accept=HTML)
        assert got.status == 200
        assert "Set-Cookie" not in got.headers
        assert got.headers["Cache-Control"] == "private, no-store", "who reads it in a cache could sign in"
    assert (await node.ask("POST", "/entrer", headers=FORM, body=f"jeton={link}".encode())).status == 303


async def test_a_post_opens_a_session_once(node: WebNode) -> None:
    link = token(node)
    got = await node.ask("POST", "/entrer", headers=FORM, body=f"jeton={link}".encode())
    assert got.status == 303
    assert got.headers["Location"] == f"{node.url}/"
    assert got.headers["Cache-Control"] == "private, no-store"
    cookie = got.headers["Set-Cookie"]
    assert re.match(r"s=[\w-]{40,}; ", cookie)
    assert {"HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert "Secure" not in cookie  # a trial node on plain http
    again = await node.ask("POST", "/entrer", headers=FORM, body=f"jeton={link}".encode())
    assert again.status == 422
    assert "Demandez-en un autre" in again.text
    assert "Set-Cookie" not in again.headers
    home = await node.ask("GET", "/", headers={"Accept": HTML, "Cookie": cookie.partition(";")[0]})
    assert "Mireille" in home.text


async def test_an_old_or_invented_link_opens_nothing(node: WebNode) -> None:
    link = token(node)
    node.now += timedelta(hours=2)
    for value in (link, "invented", "", "\udcff\x00"):
        body = b"jeton=" + value.encode("utf-8", "surrogateescape")
        assert (await node.ask("POST", "/entrer", headers=FORM, body=body)).status == 422


async def test_a_session_ends_with_its_form(node: WebNode) -> None:
    person = f"{node.url}/personnes/mireille"
    cookie = await node.session(person)
    headers = {**FORM, "Cookie": f"s={cookie}"}
    assert (await node.ask("POST", "/sortir", headers=headers, body=b"jeton=wrong")).status == 403
    assert (await node.ask("POST", "/sortir", headers=headers, body=b"")).status == 403
    got = await node.ask("POST", "/sortir", headers=headers, body=f"jeton={form_token(cookie)}".encode())
    assert got.status == 303
    assert "Max-Age=0" in got.headers["Set-Cookie"]
    assert node.database.read_now(lambda uow: uow.sessions.person(cookie, node.now)) is None


async def test_a_session_in_use_lasts_and_an_idle_one_ends(node: WebNode) -> None:
    used, idle = f"{node.url}/personnes/mireille", f"{node.url}/personnes/ali"
    await node.session(used), await node.session(idle)
    node.now += timedelta(days=10)
    assert "Mireille" in (await node.get("/communautes", accept=HTML, person=used)).text
    node.now += timedelta(days=10)
    assert "Mireille" in (await node.get("/communautes", accept=HTML, person=used)).text
    assert "Ali" not in (await node.get("/communautes", accept=HTML, person=idle)).text


async def test_whoever_may_do_other_things_than_before_gets_another_session(node: WebNode) -> None:
    person, community = f"{node.url}/personnes/mireille", f"{node.url}/communautes/logement"
    first = await node.session(person)

    async def ask(cookie: str, path: str = "/communautes") -> Got:
        return await node.ask("GET", path, headers={"Accept": HTML, "Cookie": f"s={cookie}"})

    assert "Set-Cookie" not in (await ask(first)).headers, "nothing has changed"
    node.database.write_now(lambda uow: uow.members.join(person, community, ANIMATION, node.now))
    renewed = await ask(first)
    second = SimpleCookie(renewed.headers["Set-Cookie"])["s"].value
    assert second != first
    assert "Set-Cookie" not in (await ask(first)).headers, "a page that was asked for at the same time gets none of its own"
    assert "Set-Cookie" not in (await ask(second)).headers
    listed = (await ask(second, "/moi/acces")).text
    assert listed.count("Dernier usage") == 1, "the session is one, under its new name"
    typed = {**FORM, "Cookie": f"s={second}"}, f"nom=Mireille&jeton={form_token(first)}".encode()
    assert (await node.ask("POST", "/moi", headers=typed[0], body=typed[1])).status == 303, "what was being typed is not lost"
    node.now += timedelta(minutes=2)
    assert "Mireille" not in (await ask(first)).text, "whoever knew the former id is out"
    assert "Mireille" in (await ask(second)).text


async def test_a_role_that_ends_by_its_date_changes_the_session_too(node: WebNode) -> None:
    person, community = f"{node.url}/personnes/mireille", f"{node.url}/communautes/logement"
    held = node.database.write_now(lambda uow: uow.members.join(person, community, ANIMATION, node.now))
    node.database.write_now(lambda uow: uow.members.last_until(held.id, node.now + timedelta(days=1)))
    cookie = await node.session(person)
    headers = {"Accept": HTML, "Cookie": f"s={cookie}"}
    assert "Set-Cookie" not in (await node.ask("GET", "/", headers=headers)).headers
    node.now += timedelta(days=2)
    second = SimpleCookie((await node.ask("GET", "/", headers=headers)).headers["Set-Cookie"])["s"].value
    node.database.write_now(lambda uow: uow.sessions.close(second))
    assert "Mireille" not in (await node.ask("GET", "/", headers=headers)).text, "leaving ends the session under both names"


async def test_the_form_on_the_page_carries_the_token(node: WebNode) -> None:
    person = f"{node.url}/personnes/mireille"
    page = await node.get("/communautes", accept=HTML, person=person)
    assert form_token(await node.session(person)) in page.text
    assert await node.session(person) not in page.text


async def test_other_sites_may_not_post(node: WebNode) -> None:
    link = token(node)
    body = f"jeton={link}".encode()
    for headers in (
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ):
        got = await node.ask("POST", "/entrer", headers={**FORM, **headers}, body=body)
        assert got.status == 403
    own = {"Sec-Fetch-Site": "same-origin", "Origin": node.url}
    assert (await node.ask("POST", "/entrer", headers={**FORM, **own}, body=body)).status == 303


async def test_a_form_with_too_many_fields_is_refused(node: WebNode) -> None:
    assert (await node.ask("POST", "/entrer", headers=FORM, body=b"&".join([b"a=b"] * 500))).status == 400


async def test_members_see_what_is_theirs_and_forged_cookies_do_not(node: WebNode) -> None:
    node.plant("ressources/interne", Audience.COMMUNITY)
    seen = await node.get("/ressources/interne", person=f"{node.url}/personnes/mireille")
    assert seen.status == 200
    assert seen.headers["Cache-Control"] == "private, no-store"
    assert (await node.get("/ressources/interne", person=f"{node.url}/personnes/ali")).status == 404
    for cookie in ("s=invented", "s=", "__Host-s=invented", "s=\u00e9", "garbage;;=;"):
        assert (await node.get("/ressources/interne", Cookie=cookie)).status == 404


def test_the_cookie_of_an_https_node_is_bound_to_its_host() -> None:
    name, value = session.opened("t", is_secure=True)
    assert name == "Set-Cookie"
    assert value.startswith("__Host-s=t;")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(value.split("; "))
    assert "Domain" not in value
    assert session.in_headers(["s=a; __Host-s=b"], is_secure=True) == "b"
    assert session.in_headers(["s=a; __Host-s=b"], is_secure=False) == "a"
    assert session.in_headers(["\x00;=;"], is_secure=False) == ""
