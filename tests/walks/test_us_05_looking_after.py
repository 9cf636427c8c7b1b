"""Whoever looks after the node sees how it does, and what to do; communities are opened and described in the browser."""

from __future__ import annotations

import json

import pytest

from kit.browsing import DESK, PHONE, Walk
from kit.cloud import PASSWORD, USER, cloud
from kit.mailbox import imap
from node.domain.rights import ADMINISTRATION
from node.storage.household import kept_household


@pytest.mark.parametrize(("width", "scripts", "language"), [(PHONE, False, "fr"), (DESK, True, "en")])
async def test_the_dashboard_says_what_to_do(walk: Walk, width: int, language: str, *, scripts: bool) -> None:
    walk.node.database.write_now(lambda uow: uow.letters.add("zoe@exemple.org", "Bonjour", "Un mot."))
    words = {
        "fr": ("Aucun serveur d’envoi", "Tout regarder maintenant", "Faire une copie maintenant", "entière", "Nommer", "Retirer"),
        "en": ("no mail server", "Check everything now", "Make a copy now", "complete", "Appoint", "Remove"),
    }[language]
    async with walk.person("admin", width=width, scripts=scripts, language=language) as page:
        await page.goto("/tableau-de-bord")
        assert words[0].lower() in (await page.inner_text(".findings")).lower()
        await page.get_by_role("button", name=words[1]).click()
        assert await page.locator(".findings .well").count() >= 5
        await page.get_by_role("button", name=words[2]).click()
        assert words[3] in await page.inner_text("[role=status]")
        await walk.shot(page, f"noeud-{width}")
        if scripts:
            assert await walk.axe(page) == []
        await page.select_option("select[name=personne]", label="Chantal Roy")
        await page.get_by_role("button", name=words[4], exact=True).click()
        assert ADMINISTRATION in walk.node.see(
            lambda uow: uow.members.roles(walk.people["membre"], f"{walk.node.url}/organisation", walk.node.clock())
        )
        await page.get_by_role("button", name=f"{words[5]} Chantal Roy").click()
        assert await page.locator("#responsables ~ .held li").count() == 1
    async with walk.person("membre") as page:
        answer = await page.goto("/tableau-de-bord")
        assert answer is not None
        assert answer.status == 403


async def test_copies_are_kept_elsewhere_and_one_is_put_back_to_see(walk: Walk) -> None:
    async with cloud() as folder, walk.person("admin", width=PHONE, scripts=True) as page:
        await page.goto("/noeud/sauvegardes")
        await page.get_by_role("link", name="Choisir un dossier").click()
        key = await page.inner_text(".handed")
        await page.fill("[name=dossier]", folder.folder)
        await page.fill("[name=nom]", USER)
        await page.fill("[name=secret]", "un autre")
        await page.check("[name=gardee]")
        await page.get_by_role("button", name="Essayer ce dossier").click()
        assert "refuse ce nom et ce mot de passe" in await page.inner_text(".wrongs")
        assert await page.inner_text(".handed") == key, "the key that was kept stays the key"
        assert await walk.axe(page) == []
        await walk.shot(page, "sauvegardes-choisir")
        await page.fill("[name=secret]", PASSWORD)
        await page.get_by_role("button", name="Essayer ce dossier").click()
        assert "prend des fichiers et les rend" in await page.inner_text("[role=status]")
        assert key not in await page.content()
        await page.get_by_role("button", name="Faire une copie maintenant").click()
        assert all(content.startswith(b"age-encryption.org/v1\n") for content in folder.files.values())
        assert folder.files
        await page.fill("[name=ouvre]", key)
        await page.get_by_role("button", name="Répéter maintenant").click()
        assert "s’ouvre avec votre clé" in await page.inner_text("main")
        assert await walk.axe(page) == []
        await walk.shot(page, "sauvegardes")


async def test_a_box_for_what_is_shared_by_letter_is_named_in_the_browser(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walk.node, "letterbox", "")
    async with imap() as server, walk.person("admin", width=PHONE) as page:
        await page.goto("/moi/partage")
        await page.get_by_role("link", name="Recevoir des courriels").click()
        await page.fill("[name=adresse]", "partage@exemple.org")
        await page.fill("[name=serveur]", server.box.host)
        await page.fill("[name=secret]", "un autre")
        await page.locator("details.by-hand summary").click()
        await page.fill("[name=nom]", server.box.user)
        await page.fill("[name=port]", str(server.box.port))
        await page.select_option("[name=securite]", "none")
        await page.check("[name=seule]")
        await page.get_by_role("button", name="Ouvrir la boîte").click()
        assert "refuse ce nom et ce mot de passe" in await page.inner_text(".wrongs")
        assert await walk.axe(page) == []
        await walk.shot(page, "lettres-corriger")
        await page.fill("[name=secret]", server.box.password)
        await page.get_by_role("button", name="Ouvrir la boîte").click()
        assert "La boîte s’ouvre" in await page.inner_text("[role=status]")
        await walk.shot(page, "lettres")
        assert walk.node.see(kept_household).letterbox == "partage@exemple.org"


async def test_a_community_is_opened_and_says_something_else_of_itself(walk: Walk) -> None:
    async with walk.person("admin") as page:
        await page.goto("/nouvelle-communaute")
        assert await walk.axe(page) == []
        await page.fill("[name=nom]", "Jardins partagés")
        await page.get_by_role("button", name="Ouvrir la communauté").click()
        assert "/communautes/jardins-partages" in page.url
        await page.goto("/communautes/jardins-partages/reglages")
        await page.fill("[name=nom]", "Jardins et potagers")
        await page.fill("[name=temps]", "Deux samedis par an")
        await page.check("[name=reserve]")
        await page.get_by_role("button", name="Enregistrer").click()
        assert "C’est changé" in await page.inner_text("[role=status]")
        assert await page.is_checked("[name=reserve]")
        assert await walk.axe(page) == []
        await walk.shot(page, "reglages")
    row = walk.node.see(lambda uow: uow.actors.get(f"{walk.node.url}/communautes/jardins-partages"))
    assert row is not None
    said = json.loads(row.document)
    assert (row.name, said["postingRestrictedToMods"]) == ("Jardins et potagers", True)
    async with walk.person("membre") as page:
        answer = await page.goto("/communautes/habitation/reglages")
        assert answer is not None
        assert answer.status == 404
