"""Finds terms and places by the words that people use for them, without regard to accents and case."""

from __future__ import annotations

from collections.abc import Sequence

from node.domain.fields import fold
from node.domain.visibility import Scope
from node.storage.hosts import host_of
from node.storage.indexing import LABEL
from node.storage.stored import StoredThing
from node.storage.unit_of_work import UnitOfWork
from vocab import concepts
from vocab.values import Text


def find_term(uow: UnitOfWork, label: str, community: str, scope: Scope) -> StoredThing | None:
    """The term of a community's glossary that has this label, in any language; None when there is none."""
    found = uow.things.with_facet(LABEL, fold(label), scope=scope, kind="Concept", community=community, limit=1)
    return next(iter(found), None)


def find_term_anywhere(uow: UnitOfWork, label: str, community: str, scope: Scope) -> StoredThing | None:
    """The term of that label: the community's own, else one of another community here, else one from elsewhere."""
    own = find_term(uow, label, community, scope)
    if own is not None:
        return own
    return _ours_first(uow.things.with_facet(LABEL, fold(label), scope=scope, kind="Concept"))


def find_place(uow: UnitOfWork, name: str, scope: Scope) -> StoredThing | None:
    """The place of that name; None when there is none."""
    return _ours_first(uow.things.with_facet(LABEL, fold(name), scope=scope, kind="Place"))


def label_of(uow: UnitOfWork, iri: str, scope: Scope) -> Text:
    """What a term is called, in every language known; the site it comes from while it is not known here."""
    stored = uow.things.get(iri, scope)
    if stored is not None and stored.entry.deleted_at is None:
        found = getattr(stored.thing, "pref_label", None) or getattr(stored.thing, "name", None)
        if isinstance(found, Text):
            return found
    known = concepts.concept(iri)
    site = host_of(iri) or iri
    return known.labels if known else Text.by_language({"fr": f"un terme de {site}", "en": f"a term of {site}"}, primary="fr")


def _ours_first(things: Sequence[StoredThing]) -> StoredThing | None:
    return min(things, key=lambda thing: not thing.entry.is_local, default=None)
