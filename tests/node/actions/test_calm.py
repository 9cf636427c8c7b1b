"""Everybody writes more slowly for a while, in an exchange or a community; the first answer of a stranger waits for a look."""

from __future__ import annotations

import pytest

from kit.guests import HERE, M, Stage, act, note
from node.actions.answer_submission import accept
from node.actions.calm import calm, look_at_strangers, resume
from node.actions.reply import reply
from node.domain.entries import Entry
from node.domain.errands import Errand
from node.domain.visibility import PUBLIC_SCOPE, Scope
from node.errors import Conflict, NotAllowed, NotFound
from node.storage.engine import Database
from node.storage.taking import take
from vocab import jsonld

ANSWER = "https://evil.example/ressources/1"


@pytest.fixture
def stage(memory: Database) -> Stage:
    return Stage(memory, mode="open")


def say(stage: Stage, over: str, by: str, words: str) -> Entry:
    return stage.database.write_now(lambda uow: reply(uow, stage.house(), over, by, words))


async def test_an_exchange_goes_slowly_for_all_but_those_who_moderate(stage: Stage) -> None:
    ali, house = stage.person("Ali Benali", role="membre"), stage.house()
    top, other = stage.note("Une question").iri, stage.note("Une autre").iri
    first = say(stage, top, ali, "Un").iri
    with pytest.raises(NotFound):
        stage.database.write_now(lambda uow: calm(uow, house, ali, stage.community, top))
    stage.database.write_now(lambda uow: calm(uow, house, stage.author, stage.community, first))
    with pytest.raises(Conflict):
        stage.database.write_now(lambda uow: calm(uow, house, stage.author, stage.community, top))
    for over in (top, first):
        with pytest.raises(NotAllowed):
            say(stage, over, ali, "Deux")
        assert say(stage, over, stage.author, "Moi").iri
    assert say(stage, other, ali, "Ailleurs").iri
    stage.later(minutes=61)
    assert say(stage, top, ali, "Deux").iri
    stage.database.write_now(lambda uow: resume(uow, stage.house(), stage.author, stage.community, top))
    assert say(stage, top, ali, "Trois").iri
    deeds = [row.deed for row in stage.database.read_now(lambda uow: uow.decisions.of_community(stage.community))]
    assert deeds == ["resume", "calm"]


async def test_a_whole_community_goes_slowly(stage: Stage) -> None:
    ali = stage.person("Ali Benali", role="membre")
    top, other = stage.note("Une question").iri, stage.note("Une autre").iri
    stage.database.write_now(lambda uow: calm(uow, stage.house(), stage.author, stage.community))
    assert say(stage, top, ali, "Un").iri
    with pytest.raises(NotAllowed):
        say(stage, other, ali, "Deux")
    stage.later(days=8)
    assert say(stage, other, ali, "Deux").iri


def sent(over: str, number: int = 1) -> dict[str, object]:
    said = note(M, number=number, inReplyTo=over, audience=[], type="Note", content="<p>Bonjour</p>")
    return act("Create", M, {name: value for name, value in said.items() if name != "kind"}, number)


def hold(stage: Stage, *, is_held: bool = True) -> None:
    """Those who moderate choose to look at the first answers of strangers, or no more."""
    stage.database.write_now(lambda uow: look_at_strangers(uow, stage.house(), stage.author, stage.community, is_held=is_held))


def seen(stage: Stage, iri: str = ANSWER) -> bool:
    return stage.database.read_now(lambda uow: uow.things.get(iri, PUBLIC_SCOPE)) is not None


async def test_the_first_answer_of_a_stranger_waits_and_the_next_does_not(stage: Stage) -> None:
    hold(stage)
    top = stage.note("Une question").iri
    below = say(stage, top, stage.author, "À vous").iri
    await stage.receive(sent(below))
    assert not seen(stage)
    (row,) = stage.database.read_now(lambda uow: uow.submissions.waiting(stage.community))
    (told,) = stage.database.read_now(lambda uow: uow.notices.of(stage.author, Scope(actor=stage.author)))
    assert (told.kind, told.iri) == ("proposal", f"{HERE}/communautes/habitation/propositions")
    # Found elsewhere, it does not go round those who look.
    inside = jsonld.read(row.body).object[0].thing  # type: ignore[attr-defined]
    errand = Errand(iri=ANSWER, is_talk=True)
    reason = stage.database.write_now(lambda uow: take(uow, stage.house(), errand, inside, jsonld.dump(inside)))
    assert (bool(reason), seen(stage)) == (True, False)
    stage.database.write_now(lambda uow: accept(uow, stage.house(), row.id, stage.author))
    assert seen(stage)
    await stage.receive(sent(top, 2))
    assert seen(stage, "https://evil.example/ressources/2")


@pytest.mark.parametrize(
    "why",
    [
        "nobody chose otherwise",
        "the community shows them again",
        "their server is linked",
        "they belong to something",
        "they follow the community",
    ],
)
async def test_who_is_known_waits_for_nobody(stage: Stage, why: str) -> None:
    top = stage.note("Une question").iri
    if why != "nobody chose otherwise":
        hold(stage)
    if why == "the community shows them again":
        hold(stage, is_held=False)
    elif why == "their server is linked":
        stage.approve("evil.example")
    elif why == "they follow the community":
        stage.database.write_now(
            lambda uow: uow.followings.put(M, stage.community, activity=f"{M}/f", state="accepted", at=stage.now)
        )
    elif why == "they belong to something":
        stage.database.write_now(lambda uow: uow.members.join(M, stage.community, "https://w3id.org/cdp/roles/invite", stage.now))
    await stage.receive(sent(top))
    assert seen(stage)
