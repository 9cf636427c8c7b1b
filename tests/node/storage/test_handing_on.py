"""What is answered in an exchange for members alone: the community's side, and that of a member on another node."""

from __future__ import annotations

from typing import Any

import pytest

from kit.guests import BOB, HERE, THERE, B, M, Stage, V, act, note
from kit.proving import introduce, proof_key, with_proof
from node.domain.entries import Audience, Entry
from node.domain.rights import GUEST, MEMBER, OBSERVER
from node.domain.visibility import Scope
from node.storage.engine import Database
from node.storage.shelves.restraints import RestraintRow
from vocab.namespaces import PUBLIC

ANSWER = f"{THERE}/ressources/1"


@pytest.fixture
def stage(memory: Database) -> Stage:
    made = Stage(memory)
    made.approve()
    made.approve("evil.example")
    return made


def answer(over: str, community: str, author: str = V, **more: Any) -> dict[str, Any]:
    said = {
        "type": "Note",
        "inReplyTo": over or None,
        "to": [community],
        "audience": community,
        "content": "<p>Oui.</p>",
        "name": None,
    }
    return {name: value for name, value in {**note(author), **said, **more}.items() if value is not None and name != "kind"}


def joins(stage: Stage, person: str, role: str = MEMBER) -> None:
    stage.database.write_now(lambda uow: uow.members.join(person, stage.community, role, stage.now))


def kept(stage: Stage) -> Entry | None:
    found = stage.database.read_now(lambda uow: uow.things.get_any(ANSWER))
    return found.entry if found else None


def told(stage: Stage, inside: str) -> list[str]:
    """Whom the community told of an activity of that type."""
    bodies = [body for body in stage.sent() if body["type"] == "Announce" and isinstance(body["object"], dict)]
    return [person for body in bodies if body["object"]["type"] == inside for person in body["to"]]


async def test_a_friendly_server_goes_round_nobody(stage: Stage) -> None:
    """What it shares with a community by name is read there; what it answers to what is for the members is not."""
    stage.followed()
    stage.follows()
    top = stage.note("Entre nous", Audience.COMMUNITY).iri
    await stage.receive(act("Create", V, answer(top, stage.community), to=[stage.community]), recipient=stage.community)
    assert kept(stage) is None


def _is_for_the_members(stage: Stage) -> None:
    """What V said is the community's, and went to its other member elsewhere alone."""
    entry = kept(stage)
    assert entry is not None
    assert (entry.audience, entry.community, entry.readers) == (Audience.COMMUNITY, stage.community, frozenset())
    assert told(stage, "Create") == [BOB]
    assert (PUBLIC in str(stage.sent())) is False


async def test_an_answer_of_a_member_is_the_communitys_and_goes_to_each_other_member(stage: Stage) -> None:
    for person in (V, BOB):
        joins(stage, person)
    top = stage.note("Entre nous", Audience.COMMUNITY).iri
    said = answer(top, stage.community)
    await stage.receive(proven("Create", said, stage), recipient=stage.community)
    _is_for_the_members(stage)
    await stage.receive(proven("Update", {**said, "updated": "2026-11-21T10:00:00Z", "content": "<p>Non.</p>"}, stage))
    await stage.receive(act("Delete", V, ANSWER))
    assert (told(stage, "Update"), told(stage, "Delete")) == ([BOB], [BOB])


@pytest.mark.parametrize(
    "case",
    ["a guest", "an observer", "nobody", "a draft", "another community", "asked to pause"],
)
async def test_what_others_answer_there_is_as_if_there_was_nothing(stage: Stage, case: str) -> None:
    role = {"a guest": GUEST, "an observer": OBSERVER, "nobody": ""}.get(case, MEMBER)
    if role:
        joins(stage, V, role)
    joins(stage, BOB)
    top = stage.note("Entre nous", Audience.SELF if case == "a draft" else Audience.COMMUNITY).iri
    if case == "asked to pause":
        asked = RestraintRow(person=V, community=stage.community, kind="pause", at=stage.now)
        stage.database.write_now(lambda uow: uow.restraints.begin(asked))
    community = B if case == "another community" else stage.community
    row = await stage.receive(act("Create", V, answer(top, community), to=[community]), recipient=stage.community)
    is_told = case in {"asked to pause", "an observer"}
    assert row.state == ("refused" if is_told else "ignored")
    assert (kept(stage), told(stage, "Create")) == (None, [])
    # Whoever may read what they answer hears why; whoever may not does not even learn that it is there.
    said = [(each["actor"], each["object"]["id"], each["to"]) for each in stage.sent() if each["type"] == "Reject"]
    assert said == ([(stage.community, f"{THERE}/activites/Create-1", [V])] if is_told else [])


def proven(kind: str, said: dict[str, Any], stage: Stage) -> dict[str, Any]:
    return with_proof(act(kind, V, said, to=[stage.community]), proof_key(V), stage.now)


