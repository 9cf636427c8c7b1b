"""Somebody of one node takes part in a community of another, over real sockets: joins, proposes, is welcomed, publishes."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from kit.nodes import LiveNode, live_node
from node.actions.add_member import admit
from node.actions.answer_submission import accept
from node.actions.feature import feature, unfeature
from node.actions.follow_community import find_actor, follow, unfollow
from node.actions.publish import publish
from node.actions.report import report
from node.actions.withdraw import withdraw
from node.contracts import Draft
from node.domain.entries import Audience, Entry
from node.domain.placing import Placement
from node.domain.visibility import PUBLIC_SCOPE
from node.errors import NotAllowed
from node.storage.shelves.followings import FollowingRow
from vocab.things.practice_note import PracticeNote
from vocab.values import Text


@asynccontextmanager
async def two_nodes(folder: Path, *, mode: str = "open") -> AsyncIterator[tuple[LiveNode, LiveNode]]:
    async with (
        live_node("Habitation", "127.0.0.11", folder / "a") as here,
        live_node("Logement social", "127.0.0.12", folder / "b") as there,
    ):
        there.mode = mode
        yield here, there


async def joined(here: LiveNode, there: LiveNode) -> None:
    """The person of `here` follows the community of `there`, and is its guest."""
    await find_actor(here.database, here.tools.outside, here.house(), there.community)
    await here.database.write(lambda uow: follow(uow, here.house(), here.author, there.community))
    await here.until(lambda uow: is_accepted(uow.followings.get(here.author, there.community)))
    assert there.see(lambda uow: uow.members.guests(there.community, there.house().now)) == [here.author]


def is_accepted(row: FollowingRow | None) -> bool:
    return row is not None and row.state == "accepted"


def send(here: LiveNode, there: LiveNode, name: str, *, replaces: str = "") -> Entry:
    thing = PracticeNote(name=Text.of(name, "fr"), content=Text.of(f"<p>{name}, en quelques mots.</p>", "fr"))
    placed = Placement(author=here.author, community=there.community, audience=Audience.PUBLIC, replaces=replaces)
    return here.do(lambda uow, house: publish(uow, house, Draft(thing=thing, source=name), placed))


async def test_a_guest_proposes_and_what_is_accepted_belongs_to_the_community_on_both_nodes(tmp_path: Path) -> None:
    async with two_nodes(tmp_path) as (here, there):
        await joined(here, there)
        entry = send(here, there, "Proposée")
        await there.until(lambda uow: len(uow.submissions.waiting(there.community)) == 1)
        assert there.see(lambda uow: uow.things.get_any(entry.iri)) is None
        assert here.held(there.community) == []
        (row,) = there.see(lambda uow: uow.submissions.waiting())
        await there.database.write(lambda uow: accept(uow, there.house(), row.id, there.author))
        await here.until(lambda uow: uow.holdings.holders(entry.iri) == [there.community])
        assert there.held(there.community) == here.held(there.community) == ["Proposée"]


async def test_a_member_publishes_changes_and_withdraws_from_another_node(tmp_path: Path) -> None:
    async with two_nodes(tmp_path) as (here, there):
        await joined(here, there)
        await there.database.write(lambda uow: admit(uow, there.house(), here.author, there.community))
        entry = send(here, there, "Première version")
        await here.until(lambda uow: uow.holdings.holders(entry.iri) == [there.community])
        kept = there.see(lambda uow: uow.things.get_any(entry.iri))
        assert kept is not None
        assert (kept.entry.community, kept.entry.author) == (there.community, here.author)
        send(here, there, "Seconde version", replaces=entry.iri)
        await there.until(lambda uow: (row := uow.things.get_any(entry.iri)) is not None and row.entry.name == "Seconde version")
        await here.database.write(lambda uow: withdraw(uow, here.house(), entry.iri, here.author))
        await there.until(lambda uow: uow.holdings.iris(there.community) == [])
        assert here.held(there.community) == []
        announced = there.see(lambda uow: [json.loads(row.document)["object"] for row in uow.outbox.of(there.community)])
        assert [each["type"] for each in reversed(announced) if isinstance(each, dict)][-3:] == ["Create", "Update", "Delete"]


async def test_what_the_group_announces_carries_the_very_bytes_of_the_author(tmp_path: Path) -> None:
    async with two_nodes(tmp_path) as (here, there):
        await joined(here, there)
        await there.database.write(lambda uow: admit(uow, there.house(), here.author, there.community))
        entry = send(here, there, "Mot pour mot")
        await here.until(lambda uow: uow.holdings.holders(entry.iri) == [there.community])
        sent = here.see(lambda uow: [row.document for row in uow.outbox.about(entry.iri) if row.type == "Create"])
        announced = there.see(lambda uow: [row.document for row in uow.outbox.about(entry.iri) if row.type == "Announce"])
        assert sent[0] in announced[0]


async def test_who_leaves_is_no_guest_and_may_send_nothing_more(tmp_path: Path) -> None:
    async with two_nodes(tmp_path) as (here, there):
        await joined(here, there)
        await here.database.write(lambda uow: unfollow(uow, here.house(), here.author, there.community))
        await there.until(lambda uow: uow.members.guests(there.community, there.house().now) == [])
        with pytest.raises(NotAllowed, match="does not follow"):
            send(here, there, "Trop tard")


async def test_what_is_shown_first_there_is_known_here(tmp_path: Path) -> None:
    async with two_nodes(tmp_path) as (here, there):
        await joined(here, there)
        entry = there.note("À lire d’abord")
        await here.until(lambda uow: uow.things.get_any(entry.iri) is not None)
        await there.database.write(lambda uow: feature(uow, there.house(), there.community, entry.iri, there.author))
        await here.until(lambda uow: uow.featured.of(there.community, scope=PUBLIC_SCOPE) == [entry.iri])
        answer = await here.tools.outside.document(f"{there.community}/en-vedette")
        listed = json.loads(answer.body)
        assert (listed["totalItems"], listed["orderedItems"]) == (1, [entry.iri])
        await there.database.write(lambda uow: unfeature(uow, there.house(), there.community, entry.iri, there.author))
        await here.until(lambda uow: uow.featured.of(there.community, scope=PUBLIC_SCOPE) == [])


async def test_a_report_arrives_without_the_name_of_who_asked_for_it(tmp_path: Path) -> None:
    async with two_nodes(tmp_path) as (here, there):
        await joined(here, there)
        entry = there.note("À signaler")
        await here.until(lambda uow: uow.things.get_any(entry.iri) is not None)
        await here.until(lambda uow: uow.actors.get(there.author) is not None)
        await here.database.write(lambda uow: report(uow, here.house(), entry.iri, reason="Une erreur.", by=here.author))
        await there.until(lambda uow: len(uow.reports.listed("waiting")) == 1)
        (row,) = there.see(lambda uow: uow.reports.listed())
        assert (row.reporter, row.content, row.objects) == (here.house().organisation, "Une erreur.", (there.author, entry.iri))
