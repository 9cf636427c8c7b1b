"""Finds terms and places by the words that people use for them, without regard to accents and case."""

from __future__ import annotations

from collections.abc import Iterable

from node.domain.fields import fold
from node.domain.visibility import PUBLIC_SCOPE, Scope
from node.storage.hosts import host_of
from node.storage.stored import StoredThing
from node.storage.unit_of_work import UnitOfWork
from vocab import concepts
from vocab.errors import VocabError
from vocab.things.concept import Concept
from vocab.things.mapping import Mapping
from vocab.things.object import Object
from vocab.values import Text

#: So many terms of a glossary are looked through.
MOST_TERMS = 5_000


def find_term(uow: UnitOfWork, label: str, community: str, scope: Scope) -> StoredThing | None:
    """The term of a community's glossary that has this label, in any language; None when there is none."""
    terms = uow.things.listed(scope=scope, kind="Concept", community=community, limit=MOST_TERMS)
    return _named(terms, label)


def find_term_anywhere(uow: UnitOfWork, label: str, community: str, scope: Scope) -> StoredThing | None:
    """The term of that label: the community's own, else one of another community here, else one from elsewhere."""
    own = find_term(uow, label, community, scope)
    if own is not None:
        return own
    terms = uow.things.listed(scope=scope, kind="Concept", limit=MOST_TERMS)
    return _named(sorted(terms, key=lambda term: not term.entry.is_local), label)


def find_place(uow: UnitOfWork, name: str, scope: Scope) -> StoredThing | None:
    """The place of that name; None when there is none."""
    places = uow.things.listed(scope=scope, kind="Place", limit=MOST_TERMS)
    return _named(sorted(places, key=lambda place: not place.entry.is_local), name)


def pair_name(uow: UnitOfWork, mapping: Mapping) -> Text | None:
    """The name of a mapping by the labels of its terms, in the place of one made of their addresses; None to keep its own."""
    if mapping.subject is None or not mapping.object:
        return None
    ends = (mapping.subject.iri, mapping.object[0].iri)
    tails = " ≈ ".join(iri.rstrip("/").rpartition("/")[2] for iri in ends)
    if mapping.name is not None and mapping.name.primary != tails:
        return None
    known = [uow.things.get(iri, PUBLIC_SCOPE) for iri in ends]
    labels = [stored.entry.name for stored in known if stored is not None and stored.entry.name]
    return Text.of(" ≈ ".join(labels), mapping.name.language if mapping.name else "") if len(labels) == len(ends) else None


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


def _named(things: Iterable[StoredThing], label: str) -> StoredThing | None:
    wanted = fold(label)
    return next((stored for stored in things if wanted in _labels(stored)), None)


def _labels(stored: StoredThing) -> set[str]:
    try:
        thing = stored.thing
    except VocabError:
        return {fold(stored.entry.name)}
    texts: list[Text | None] = [thing.name] if isinstance(thing, Object) else []
    if isinstance(thing, Concept):
        texts += [thing.pref_label, *thing.alt_label]
    return {fold(words) for text in texts if text is not None for _, words in text.entries}
