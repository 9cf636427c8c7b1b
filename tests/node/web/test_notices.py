"""What people are told of, where they read it, and what they silence."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from urllib.parse import urlencode

import pytest
import pytest_asyncio

from kit.web_node import Got, WebNode, web_node
from node.actions.reply import reply
from node.domain.entries import Audience
from node.domain.rights import ANIMATION
from node.domain.visibility import Scope
from node.storage.link_notices import ACCEPTED, ASKED, REFUSED, tell_animators
from node.web.readers import form_token

HTML = "text/html"
NOTE = "ressources/n"


@pytest_asyncio.fixture
async def node() -> AsyncIterator[WebNode]:
    async with web_node() as made:
        made.plant(NOTE, Audience.PUBLIC)
        answer(made, "Bonne idée.")
        yield made


def person(node: WebNode, name: str) -> str:
    return f"{node.url}/personnes/{name}"


def answer(node: WebNode, words: str) -> str:
    said = node.database.write_now(lambda uow: reply(uow, node.house(), f"{node.url}/{NOTE}", person(node, "ali"), words))
    return said.iri


def told(node: WebNode) -> str:
    """The conversation of which Mireille was told."""
    scope = Scope(actor=person(node, "mireille"))
    (row, *_) = node.database.read_now(lambda uow: uow.notices.of(scope.actor, scope))
    return row.conversation


async def send(node: WebNode, path: str, **fields: str) -> Got:
    session = await node.session(person(node, "mireille"))
    body = urlencode({"jeton": form_token(session), **fields}).encode()
    headers = {"Cookie": f"s={session}", "Content-Type": "application/x-www-form-urlencoded", "Accept": HTML}
    return await node.ask("POST", path, headers=headers, body=body)


async def read(node: WebNode, path: str = "/avis", name: str = "mireille") -> str:
    got = await node.get(path, accept=HTML, person=person(node, name))
    assert got.status == 200
    return got.text


async def test_an_answer_is_told_to_whom_it_answers_once_and_can_be_put_aside(node: WebNode) -> None:
    answer(node, "Et encore.")
    page = await read(node)
    assert page.count("Ali a répondu") == 2
    assert page.count("<article") == 1
    assert "Ali a répondu" not in await read(node, name="ali")
    subject = told(node)
    assert (await send(node, "/avis", sujet=subject, geste="lu")).status == 303
    assert "Rien ne vous attend." in await read(node)
    answer(node, "Une troisième.")
    assert (await send(node, "/avis", geste="tout")).status == 303
    assert "Rien ne vous attend." in await read(node)


async def test_what_is_muted_is_heard_again_when_one_wants(node: WebNode) -> None:
    subject = told(node)
    assert (await send(node, "/avis", sujet=subject, geste="sourdine")).status == 303
    answer(node, "Sans qu’on le dise.")
    assert "Ali a répondu" not in await read(node)
    habits = await read(node, "/moi/avis")
    assert "M’en aviser de nouveau" in habits
    assert (await send(node, "/moi/avis", sujet=subject, geste="parler")).status == 303
    answer(node, "Et de nouveau.")
    assert "Ali a répondu" in await read(node)


async def test_the_rhythm_of_letters_is_kept_and_nonsense_refused(node: WebNode) -> None:
    assert (await send(node, "/moi/avis", geste="rythme", rythme="daily", jour="3")).status == 303
    habit = node.database.read_now(lambda uow: uow.notices.habit(person(node, "mireille")))
    assert (habit.rhythm, habit.weekday) == ("daily", 3)
    assert (await send(node, "/moi/avis", geste="rythme", rythme="hourly", jour="3")).status == 400
    assert (await send(node, "/moi/avis", geste="rythme", rythme="daily", jour="9")).status == 400
    assert (await send(node, "/avis", geste="danser", sujet="x")).status == 400


async def test_a_visitor_has_no_notices(node: WebNode) -> None:
    for path in ("/avis", "/moi/avis"):
        assert (await node.get(path, accept=HTML)).status == 303
        got = await node.ask("POST", path, body=b"geste=tout", headers={"Content-Type": "application/x-www-form-urlencoded"})
        assert got.status == 403


@pytest.mark.parametrize(
    ("kind", "words"), [(ACCEPTED, "a dit oui"), (REFUSED, "a décliné la demande"), (ASKED, "attend votre réponse")]
)
async def test_what_becomes_of_a_link_leads_to_where_links_are_looked_after(node: WebNode, kind: str, words: str) -> None:
    community = f"{node.url}/communautes/logement"
    since = node.house().now - timedelta(days=1)
    node.database.write_now(lambda uow: uow.members.join(person(node, "mireille"), community, ANIMATION, since))
    node.database.write_now(lambda uow: tell_animators(uow, node.house(), community, kind, person(node, "ali")))
    page = await read(node)
    assert f"Ali {words}" in page
    assert 'class="kind"' not in page.partition("<article")[2].partition("</article>")[0], "its title names the community"
    found = re.search(r'href="(/ailleurs\?de=logement)"', page)
    assert found is not None
    assert "Ailleurs" in await read(node, found[1])
