"""What was brought here from a platform is shown with all that stood beside it there."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from kit.village import WELCOME
from node.storage.unit_of_work import UnitOfWork
from vocab import jsonld
from vocab.things.article import Article
from vocab.things.notebook import Notebook
from vocab.things.object import Object
from vocab.things.ordered_collection import OrderedCollection
from vocab.things.person import Person
from vocab.values import Ref, Text

PAST = datetime(2023, 12, 3, 16, 0, tzinfo=UTC)


def test_what_came_from_a_platform_shows_what_stood_beside_it_there(village: Any) -> None:
    def beside(uow: UnitOfWork) -> None:
        note = uow.things.get_any(WELCOME)
        assert note is not None
        assert isinstance(note.thing, Object)
        told = replace(
            note.thing,
            is_part_of=(Notebook(name=Text.of("Le mémoire"), entries=OrderedCollection(total_items=65).ref).ref,),
            related=(Article(name=Text.of("Résumé"), published=PAST).ref, Article(name=Text.of("Sans date")).ref),
            integrator=(Person(name=Text.of("Joëlle")).ref,),
            integrated=PAST,
            platform_category=("Discussion",),
            origin=Ref("https://praxis.example/n/1/"),
            creator=(Text.of("Une autrice d’ailleurs"),),
        )
        uow.things.put(note.entry, jsonld.dump(told))

    before = village.database.read_now(lambda uow: uow.things.get_any(WELCOME))
    village.database.write_now(beside)
    try:
        html = village.html("/ressources/accueil")
    finally:  # the village is everybody's
        village.database.write_now(lambda uow: uow.things.put(before.entry, before.document))
    for expected in (
        "Le mémoire · 65 notes",
        "Résumé · 3 décembre 2023",
        "Sans date<",
        "Joëlle",
        "Discussion",
        "Une autrice d’ailleurs",
    ):
        assert expected in html, expected
    assert "Mireille Gagnon (2026)" not in html
