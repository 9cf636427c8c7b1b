"""A conversation between people of several nodes, over real sockets: answered, announced, listed; and found by who comes late."""

from __future__ import annotations

import asyncio
import json
import urllib.request
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from kit.nodes import LiveNode, key_pair, live_node
from node.actions.add_member import Newcomer, add_member, admit
from node.actions.answer_follower import approve
from node.actions.follow_community import find_actor, follow
from node.actions.open_exchange import Opening, open_exchange
from node.actions.publish import publish
from node.actions.reply import reply
from node.actions.withdraw import withdraw
from node.contracts import Draft
from node.domain.entries import Audience
from node.domain.placing import Placement
from node.domain.visibility import PUBLIC_SCOPE, Scope
from node.errors import NotFound
from node.storage.declining import heard
from node.storage.hosts import host_of
from node.storage.shelves.restraints import RestraintRow
from node.storage.unit_of_work import UnitOfWork
from vocab import jsonld
from vocab.things.note import Note
from vocab.values import Ref, Text

ALL = frozenset(Audience)


@asynccontextmanager
async def two_nodes(folder: Path) -> AsyncIterator[tuple[LiveNode, LiveNode]]:
    """`here` follows the community of `there`, in which the person of `here` is a member."""
    async with (
        live_node("Habitation", "127.0.0.11", folder / "a") as here,
        live_node("Logement social", "127.0.0.12", folder / "b") as there,
    ):
        await linked(here, there)
        person = await find_actor(there.database, there.tools.outside, there.house(), here.author)
        there.do(lambda uow, house: admit(uow, house, person.iri, there.community, role_name="membre"))
        yield here, there


async def linked(here: LiveNode, there: LiveNode) -> None:
    await find_actor(here.database, here.tools.outside, here.house(), there.community)
    here.do(lambda uow, house: follow(uow, house, here.community, there.community))
    host = here.url.removeprefix("http://")
    await there.until(lambda uow: bool(uow.followings.to(there.community)))
    there.do(lambda uow, house: approve(uow, house, host))
    await here.until(lambda uow: bool(uow.followings.of(here.community, "accepted")))


async def answered(node: LiveNode, what: str, words: str) -> str:
    """The answer of a node's person to something that must have arrived there."""
    await node.until(lambda uow: uow.things.get(what, PUBLIC_SCOPE) is not None)
    return node.do(lambda uow, house: reply(uow, house, what, node.author, words)).iri


