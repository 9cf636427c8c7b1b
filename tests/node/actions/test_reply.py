"""Answering: who may, to whom it goes, and what it says."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kit.guests import HERE, B, Stage, V, act, note
from node.actions.reply import LONGEST, reply
from node.domain.entries import Audience, Entry
from node.domain.visibility import PUBLIC_SCOPE
from node.errors import Invalid, NotAllowed, NotFound
from node.storage.engine import Database
from node.storage.hosts import host_of
from vocab import jsonld
from vocab.namespaces import PUBLIC


@pytest.fixture
def stage(memory: Database) -> Stage:
    stage = Stage(memory)
    stage.approve()
    return stage


def answer(stage: Stage, what: str, words: str = "Oui, et vous\u00a0?", author: str = "") -> Entry:
    return stage.database.write_now(lambda uow: reply(uow, stage.house(), what, author or stage.author, words))


def waiting(stage: Stage) -> set[tuple[str, str]]:
    rows = stage.database.read_now(lambda uow: [(row, uow.outbox.get(row.activity)) for row in uow.deliveries.waiting()])
    return {(sent.type, row.inbox) for row, sent in rows if sent is not None}


async def test_the_author_elsewhere_and_their_community_get_it(stage: Stage) -> None:
    stage.follows(B)
    said = note(V, "Une note", 3, audience=B, to=[PUBLIC], cc=[B])
    await stage.receive(act("Create", V, said))
    stage.database.write_now(lambda uow: uow.holdings.add(B, said["id"], "own", stage.now))
    entry = answer(stage, said["id"])
    assert {f"{V}/inbox"} <= {inbox for _, inbox in waiting(stage)}
    document = stage.database.read_now(lambda uow: uow.things.get(entry.iri, PUBLIC_SCOPE))
    assert document is not None
    wire = jsonld.write(document.thing)
    assert (wire["inReplyTo"], wire["type"], "name" in wire, "summary" in wire) == (said["id"], "Note", False, False)
    assert V in wire["cc"]
    assert wire["tag"][0]["type"] == "Mention"
    assert wire["replies"] == f"{entry.iri}/reponses"
    # What it answers names no conversation: neither does it, for one begins with its first word.
    assert "context" not in wire


def test_a_community_of_ours_passes_its_answers_on(stage: Stage) -> None:
    stage.followed()
    top = stage.note("Une note").iri
    stage.database.write_now(lambda uow: uow.deliveries.drop_host(host_of(B)))
    answer(stage, top)
    assert ("Announce", f"{B}/inbox") in waiting(stage)


def test_what_is_for_the_community_is_answered_to_it(stage: Stage) -> None:
    top = stage.note("Entre nous", Audience.COMMUNITY).iri
    entry = answer(stage, top)
    assert (entry.audience, entry.community) == (Audience.COMMUNITY, stage.community)
    assert stage.database.read_now(lambda uow: uow.things.get(entry.iri, PUBLIC_SCOPE)) is None
    stranger = stage.person("Ali Ben")
    with pytest.raises(NotFound):
        answer(stage, top, author=stranger)


def test_who_only_reads_does_not_answer(stage: Stage) -> None:
    observer = stage.person("Ève Noël", role="observation")
    for audience in (Audience.PUBLIC, Audience.COMMUNITY):
        top = stage.note("Une note", audience).iri
        with pytest.raises(NotAllowed):
            answer(stage, top, author=observer)


def test_what_is_not_there_is_not_answered(stage: Stage) -> None:
    draft = stage.note("Brouillon", Audience.SELF).iri
    with pytest.raises(NotAllowed):
        answer(stage, draft)
    for what, author in ((f"{HERE}/echanges/jamais", ""), (stage.note("Une note").iri, V)):
        with pytest.raises(NotFound):
            answer(stage, what, author=author)


@pytest.mark.parametrize("words", ["", " \n ", "x" * (LONGEST + 1)])
def test_an_answer_has_some_words_and_not_too_many(stage: Stage, words: str) -> None:
    with pytest.raises(Invalid):
        answer(stage, stage.note("Une note").iri, words)


def test_a_form_that_is_sent_twice_says_it_once(stage: Stage) -> None:
    for audience in (Audience.PUBLIC, Audience.COMMUNITY):
        top = stage.note("Une note", audience).iri
        first = answer(stage, top, "Oui,\r\net vous\u00a0?")
        assert answer(stage, top, "Oui,\r\net vous\u00a0?").iri == first.iri
        assert answer(stage, top, "Et vous\u00a0?").iri != first.iri
        stage.now += timedelta(minutes=11)
        assert answer(stage, top, "Oui,\r\net vous\u00a0?").iri != first.iri


def test_the_end_of_a_line_counts_once_as_in_a_browser(stage: Stage) -> None:
    lines = "a\r\n" * (LONGEST // 2)
    entry = answer(stage, stage.note("Une note").iri, f"{lines}\0")
    document = stage.database.read_now(lambda uow: uow.things.get(entry.iri, PUBLIC_SCOPE))
    assert document is not None
    assert jsonld.write(document.thing)["content"].startswith("<p>a<br>a<br>")
