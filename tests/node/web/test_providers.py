"""Coming in by the door of one's organisation: whom it may vouch for, and what is believed of it."""

from __future__ import annotations

import html
import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest_asyncio
from aiohttp import ClientSession

from kit.live import free_port
from kit.nodes import LiveNode
from kit.provider import CLIENT, SECRET, Provider, provider, shared_key
from node.actions.vouch import Offer, look_up, offer
from node.domain.rights import ADMINISTRATION, MEMBER
from node.storage.shelves.accounts import Accounts
from node.web.readers import form_token

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Somebody:
    """A browser: its cookies, no script."""

    def __init__(self, node: LiveNode, client: ClientSession) -> None:
        self.node, self.client = node, client
        self.cookies: dict[str, str] = {}

    async def ask(self, path: str, fields: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Status, text, and where it leads."""
        headers = {"Accept": "text/html", "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        method, body = ("GET", None) if fields is None else ("POST", urlencode(fields).encode())
        url = path if path.startswith("http") else f"{self.node.url}{path}"
        more = FORM if fields is not None else {}
        async with self.client.request(method, url, headers={**headers, **more}, data=body, allow_redirects=False) as got:
            self.cookies |= {name: morsel.value for name, morsel in got.cookies.items()}
            return got.status, await got.text(), got.headers.get("Location", "")

    async def set_out(self, back: str = "") -> str:
        """Where one comes back with, after having been at the provider's door."""
        status, _, there = await self.ask("/entrer/organisation", {"qui": "mon-organisme", "vers": back})
        assert status == 303
        _, page, _ = await self.ask(there)
        found = re.search(r'http-equiv="refresh" content="0;url=([^"]+)"', page)
        assert found is not None
        _, _, home = await self.ask(html.unescape(found[1]))
        return home

    async def come_back(self, home: str) -> tuple[int, str, str]:
        status, page, _ = await self.ask(home)
        assert status == 200
        assert "s" not in self.cookies, "looking opens nothing"
        given = {name: values[0] for name, values in parse_qs(urlsplit(home).query).items()}
        assert given["code"] in page
        return await self.ask("/entrer/retour", given)


@pytest_asyncio.fixture
async def world(tmp_path: Path) -> AsyncIterator[tuple[Somebody, Provider]]:
    async with AsyncExitStack() as stack:
        far = await stack.enter_async_context(provider())
        node = LiveNode(name="Ici", url=f"http://127.0.0.1:{free_port('127.0.0.1')}", folder=tmp_path, job_names=("prune",))
        node.furnish("Habitation")
        await node.start()
        stack.push_async_callback(node.stop)
        stack.callback(node.database.close)
        client = await stack.enter_async_context(ClientSession())
        found = await look_up(node.tools.outside, node.house(), far.url)
        said = Offer(name="Mon organisme", issuer=far.url, client=CLIENT, secret=SECRET)
        node.do(lambda uow, house: offer(uow, house, said, found))
        far.account = {"sub": "u-1", "email": "A@exemple.org", "email_verified": True}
        yield Somebody(node, client), far


async def test_an_account_is_linked_by_a_verified_address_and_kept(world: tuple[Somebody, Provider]) -> None:
    somebody, far = world
    assert "Entrer avec Mon organisme" in (await somebody.ask("/entrer"))[1]
    status, _, there = await somebody.come_back(await somebody.set_out("/agenda"))
    assert (status, there) == (303, f"{somebody.node.url}/agenda")
    assert "Mireille Côté" in (await somebody.ask("/communautes"))[1]
    assert somebody.cookies["e"] == ""
    somebody.cookies.clear()
    far.account = {"sub": "u-1"}
    status, _, _ = await somebody.come_back(await somebody.set_out())
    assert status == 303, "known by now, whatever the address"
    assert far.refused == []


async def test_an_address_may_be_told_apart(world: tuple[Somebody, Provider]) -> None:
    somebody, far = world
    far.account, far.in_userinfo = {"sub": "u-2"}, {"email": "a@exemple.org", "email_verified": True}
    assert (await somebody.come_back(await somebody.set_out()))[0] == 303


async def test_nobody_gets_an_account_by_saying_an_address(world: tuple[Somebody, Provider]) -> None:
    somebody, far = world
    for account, in_userinfo in UNVERIFIED:
        far.account, far.in_userinfo = account, in_userinfo
        status, page, _ = await somebody.come_back(await somebody.set_out())
        assert (status, "aucun compte" in page) == (422, True)
        assert "s" not in somebody.cookies


ODD: list[dict[str, Any]] = [
    {"issuer": "https://evil.example"},
    {"token_endpoint": "ftp://evil.example"},
    {"code_challenge_methods_supported": ["plain"]},
    {"token_endpoint": "https://["},
    {"jwks_uri": "http://127.0.0.1:99999/keys"},
]
UNVERIFIED: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"sub": "u-3", "email": "nobody@exemple.org", "email_verified": True}, {}),
    ({"sub": "u-3", "email": "a@exemple.org"}, {}),
    ({"sub": "u-3", "email": "a@exemple.org", "email_verified": "true"}, {}),
    ({"sub": "u-3"}, {"sub": "somebody else", "email": "a@exemple.org", "email_verified": True}),
]
SPOILED: dict[str, dict[str, Any]] = {
    "nonce": {"spoil": {"nonce": "another"}},
    "audience": {"spoil": {"aud": "somebody else"}},
    "audiences": {"spoil": {"aud": [CLIENT, "somebody else"]}},
    "issuer": {"spoil": {"iss": "https://evil.example"}},
    "expired": {"spoil": {"exp": 1_000, "iat": 900}},
    "future": {"spoil": {"iat": 99_999_999_999, "exp": 99_999_999_999}},
    "nobody": {"spoil": {"sub": ""}},
    "half a letter": {"spoil": {"sub": "\ud800"}},
    "a sign that nobody writes": {"spoil": {"sub": "u\0"}},
    "unsigned": {"header": {"alg": "none"}},
    "secret": {"header": {"alg": "HS256"}, "key": shared_key()},
}