async def test_a_member_elsewhere_begins_an_exchange_for_the_members(stage: Stage) -> None:
    for person in (V, BOB):
        joins(stage, person)
    about = stage.note("Une note", Audience.COMMUNITY).iri
    said = answer("", stage.community, name="Une question", references=[about])
    await stage.receive(proven("Create", said, stage), recipient=stage.community)
    _is_for_the_members(stage)
    notices = stage.database.read_now(lambda uow: uow.notices.of(stage.author, Scope(communities=frozenset({stage.community}))))
    assert [(row.kind, row.iri) for row in notices] == [("discussed", ANSWER)]


async def test_what_no_proof_goes_with_is_read_here_and_goes_no_further(stage: Stage) -> None:
    for person in (V, BOB):
        joins(stage, person)
    said = {**answer("", stage.community), "tag": [{"type": "Mention", "href": stage.community}]}
    await stage.receive(act("Create", V, said, to=[stage.community]), recipient=stage.community)
    assert kept(stage) is not None
    assert told(stage, "Create") == []


@pytest.mark.parametrize(
    "case", ["a guest", "an observer", "nobody", "asked to pause", "for another", "to a list", "no message", "a friend"]
)
async def test_nobody_else_begins_one(stage: Stage, case: str) -> None:
    role = {"a guest": GUEST, "an observer": OBSERVER, "nobody": "", "a friend": ""}.get(case, MEMBER)
    if role:
        joins(stage, V, role)
    if case == "a friend":
        stage.followed()
    if case == "asked to pause":
        asked = RestraintRow(person=V, community=stage.community, kind="pause", at=stage.now)
        stage.database.write_now(lambda uow: uow.restraints.begin(asked))
    to = {"for another": B, "to a list": f"{stage.community}/membres"}.get(case, stage.community)
    said = {**answer("", to), **({"type": "Article"} if case == "no message" else {})}
    await stage.receive(proven("Create", said, stage), recipient=stage.community)
    assert (kept(stage), told(stage, "Create")) == (None, [])
    said_to = [each["to"] for each in stage.sent() if each["type"] == "Reject"]
    assert said_to == ([[V]] if case in {"a guest", "an observer", "asked to pause"} else [])


def handed_on(stage: Stage, kind: str = "Create", *, by: str = B, to: str = B, key: str = "", **more: Any) -> dict[str, Any]:
    inner = act(kind, V, answer(f"{THERE}/ressources/0", to, **more), to=[to])
    return act("Announce", by, with_proof(inner, proof_key(V, key), stage.now), to=[stage.author])


def readable(stage: Stage, person: str) -> bool:
    found = stage.database.read_now(
        lambda uow: uow.things.get(ANSWER, Scope(actor=person, communities=frozenset({stage.community})))
    )
    return found is not None and found.entry.deleted_at is None


async def test_who_is_handed_it_reads_it_alone_and_their_community_may_take_it_back(stage: Stage) -> None:
    other = stage.person("Ali Benali", role="membre")
    stage.database.write_now(lambda uow: introduce(uow, V, stage.now))
    row = await stage.receive(handed_on(stage), recipient=stage.author)
    assert (row.state, readable(stage, stage.author), readable(stage, other)) == ("done", True, False)
    entry = kept(stage)
    assert entry is not None
    assert (entry.community, entry.readers) == (B, frozenset({stage.author}))
    end = act("Announce", M, act("Delete", M, ANSWER), 2, to=[stage.author])
    assert (await stage.receive(end, recipient=stage.author)).state == "ignored"
    assert readable(stage, stage.author)
    await stage.receive(act("Announce", B, act("Delete", B, ANSWER), 2, to=[stage.author]), recipient=stage.author)
    assert not readable(stage, stage.author)


@pytest.mark.parametrize(
    ("made", "recipient"),
    [
        ({"key": "m"}, True), ({"by": M}, True), ({"to": V}, True), ({"attributedTo": BOB}, True), ({}, False),
        ({"kind": "Add"}, True),
    ],
    ids=["another's key", "another group", "sent to another", "not theirs", "nobody's inbox", "no news"],
)  # fmt: skip
async def test_what_does_not_fit_together_is_not_believed(stage: Stage, made: dict[str, Any], *, recipient: bool) -> None:
    stage.database.write_now(lambda uow: introduce(uow, V, stage.now))
    await stage.receive(handed_on(stage, **made), recipient=stage.author if recipient else None)
    assert kept(stage) is None


async def test_a_community_elsewhere_opens_to_nobody_what_is_not_said_in_it(stage: Stage) -> None:
    other = stage.person("Ali Benali")
    ours = stage.note("Entre nous", Audience.COMMUNITY).iri
    assert ours.startswith(HERE)
    await stage.receive(
        act("Announce", B, act("Create", stage.author, {"id": ours, "type": "Note"}), to=[other]), recipient=other
    )
    assert stage.database.read_now(lambda uow: uow.things.get(ours, Scope(actor=other))) is None
