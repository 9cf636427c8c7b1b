"""US-45: people see what is known of them, take it along and leave; those who look after the node keep the registers."""

from __future__ import annotations

import json

import pytest

from kit.browsing import DESK, PHONE, Walk
from kit.nodes import key_pair
from node.actions.add_member import Newcomer, add_member, admit


@pytest.mark.parametrize(("width", "scripts"), [(PHONE, True), (DESK, False)])
async def test_somebody_sees_takes_along_and_leaves(walk: Walk, width: int, *, scripts: bool) -> None:
    role = f"partante{width}"
    walk.people[role] = add(walk, role)
    async with walk.person(role, width=width, scripts=scripts) as page:
        await page.goto("/moi/donnees")
        assert not scripts or await walk.axe(page) == []
        await walk.shot(page, f"moi-donnees-{width}")
        async with page.expect_download() as waited:
            await page.click("text=Pour un logiciel (JSON)")
        path = await (await waited.value).path()
        known = json.loads(path.read_bytes())
        assert known["categories"]["account"]["rows"]["members"][0]["email"] == f"{role}@exemple.org"
        await page.click("text=Effacer mon compte…")
        assert not scripts or await walk.axe(page) == []
        await walk.shot(page, f"effacer-{width}")
        await page.check("#champ-choix-3")
        await page.check("#champ-certain")
        await page.click("button.grave")
        assert "Votre compte est effacé" in await page.inner_text("main")
        await walk.shot(page, f"vie-privee-{width}")
        assert not scripts or await walk.axe(page) == []
        await page.goto("/moi/donnees")
        assert "/entrer" in page.url


def add(walk: Walk, role: str) -> str:
    newcomer = Newcomer(email=f"{role}@exemple.org", name=role.title())
    person = walk.node.do(lambda uow, house: add_member(uow, house, newcomer, keys=key_pair(9))).iri
    walk.node.do(lambda uow, house: admit(uow, house, person, walk.community, role_name="membre"))
    return person


async def test_incidents_are_written_down_and_closed(walk: Walk) -> None:
    async with walk.person("admin", language="en") as page:
        await page.goto("/noeud/vie-privee?langue=en")
        await page.click("summary:has-text('Report an incident')")
        await page.fill("#champ-nature", "A letter to the wrong person")
        await page.fill("#champ-jour", "2026-11-20")
        await page.click("button[value=inscrire]")
        assert "A letter to the wrong person" in await page.inner_text("main")
        assert await walk.axe(page) == []
        await walk.shot(page, "registres")
        await page.click("button[value=clore]")
        assert "Closed on" in await page.inner_text("main")
        await page.fill("#champ-lieu", "In Rimouski")
        await page.click("button[value=lieu]")
        await page.goto("/vie-privee?langue=en")
        assert "In Rimouski" in await page.inner_text("main")
