"""A node acts on spoiled messages of a server it trusts, and shows what it kept, without one mishap."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import random
import time
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from kit.guests import HERE, B, Stage, V, act, note
from kit.mutations import spoiled
from node.collect import collect
from node.contracts import Page, Visit
from node.domain.rights import MEMBER
from node.domain.visibility import ANYONE, PUBLIC_SCOPE
from node.errors import NotFound
from node.storage.engine import Database
from node.web import pages as room
from node.web import templates
from node.web.routing import Routes
from vocab import jsonld
from vocab.errors import VocabError
from vocab.namespaces import PUBLIC

COMMUNITY = f"{HERE}/communautes/habitation"
KINDS = (
    "Create",
    "Update",
    "Announce",
    "Like",
    "Add",
    "Remove",
    "Flag",
    "Join",
    "Leave",
    "Undo",
    "Accept",
    "Reject",
    "Move",
    "Delete",
)
_numbers = itertools.count(1)


def message(chance: random.Random) -> dict[str, Any]:
    """A message of V or B, spoiled everywhere but where it says who sends it and which one it is."""
    number, sender = next(_numbers), chance.choice((V, B))
    thing: dict[str, Any] = note(V, number=number, to=[PUBLIC], cc=chance.choice(([], [COMMUNITY])))
    thing |= chance.choice(
        ({}, {"type": "Event", "startTime": "2026-12-01T10:00:00Z"}, {"type": "Question", "oneOf": [{"name": "a"}]})
    )
    thing |= chance.choice(({}, {"inReplyTo": f"{HERE}/ressources/x", "context": f"{V}/conversations/1"}, {"type": "Note"}))
    inner = chance.choice((thing, act("Create", V, thing, number), act("Follow", V, COMMUNITY, number)))
    said = spoiled(act(chance.choice(KINDS), sender, inner, number), chance)
    return {**said, "id": f"https://ailleurs.example/activites/fuzz-{number}", "actor": sender}


@pytest.fixture
def stage(memory: Database) -> Stage:
    made = Stage(memory)
    made.approve()
    made.follows(B)
    made.database.write_now(lambda uow: uow.members.join(V, COMMUNITY, MEMBER, made.now))
    return made


def shown(stage: Stage) -> int:
    """Renders the page of everything that was kept; how many there were."""
    found = Routes(collect(room, "PAGE", Page), {}).find("/ailleurs/ressource")
    assert found is not None
    assert found.page is not None
    page, kept = found.page, stage.database.read_now(lambda uow: uow.things.listed(scope=PUBLIC_SCOPE, limit=200))
    for stored in kept:
        url = f"/ailleurs/ressource?iri={quote(stored.entry.iri, safe='')}"
        visit = Visit(house=stage.house(), reader=ANYONE, language="fr", path={}, query={"iri": stored.entry.iri}, url=url)
        with contextlib.suppress(NotFound):
            view = stage.database.read_now(lambda uow, visit=visit: page.target.show(uow, visit))  # type: ignore[misc]
            assert templates.render(page.name, view, visit, {})
    return len(kept)


def test_no_message_is_a_mishap(stage: Stage, pytestconfig: pytest.Config) -> None:
    @settings(max_examples=100, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(st.randoms(use_true_random=False))
    def takes(chance: random.Random) -> None:
        said = message(chance)
        try:
            jsonld.read(json.dumps({"@context": "https://www.w3.org/ns/activitystreams", **said}).encode())
        except VocabError:
            return
        row = asyncio.run(stage.receive(said))
        assert row.state in {"done", "ignored", "refused", "not_understood"}, (row.state, row.reason, said)

    until = time.monotonic() + float(pytestconfig.getoption("--fuzz-seconds")) / 5
    takes()
    while time.monotonic() < until:
        takes()
    assert shown(stage) > 0
    counts = stage.database.read_now(lambda uow: uow.inbox.counts())
    assert counts["done"] > counts["refused"] / 10, f"a positive control: {counts}"
