"""Delete: by the author alone; remembered when it comes first; an actor's farewell ends its links."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kit.guests import BOB, THERE, B, M, Stage, V, act, note
from node.domain.entries import Audience, Entry
from node.domain.rights import MEMBER
from node.domain.visibility import ANYONE, PUBLIC_SCOPE
from node.jobs import fetch_thing
from node.storage.engine import Database
from node.web.sent import may_see_sent

IRI = f"{THERE}/ressources/1"


@pytest.fixture
def stage(memory: Database) -> Stage:
    made = Stage(memory)
    made.approve()
    made.approve("evil.example")
    return made


def is_deleted(stage: Stage, iri: str = IRI) -> bool:
    row = stage.database.read_now(lambda uow: uow.things.get_any(iri))
    return row is not None and row.entry.deleted_at is not None


@pytest.mark.parametrize("about", [IRI, {"id": IRI, "type": "Tombstone"}])
async def test_the_author_leaves_a_tombstone(stage: Stage, about: Any) -> None:
    await stage.receive(act("Create", V, note()))
    await stage.receive(act("Delete", V, about))
    assert is_deleted(stage)


@pytest.mark.parametrize("stranger", [BOB, M, B])
async def test_nobody_else_does(stage: Stage, stranger: str) -> None:
    await stage.receive(act("Create", V, note()))
    row = await stage.receive(act("Delete", stranger, IRI))
    assert (row.state, is_deleted(stage)) == ("refused", False)


async def test_of_a_followed_groups_things_its_server_is_asked_when_one_of_its_people_says_so(stage: Stage) -> None:
    stage.know(B, repertoire="")
    stage.follows()
    stage.outside.documents[IRI] = note(attributedTo=B, audience=[])
    await stage.receive(act("Create", V, stage.outside.documents[IRI]))
    await stage.turn(fetch_thing.JOB)
    for number, is_there in enumerate((True, False)):
        if not is_there:
            del stage.outside.documents[IRI]
        assert (await stage.receive(act("Delete", V, IRI, number))).state == "done"
        await stage.turn(fetch_thing.JOB)
        assert is_deleted(stage) is not is_there
    assert stage.database.read_now(lambda uow: uow.holdings.iris(B)) == []


async def test_nothing_of_ours_and_nobody_of_ours(stage: Stage) -> None:
    mine = stage.note("La mienne")
    for number, about in enumerate((mine.iri, stage.author, stage.community)):
        assert (await stage.receive(act("Delete", M, about, number))).state == "refused"
    assert not is_deleted(stage, mine.iri)


async def test_an_unseen_thing_of_another_server_leaves_no_trace(stage: Stage) -> None:
    row = await stage.receive(act("Delete", M, IRI))
    assert (row.state, is_deleted(stage)) == ("refused", False)


async def test_a_farewell_ends_the_links_of_that_actor_alone(stage: Stage) -> None:
    stage.follows(B)
    stage.database.write_now(lambda uow: uow.followings.put(B, stage.community, activity="x", state="accepted", at=stage.now))
    stage.database.write_now(lambda uow: uow.followings.put(M, stage.community, activity="y", state="accepted", at=stage.now))
    await stage.receive(act("Delete", B, B))
    rows = stage.database.read_now(lambda uow: {(row.follower, row.target): row.state for row in uow.followings.all()})
    assert rows == {(stage.community, B): "ended", (B, stage.community): "ended", (M, stage.community): "accepted"}
    gone = stage.database.read_now(lambda uow: uow.actors.get(B))
    assert gone is not None
    assert gone.state == "gone"


async def test_what_somebody_proposed_who_is_gone_waits_for_nobody(stage: Stage) -> None:
    for number, author in enumerate((V, V, BOB), 1):
        await stage.receive(act("Create", author, note(author, number=number, audience=stage.community), number))
    await stage.receive(act("Delete", V, V))
    waiting = stage.database.read_now(lambda uow: uow.submissions.waiting())
    withdrawn = stage.database.read_now(lambda uow: uow.submissions.of_thing(IRI, "withdrawn"))
    assert ([row.author for row in waiting], [row.body for row in withdrawn]) == ([BOB], [b""])


async def test_with_its_author_goes_what_their_server_lets_go_of(stage: Stage) -> None:
    stage.database.write_now(lambda uow: uow.members.join(V, stage.community, MEMBER, stage.now))
    kept = f"{THERE}/ressources/2"
    for number, author in ((1, V), (2, V), (3, BOB)):
        await stage.receive(act("Create", author, note(author, number=number, audience=stage.community), number))
    await stage.receive(act("Delete", V, V))
    assert set(stage.tasks("fetch")) >= {IRI, kept}
    stage.outside.documents[kept] = note(number=2, audience=stage.community)
    await stage.turn(fetch_thing.JOB)
    assert [is_deleted(stage, f"{THERE}/ressources/{number}") for number in (1, 2, 3)] == [True, False, False]
    assert not stage.database.read_now(lambda uow: uow.members.is_member(V, stage.community, stage.now))


async def test_deleted_twice_is_deleted_once(stage: Stage) -> None:
    await stage.receive(act("Delete", V, IRI, 1))
    assert (await stage.receive(act("Delete", V, IRI, 2))).state == "ignored"


async def test_a_neighbour_cannot_bury_what_was_never_seen(stage: Stage) -> None:
    await stage.receive(act("Delete", BOB, IRI, 1))
    await stage.receive(act("Create", V, note(), 2))
    assert not is_deleted(stage)
    assert (await stage.receive(act("Delete", BOB, IRI, 3))).state == "refused"
    assert not is_deleted(stage)


async def test_what_its_author_buried_first_stays_buried_whatever_a_neighbour_says(stage: Stage) -> None:
    await stage.receive(act("Delete", V, IRI, 1))
    await stage.receive(act("Delete", BOB, IRI, 2))
    await stage.receive(act("Create", V, note(), 3))
    assert is_deleted(stage)


async def test_its_author_brings_it_back_when_its_own_server_has_it(stage: Stage) -> None:
    """As Lemmy restores: the Delete inside is not the one that was sent."""
    await stage.receive(act("Create", V, note()))
    await stage.receive(act("Delete", V, IRI, 1))
    row = await stage.receive(act("Undo", V, act("Delete", V, IRI, 7)))
    assert row.state == "done"
    stage.outside.documents[IRI] = note(name="Revenue")
    await stage.turn(fetch_thing.JOB)
    kept = stage.database.read_now(lambda uow: uow.things.get_any(IRI))
    assert kept is not None
    assert (kept.entry.deleted_at, kept.entry.name) == (None, "Revenue")


async def test_what_its_server_does_not_have_does_not_come_back(stage: Stage) -> None:
    await stage.receive(act("Create", V, note()))
    await stage.receive(act("Delete", V, IRI, 1))
    await stage.receive(act("Undo", V, act("Delete", V, IRI, 7)))
    await stage.turn(fetch_thing.JOB)
    assert stage.database.read_now(lambda uow: uow.things.get(IRI, PUBLIC_SCOPE)) is None


@pytest.mark.parametrize("who", [BOB, M, B])
async def test_nobody_else_brings_it_back(stage: Stage, who: str) -> None:
    await stage.receive(act("Create", V, note()))
    await stage.receive(act("Delete", V, IRI, 1))
    row = await stage.receive(act("Undo", who, act("Delete", who, IRI, 7)))
    assert (row.state, stage.tasks("fetch"), is_deleted(stage)) == ("ignored", [], True)


async def test_an_undo_that_says_not_of_what_brings_nothing_back(stage: Stage) -> None:
    await stage.receive(act("Delete", V, IRI, 1))
    row = await stage.receive(act("Undo", V, f"{THERE}/activites/Delete-1"))
    assert (row.state, is_deleted(stage)) == ("ignored", True)


@pytest.mark.parametrize("wrap", [lambda inner: inner, lambda inner: act("Undo", V, inner)])
async def test_a_lock_is_kept_and_changes_nothing(stage: Stage, wrap: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    stage.follows()
    await stage.receive(act("Create", V, note()))
    lock = wrap(act("Lock", V, IRI))
    rows = [await stage.receive(lock), await stage.receive(act("Announce", B, lock))]
    assert ([row.state for row in rows], stage.tasks("fetch"), is_deleted(stage)) == (["not_understood", "ignored"], [], False)


@pytest.mark.parametrize("audience", [Audience.PUBLIC, Audience.COMMUNITY])
async def test_followers_hear_of_a_return_only_when_they_could_have_known_the_thing(stage: Stage, audience: Audience) -> None:
    stage.database.write_now(lambda uow: uow.followings.put(B, stage.community, activity="f", state="accepted", at=stage.now))
    stage.database.write_now(lambda uow: uow.members.join(V, stage.community, MEMBER, stage.now))
    entry = Entry(iri=IRI, type="Note", kind="Note", author=V, community=stage.community, audience=audience, stored_at=stage.now)
    stage.database.write_now(lambda uow: uow.things.put(entry, b'{"type":"Note"}'))
    stage.database.write_now(lambda uow: uow.things.bury(IRI, b"{}", stage.now))
    await stage.receive(act("Undo", V, act("Delete", V, IRI)))
    assert {said["type"] for said in stage.sent()} == ({"Announce"} if audience is Audience.PUBLIC else set())


async def test_words_that_were_taken_away_show_nowhere_until_they_are_back(stage: Stage) -> None:
    """Its author says that it is back, and their server shows it to nobody: what was passed on of it is not told either."""
    stage.followed()
    stage.database.write_now(lambda uow: uow.members.join(V, stage.community, MEMBER, stage.now))
    delete = act("Delete", V, IRI)

    def told() -> list[bool]:
        rows = stage.database.read_now(lambda uow: uow.outbox.of(stage.community))
        with_words = [row for row in rows if b"Une note" in row.document]
        return [stage.database.read_now(lambda uow, row=row: may_see_sent(uow, ANYONE, row)) for row in with_words]  # type: ignore[misc]

    found = []
    for message in (act("Create", V, note(audience=stage.community, cc=[stage.community])), delete, act("Undo", V, delete)):
        assert (await stage.receive(message)).state == "done"
        found.append(told())
    await stage.turn(fetch_thing.JOB)
    assert [*found, told()] == [[True], [False], [False], [False]]
