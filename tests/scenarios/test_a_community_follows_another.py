"""US-04: a community follows one of another node, over real sockets: asked, answered, brought over, kept current, ended."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import ClientSession

from federation.errors import RemoteError
from kit.nodes import LiveNode, live_node
from node.actions.agree import open_to
from node.actions.answer_follower import approve, refuse
from node.actions.follow_community import find_actor, follow, unfollow
from node.actions.integrate import integrate
from node.actions.moderate import retry
from node.actions.withdraw import withdraw
from node.domain.visibility import PUBLIC_SCOPE as SCOPE
from node.storage.vouching import vouchers
from node.web.readers import form_token


@asynccontextmanager
async def two_nodes(folder: Path) -> AsyncIterator[tuple[LiveNode, LiveNode]]:
    async with (
        live_node("Habitation", "127.0.0.11", folder / "a") as here,
        live_node("Logement social", "127.0.0.12", folder / "b") as there,
    ):
        yield here, there


async def ask(here: LiveNode, there: LiveNode) -> None:
    """`here` asks to follow `there`, by its handle."""
    host = there.url.removeprefix("http://")
    row = await find_actor(here.database, here.tools.outside, here.house(), f"@logement-social@{host}")
    assert row.iri == there.community
    await here.database.write(lambda uow: follow(uow, here.house(), here.community, there.community))


def state(node: LiveNode, here: LiveNode, there: LiveNode) -> str:
    row = node.see(lambda uow: uow.followings.get(here.community, there.community))
    return row.state if row else ""


async def until_state(node: LiveNode, here: LiveNode, there: LiveNode, wanted: str) -> None:
    await node.until(lambda uow: (row := uow.followings.get(here.community, there.community)) is not None and row.state == wanted)


def on_both_sides(here: LiveNode, there: LiveNode) -> list[str]:
    rows = [node.see(lambda uow: uow.followings.get(here.community, there.community)) for node in (here, there)]
    return [row.state for row in rows if row is not None]


async def looked(node: LiveNode, path: str, fields: dict[str, str] | None = None) -> str:
    """What the person who animates sees at a path, after pressing a button of a form when there are fields; spaces are plain."""
    token = node.do(lambda uow, house: uow.sessions.open(node.author, house.now))
    sent = {"jeton": form_token(token), **fields} if fields is not None else None
    headers = {"Accept": "text/html", "Cookie": f"s={token}", "Origin": node.url}
    async with ClientSession() as browser:
        method = "POST" if sent else "GET"
        async with browser.request(method, f"{node.url}{path}", data=sent, headers=headers) as answer:
            assert answer.status == 200, await answer.text()
            return (await answer.text()).replace("\u00a0", " ")


async def linked(here: LiveNode, there: LiveNode) -> None:
    await ask(here, there)
    await until_state(there, here, there, "requested")
    host = here.url.removeprefix("http://")
    await there.database.write(lambda uow: approve(uow, there.house(), host))
    await until_state(here, here, there, "accepted")


@pytest.mark.shows(
    "ActivityPub",
    "A Follow is held until somebody approves, then accepted, and the public repertoire comes over.",
    how="two nodes",
)
async def test_a_request_waits_until_somebody_approves_and_then_the_repertoire_comes_over(tmp_path: Path) -> None:
    async with two_nodes(tmp_path) as (here, there):
        for number in range(3):
            there.note(f"Note {number}", topics=("Accueil",))
        # Their server is away: asked, taken back and asked again by the buttons of the page, each told in words.
        await ask(here, there)
        await until_state(there, here, there, "requested")
        await there.stop()
        assert "Relancer" in await looked(here, "/ailleurs")
        about = {"communaute": here.community, "qui": there.community}
        assert "La demande est retirée." in await looked(here, "/ailleurs", {"geste": "annuler", **about})
        asked_again = await looked(here, "/ailleurs", {"geste": "suivre", **about})
        assert "Demandé" in asked_again or "Injoignable" in asked_again, "on its way, or tried already in vain"
        page = await looked(here, "/ailleurs", {"geste": "relancer", **about})
        assert f'href="{there.community}"' in page.partition("Écrire à la personne responsable")[0].rpartition("<a ")[2]
        await there.start()
        await until_state(there, here, there, "requested")
        assert here.held(there.community) == []
        host = here.url.removeprefix("http://")
        await there.database.write(lambda uow: approve(uow, there.house(), host))
        await until_state(here, here, there, "accepted")
        await here.until(lambda uow: len(uow.holdings.iris(there.community)) == 3)
        assert here.held(there.community) == ["Note 0", "Note 1", "Note 2"]
        await here.until(lambda uow: len(uow.things.listed(scope=SCOPE, kind="Concept")) == 1)


@pytest.mark.shows(
    "FEP-1b12", "What a member publishes, changes and deletes is announced whole by the community and arrives.", how="two nodes"
)
async def test_what_is_published_changed_and_deleted_later_arrives(tmp_path: Path) -> None:
    async with two_nodes(tmp_path) as (here, there):
        await linked(here, there)
        entry = there.note("Première version")
        await here.until(lambda uow: uow.things.get_any(entry.iri) is not None)
        there.note("Seconde version", replaces=entry.iri)
        await here.until(lambda uow: (row := uow.things.get_any(entry.iri)) is not None and row.entry.name == "Seconde version")
        await there.database.write(lambda uow: withdraw(uow, there.house(), entry.iri, there.author))
        await here.until(lambda uow: (row := uow.things.get_any(entry.iri)) is not None and row.entry.deleted_at is not None)
        assert here.held(there.community) == []


@pytest.mark.shows(
    "FEP-1b12", "What was withdrawn from everybody is gone, and back once it is for everybody again.", how="two nodes"
)
async def test_what_is_narrowed_and_widened_again_is_gone_and_back(tmp_path: Path) -> None:
    async with two_nodes(tmp_path) as (here, there):
        await linked(here, there)
        entry = there.note("Pour tout le monde")
        await here.until(lambda uow: uow.holdings.iris(there.community) == [entry.iri])
        # Who has it is away when it is narrowed: the page says so, and who confirmed once they are back.
        await here.stop()
        path = f"{entry.iri.removeprefix(there.url)}/visibilite"
        page = await looked(there, path, {"qui": "communaute", "communaute": there.community})
        assert "n’a pas encore répondu à la demande d’effacer" in page
        assert here.see(lambda uow: uow.things.get_any(entry.iri).entry.deleted_at) is None  # type: ignore[union-attr]
        await here.start()
        await here.until(lambda uow: (row := uow.things.get_any(entry.iri)) is not None and row.entry.deleted_at is not None)
        await there.until(lambda uow: not uow.deliveries.waiting())
        assert "a confirmé avoir reçu la demande d’effacer" in await looked(there, path)
        there.note("Pour tout le monde encore", replaces=entry.iri)
        await here.until(lambda uow: (row := uow.things.get_any(entry.iri)) is not None and row.entry.deleted_at is None)
        await here.until(lambda uow: uow.holdings.iris(there.community) == [entry.iri])
        assert here.held(there.community) == ["Pour tout le monde encore"]
        await there.until(lambda uow: not uow.deliveries.waiting())
        states = here.see(lambda uow: {row.type: row.state for row in uow.inbox.recent(100)})
        assert set(states.values()) <= {"done", "ignored"}


async def test_every_activity_for_all_is_found_at_its_address_as_it_was_sent(tmp_path: Path) -> None:
    async with two_nodes(tmp_path) as (here, there):
        await linked(here, there)
        entry = there.note("Première version")
        there.note("Seconde version", replaces=entry.iri)
        other = there.note("À retirer")
        await there.database.write(lambda uow: withdraw(uow, there.house(), other.iri, there.author))
        of_end = {row.iri for row in there.see(lambda uow: uow.outbox.about(other.iri)) if row.type in {"Create", "Announce"}}
        rows = [*there.see(lambda uow: uow.outbox.of(there.community)), *there.see(lambda uow: uow.outbox.of(there.author))]
        kinds = []
        for row in rows:
            inner = json.loads(row.document)["object"]
            kind = f"{row.type} {inner['type']}" if isinstance(inner, dict) else row.type
            if row.iri in of_end and kind != "Announce Delete":
                with pytest.raises(RemoteError):  # its words are gone with the thing
                    await here.tools.outside.document(row.iri)
                continue
            answer = await here.tools.outside.document(row.iri)
            assert (answer.status, answer.body) == (200, row.document)
            kinds.append(kind)
        assert {"Announce Create", "Announce Update", "Announce Delete", "Update Article", "Delete Tombstone"} <= set(kinds)
        listed = json.loads((await here.tools.outside.document(f"{there.community}/outbox?page=1")).body)["orderedItems"]
        assert len(listed) == sum(kind.startswith("Announce") for kind in kinds)


@pytest.mark.shows("ActivityPub", "Reject and Undo of a Follow are seen on both sides.", how="two nodes")
async def test_a_refusal_and_an_end_are_seen_on_both_sides(tmp_path: Path) -> None:
    async with two_nodes(tmp_path) as (here, there):
        await linked(here, there)
        await here.database.write(lambda uow: unfollow(uow, here.house(), here.community, there.community))
        await until_state(there, here, there, "ended")
        assert on_both_sides(here, there) == ["ended", "ended"]
        await here.database.write(lambda uow: follow(uow, here.house(), here.community, there.community))
        await until_state(here, here, there, "accepted")
        assert on_both_sides(here, there) == ["accepted", "accepted"]
        await there.database.write(lambda uow: refuse(uow, there.house(), here.community))
        await until_state(here, here, there, "refused")
        assert on_both_sides(here, there) == ["refused", "refused"]


async def test_a_follower_that_was_away_gets_all_of_it_once(tmp_path: Path) -> None:
    async with two_nodes(tmp_path) as (here, there):
        await linked(here, there)
        await here.stop()
        for number in range(25):
            there.note(f"Note {number:02}")
        await here.start()
        await here.until(lambda uow: len(uow.holdings.iris(there.community)) == 25)
        await there.until(lambda uow: not uow.deliveries.waiting())
        received = here.see(lambda uow: [row.activity for row in uow.inbox.recent(500)])
        assert len(received) == len(set(received))
        assert here.held(there.community) == [f"Note {number:02}" for number in range(25)]


async def test_friends_vouch_for_who_knocks_and_for_what_they_refer_to(tmp_path: Path) -> None:
    """US-14: an archipelago fetches nothing of a stranger, and says who knows them; among friends what these refer to comes."""
    async with two_nodes(tmp_path) as (here, friend), live_node("Voisinage", "127.0.0.13", tmp_path / "c") as stranger:
        name, known = stranger.url.removeprefix("http://"), stranger.note("Chez les voisins")
        found = await find_actor(friend.database, friend.tools.outside, friend.house(), stranger.community)
        friend.do(lambda uow, house: follow(uow, house, friend.community, found.iri))
        await until_state(stranger, friend, stranger, "requested")
        stranger.do(lambda uow, house: approve(uow, house, friend.url.removeprefix("http://")))
        await friend.until(lambda uow: uow.things.get_any(known.iri) is not None)
        friend.do(lambda uow, house: integrate(uow, house, known.iri, friend.community, friend.author))
        await linked(here, friend)
        await here.until(lambda uow: any(known.iri in row.subject for row in uow.tasks.all("fetch", "parked")))
        await find_actor(stranger.database, stranger.tools.outside, stranger.house(), here.community)
        stranger.do(lambda uow, house: follow(uow, house, stranger.community, here.community))
        await until_state(here, stranger, here, "requested")
        assert here.see(lambda uow: vouchers(uow, name)) == [friend.community]
        assert here.see(lambda uow: vouchers(uow, "jamaisvu.example")) == []

        here.do(lambda uow, house: open_to(uow, house, "friends", here.author))
        assert [row.state for row in here.see(lambda uow: uow.tasks.all("fetch")) if known.iri in row.subject] == ["due"]
        here.mode = "friends"
        here.do(lambda uow, house: retry(uow, house, name))
        await here.until(lambda uow: uow.things.get_any(known.iri) is not None)
        assert here.held(friend.community) == ["Chez les voisins"]
        assert state(here, stranger, here) == "requested", "to follow takes an answer all the same"
        assert here.see(lambda uow: vouchers(uow, name)) == [friend.community]