def asked(node: LiveNode, path: str) -> Any:
    """What anybody gets at an address of a node."""

    request = urllib.request.Request(path, headers={"Accept": "application/activity+json"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.loads(answer.read())


async def listed(node: LiveNode, collection: str) -> tuple[Any, list[str]]:

    whole = await asyncio.to_thread(asked, node, collection)
    page = await asyncio.to_thread(asked, node, whole["first"])
    return whole, page["orderedItems"]


@pytest.mark.shows(
    "FEP-7888",
    "An answer carries the conversation of what it answers, which resolves to all that was said in it.",
    how="two nodes",
)
@pytest.mark.shows("FEP-f228", "A conversation is served as a collection of posts, the first said first.", how="two nodes")
async def test_what_is_answered_elsewhere_belongs_to_the_conversation_here(tmp_path: Path) -> None:
    async with two_nodes(tmp_path) as (here, there):
        top = there.note("Une question").iri
        first = await answered(here, top, "Chez nous, oui.")
        await there.until(lambda uow: uow.things.get(first, PUBLIC_SCOPE) is not None)
        second = await answered(there, first, "Et comment\nfaites-vous ?")
        await here.until(lambda uow: uow.things.get(second, PUBLIC_SCOPE) is not None)

        said = jsonld.read(there.see(lambda uow: uow.things.get_any(second)).document)  # type: ignore[union-attr]
        assert isinstance(said, Note)
        assert [ref.iri for ref in said.in_reply_to] == [first]
        assert here.author in {ref.iri for ref in said.cc}
        assert [tag.thing.href.iri for tag in said.tag if tag.thing] == [here.author]  # type: ignore[attr-defined]
        assert said.content is not None
        assert said.content.primary == "<p>Et comment<br>faites-vous ?</p>"

        conversation = said.context_.iri if said.context_ else ""
        assert conversation == f"{there.url}/conversations/{top.rpartition('/')[2]}"
        whole, items = await listed(there, conversation)
        assert (whole["type"], whole["totalItems"], whole["attributedTo"]) == ("OrderedCollection", 3, there.community)
        assert items == [top, first, second]
        replies, items = await listed(there, f"{top}/reponses")
        assert (replies["totalItems"], items) == (1, [first])
        for node in (here, there):
            below = node.see(lambda uow: uow.threads.below(top, scope=PUBLIC_SCOPE, audiences=ALL, limit=10))
            assert [turn.thing.entry.iri for turn in below] == [first, second]


@pytest.mark.shows("FEP-f228", "Who comes late to a conversation fetches what was said before, within limits.", how="three nodes")
async def test_who_comes_late_fetches_what_was_said_before(tmp_path: Path) -> None:
    async with (
        two_nodes(tmp_path) as (here, there),
        live_node("Veille", "127.0.0.13", tmp_path / "c", mode="open") as late,
    ):
        top = there.note("Une question").iri
        first = await answered(here, top, "Chez nous, oui.")
        await there.until(lambda uow: uow.things.get(first, PUBLIC_SCOPE) is not None)
        aside = await answered(there, top, "À part cela, bonjour.")
        second = await answered(there, first, "Comment ?")
        # Nobody told the third node anything: it is sent the last word alone.
        third = await answered(here, second, "Comme ceci.")
        await there.until(lambda uow: uow.things.get(third, PUBLIC_SCOPE) is not None)
        await late.database.write(lambda uow: uow.tasks.wake("fetch", third, payload=f'{{"iri": "{third}"}}'))
        for each in (third, second, first, top, aside):
            await late.until(lambda uow, each=each: uow.things.get(each, PUBLIC_SCOPE) is not None)  # type: ignore[misc]
        below = late.see(lambda uow: uow.threads.below(top, scope=PUBLIC_SCOPE, audiences=ALL, limit=10))
        assert {turn.thing.entry.iri for turn in below} == {first, aside, second, third}


@pytest.mark.shows(
    "FEP-8b32",
    "An answer to what is for members alone goes to their group, which hands it on to each of them with its author's proof.",
    how="three nodes",
)
async def test_what_is_for_the_community_alone_is_answered_to_it_alone(tmp_path: Path) -> None:
    async with (
        two_nodes(tmp_path) as (here, there),
        live_node("Voisinage", "127.0.0.13", tmp_path / "c", mode="open") as third,
    ):
        await welcomed(there, third, third.author)
        second, outsider = (newcomer(here, name, number) for number, name in enumerate(("Ali Benali", "Rose Roy"), 6))
        await welcomed(there, here, second)
        # An archipelago takes the words of nobody whose server it does not know, whoever hands them on.
        here.do(lambda uow, house: uow.peers.put_state(host_of(third.url), "approved", house.now))
        top = there.note("Entre nous", audience=Audience.COMMUNITY).iri
        for node in (here, third):
            await node.until(lambda uow: uow.things.get_any(top) is not None)
        # It comes to each member in a letter of their own, in no order.
        for person in (here.author, second):
            await here.until(lambda uow, person=person: uow.things.get(top, Scope(actor=person)) is not None)  # type: ignore[misc]

        answer = here.do(lambda uow, house: reply(uow, house, top, here.author, "Pour vous seulement.")).iri
        members = frozenset({there.community})
        await there.until(lambda uow: uow.things.get(answer, Scope(communities=members)) is not None)
        await third.until(lambda uow: uow.things.get(answer, Scope(actor=third.author)) is not None)
        await here.until(lambda uow: uow.things.get(answer, Scope(actor=second)) is not None)
        for node, person in ((here, outsider), (there, ""), (third, "")):
            assert node.see(lambda uow, person=person: uow.things.get(answer, Scope(actor=person))) is None  # type: ignore[misc]
        kept = third.see(lambda uow: uow.things.get_any(answer))
        assert kept is not None
        assert (kept.entry.community, kept.entry.readers) == (there.community, frozenset({third.author}))

        await _and_begun_from_here((here, there, third), top, second, outsider)
        await _and_again_from_the_third((here, there, third), top, answer, second)
        with pytest.raises(NotFound):
            here.do(lambda uow, house: reply(uow, house, top, outsider, "Et moi ?"))


async def _and_begun_from_here(trio: tuple[LiveNode, LiveNode, LiveNode], top: str, second: str, outsider: str) -> None:
    here, there, third = trio
    opening = Opening(title="Entre nous aussi", words="Qui a essayé ?", about=top)
    begun = here.do(lambda uow, house: open_exchange(uow, house, there.community, here.author, opening)).iri
    members = frozenset({there.community})
    readers = ((there, Scope(communities=members)), (third, Scope(actor=third.author)), (here, Scope(actor=second)))
    for node, reader in readers:
        await node.until(lambda uow, reader=reader: uow.things.get(begun, reader) is not None)  # type: ignore[misc]
        about = node.see(lambda uow, reader=reader: uow.discussions.about(top, reader))  # type: ignore[misc]
        assert [each.thing.entry.iri for each in about] == [begun]
    for node, reader in ((here, Scope(actor=outsider)), (there, Scope()), (third, Scope())):
        assert node.see(lambda uow, reader=reader: uow.things.get(begun, reader)) is None  # type: ignore[misc]

    # Who is asked to pause hears that it was not taken, and why; nobody else hears it at all.
    asked = RestraintRow(person=second, community=there.community, kind="pause", at=there.house().now)
    there.do(lambda uow, _: uow.restraints.begin(asked))
    late = here.do(lambda uow, house: reply(uow, house, begun, second, "Moi.")).iri
    await here.until(lambda uow: (row := uow.things.get_any(late)) is not None and heard(uow, row) is not None)
    said = here.see(lambda uow: heard(uow, uow.things.get_any(late)))  # type: ignore[arg-type]
    assert said is not None
    assert said.words.in_language("fr") == "L’animation vous demande une pause."
    assert there.see(lambda uow: uow.things.get_any(late)) is None

    # Free again, they say it better: it goes out once more, is taken, and no longer said to be refused.
    there.do(lambda uow, house: uow.restraints.end(second, there.community, house.now))
    draft = Draft(thing=Note(content=Text.of("<p>Moi, avec plaisir.</p>", "fr"), in_reply_to=(Ref(begun),)), source="s")
    placed = Placement(author=second, community=there.community, audience=Audience.COMMUNITY, replaces=late)
    here.do(lambda uow, house: publish(uow, house, draft, placed))
    await third.until(lambda uow: uow.things.get(late, Scope(actor=third.author)) is not None)
    assert here.see(lambda uow: heard(uow, uow.things.get_any(late))) is None  # type: ignore[arg-type]
    here.do(lambda uow, house: withdraw(uow, house, begun, here.author))
    for node in (there, third):
        await node.until(lambda uow: is_gone(uow, begun))


async def _and_again_from_the_third(trio: tuple[LiveNode, LiveNode, LiveNode], top: str, answer: str, second: str) -> None:
    here, there, third = trio
    members = frozenset({there.community})
    # In place, wherever one reads; answered from the third node, it reaches all of them again.
    again = third.do(lambda uow, house: reply(uow, house, answer, third.author, "Merci.")).iri
    for node, person in ((here, here.author), (here, second), (there, there.author)):
        reader = Scope(actor=person, communities=members if node is there else frozenset())
        await node.until(lambda uow, reader=reader: uow.things.get(again, reader) is not None)  # type: ignore[misc]
        below = node.see(lambda uow, reader=reader: uow.threads.below(top, scope=reader, audiences=ALL, limit=9))  # type: ignore[misc]
        assert [turn.thing.entry.iri for turn in below] == [answer, again]

    # Who belongs to it no more says nothing there, and what is taken away is gone for all.
    there.do(lambda uow, house: uow.members.leave(third.author, there.community, house.now))
    late = third.do(lambda uow, house: reply(uow, house, again, third.author, "Et encore.")).iri
    await there.until(lambda uow: [row.state for row in uow.inbox.recent(9) if row.actor == third.author] == ["ignored", "done"])
    here.do(lambda uow, house: withdraw(uow, house, answer, here.author))
    await third.until(lambda uow: is_gone(uow, answer))
    assert there.see(lambda uow: is_gone(uow, answer))
    assert there.see(lambda uow: uow.things.get_any(late)) is None
    assert here.see(lambda uow: uow.things.get_any(late)) is None


def newcomer(node: LiveNode, name: str, number: int) -> str:
    somebody = Newcomer(email=f"{number}@exemple.org", name=name)
    return node.do(lambda uow, house: add_member(uow, house, somebody, keys=key_pair(number))).iri


async def welcomed(host: LiveNode, guest: LiveNode, person: str) -> None:
    """Somebody of another node becomes a member of a community."""
    if not guest.see(lambda uow: uow.actors.get(host.community)):
        await linked(guest, host)
    await find_actor(host.database, host.tools.outside, host.house(), person)
    host.do(lambda uow, house: admit(uow, house, person, host.community, role_name="membre"))


def is_gone(uow: UnitOfWork, iri: str) -> bool:
    known = uow.things.get_any(iri)
    return known is not None and known.entry.deleted_at is not None