async def test_what_is_not_signed_for_us_and_now_is_not_believed(world: tuple[Somebody, Provider]) -> None:
    somebody, far = world
    usual = {"spoil": {}, "header": far.header, "key": far.own}
    for name, wrong in SPOILED.items():
        home = await somebody.set_out()
        for key, value in {**usual, **wrong}.items():
            setattr(far, key, value)
        status, page, _ = await somebody.come_back(home)
        assert (status, "n’a pas confirmé" in page) == (422, True), name
        assert "s" not in somebody.cookies


async def test_another_key_of_the_same_name_is_not_believed(world: tuple[Somebody, Provider]) -> None:
    somebody, far = world
    far.key = type(far.own).generate_key(2048, {"kid": "one"})
    assert (await somebody.come_back(await somebody.set_out()))[0] == 422


async def test_one_that_says_something_odd_of_itself_is_as_it_was(world: tuple[Somebody, Provider]) -> None:
    somebody, far = world
    node = somebody.node
    row = node.do(lambda uow, _: Accounts(uow.ground).providers.all()[0])
    for far.configuration in ODD:
        node.do(lambda uow, _: Accounts(uow.ground).providers.put(replace(row, looked_at=None)))
        assert (await somebody.come_back(await somebody.set_out()))[0] == 303
        somebody.cookies.clear()


async def test_only_the_browser_that_set_out_comes_back_and_once(world: tuple[Somebody, Provider]) -> None:
    somebody, _ = world
    victim = Somebody(somebody.node, somebody.client)
    home = await somebody.set_out()
    status, page, _ = await victim.come_back(home)
    assert (status, "autre navigateur" in page) == (422, True)
    assert "s" not in victim.cookies
    await victim.set_out()
    assert (await victim.come_back(home))[0] == 422, "the state is that of another errand"
    assert (await somebody.come_back(home))[0] == 303
    somebody.cookies.pop("s")
    assert (await somebody.come_back(home))[0] == 422


async def test_a_code_of_another_provider_is_taken_nowhere(world: tuple[Somebody, Provider]) -> None:
    somebody, far = world
    evil = await somebody.set_out()
    status, page, _ = await somebody.come_back(f"{evil}&{urlencode({'iss': 'https://evil.example'})}")
    assert (status, "Trop de temps" in page, len(far.codes)) == (422, True, 1), "nor is the code given away"
    named = await somebody.set_out()
    assert (await somebody.come_back(f"{named}&{urlencode({'iss': far.url})}"))[0] == 303
    somebody.cookies.clear()
    far.configuration = {"authorization_response_iss_parameter_supported": True}
    found = await look_up(somebody.node.tools.outside, somebody.node.house(), far.url)
    said = Offer(name="Mon organisme", issuer=far.url, client=CLIENT, secret=SECRET)
    somebody.node.do(lambda uow, house: offer(uow, house, said, found))
    assert (await somebody.come_back(await somebody.set_out()))[0] == 422, "it always names itself"


async def test_a_provider_that_refuses_shows_a_way_out(world: tuple[Somebody, Provider]) -> None:
    somebody, _ = world
    status, page, _ = await somebody.ask("/entrer/retour?error=access_denied&state=x")
    assert (status, "Entrer d’une autre façon" in page) == (200, True)
    assert (await somebody.ask("/entrer/organisation", {"qui": "jamaisvu"}))[0] == 404
    assert (await somebody.ask("/entrer/organisation?etape=https://evil.example"))[0] == 404


