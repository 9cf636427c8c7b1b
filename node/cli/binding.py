"""Binds notes that came from a platform into the notebooks that they say they were part of: a page names one, and holds none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from node.actions.import_file import Run
from node.cli.running import RunningNode
from node.cli.taking_in import Source
from node.contracts import Draft, Unread
from node.domain.legible import paragraph
from node.storage.stored import StoredThing
from node.storage.unit_of_work import UnitOfWork
from vocab.errors import VocabError
from vocab.things.notebook import Notebook
from vocab.things.object import Object
from vocab.things.ordered_collection import OrderedCollection
from vocab.values import Ref, Text

#: What is said for a source of which there is no file.
CALLED = "carnets"
_PORTION = 500
_NUMBER = re.compile(r"^(\d{1,4}(?:\.\d{1,4})*)\.?\s")


def bound(node: RunningNode, run: Run, sources: Iterator[Source | Unread]) -> Iterator[Source | Unread]:
    """The sources, and after them the notebooks of what is in the community by then."""
    yield from sources
    yield CALLED, partial(_notebooks, node, run)


def _notebooks(node: RunningNode, run: Run) -> Iterator[Draft | Unread]:
    """A notebook for each name that notes of the community give, their numbers being the order."""
    named = node.database.read_now(lambda uow: _named(uow, run))
    for (name, address), (size, found) in sorted(named.items(), key=lambda each: each[0]):
        items = [stored.entry.iri for stored in sorted(found, key=_place)]
        told = f"{len(items)} notes." if size in {0, len(items)} else f"{len(items)} des {size} notes sont ici."
        language = found[0].entry.language or "fr"
        notebook = Notebook(
            name=Text.of(name, language),
            summary=paragraph(told, "fr"),
            content=paragraph(told, "fr"),
            entries=OrderedCollection(items=tuple(map(Ref, items)), total_items=len(items)).ref,
            origin=Ref(address) if address else None,
            in_language=language,
        )
        yield Draft(thing=notebook, source=f"{CALLED}, {name}", options={"key": address or f"carnet {name}"})


def _named(uow: UnitOfWork, run: Run) -> dict[tuple[str, str], tuple[int, list[StoredThing]]]:
    """What says that it is part of a notebook that is only named, by its name and address there, with the largest size told."""
    found: dict[tuple[str, str], tuple[int, list[StoredThing]]] = {}
    placed, before = run.placement, None
    while page := uow.things.listed(scope=placed.scope, community=placed.community, limit=_PORTION, before=before):
        before = page[-1].seq
        for stored in page:
            for notebook in _parts(stored):
                entries = notebook.entries.thing if notebook.entries else None
                size = entries.total_items if isinstance(entries, OrderedCollection) else None
                key = (notebook.name.primary if notebook.name else "", notebook.id)
                told, things = found.get(key, (0, []))
                found[key] = max(told, size or 0), [*things, stored]
    return {key: each for key, each in found.items() if key[0]}


def _parts(stored: StoredThing) -> list[Notebook]:
    try:
        thing = stored.thing
    except VocabError:
        return []
    parts = thing.is_part_of if isinstance(thing, Object) and stored.entry.is_local else ()
    return [part.thing for part in parts if isinstance(part.thing, Notebook)]


def _place(stored: StoredThing) -> tuple[bool, tuple[int, ...], str]:
    """What has no number stands first, as a table of contents does."""
    number = _NUMBER.match(stored.entry.name)
    return number is not None, tuple(map(int, number[1].split("."))) if number else (), stored.entry.name
