"""Coming in: by a letter, a password, a passkey, with a code besides; on a phone or at a desk, with scripts or without."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page

from kit.browsing import DESK, PHONE, SMALLEST, Walk, walking
from kit.letterbox import Letterbox, letterbox
from kit.live import free_port
from kit.nodes import LiveNode
from kit.provider import CLIENT, SECRET, provider
from node.actions import come_in
from node.domain.rights import MEMBER
from node.storage import office
from node.storage.postbox import keep_postbox

PASSWORD = "la pluie sur le toit"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def box() -> AsyncIterator[Letterbox]:
    """Where the letters of the node go."""
    async with letterbox() as opened:
        yield opened


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def walk(browser: Browser, tmp_path_factory: pytest.TempPathFactory, box: Letterbox) -> AsyncIterator[Walk]:
    """A node with a name: browsers make passkeys for no number."""
    url = f"http://localhost:{free_port('127.0.0.1')}"
    node = LiveNode(name="Carrefour d’essai", url=url, folder=tmp_path_factory.mktemp("walk"))
    node.do(lambda uow, _: keep_postbox(uow, box.postbox))
    async with walking(node, browser) as made:
        yield made


async def link_in_letter(walk: Walk, box: Letterbox, to: str, page: str) -> str:
    """The link in the last letter to somebody, once it has come."""
    await walk.node.until(lambda uow: uow.letters.count("due") == 0)
    text = next(letter.get_content() for letter in reversed(box.letters) if letter["To"] and to in letter["To"])
    found = re.search(rf"(http\S+{page}\?\S+)", text)
    assert found is not None
    return found[1]


async def fits(page: Page) -> bool:
    return bool(await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


@pytest.mark.parametrize("scripts", [True, False])
async def test_who_has_no_password_comes_in_by_a_letter_and_goes_on(walk: Walk, box: Letterbox, *, scripts: bool) -> None:
    async with walk.person(width=PHONE, scripts=scripts) as page:
        await page.goto("/adresses-privees")
        assert await page.inner_text("h1") == "Entrer"
        await page.fill("#champ-courriel", "membre@exemple.org")
        await page.click("text=Recevoir un lien par courriel")
        assert "C’est demandé" in await page.inner_text("main [role=status]:not([hidden])")
        if scripts:
            assert await walk.axe(page) == []
            await walk.shot(page, "entrer-demande")
        await page.goto(await link_in_letter(walk, box, "membre@exemple.org", "/entrer"))
        await page.click("main button")
        assert page.url.endswith("/adresses-privees")
        assert await page.inner_text("h1") == "Mes adresses privées"


async def test_what_is_wrong_is_said_at_the_field_and_in_english(walk: Walk) -> None:
    async with walk.person(width=SMALLEST, language="en") as page:
        await page.goto("/entrer?vers=/agenda")
        assert await page.inner_text("h1") == "Sign in"
        assert await fits(page)
        await page.fill("#champ-courriel", "membre@exemple.org")
        await page.fill("#champ-mot_de_passe", "une autre pluie")
        await page.keyboard.press("Enter")
        await page.wait_for_selector("#a-corriger")
        assert "don’t match" in await page.inner_text("#a-corriger")
        assert await page.input_value("#champ-courriel") == "membre@exemple.org"
        assert await page.evaluate("document.activeElement.id") == "a-corriger"
        assert await walk.axe(page) == []
        for number, path in enumerate(("/entrer/code", "/entrer/code?avec=cle", "/entrer/retour?error=access_denied&state=x")):
            await page.goto(path)
            assert await walk.axe(page) == [], path
            assert await fits(page), path
            await walk.shot(page, f"seconde-porte-{number}")


async def test_a_member_keeps_their_account_with_the_keyboard_alone(walk: Walk, box: Letterbox) -> None:
    async with walk.person("curation", width=DESK) as page:
        await page.goto("/moi")
        assert await walk.axe(page) == []
        await walk.shot(page, "moi")
        await page.focus("#champ-aide")
        await page.keyboard.type("Prêter une salle")
        await page.keyboard.press("Tab")
        await page.keyboard.type("français, kabyle")
        await page.keyboard.press("Enter")
        await page.wait_for_selector("text=C’est enregistré.")
        assert await page.input_value("#champ-aide") == "Prêter une salle"
        await page.goto("/moi/acces")
        assert await walk.axe(page) == []
        await walk.shot(page, "acces")
        await page.focus("#champ-mot_de_passe")
        await page.keyboard.type(PASSWORD)
        await page.keyboard.press("Enter")
        await page.wait_for_selector("text=Votre mot de passe est changé")
        await page.fill("#champ-courriel", "ali@exemple.org")
        await page.keyboard.press("Enter")
        await page.wait_for_selector("text=Un message vient de partir")
        await page.goto(await link_in_letter(walk, box, "ali@exemple.org", "/moi/courriel"))
        assert await walk.axe(page) == []
        await page.click("main button")
        assert "confirmée" in await page.inner_text("main [role=status]:not([hidden])")
    await comes_in_and_leaves_everywhere(walk, "ali@exemple.org")


async def comes_in_and_leaves_everywhere(walk: Walk, email: str) -> None:
    async with walk.person(width=PHONE, scripts=False) as page:
        await page.goto("/entrer?vers=/moi/acces")
        await page.fill("#champ-courriel", email)
        await page.fill("#champ-mot_de_passe", PASSWORD)
        await page.keyboard.press("Enter")
        await page.wait_for_selector("text=avec un mot de passe")
        assert page.url.endswith("/moi/acces")
        await page.click("text=Sortir partout")
        await page.click("button.grave >> text=Sortir partout")
        await page.wait_for_url(f"{walk.node.url}/?**")
        await page.goto("/moi")
        assert "/entrer?vers=" in page.url


async def test_a_passkey_opens_the_door(walk: Walk) -> None:
    async with walk.person("animation", width=SMALLEST, language="en") as page:
        devices = await page.context.new_cdp_session(page)
        await devices.send("WebAuthn.enable")
        device = {"protocol": "ctap2", "transport": "internal", "automaticPresenceSimulation": True}
        proves = {"hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True}
        await devices.send("WebAuthn.addVirtualAuthenticator", {"options": {**device, **proves}})
        await page.goto("/moi/acces")
        await page.fill("#champ-nom_de_la_cle", "Mon téléphone")
        await page.click("text=Add a passkey")
        await page.wait_for_url("**fait=cle**")
        assert "Mon téléphone" in await page.inner_text("#cles ~ ul")
        assert await walk.axe(page) == []
        assert await fits(page)
        await walk.shot(page, "acces-cle")
        await page.context.clear_cookies()
        await page.goto("/entrer?vers=/agenda")
        assert await walk.axe(page) == []
        await walk.shot(page, "entrer")
        await page.click("text=Sign in with a passkey")
        await page.wait_for_url(f"{walk.node.url}/agenda")
        assert await page.locator("text=Mireille Côté").count() >= 1


async def test_whoever_looks_after_the_node_is_led_to_a_code_and_is_asked_for_it(
    walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (office, come_in):  # as on a node that others reach
        monkeypatch.setattr(module, "is_asked_of_keepers", lambda _: True)
    async with walk.person("admin", width=PHONE, dark=True) as page:
        await page.goto("/liens")
        assert await page.inner_text("main h2") == "Avant de prendre soin du site"
        assert await page.locator("text=Tableau de bord").count() == 0
        assert await walk.axe(page) == []
        assert await fits(page)
        await walk.shot(page, "proteger-sombre")
        await page.fill("#champ-mot_de_passe", PASSWORD)
        await page.keyboard.press("Enter")
        await page.wait_for_selector("text=Votre mot de passe est changé")
        await page.goto("/liens")
        await page.click("text=Préparer le code")
        await page.wait_for_selector("text=Faites-lui lire")
        assert await walk.axe(page) == []
        assert await fits(page)
        await walk.shot(page, "code-sombre")
        secret = await page.inner_text("main li code")
        await page.fill("#champ-code", clock_code(walk, secret))
        await page.keyboard.press("Enter")
        await page.wait_for_selector("main ol.address")
        codes = await page.locator("main ol code").all_inner_texts()
        assert len(codes) == 10
        assert await walk.axe(page) == []
        await walk.shot(page, "codes-sombre")
        await page.click("text=Je les ai gardés")
        await page.wait_for_selector("text=un code vous sera demandé")
        await page.click("main a:has-text('Continuer')")
        await page.wait_for_url(f"{walk.node.url}/liens")
    await comes_in_with_paper(walk, codes[0])


async def comes_in_with_paper(walk: Walk, code: str) -> None:
    async with walk.person(width=PHONE, scripts=False) as page:
        await page.goto("/entrer?vers=/liens")
        await page.fill("#champ-courriel", "admin@exemple.org")
        await page.fill("#champ-mot_de_passe", PASSWORD)
        await page.keyboard.press("Enter")
        await page.wait_for_selector("text=Encore un pas")
        await page.fill("#champ-code", "000000")
        await page.keyboard.press("Enter")
        await page.wait_for_selector("#a-corriger")
        assert "n’est pas le bon" in await page.inner_text("#a-corriger")
        await page.fill("#champ-code", code.upper())
        await page.keyboard.press("Enter")
        await page.wait_for_url(f"{walk.node.url}/liens")


def clock_code(walk: Walk, secret: str) -> str:
    """What a phone shows."""
    from pyotp import TOTP

    return TOTP(secret.replace(" ", "")).at(int(walk.node.clock().timestamp()))


@pytest.mark.parametrize("scripts", [True, False])
async def test_an_organisation_opens_the_door(walk: Walk, *, scripts: bool) -> None:
    async with provider() as far, walk.person("admin", width=DESK) as page:
        far.account = {"sub": "u-1", "email": "observation@exemple.org", "email_verified": True}
        await page.goto("/noeud/entree")
        await page.fill("#champ-nom", "le Carrefour")
        await page.fill("#champ-emetteur", far.url.replace("127.0.0.1", "localhost"))
        await page.fill("#champ-client", CLIENT)
        await page.fill("#champ-secret", SECRET)
        await page.keyboard.press("Enter")
        await page.wait_for_selector("text=Rien ne répond à cette adresse")
        await page.fill("#champ-emetteur", far.url)
        await page.fill("#champ-secret", SECRET)
        await page.keyboard.press("Enter")
        await page.wait_for_selector("text=le bouton est sur la page")
        assert await walk.axe(page) == []
        await walk.shot(page, "organisations")
        await comes_in_by_organisation(walk, scripts=scripts)
        await page.click("summary:has-text('Retirer')")
        await page.click("button.grave")
        await page.wait_for_selector("text=personne n’entre plus par là")


async def comes_in_by_organisation(walk: Walk, *, scripts: bool) -> None:
    async with walk.person(width=PHONE, scripts=scripts) as page:
        if scripts:
            await stays_on_the_way(walk, page)
        await page.goto("/entrer?vers=/moi")
        await walk.shot(page, "entrer-organisation")
        await page.click("text=Entrer avec le Carrefour")
        if not scripts:
            await page.wait_for_selector("text=Votre organisation vous a reconnu")
            await page.click("main button")
        await page.wait_for_url(f"{walk.node.url}/moi")
        assert await page.input_value("#champ-nom") == "Julie Tremblay"


async def stays_on_the_way(walk: Walk, page: Page) -> None:
    """Looks at the pages that one passes through: the invitation, the way there, and the way back."""
    row = {"language": "fr", "by": walk.people["animation"], "at": walk.node.clock()}
    token = walk.node.do(lambda uow, _: uow.invitations.add(walk.community, "zoe@exemple.org", MEMBER, **row))  # type: ignore[arg-type]
    await page.goto(f"/invitation/{token}")
    assert await walk.axe(page) == []
    await walk.shot(page, "invitation-organisation")
    there, script = "**/authorize?**", "**/entrer*.js*"
    await page.route(there, lambda route: route.fulfill(status=204))
    await page.click("text=Me présenter avec le Carrefour")
    await page.wait_for_selector("text=Vous entrez là-bas comme d’habitude")
    assert await walk.axe(page) == []
    await walk.shot(page, "vers-organisation")
    await page.unroute(there)
    await page.route(script, lambda route: route.abort())
    await page.click("main a:has-text('Continuer')")
    await page.wait_for_selector("text=Votre organisation vous a reconnu")
    assert await walk.axe(page) == []
    await walk.shot(page, "retour-organisation")
    await page.unroute(script)
