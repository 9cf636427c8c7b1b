"""What a community elsewhere does not take of a message of ours, and whom that is told."""

from __future__ import annotations

from typing import Any

import pytest

from kit.guests import THERE, B, M, Stage, V, act
from node.actions.answer_submission import refuse
from node.actions.open_exchange import Opening, open_exchange
from node.domain.rights import GUEST
from node.domain.visibility import Scope
from node.errors import NotFound
from node.storage.declining import Heard, heard
from node.storage.engine import Database


@pytest.fixture
def stage(memory: Database) -> Stage:
    made = Stage(memory)
    made.approve()
    made.approve("evil.example")
    made.know(B, username="logement")
    made.database.write_now(lambda uow: uow.followings.put(made.author, B, activity=f"{THERE}/f", state="accepted", at=made.now))
    return made


def begun(stage: Stage) -> dict[str, Any]:
    """What was sent to the community elsewhere."""
    opening = Opening(title="Une question", words="Qui sait ?")
    stage.database.write_now(lambda uow: open_exchange(uow, stage.house(), B, stage.author, opening))
    return next(each for each in stage.sent() if each["type"] == "Create")


def said_of(stage: Stage, iri: str) -> Heard | None:
    def look(uow: Any) -> Heard | None:
        stored = uow.things.get(iri, Scope(actor=stage.author))
        return heard(uow, stored) if stored else None

    return stage.database.read_now(look)


def kinds(stage: Stage) -> list[tuple[str, str]]:
    rows = stage.database.read_now(lambda uow: uow.notices.of(stage.author, Scope(actor=stage.author)))
    return [(row.kind, row.by) for row in rows]


def answer(kind: str, by: str, sent: dict[str, Any], to: str, number: int = 1) -> dict[str, Any]:
    about = {"id": sent["id"], "type": "Create", "actor": to, "object": sent["object"]["id"]}
    words = {"fr": "<p>Une <b>pause</b>.</p>", "en": "A pause."}
    return act(kind, by, about, number, to=[to], content=words["fr"], contentMap=words)


async def test_what_is_begun_elsewhere_goes_to_the_community_alone_with_its_proof(stage: Stage) -> None:
    sent = begun(stage)
    assert (sent["to"], sent["object"]["to"], sent["object"]["audience"]) == ([B], [B], B)
    assert "proof" in sent
    assert "cc" not in sent["object"]
    others = (Scope(communities=frozenset({stage.community})), Scope())
    assert [stage.database.read_now(lambda uow, s=s: uow.things.get(sent["object"]["id"], s)) for s in others] == [None, None]  # type: ignore[misc]


async def test_nobody_begins_one_where_they_have_heard_of_nothing(stage: Stage) -> None:
    other = stage.person("Ali Benali", role="membre")
    with pytest.raises(NotFound):
        stage.database.write_now(lambda uow: open_exchange(uow, stage.house(), B, other, Opening(title="T", words="W")))


@pytest.mark.parametrize(("kind", "notice"), [("Reject", "refused"), ("TentativeReject", "waiting")])
async def test_its_author_hears_why_in_plain_words(stage: Stage, kind: str, notice: str) -> None:
    sent = begun(stage)
    iri = sent["object"]["id"]
    for stranger in (V, M):
        assert (await stage.receive(answer(kind, stranger, sent, stage.author, 2))).state == "refused"
    assert (kinds(stage), said_of(stage, iri)) == ([], None)
    assert (await stage.receive(answer(kind, B, sent, stage.author))).state == "done"
    found = said_of(stage, iri)
    assert found is not None
    assert (found.words.in_language("fr"), found.words.in_language("en"), found.is_final) == (
        "Une pause.", "A pause.", kind == "Reject",
    )  # fmt: skip
    assert kinds(stage) == [(notice, B)]
    # Passed on after all, it waits no more.
    await stage.receive(act("Announce", B, {**sent, "actor": stage.author}, to=[stage.author]), recipient=stage.author)
    assert said_of(stage, iri) is None


async def test_a_guest_hears_that_what_they_propose_waits_and_that_it_was_not_chosen_but_not_why(stage: Stage) -> None:
    said = {
        "id": f"{THERE}/ressources/1", "type": "Note", "attributedTo": V, "content": "<p>Une idée.</p>",
        "to": ["https://www.w3.org/ns/activitystreams#Public", stage.community], "published": "2026-11-20T10:00:00Z",
    }  # fmt: skip
    await stage.receive(act("Create", V, said))
    assert [each["type"] for each in stage.sent()] == []  # whoever has no place in the community learns nothing
    stage.database.write_now(lambda uow: uow.members.join(V, stage.community, GUEST, stage.now))
    await stage.receive(act("Create", V, {**said, "id": f"{THERE}/ressources/2"}, 2))
    stage.approve(software="lemmy")  # it would answer with an error, and show it to nobody
    await stage.receive(act("Create", V, {**said, "id": f"{THERE}/ressources/3"}, 3))
    stage.approve()
    row = stage.database.read_now(lambda uow: uow.submissions.waiting(stage.community))[1]
    stage.database.write_now(lambda uow: refuse(uow, stage.house(), row.id, stage.author, "Trop bavard."))
    told = [(each["type"], each["to"], each["object"]["object"]) for each in stage.sent()]
    assert sorted(told) == [(kind, [V], f"{THERE}/ressources/2") for kind in ("Reject", "TentativeReject")]
    assert "bavard" not in str(stage.sent())
