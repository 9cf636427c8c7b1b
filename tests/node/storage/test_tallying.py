"""Facets counted by bits are those that the database counts, for every reader, and after every change."""

from __future__ import annotations

import itertools
import random
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from kit.rows import put
from node.domain.entries import Audience
from node.domain.visibility import PUBLIC_SCOPE, Scope
from node.storage import tallying
from node.storage.engine import Database
from node.storage.faceting import Counts
from node.storage.shelves import search
from node.storage.shelves.search import Overview
from node.storage.unit_of_work import UnitOfWork

NOW = datetime(2026, 11, 22, tzinfo=UTC)
OURS, THEIRS = "https://n.example/communautes/logement", "https://v.example/communautes/b"
MEMBER = Scope(actor="https://n.example/personnes/mireille", communities=frozenset({OURS}))
ASKED: tuple[dict[str, str], ...] = (
    {},
    {"kind": "Notebook"},
    {"language": "fr"},
    {"age": "31", "topic": "https://n.example/termes/1"},
    {"home": OURS, "license": "https://l.example/by", "origin": "n.example"},
    {"topic": "https://n.example/termes/none"},
)


def change(uow: UnitOfWork, drawn: random.Random, first: int, last: int) -> None:
    for number in range(first, last):
        host = drawn.choice(("n.example", "v.example"))
        known = {
            "kind": drawn.choice(("PracticeNote", "Notebook", "HelpRequest")),
            "audience": drawn.choice((Audience.PUBLIC, Audience.PUBLIC, Audience.COMMUNITY, Audience.SELF)),
            "community": drawn.choice((OURS, THEIRS, "")),
            "language": drawn.choice(("fr", "fr-CA", "en", "")),
            "license": drawn.choice(("", "https://l.example/by")),
            "updated_at": drawn.choice((None, NOW - timedelta(days=drawn.randrange(400)))),
        }
        topics = [f"https://n.example/termes/{drawn.randrange(4)}" for _ in range(drawn.randrange(3))]
        put(uow, f"https://{host}/{number}", "Une note de logement", known=known, topic=topics)


def seen(database: Database, words: str, scope: Scope, narrowed: dict[str, Any], at: datetime | None) -> Overview:
    return database.read_now(lambda uow: uow.search.overview(words, scope=scope, at=at, **narrowed))


@pytest.mark.parametrize("at", [NOW, None])
def test_both_count_the_same_whatever_changes(memory: Database, monkeypatch: pytest.MonkeyPatch, at: datetime | None) -> None:
    drawn, used = random.Random(3), list[bool]()  # noqa: S311 - any order will do

    def followed(*given: object) -> tuple[int, Counts] | None:
        found = tallying.tallied(*given)  # type: ignore[arg-type]
        used.append(found is not None)
        return found

    for step in range(4):
        # the same numbers again are other words for the same thing; the second time more than are followed one by one
        monkeypatch.setattr(tallying, "FOLLOWED", 10 if step == 2 else 500)
        memory.write_now(
            partial(change, drawn=drawn, first=0, last=40) if step % 2 == 0 else partial(change, drawn=drawn, first=30, last=60)
        )
        memory.write_now(
            lambda uow: uow.things.bury("https://n.example/7", b"{}", NOW) if uow.things.get_any("https://n.example/7") else None
        )
        words = ("", "logement")[step % 2]
        for scope, narrowed in itertools.product((PUBLIC_SCOPE, MEMBER), ASKED if at else ASKED[:2]):
            monkeypatch.setattr(search, "tallied", followed)
            by_bits = seen(memory, words, scope, narrowed, at)
            memory.write_now(lambda uow: uow.state.set("x", str(drawn.random())))  # what was counted is not used again
            monkeypatch.setattr(search, "tallied", lambda *_: None)
            assert by_bits == seen(memory, words, scope, narrowed, at), (step, narrowed)
            memory.write_now(lambda uow: uow.state.set("x", str(drawn.random())))
    assert used
    assert all(used)


def test_where_it_would_keep_too_much_the_database_counts(memory: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    memory.write_now(partial(change, drawn=random.Random(1), first=0, last=9))  # noqa: S311 - any order will do
    before = seen(memory, "", PUBLIC_SCOPE, {}, NOW)
    memory.write_now(lambda uow: uow.state.set("x", "y"))
    monkeypatch.setattr(tallying, "MOST", 1)
    assert seen(memory, "", PUBLIC_SCOPE, {}, NOW) == before
