"""What the words of a thing name, as its pointers: people who are mentioned, terms that it is about, things that it refers to."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from node.domain.mentions import handle_of, mentioning
from node.domain.visibility import Scope
from node.domain.writing import named_in
from node.storage.unit_of_work import UnitOfWork
from vocab.things.object import Object
from vocab.values import Ref

T = TypeVar("T", bound=Object)

#: So many of each are taken from one text.
MOST = 50


def referring(uow: UnitOfWork, thing: T, text: str, scope: Scope) -> T:
    """The thing with what its text names; a name stands for somebody or something only when it is known, and seen in `scope`."""
    named = named_in(text)
    for iri in list(named.people)[:MOST]:
        row = uow.actors.get(iri)
        if row is not None and row.type == "Person" and row.state == "active":
            thing = mentioning(thing, iri, handle_of(row.username, row.host))
    topics = [iri for iri in list(named.terms)[:MOST] if _is_kind(uow, iri, scope, is_term=True)]
    others = [iri for iri in named.others[:MOST] if _is_kind(uow, iri, scope, is_term=False)]
    return replace(
        thing,
        topic=tuple(Ref(iri) for iri in dict.fromkeys([*(ref.iri for ref in thing.topic), *topics])),
        references=tuple(Ref(iri) for iri in dict.fromkeys([*(ref.iri for ref in thing.references), *others])),
    )


def _is_kind(uow: UnitOfWork, iri: str, scope: Scope, *, is_term: bool) -> bool:
    stored = uow.things.get(iri, scope)
    return stored is not None and stored.entry.deleted_at is None and (stored.entry.kind == "Concept") == is_term
