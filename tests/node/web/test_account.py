"""A member's own page: what they say of themselves, what they come in with, where they are signed in."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from http.cookies import SimpleCookie
from urllib.parse import urlencode

import pytest_asyncio
from pyotp import TOTP

from federation.messages import SigningKey
from kit.nodes import key_pair
from kit.web_node import Got, WebNode, web_node
from node.domain import second_factor
from node.domain.html import plain
from node.domain.letters import Postbox
from node.domain.receipts import told_address
from node.domain.sentences import of_france
from node.storage.postbox import keep_postbox
from node.storage.shelves.accounts import Accounts, PasskeyRow
from node.storage.unit_of_work import UnitOfWork
from node.web.entry_letters import change_letter
from node.web.readers import form_token
from node.web.translations import speak

HTML = "text/html"
PASSWORD = "la pluie sur le toit"


@pytest_asyncio.fixture
async def node() -> AsyncIterator[WebNode]:
    async with web_node() as made:
        made.database.write_now(lambda uow: furnish(uow, made))
        yield made


def furnish(uow: UnitOfWork, node: WebNode) -> None:
    keep_postbox(uow, Postbox(host="127.0.0.1", sender="a@example.org"))
    uow.keys.add(me(node), SigningKey(iri=f"{me(node)}#main-key", pem=key_pair(1).private), "rsa", node.now)


def me(node: WebNode) -> str:
    return f"{node.url}/personnes/mireille"


async def do(node: WebNode, path: str = "/moi/acces", /, **fields: str) -> Got:
    session = await node.session(me(node))
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"s={session}"}
    return await node.ask("POST", path, headers=headers, body=urlencode({"jeton": form_token(session), **fields}).encode())


async def page(node: WebNode, path: str = "/moi/acces") -> str:
    got = await node.get(path, accept=HTML, person=me(node))
    assert got.status == 200
    assert got.headers["Cache-Control"] == "private, no-store"
    return got.text


def letters(node: WebNode) -> list[tuple[str, str]]:
    return [(row.recipient, row.text) for row in node.database.read_now(lambda uow: uow.letters.listed("due"))]


async def open_elsewhere(node: WebNode, device: str = "Safari, iPhone") -> str:
    return await node.database.write(lambda uow: uow.sessions.open(me(node), node.now, way="passkey", device=device))


def is_in(node: WebNode, session: str) -> bool:
    return node.database.read_now(lambda uow: uow.sessions.person(session, node.now)) is not None


async def test_one_says_who_one_is_and_fields_that_nobody_offers_are_nothing(node: WebNode) -> None:
    before = await node.get("/personnes/mireille", accept=HTML, person=me(node))
    more = {"role": "administration", "iri": f"{node.url}/personnes/ali", "email": "evil@example.org", "password_hash": "x"}
    got = await do(node, "/moi", nom="Mireille Côté", aide="Animer", langues="français, innu", **more)
    assert (got.status, got.headers["Location"]) == (303, f"{node.url}/moi?langue=fr&fait=moi")
    text = await page(node, "/moi")
    assert all(words in text for words in ("Mireille Côté", "Animer", "français, innu"))
    row = node.database.read_now(lambda uow: uow.members.get(me(node)))
    assert row is not None
    assert (row.email, row.password_hash, row.language, row.tongue) == ("mireille@example.org", "", "fr", "")
    after = await node.get("/personnes/mireille", accept=HTML, person=me(node))
    assert "<h1>Mireille Côté</h1>" in after.text
    assert "<h1>Mireille Côté</h1>" not in before.text
    assert "français, innu" in after.text
    for stranger in ("", f"{node.url}/personnes/ali"):
        assert "français, innu" not in (await node.get("/personnes/mireille", accept=HTML, person=stranger)).text
    assert "administration" not in node.database.read_now(
        lambda uow: uow.members.roles(me(node), f"{node.url}/organisation", node.now)
    )


async def test_the_language_that_one_chose_holds_for_pages_and_letters(node: WebNode) -> None:
    got = await do(node, "/moi", nom="Mireille", ma_langue="en")
    assert got.headers["Location"] == f"{node.url}/moi?langue=en&fait=moi"
    asked = {"person": me(node), "accept": HTML, "Accept_Language": "fr"}
    assert '<html lang="en-CA"' in (await node.get("/", **asked)).text  # type: ignore[arg-type]
    assert '<html lang="fr-CA"' in (await node.get("/?langue=fr", **asked)).text, "a link still chooses"  # type: ignore[arg-type]
    assert '<html lang="fr-CA"' in (await node.get("/", accept=HTML, Accept_Language="fr")).text, "visitors choose for themselves"
    row = node.database.read_now(lambda uow: uow.members.get(me(node)))
    assert row is not None
    assert row.language == "en"
    await do(node, "/moi", nom="Mireille", ma_langue="fr-FR")
    for path in ("/", "/?langue=fr"):
        assert '<html lang="fr-FR"' in (await node.get(path, **(asked | {"Accept_Language": "fr-CA"}))).text  # type: ignore[arg-type]
    for path in ("/moi", "/moi/avis", "/moi/donnees", "/vie-privee"):
        text = plain((await node.get(path, **asked)).text)  # type: ignore[arg-type]
        assert "courriel" not in text.lower(), path
    row = node.database.read_now(lambda uow: uow.members.get(me(node)))
    assert row is not None
    speak("")
    assert "L’adresse e-mail de votre compte" in change_letter(node.house(), row, "courriel").text, "whoever makes it be written"
    assert "un seul e-mail" in of_france("un seul courriel")
    assert "adresse pour partager par e-mail" in told_address("fr-FR", name="", address="", page="")[0]
    await do(node, "/moi", nom="Mireille", ma_langue="fr")
    assert '<html lang="fr-CA"' in (await node.get("/", **(asked | {"Accept_Language": "fr-FR"}))).text, "they chose"  # type: ignore[arg-type]
    await do(node, "/moi", nom="Mireille", ma_langue="tlh")
    assert '<html lang="fr-CA"' in (await node.get("/", **asked)).text, "as the browser asks"  # type: ignore[arg-type]


async def test_what_is_too_long_comes_back_whole(node: WebNode) -> None:
    long: list[dict[str, str]] = [
        {"nom": ""},
        {"nom": "x" * 101},
        {"nom": "M", "aide": "y" * 1001},
        {"nom": "M", "langues": "z" * 201},
    ]
    for fields in long:
        got = await do(node, "/moi", **fields)
        assert got.status == 422
        assert all(value in got.text for value in fields.values())


async def test_a_new_password_ends_what_was_open(node: WebNode) -> None:
    elsewhere, here = await open_elsewhere(node), await node.session(me(node))
    link = node.database.write_now(lambda uow: uow.sessions.create_token("sign-in", me(node), node.now + timedelta(1)))
    for weak in ("court", "motdepasse2026", "mireille@example.org", "x" * 257):
        got = await do(node, geste="mot-de-passe", mot_de_passe=weak)
        assert got.status == 422
        assert is_in(node, elsewhere)
    got = await do(node, geste="mot-de-passe", mot_de_passe=PASSWORD)
    assert got.status == 303
    assert not is_in(node, elsewhere)
    assert not is_in(node, here)
    fresh = re.match("s=([^;]+)", got.headers["Set-Cookie"])
    assert fresh is not None
    assert is_in(node, fresh[1])
    assert node.database.read_now(lambda uow: uow.sessions.look_at_token("sign-in", link, node.now)) is None
    assert letters(node)[0][0] == "mireille@example.org"
    body = urlencode({"courriel": "mireille@example.org", "mot_de_passe": PASSWORD}).encode()
    entered = await node.ask("POST", "/entrer", headers={"Content-Type": "application/x-www-form-urlencoded"}, body=body)
    assert entered.status == 303


async def test_what_opens_doors_is_changed_by_who_came_in_a_moment_ago(node: WebNode) -> None:
    await node.session(me(node))
    node.now += timedelta(minutes=31)
    for deed in ["mot-de-passe", "courriel", "code", "retirer-code", "retirer-cle", "delier"]:
        got = await do(node, geste=deed, mot_de_passe=PASSWORD, courriel="new@example.org", qui="x")
        assert got.status == 422
        assert "Entrez encore une fois" in got.text
        assert "/entrer?vers=/moi/acces" in got.text.replace("%2F", "/")
    assert letters(node) == []


async def test_a_new_address_counts_once_it_is_read_there(node: WebNode) -> None:
    link = node.database.write_now(lambda uow: uow.sessions.create_token("sign-in", me(node), node.now + timedelta(1)))
    assert (await do(node, geste="courriel", courriel="New@Example.org")).status == 303
    [(recipient, text)] = letters(node)
    assert recipient == "new@example.org"
    token = re.search(rf"{re.escape(node.url)}/moi/courriel\?jeton=([^&\s]+)", text)
    assert token is not None
    shown = await node.get(f"/moi/courriel?jeton={token[1]}", accept=HTML)
    assert "new@example.org" in shown.text
    assert node.database.read_now(lambda uow: uow.members.by_email("new@example.org")) is None, "looking confirms nothing"
    assert (await do(node, "/moi/courriel", lettre=token[1])).status == 303
    row = node.database.read_now(lambda uow: uow.members.by_email("new@example.org"))
    assert row is not None
    assert row.iri == me(node)
    assert "mireille@example.org" in [to for to, _ in letters(node)], "the address before is told"
    assert node.database.read_now(lambda uow: uow.sessions.look_at_token("sign-in", link, node.now)) is None
    assert (await do(node, "/moi/courriel", lettre=token[1])).status == 422


async def test_nobody_learns_whose_an_address_is(node: WebNode) -> None:
    free, taken = (
        await do(node, geste="courriel", courriel="free@example.org"),
        await do(node, geste="courriel", courriel="ali@example.org"),
    )
    assert (free.status, free.headers["Location"]) == (taken.status, taken.headers["Location"])
    assert [to for to, _ in letters(node)] == ["free@example.org"]


async def test_sessions_are_listed_and_ended(node: WebNode) -> None:
    elsewhere = await open_elsewhere(node)
    text = await page(node)
    assert "Safari, iPhone" in text
    assert "avec une clé d’accès" in text
    assert elsewhere not in text
    mark = node.database.read_now(lambda uow: uow.sessions.get(elsewhere, node.now))
    assert mark is not None
    ali = await node.database.write(lambda uow: uow.sessions.open(f"{node.url}/personnes/ali", node.now))
    other = node.database.read_now(lambda uow: uow.sessions.get(ali, node.now))
    assert other is not None
    for of_nobody in (other.mark, "", "%", mark.mark[:4], "x" * 16):
        assert (await do(node, geste="fermer", qui=of_nobody)).status == 404
    assert (await do(node, geste="fermer", qui=mark.mark)).status == 303
    assert not is_in(node, elsewhere)
    assert is_in(node, await node.session(me(node)))
    again = await open_elsewhere(node)
    got = await do(node, geste="fermer-tout")
    assert "Max-Age=0" in got.headers["Set-Cookie"]
    assert not is_in(node, again)
    assert is_in(node, ali)


async def test_a_clock_counts_once_it_made_a_code(node: WebNode) -> None:
    got = await do(node, geste="code")
    path = got.headers["Location"].removeprefix(node.url)
    text = await page(node, path)
    assert "<svg" in text
    secret = re.search(r"<code>([A-Z2-7 ]+)</code>", text)
    token = re.search(r'name="clock" value="([^"]+)"', text)
    assert secret is not None
    assert token is not None
    stranger = await node.get(path, accept=HTML, person=f"{node.url}/personnes/ali")
    assert stranger.status == 404
    wrong = await do(node, "/moi/code", clock=token[1], code="000000")
    assert wrong.status == 422
    assert token[1] in wrong.text
    assert node.database.read_now(lambda uow: Accounts(uow.ground).second.get(me(node))) is None
    code = TOTP(secret[1].replace(" ", "")).at(int(node.now.timestamp()))
    before = node.sessions[me(node)]
    done = await do(node, "/moi/code", clock=token[1], code=code)
    node.sessions[me(node)] = SimpleCookie(done.headers["Set-Cookie"])["s"].value
    assert not is_in(node, before), "who may do more gets another session, and the others end"
    shown = await page(node, done.headers["Location"].removeprefix(node.url))
    codes = re.findall(r"<code>([a-z0-9]{5}-[a-z0-9]{5})</code>", shown)
    assert len(codes) == second_factor.CODES
    assert node.database.read_now(lambda uow: Accounts(uow.ground).second.codes_left(me(node))) == second_factor.CODES
    await do(node, "/moi/code", geste="lus")
    gone = await node.get(done.headers["Location"].removeprefix(node.url), accept=HTML, person=me(node))
    assert gone.status == 404, "they are shown while they are being written down"
    assert "10 codes de secours" in await page(node)
    assert (await do(node, geste="retirer-code")).status == 303
    assert node.database.read_now(lambda uow: Accounts(uow.ground).second.get(me(node))) is None
    assert len(letters(node)) == 2


async def test_a_passkey_is_taken_away_by_its_owner_alone(node: WebNode) -> None:
    def give(person: str, key: str) -> None:
        row = PasskeyRow(id=key, person=person, public_key="AA", uses=0, name="Mon téléphone", created_at=node.now)
        node.database.write_now(lambda uow: Accounts(uow.ground).passkeys.add(row))

    give(me(node), "mine")
    give(f"{node.url}/personnes/ali", "his")
    assert "Mon téléphone" in await page(node)
    assert (await do(node, geste="retirer-cle", qui="his")).status == 404
    assert (await do(node, geste="retirer-cle", qui="mine")).status == 303
    assert "Mon téléphone" not in await page(node)


async def test_strangers_change_nothing(node: WebNode) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    for path, body in (
        ("/moi", b"nom=x"),
        ("/moi/acces", b"geste=fermer-tout"),
        ("/moi/code", b"code=1"),
        ("/moi/cles", b"geste=defi"),
    ):
        assert (await node.ask("POST", path, headers=headers, body=body)).status == 403
        session = await node.session(me(node))
        forged = await node.ask("POST", path, headers={**headers, "Cookie": f"s={session}"}, body=body)
        assert forged.status == 403, "no form of this session"
        crossed = await node.ask(
            "POST", path, headers={**headers, "Cookie": f"s={session}", "Sec-Fetch-Site": "cross-site"}, body=body
        )
        assert crossed.status == 403
    for path in ("/moi", "/moi/acces", "/moi/code"):
        got = await node.get(path, accept=HTML)
        assert (got.status, got.headers["Location"]) == (303, f"/entrer?vers={path}")
