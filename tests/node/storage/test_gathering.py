"""What people elsewhere send to a community here: published at once for members, kept for a decision for all others."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from kit.guests import BOB, THERE, B, Stage, V, act, note
from kit.nodes import key_pair
from node.actions.add_community import add_community
from node.actions.answer_submission import accept
from node.domain.entries import Audience
from node.domain.rights import ANIMATION, GUEST, MEMBER, OBSERVER
from node.jobs import fetch_thing
from node.storage.engine import Database
from node.storage.gathering import LONGEST_PROPOSAL
from node.storage.keeping import with_proven_community
from node.storage.shelves.submissions import SubmissionRow
from node.storage.stored import StoredThing
from vocab.namespaces import PUBLIC

NOTE = f"{THERE}/ressources/1"


@pytest.fixture
def stage(memory: Database) -> Stage:
    made = Stage(memory)
    made.approve()
    made.followed()
    return made


def joins(stage: Stage, person: str = V, role: str = MEMBER) -> None:
    stage.database.write_now(lambda uow: uow.members.join(person, stage.community, role, stage.now))


def sent_here(stage: Stage, author: str = V, number: int = 1, **more: Any) -> dict[str, Any]:
    """A thing as Mastodon would send it: the community is only mentioned."""
    return {**note(author, number=number), "audience": [], "cc": [stage.community], **more}


def stored(stage: Stage, iri: str = NOTE) -> StoredThing | None:
    return stage.database.read_now(lambda uow: uow.things.get_any(iri))


def held(stage: Stage) -> list[str]:
    return stage.database.read_now(lambda uow: uow.holdings.iris(stage.community))


def waiting(stage: Stage) -> list[SubmissionRow]:
    return stage.database.read_now(lambda uow: uow.submissions.waiting())


def announced(stage: Stage) -> list[tuple[str, str]]:
    """What the community announced: type of the activity inside ("" for a bare address), and to which inbox."""
    rows = stage.database.read_now(lambda uow: uow.deliveries.waiting())
    bodies = stage.sent()
    return [
        (body["object"]["type"] if isinstance(body["object"], dict) else "", row.inbox)
        for row, body in zip(rows, bodies, strict=True)
        if body["type"] == "Announce"
    ]


@pytest.mark.parametrize("where", ["to", "cc", "audience"])
async def test_what_a_member_sends_is_the_communitys_and_is_announced_whole(stage: Stage, where: str) -> None:
    joins(stage)
    named: dict[str, Any] = {"cc": [], "to": [PUBLIC], "audience": []} | {
        where: [PUBLIC, stage.community] if where != "audience" else stage.community
    }
    named["to"] = [*{PUBLIC, *named["to"]}]
    row = await stage.receive(act("Create", V, sent_here(stage, **named)))
    kept = stored(stage)
    assert kept is not None
    assert (row.state, kept.entry.community, kept.entry.audience, held(stage)) == ("done", stage.community, "public", [NOTE])
    assert announced(stage) == [("Create", f"{B}/inbox"), ("Create", f"{V}/inbox")]
    (document, _) = stage.database.read_now(lambda uow: [uow.deliveries.document(each) for each in uow.deliveries.waiting()])
    assert row.body in document
    assert waiting(stage) == []


@pytest.mark.parametrize("role", ["", GUEST, OBSERVER])
async def test_what_others_send_waits_unseen(stage: Stage, role: str) -> None:
    if role:
        joins(stage, role=role)
    row = await stage.receive(act("Create", V, sent_here(stage)))
    (submission,) = waiting(stage)
    assert (row.state, submission.community, submission.thing, submission.author) == ("done", stage.community, NOTE, V)
    assert submission.body == row.body
    assert (stored(stage), held(stage), announced(stage)) == (None, [], [])


async def test_a_change_of_what_waits_waits_in_its_place_and_a_withdrawal_ends_it(stage: Stage) -> None:
    await stage.receive(act("Create", V, sent_here(stage)))
    changed = {**note(), "audience": [], "name": "Revue", "updated": "2026-11-21T10:00:00Z"}
    await stage.receive(act("Update", V, changed))
    (submission,) = waiting(stage)
    assert json.loads(submission.body)["object"]["name"] == "Revue"
    assert stored(stage) is None
    await stage.receive(act("Delete", V, NOTE))
    assert waiting(stage) == []


async def test_a_neighbour_of_the_author_withdraws_nothing(stage: Stage) -> None:
    await stage.receive(act("Create", V, sent_here(stage)))
    await stage.receive(act("Delete", BOB, NOTE))
    assert len(waiting(stage)) == 1


async def test_what_is_not_for_everybody_is_not_published(stage: Stage) -> None:
    joins(stage)
    await stage.receive(act("Create", V, sent_here(stage, to=[stage.community], cc=[])), recipient=stage.community)
    kept = stored(stage)  # of a server with whose community there is a link: for the members alone
    assert kept is not None
    assert (kept.entry.audience, kept.entry.readers) == (Audience.COMMUNITY, frozenset({stage.community}))
    assert (held(stage), waiting(stage), announced(stage)) == ([], [], [])


async def test_lying_in_the_communitys_inbox_is_not_being_sent_to_it(stage: Stage) -> None:
    joins(stage)
    await stage.receive(act("Create", V, note()), recipient=stage.community)
    kept = stored(stage)
    assert kept is not None
    assert (kept.entry.community, announced(stage)) == (B, [])


async def test_who_is_named_in_secret_is_not_written_to_in_public(stage: Stage) -> None:
    joins(stage)
    await stage.receive(act("Create", V, sent_here(stage, cc=[], bto=[stage.community]), bcc=[stage.community]))
    kept = stored(stage)
    assert kept is not None
    assert (kept.entry.community, waiting(stage), announced(stage)) == ("", [], [])


async def test_the_same_thing_again_is_announced_once(stage: Stage) -> None:
    joins(stage)
    await stage.receive(act("Create", V, sent_here(stage), 1))
    row = await stage.receive(act("Create", V, sent_here(stage), 2))
    assert (row.state, len(announced(stage))) == ("ignored", 2)


async def test_its_author_changes_it_and_takes_it_away_and_the_community_passes_both_on(stage: Stage) -> None:
    joins(stage)
    await stage.receive(act("Create", V, sent_here(stage)))
    changed = {**note(), "audience": [], "name": "Revue", "updated": "2026-11-21T10:00:00Z"}
    await stage.receive(act("Update", V, changed))
    kept = stored(stage)
    assert kept is not None
    assert (kept.entry.name, kept.entry.community) == ("Revue", stage.community)
    await stage.receive(act("Delete", V, NOTE))
    assert held(stage) == []
    assert [kind for kind, inbox in announced(stage) if inbox == f"{B}/inbox"] == ["Create", "Update", "Delete"]


async def test_an_older_version_is_neither_kept_nor_passed_on(stage: Stage) -> None:
    joins(stage)
    await stage.receive(act("Create", V, sent_here(stage, updated="2026-11-21T10:00:00Z")))
    await stage.receive(act("Update", V, sent_here(stage, name="Vieille", updated="2026-11-20T10:00:00Z")))
    assert {kind for kind, _ in announced(stage)} == {"Create"}


async def test_where_coordinators_alone_publish_a_member_only_proposes(stage: Stage) -> None:
    def restrict(document: bytes) -> bytes:
        return document.replace(b'"postingRestrictedToMods":false', b'"postingRestrictedToMods":true')

    joins(stage)
    joins(stage, BOB, ANIMATION)
    row = stage.database.read_now(lambda uow: uow.actors.get(stage.community))
    assert row is not None
    assert restrict(row.document) != row.document
    stage.database.write_now(lambda uow: uow.actors.put(replace(row, document=restrict(row.document))))
    await stage.receive(act("Create", V, sent_here(stage)))
    await stage.receive(act("Create", BOB, sent_here(stage, BOB, 2), 2))
    assert ([each.author for each in waiting(stage)], held(stage)) == ([V], [f"{THERE}/ressources/2"])


async def test_a_members_answer_belongs_to_the_community_but_not_to_its_repertoire(stage: Stage) -> None:
    joins(stage)
    mine = stage.note("La mienne")
    answer = {**note(), "type": "Note", "kind": [], "audience": [], "inReplyTo": mine.iri}
    await stage.receive(act("Create", V, answer))
    kept = stored(stage)
    assert kept is not None
    assert (kept.entry.community, held(stage)) == (stage.community, [mine.iri])
    assert ("Create", f"{B}/inbox") in announced(stage)


async def test_an_answer_to_what_is_hidden_is_not_passed_on(stage: Stage) -> None:
    """Said to everybody by a member elsewhere, it is theirs: the community would tell all its followers of what is hidden."""
    joins(stage)
    hidden = stage.note("Entre nous", Audience.COMMUNITY)
    await stage.receive(act("Create", V, note(audience=[], inReplyTo=hidden.iri)))
    kept = stored(stage)
    assert (kept and kept.entry.community, announced(stage)) == ("", [])


async def test_a_strangers_answer_is_kept_but_belongs_to_nobody(stage: Stage) -> None:
    mine = stage.note("La mienne")
    before = announced(stage)
    await stage.receive(act("Create", V, {**note(), "audience": [], "inReplyTo": mine.iri}))
    kept = stored(stage)
    assert kept is not None
    assert (kept.entry.community, announced(stage)) == ("", before)


async def test_what_was_refused_does_not_come_back(stage: Stage) -> None:
    await stage.receive(act("Create", V, sent_here(stage)))
    (submission,) = waiting(stage)
    stage.database.write_now(lambda uow: uow.submissions.decide(submission.id, "refused", "mireille", stage.now))
    row = await stage.receive(act("Create", V, sent_here(stage), 2))
    assert (row.state, waiting(stage), stored(stage)) == ("ignored", [], None)


async def test_what_came_from_a_followed_community_stays_there_until_ours_decides(stage: Stage) -> None:
    stage.follows()
    await stage.receive(act("Create", V, note()))
    await stage.receive(act("Create", V, {**note(), "cc": [stage.community], "name": "Une note, plus loin"}, 2))
    kept = stored(stage)
    assert kept is not None
    assert (kept.entry.community, len(waiting(stage))) == (B, 1)


async def test_a_copy_fetched_at_its_origin_stays_in_the_community_that_published_it(stage: Stage) -> None:
    joins(stage)
    await stage.receive(act("Create", V, sent_here(stage)))
    kept = stored(stage)
    assert kept is not None
    again = stage.database.write_now(lambda uow: with_proven_community(uow, replace(kept.entry, community=B), stage.now))
    assert again.community == stage.community


async def test_of_several_communities_that_it_names_the_first_one_gets_it(stage: Stage) -> None:
    other = stage.database.write_now(lambda uow: add_community(uow, stage.house(), "Voisinage", keys=key_pair(5))).iri
    await stage.receive(act("Create", V, sent_here(stage, cc=[other, stage.community])))
    await stage.receive(act("Create", V, sent_here(stage, number=2, cc=[stage.community, other]), 2))
    assert [row.community for row in waiting(stage)] == [other, stage.community]


@pytest.mark.parametrize("role", [MEMBER, ""])
@pytest.mark.parametrize("kind", ["Create", "Update"])
async def test_what_is_only_named_is_fetched_and_counts_as_if_it_had_been_sent_along(stage: Stage, kind: str, role: str) -> None:
    if role:
        joins(stage, role=role)
    stage.outside.documents[NOTE] = sent_here(stage)
    row = await stage.receive(act(kind, V, NOTE, proof={"type": "DataIntegrityProof"}))
    await stage.turn(fetch_thing.JOB)
    if role:
        kept = stored(stage)
        assert kept is not None
        assert (kept.entry.community, held(stage), waiting(stage)) == (stage.community, [NOTE], [])
        assert announced(stage) == [(kind, f"{B}/inbox"), (kind, f"{V}/inbox")]
        inner = stage.sent()[0]["object"]
        assert (inner["id"], inner["object"]["id"], "proof" in inner) == (row.activity, NOTE, False)
    else:
        assert (stored(stage), [each.thing for each in waiting(stage)], announced(stage)) == (None, [NOTE], [])
        number = waiting(stage)[0].id
        stage.database.write_now(lambda uow: accept(uow, stage.house(), number, stage.author))
        assert held(stage) == [NOTE]


async def test_what_is_named_of_somebody_else_is_nobodys_contribution(stage: Stage) -> None:
    joins(stage)
    stage.outside.documents[NOTE] = {**sent_here(stage), "attributedTo": BOB}
    await stage.receive(act("Create", V, NOTE, cc=[stage.community]))
    await stage.turn(fetch_thing.JOB)
    assert (held(stage), waiting(stage), announced(stage)) == ([], [], [])


async def test_who_became_a_member_meanwhile_leaves_nothing_to_decide(stage: Stage) -> None:
    await stage.receive(act("Create", V, sent_here(stage)))
    joins(stage)
    assert (len(waiting(stage)), held(stage)) == (1, []), (
        "what waits goes on waiting until somebody decides, or its author speaks"
    )
    await stage.receive(act("Update", V, sent_here(stage, name="Revue", updated="2026-11-21T10:00:00Z")))
    assert (waiting(stage), held(stage)) == ([], [NOTE])
    assert [kind for kind, inbox in announced(stage) if inbox == f"{B}/inbox"] == ["Update"]


@pytest.mark.parametrize(("role", "state"), [(GUEST, "refused"), (MEMBER, "done")])
async def test_what_is_very_long_does_not_wait(stage: Stage, role: str, state: str) -> None:
    joins(stage, role=role)
    row = await stage.receive(act("Create", V, sent_here(stage, content="x" * LONGEST_PROPOSAL)))
    assert (row.state, waiting(stage)) == (state, [])
