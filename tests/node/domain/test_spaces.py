"""Where things of each kind live."""

from __future__ import annotations

import pytest

from node.domain.spaces import activity_address, address
from vocab.thing import Thing
from vocab.things.concept import Concept
from vocab.things.event import Event
from vocab.things.mapping import Mapping
from vocab.things.note import Note
from vocab.things.page import Page
from vocab.things.place import Place
from vocab.things.practice_note import PracticeNote


@pytest.mark.parametrize(
    ("thing", "space"),
    [
        (PracticeNote(), "ressources"), (Page(), "ressources"), (Thing(), "ressources"), (Concept(), "termes"),
        (Mapping(), "correspondances"), (Place(), "lieux"), (Event(), "rencontres"), (Note(), "echanges"),
    ],
)  # fmt: skip
def test_each_kind_has_its_place(thing: Thing, space: str) -> None:
    assert address("https://x.example", thing, "n1") == f"https://x.example/{space}/n1"


def test_activities_have_theirs() -> None:
    assert activity_address("https://x.example", "n1") == "https://x.example/activites/n1"
