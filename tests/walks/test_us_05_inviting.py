"""Somebody who animates invites people; they land inside the community, having answered the next meeting without an account."""

from __future__ import annotations

import re
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import timedelta

import pytest
from playwright.async_api import Page

from kit.browsing import DESK, PHONE, Walk
from kit.letterbox import letterbox, text_of
from node.actions.publish import publish
from node.contracts import Draft
from node.domain.entries import Audience
from node.domain.participation import State
from node.domain.placing import Placement
from node.storage.postbox import keep_postbox
from vocab.things.meeting import Meeting
from vocab.values import Text


def meeting(walk: Walk) -> None:
    """A meeting of the community in a week."""
    thing = Meeting(name=Text.of("Tour de table", "fr"), start_time=walk.node.clock() + timedelta(days=7))
    placed = Placement(author=walk.people["animation"], community=walk.community, audience=Audience.COMMUNITY)
    walk.node.do(lambda uow, house: publish(uow, house, Draft(thing=thing, source="essai"), placed))


@dataclass
class Stroll:
    """One way to walk: how wide, with scripts or without."""

    walk: Walk
    width: int
    scripts: bool

    def person(self, role: str = "") -> AbstractAsyncContextManager[Page]:
        return self.walk.person(role, width=self.width, scripts=self.scripts)

    async def look(self, page: Page, name: str = "") -> None:
        """Nothing is wrong with the page."""
        if name:
            await self.walk.shot(page, f"{name}-{self.width}")
        if self.scripts:
            assert await self.walk.axe(page) == []


async def invites(stroll: Stroll, page: Page, first: str) -> None:
    """From the list of members to two letters that are on their way."""
    await page.goto("/communautes/habitation/membres")
    await page.get_by_role("link", name="Inviter des personnes").click()
    assert await page.input_value("[name=objet]") == "Invitation\u00a0: Habitation"
    await page.fill("[name=adresses]", f"Zoé Roy <{first}>, pas@une")
    await page.get_by_role("button", name="Relire avant d’envoyer").click()
    assert "pas@une" in await page.inner_text("#erreur-adresses")
    await stroll.look(page, "inviter")
    await page.fill("[name=adresses]", f"Zoé Roy <{first}>\nluc{stroll.width}@exemple.org")
    await page.get_by_role("button", name="Relire avant d’envoyer").click()
    assert "Ce message partira à 2 personnes." in await page.inner_text("main")
    await stroll.look(page, "inviter-relire")
    await page.get_by_role("button", name="Envoyer à 2 personnes").click()
    assert "La lettre part vers 2 personnes." in await page.inner_text("main")


async def joins(stroll: Stroll, page: Page, path: str) -> None:
    """An answer without an account, then three fields, then inside."""
    await page.goto(path)
    await page.get_by_role("button", name="Je viendrai").click()
    assert "C’est noté" in await page.inner_text("[role=status]:not([hidden])")
    await stroll.look(page, "invitation")
    await page.fill("[name=aide]", "Baux résidentiels")
    await page.fill("[name=nom]", "Zoé Roy")
    await page.get_by_role("button", name="Rejoindre la communauté").click()
    assert page.url.split("?")[0].endswith("/communautes/habitation")
    await page.goto("/communautes/habitation/membres")
    assert "Baux résidentiels" in await page.inner_text("main")
    await stroll.look(page, "membres")
    await page.goto(path)
    assert "Vous en êtes déjà membre." in await page.inner_text("main")


@pytest.mark.parametrize(("width", "scripts"), [(PHONE, False), (DESK, True)])
async def test_from_the_pasted_list_to_the_community(walk: Walk, width: int, *, scripts: bool) -> None:
    meeting(walk)
    first, stroll = f"zoe{width}@exemple.org", Stroll(walk, width, scripts)
    async with letterbox() as box, stroll.person("animation") as page:
        walk.node.database.write_now(lambda uow: keep_postbox(uow, box.postbox))
        await invites(stroll, page, first)
        await walk.node.until(lambda _: len(box.letters) == 2)
    letter = next(text_of(each) for each in box.letters if each["To"] == first)
    assert "La prochaine rencontre\u00a0:" in letter
    found = re.search(r"http://\S+(/invitation/\S+)", letter)
    assert found is not None, letter
    async with stroll.person() as page:
        await joins(stroll, page, found[1])
    person = walk.node.see(lambda uow: uow.members.by_email(first))
    assert person is not None
    (row,) = walk.node.see(lambda uow: uow.participations.by_person(person.iri))
    assert row.state is State.ACCEPTED


async def test_roles_are_given_with_dates_in_english(walk: Walk) -> None:
    async with walk.person("animation", language="en") as page:
        await page.goto("/communautes/habitation/membres/roles")
        await page.select_option("select[name=personne]", label="Chantal Roy")
        await page.select_option("[name=role]", label="curation")
        await page.fill("[name=au]", "2020-01-01")
        await page.get_by_role("button", name="Give this role").click()
        assert await page.get_attribute("[name=au]", "aria-invalid") == "true"
        await page.fill("[name=au]", "2199-12-31")
        await page.get_by_role("button", name="Give this role").click()
        assert "Role given." in await page.inner_text("main")
        assert "December 31, 2199" in await page.inner_text("main")
        assert await walk.axe(page) == []
        await walk.shot(page, "roles-en")
        mine = page.locator("li", has=page.get_by_role("heading", name="Mireille Côté"))
        await mine.get_by_role("button", name="End").first.click()
        assert "No one else facilitates this community" in await page.inner_text("main")
    async with walk.person("membre") as page:
        await page.goto("/communautes/habitation/membres")
        assert "curation" in await page.inner_text(".people")
        answer = await page.goto("/communautes/habitation/membres/roles")
        assert answer is not None
        assert answer.status == 404
        answer = await page.goto("/communautes/habitation/inviter")
        assert answer is not None
        assert answer.status == 404


async def test_a_phone_as_narrow_as_there_are_scrolls_down_alone(walk: Walk) -> None:
    async with walk.person("animation", width=320) as page:
        for path in ("membres", "membres/roles", "inviter"):
            await page.goto(f"/communautes/habitation/{path}")
            assert await page.evaluate("document.documentElement.scrollWidth") <= 320, path
