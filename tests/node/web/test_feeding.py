"""A site that is followed by its feed, on the pages: where it is listed, what is said of it, and the buttons of those who may."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from urllib.parse import quote, urlencode

import pytest
import pytest_asyncio

from kit.web_node import WebNode, web_node
from node.actions.add_member import appoint
from node.actions.follow_feed import follow_feed
from node.actions.integrate import integrate
from node.actions.reply import reply
from node.domain.errands import FOLLOW_FEED
from node.errors import NotAllowed
from node.storage.feeding import item_iri, keep_items
from node.storage.shelves.feeds import FeedRow
from node.storage.unit_of_work import UnitOfWork
from node.web.readers import form_token
from vocab.things.repertoire_item import RepertoireItem
from vocab.values import Ref, Text

FEED = "https://blogue.example/feed"
LINK = "https://blogue.example/cafe"
ITEM = item_iri(FEED, "1")
NOTICE = "Suivi par flux, sans réponse possible"
HTML = "text/html"


@pytest_asyncio.fixture
async def node() -> AsyncIterator[WebNode]:
    async with web_node() as made:
        made.database.write_now(lambda uow: furnish(uow, made))
        yield made


def furnish(uow: UnitOfWork, node: WebNode) -> None:
    """Mireille looks after the node; a community follows a blog, which does not answer at the moment."""
    appoint(uow, node.house(), mireille(node))
    row = FeedRow(
        iri=FEED, address=FEED, format="rss", title="Blogue <du> quartier", site="https://blogue.example/", added_at=node.now,
        looked_at=node.now, next_at=node.now + timedelta(hours=3), trouble="silent", error="it answered 503",
    )  # fmt: skip
    follow_feed(uow, node.house(), f"{node.url}/communautes/logement", row)
    thing = RepertoireItem(
        name=Text.of("Un café", "fr"), summary=Text.of("<p>En bref</p>", "fr"), content=Text.of("<p>Le texte entier.</p>", "fr"),
        creator=(Text.of("Jo Tremblay"),), origin=Ref(LINK),
    )  # fmt: skip
    assert keep_items(uow, node.house(), row, [("1", thing)]) == 1


def mireille(node: WebNode) -> str:
    return f"{node.url}/personnes/mireille"


async def page(node: WebNode, path: str, person: str = "") -> str:
    got = await node.get(path, accept=HTML, person=person)
    assert got.status == 200, path
    return got.text


async def do(node: WebNode, deed: str, who: str = FEED, *, person: str = "") -> int:
    """The status of pressing a button."""
    session = await node.session(person or mireille(node))
    fields = {"jeton": form_token(session), "serveur": "blogue.example", "geste": deed, "qui": who}
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"s={session}"}
    return (await node.ask("POST", "/liens", headers=headers, body=urlencode(fields).encode())).status


async def test_its_items_are_read_with_their_origin_and_cannot_be_answered(node: WebNode) -> None:
    listed = await page(node, "/communautes/logement/repertoire?portee=elargi")
    assert all(words in listed for words in ("Un café", NOTICE, "blogue.example"))
    read = await page(node, f"/ailleurs/ressource?iri={quote(ITEM, safe='')}", mireille(node))
    assert all(words in read for words in (NOTICE, "Jo Tremblay", f'<a href="{LINK}">Lire l’original</a>', "Le texte entier."))
    assert 'action="/repondre"' not in read
    assert "Blogue &lt;du&gt; quartier" in read
    assert "<span>Par <span>Jo Tremblay</span></span>" in read
    assert f'<a href="{LINK}">{LINK}</a>' in read
    assert NOTICE in await page(node, "/recherche?q=caf%C3%A9&portee=ailleurs")


async def test_the_site_has_a_page_of_its_own(node: WebNode) -> None:
    assert "Blogue &lt;du&gt; quartier" in await page(node, "/ailleurs")
    shown = await page(node, f"/ailleurs/site?iri={quote(FEED, safe='')}")
    assert all(words in shown for words in ("Site suivi par son flux", "Un café", "https://blogue.example/", "ne répond pas"))
    assert "it answered 503" not in shown
    assert (await node.get("/ailleurs/site?iri=https://rien.example/", accept=HTML)).status == 404
    assert (await node.get("/ailleurs/site", accept=HTML)).status == 404


async def test_those_who_look_after_the_node_see_how_it_does_and_press_the_buttons(node: WebNode) -> None:
    shown = await page(node, "/liens", mireille(node))
    assert all(words in shown for words in ("Le site ne répond pas", "it answered 503", FEED, "Regarder maintenant"))
    assert await do(node, "regarder-le-flux", person=f"{node.url}/personnes/ali") == 403
    assert await do(node, "regarder-le-flux", "https://rien.example/") == 404
    assert await do(node, "regarder-le-flux") == 303
    task = node.database.read_now(lambda uow: uow.tasks.get(FOLLOW_FEED, FEED))
    assert task is not None
    assert task.due_at == node.now + timedelta(minutes=5)
    assert await do(node, "quitter-le-flux") == 303
    assert node.database.read_now(lambda uow: (uow.feeds.all(), uow.things.get_any(ITEM))) == ([], None)
    assert await do(node, "quitter-le-flux") == 404


async def test_nobody_answers_it_or_passes_it_on(node: WebNode) -> None:
    house, community = node.house(), f"{node.url}/communautes/logement"
    with pytest.raises(NotAllowed, match="by a feed"):
        node.database.write_now(lambda uow: reply(uow, house, ITEM, mireille(node), "Bonjour"))
    with pytest.raises(NotAllowed, match="by a feed"):
        node.database.write_now(lambda uow: integrate(uow, house, ITEM, community, community))


async def test_a_feed_that_was_gone_can_be_looked_at_again(node: WebNode) -> None:
    node.database.write_now(lambda uow: uow.feeds.put(replace(uow.feeds.all()[0], state="gone", next_at=None)))
    assert await do(node, "regarder-le-flux") == 303
    assert node.database.read_now(lambda uow: uow.feeds.all()[0].state) == "followed"
