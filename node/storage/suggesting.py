"""What somebody may be about to type: things by the words of their titles, terms first; within their scope alone."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, exists, select

from node.domain.visibility import Scope
from node.storage.ground import Ground
from node.storage.scopes import within
from node.storage.stored import StoredThing, stored_at
from node.storage.tables.finding import title_words
from node.storage.tables.things import NARROW, things
from node.storage.words import forms

#: One letter begins everything. So many words are looked at, and so many titles, to choose from.
SHORTEST, LONGEST, LOOKED_AT = 2, 8, 60
_FIRST = ("Concept", "Notebook")
_LAST = "\U0010ffff"


def beginning(ground: Ground, typed: str, scope: Scope, limit: int) -> list[StoredThing]:
    """Things in whose title all the typed words stand, the last of them perhaps only begun."""
    words = list(dict.fromkeys(forms(typed)))[:LONGEST]
    if not words or len(words[-1]) < SHORTEST:
        return []
    chosen = select(things.c.iri, things.c.kind).with_hint(things, NARROW, "sqlite")
    chosen = chosen.join(title_words, things.c.seq == title_words.c.seq + 0).where(_begins(ground, words[-1]))
    chosen = chosen.where(*map(_stands, words[:-1]), within(scope), things.c.deleted_at.is_(None))
    found = {row["iri"]: row["kind"] for row in ground.rows(chosen.limit(LOOKED_AT))}
    best = sorted(found, key=lambda iri: _FIRST.index(found[iri]) if found[iri] in _FIRST else len(_FIRST))[:limit]
    return _in_order(ground, best)


def _begins(ground: Ground, word: str) -> ColumnElement[bool]:
    column = title_words.c.word
    if ground.dialect != "sqlite":
        return column.startswith(word, autoescape=True)
    return column.between(word, word + _LAST)


def _stands(word: str) -> ColumnElement[bool]:
    """That a word stands in the title too."""
    other = title_words.alias()
    return exists().where(other.c.seq == things.c.seq, other.c.word == word)


def _in_order(ground: Ground, iris: Sequence[str]) -> list[StoredThing]:
    found = stored_at(ground, iris)
    return [found[iri] for iri in iris if iri in found]
