"""A meeting by letter: who gets one, what it brings along, and an answer by its link, given by pressing and never by looking."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from urllib.parse import urlencode

import pytest
import pytest_asyncio

from kit.web_node import Got, WebNode, web_node
from node.domain.participation import State
from node.domain.rights import ANIMATION, MEMBER
from node.formats import icalendar
from node.storage.shelves.letters import LetterRow
from node.storage.unit_of_work import UnitOfWork
from node.web.readers import form_token

FORM = "application/x-www-form-urlencoded"


@pytest_asyncio.fixture
async def node() -> AsyncIterator[WebNode]:
    async with web_node(formats={"icalendar": icalendar.FORMAT}) as made:
        logement = f"{made.url}/communautes/logement"

        def people(uow: UnitOfWork) -> None:
            uow.members.join(f"{made.url}/personnes/mireille", logement, ANIMATION, made.now - timedelta(days=1))
            uow.members.join(f"{made.url}/personnes/ali", logement, MEMBER, made.now - timedelta(days=1))

        made.database.write_now(people)
        yield made


async def announce(node: WebNode, who: str = "mireille", **fields: str) -> Got:
    session = await node.session(f"{node.url}/personnes/{who}")
    day = (node.now + timedelta(days=3)).strftime("%Y-%m-%d")
    said = {"jeton": form_token(session), "titre": "Soirée", "date": day, "debut": "19:00", "lieu": "Maison Gauvreau"}
    said |= {"communaute": f"{node.url}/communautes/logement", "inviter": "oui", **fields}
    headers = {"Content-Type": FORM, "Cookie": f"s={session}"}
    return await node.ask("POST", "/agenda/nouvelle", headers=headers, body=urlencode(said).encode())


def letters(node: WebNode) -> list[LetterRow]:
    return list(node.database.read_now(lambda uow: uow.letters.listed("due")))


def link(node: WebNode) -> str:
    [letter] = letters(node)
    found = re.search(rf"{node.url}(/reponse/[\w-]+)\?r=inscrire", letter.text)
    assert found
    return found[1]


async def press(node: WebNode, path: str, deed: str, **more: str) -> Got:
    return await node.ask("POST", path, headers={"Content-Type": FORM}, body=urlencode({"geste": deed, **more}).encode())


def standing(node: WebNode) -> list[State]:
    rows = node.database.read_now(lambda uow: uow.participations.by_person(f"{node.url}/personnes/ali"))
    return [row.state for row in rows]


async def test_the_members_get_the_date_and_answer_by_a_link_as_often_as_they_like(node: WebNode) -> None:
    assert (await announce(node)).status == 303
    [letter] = letters(node)
    assert letter.recipient == "ali@example.org"
    assert "BEGIN:VEVENT" in letter.calendar
    assert "Maison Gauvreau" in letter.text
    shown = await node.get(f"{link(node)}?r=inscrire", accept="text/html")
    assert (shown.status, "no-store" in shown.headers["Cache-Control"]) == (200, True)
    assert "confirmez votre réponse" in shown.text
    assert standing(node) == [], "looking at a link answers nothing"
    led_to = ""
    for deed, state in (("inscrire", State.ACCEPTED), ("inscrire", State.ACCEPTED), ("pas-la", State.DECLINED)):
        got = await press(node, link(node), deed)
        assert got.status == 303
        assert standing(node) == [state]
        led_to = got.headers["Location"].removeprefix(node.url)
    assert "vous n’y serez pas" in (await node.get(led_to, accept="text/html")).text


async def test_one_date_of_what_comes_back_is_answered_by_letter_and_told_in_calendars(node: WebNode) -> None:
    until = (node.now + timedelta(days=25)).strftime("%Y-%m-%d")
    assert (await announce(node, repete="semaine", jusque=until)).status == 303
    assert "Une date à la fois\u00a0: " in letters(node)[0].text
    page = await node.get(link(node), accept="text/html")
    days = re.findall(r'name="jour" value="(\d{8})"', page.text)
    assert len(days) == 4
    for deed, more in (("inscrire", {}), ("pas-la", {"jour": days[1]}), ("pas-la", {"jour": "19700101"})):
        got = await press(node, link(node), deed, **more)
        assert got.status == (422 if more.get("jour") == "19700101" else 303)
    rows = node.database.read_now(lambda uow: uow.participations.by_person(f"{node.url}/personnes/ali"))
    event = rows[0].event
    assert [(row.event, row.state) for row in rows] == [(event, State.ACCEPTED), (f"{event}#date-{days[1]}", State.DECLINED)]
    # In the calendar of this reader that date stands apart, and is free; on the page and in the agenda it says so too.
    person = f"{node.url}/personnes/ali"
    written = (await node.get("/agenda?format=icalendar", person=person)).text
    assert written.count("BEGIN:VEVENT") == 2
    dated = next(part for part in written.split("BEGIN:VEVENT") if "RECURRENCE-ID" in part)
    assert f"RECURRENCE-ID;TZID=America/Toronto:{days[1]}T190000" in dated
    assert "TRANSP:TRANSPARENT" in dated
    assert "RRULE" not in dated
    assert dated.partition("UID:")[2].split()[0] == event
    assert "RECURRENCE-ID" not in (await node.get("/agenda?format=icalendar", person=f"{node.url}/personnes/mireille")).text
    for path in (event.removeprefix(node.url), "/agenda"):
        assert (await node.get(path, accept="text/html", person=person)).text.count("vous n’y serez pas") >= 1, path
    told = (await node.get(event.removeprefix(node.url), accept="text/html", person=f"{node.url}/personnes/mireille")).text
    assert "n’y seront pas" in told


async def test_only_those_who_animate_write_to_everybody_and_what_was_typed_stays(node: WebNode) -> None:
    refused = await announce(node, "ali", titre="Chez moi")
    assert (refused.status, letters(node)) == (422, [])
    assert "Chez moi" in refused.text
    assert (await announce(node, inviter="")).status == 303
    assert letters(node) == []


async def test_who_muted_the_community_gets_no_letter(node: WebNode) -> None:
    ali, logement = f"{node.url}/personnes/ali", f"{node.url}/communautes/logement"
    node.database.write_now(lambda uow: uow.notices.mute(ali, logement, node.now))
    await announce(node)
    assert letters(node) == []


@pytest.mark.parametrize("why", ["over", "gone", "left"])
async def test_a_link_opens_nothing_for_whoever_may_not_see_it_any_more(node: WebNode, why: str) -> None:
    await announce(node)
    path, ali = link(node), f"{node.url}/personnes/ali"

    def end(uow: UnitOfWork) -> None:
        if why == "gone":
            uow.sessions.void_tokens(ali)
        else:
            uow.members.leave(ali, f"{node.url}/communautes/logement", node.now - timedelta(seconds=1))

    if why == "over":
        node.now += timedelta(days=6)
    else:
        node.database.write_now(end)
    assert (await node.get(f"{path}?r=inscrire", accept="text/html")).status == 404
    assert (await press(node, path, "inscrire")).status == 404
    assert standing(node) == []
    assert (await press(node, path, "ouvrir")).status == 404