class TestWhoeverWasInvited:
    """An organisation vouches for somebody whose address it has not verified, and who holds an invitation."""

    async def invitation(self, somebody: Somebody, email: str = "zoe@exemple.org") -> str:
        node = somebody.node
        row = {"language": "fr", "by": node.author, "at": node.clock()}
        token = node.do(lambda uow, _: uow.invitations.add(node.community, email, MEMBER, **row))  # type: ignore[arg-type]
        return f"/invitation/{token}"

    async def test_they_are_linked_in_joining(self, world: tuple[Somebody, Provider]) -> None:
        somebody, far = world
        far.account, here = {"sub": "u-9", "email": "z@ailleurs.example"}, await self.invitation(somebody)
        assert "Me présenter avec Mon organisme" in (await somebody.ask(here))[1]
        status, _, there = await somebody.come_back(await somebody.set_out(here))
        assert (status, there) == (303, f"{somebody.node.url}{here}?langue=fr&fait=reconnu")
        assert "s" not in somebody.cookies, "nobody is in before they join"
        assert "vous a reconnu" in (await somebody.ask(there))[1]
        assert (await somebody.ask(here, {"nom": "Zoé Roy", "geste": "rejoindre"}))[0] == 303
        somebody.cookies.clear()
        status, _, _ = await somebody.come_back(await somebody.set_out())
        assert status == 303
        assert "Zoé Roy" in (await somebody.ask("/moi"))[1]

    async def test_no_other_account_is_taken_over(self, world: tuple[Somebody, Provider]) -> None:
        somebody, far = world
        far.account, here = {"sub": "u-9", "email": "a@exemple.org"}, await self.invitation(somebody, "a@exemple.org")
        status, page, _ = await somebody.come_back(await somebody.set_out(here))
        assert (status, "aucun compte" in page) == (422, True), "an account that is there has its own door"
        here, other = await self.invitation(somebody), await self.invitation(somebody, "b@exemple.org")
        await somebody.come_back(await somebody.set_out(here))
        assert (await somebody.ask(other, {"nom": "Bob Roy", "geste": "rejoindre"}))[0] == 303
        somebody.cookies.clear()
        assert (await somebody.come_back(await somebody.set_out()))[0] == 422, "one invitation links no account of another"


class TestThoseWhoLookAfterTheNode:
    async def admin(self, somebody: Somebody) -> str:
        node, at = somebody.node, somebody.node.clock()
        node.do(lambda uow, house: uow.members.join(node.author, house.organisation, ADMINISTRATION, at))
        somebody.cookies["s"] = node.do(lambda uow, _: uow.sessions.open(node.author, at))
        return form_token(somebody.cookies["s"])

    async def test_they_add_one_that_answers_and_take_it_away(self, world: tuple[Somebody, Provider]) -> None:
        somebody, far = world
        token = await self.admin(somebody)
        fields = {"jeton": token, "geste": "ajouter", "nom": "Autre", "emetteur": far.url, "client": "c", "secret": ""}
        assert (await somebody.ask("/noeud/entree", fields))[0] == 303
        page = (await somebody.ask("/noeud/entree"))[1]
        assert "<strong>Autre</strong>" in page
        assert SECRET not in page
        assert f"{somebody.node.url}/entrer/retour" in page
        assert (await somebody.ask("/noeud/entree", {"jeton": token, "geste": "retirer", "qui": "mon-organisme"}))[0] == 303
        assert "Autre" not in (await somebody.ask("/entrer"))[1]

    async def test_one_that_says_something_odd_is_not_kept(self, world: tuple[Somebody, Provider]) -> None:
        somebody, far = world
        token = await self.admin(somebody)
        for configuration in ODD:
            far.configuration = configuration
            fields = {"jeton": token, "geste": "ajouter", "nom": "Autre", "emetteur": far.url, "client": "c"}
            status, page, _ = await somebody.ask("/noeud/entree", fields)
            assert (status, "Rien ne répond" in page, 'value="Autre"' in page) == (422, True, True)

    async def test_one_that_another_could_be_taken_for_is_not_kept(self, world: tuple[Somebody, Provider]) -> None:
        somebody, _ = world
        fields = {"jeton": await self.admin(somebody), "geste": "ajouter", "nom": "Autre", "client": "c"}
        async with provider() as other:
            fields["emetteur"] = other.url
            status, page, _ = await somebody.ask("/noeud/entree", fields)
            assert (status, "se faire passer pour elle" in page) == (422, True)
            assert "Autre" not in (await somebody.ask("/entrer"))[1]
            assert (await somebody.ask("/noeud/entree", {**fields, "secret": "un secret"}))[0] == 303
            await somebody.ask("/noeud/entree", {**fields, "geste": "retirer", "qui": "autre"})
            assert (await somebody.ask("/noeud/entree", fields))[0] == 422
            other.configuration = {"authorization_response_iss_parameter_supported": True}
            assert (await somebody.ask("/noeud/entree", fields))[0] == 303

    async def test_nobody_else_does(self, world: tuple[Somebody, Provider]) -> None:
        somebody, far = world
        at = somebody.node.clock()
        somebody.cookies["s"] = somebody.node.do(lambda uow, _: uow.sessions.open(somebody.node.author, at))
        token = form_token(somebody.cookies["s"])
        fields = {"jeton": token, "geste": "ajouter", "nom": "Autre", "emetteur": far.url, "client": "c"}
        assert (await somebody.ask("/noeud/entree", fields))[0] == 403
        assert (await somebody.ask("/noeud/entree"))[0] == 403
