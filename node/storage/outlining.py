"""The outline of a notebook with its parts opened, as far as a reader may see what stands in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from node.domain.notebooks import items_of
from node.domain.plans import DEEPEST, MOST, Line
from node.domain.visibility import Scope
from node.storage.stored import StoredThing
from node.storage.unit_of_work import UnitOfWork
from vocab.errors import VocabError
from vocab.things.notebook import Notebook


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A line of an outline, and what stands there; None for what is not here, or not for this reader."""

    line: Line
    stored: StoredThing | None


def opened(uow: UnitOfWork, notebook: StoredThing, scope: Scope, *, is_once: bool = True) -> tuple[Opened, ...]:
    """The lines of a notebook in the order of reading, each part followed by what stands in it.

    A part is opened once. `is_once`: a note that stands in several parts is told where it stands first.
    """
    found: list[Opened] = []
    met = {notebook.entry.iri}

    def go(items: Sequence[str], depth: int) -> None:
        known = uow.things.several(items, scope)
        for iri in items:
            if (iri in met and is_once) or len(found) >= MOST:
                continue
            stored = known.get(iri)
            is_open = stored is not None and is_part(stored) and iri not in met and depth < DEEPEST
            met.add(iri)
            found.append(Opened(line=Line(iri=iri, title=_title(stored), depth=depth, is_part=is_open), stored=stored))
            if is_open:
                go(_items(stored), depth + 1)

    go(_items(notebook), 0)
    return tuple(found)


def is_part(stored: StoredThing) -> bool:
    """Whether something is a notebook, and so a part of the one in which it stands."""
    return stored.entry.kind == "Notebook"


def _items(stored: StoredThing | None) -> tuple[str, ...]:
    if stored is None or not is_part(stored):
        return ()
    try:
        return items_of(stored.thing)[:MOST] if isinstance(stored.thing, Notebook) else ()
    except VocabError:
        return ()


def _title(stored: StoredThing | None) -> str:
    return stored.entry.name if stored is not None else ""
