"""What lists show of a resource."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

from node.web.cards import authors_of
from vocab.things.note import Note
from vocab.values import Ref


def test_of_very_many_authors_the_first_are_looked_up() -> None:
    """Twenty thousand took a visitor five seconds."""
    asked: list[str] = []
    desk = cast("Any", SimpleNamespace(person=asked.append))
    thing = Note(id="https://a.example/1", attributed_to=tuple(Ref(f"https://a.example/{number}") for number in range(20_000)))
    authors_of(desk, cast("Any", SimpleNamespace(thing=thing)))
    assert asked[0] == "https://a.example/0"
    assert len(asked) == 50
