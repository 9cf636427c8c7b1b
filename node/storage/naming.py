"""What the IRIs in things are called: authors, communities, topics, places, notebooks; only what a reader may know."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from node.domain.visibility import Scope
from node.storage.unit_of_work import UnitOfWork
from vocab import concepts
from vocab.thing import Thing
from vocab.things.concept import Concept
from vocab.values import Ref

#: The fields whose IRIs a format may want to say in words.
NAMED = (
    "attributed_to", "audience", "context_", "topic", "territory", "spatial", "genre", "is_part_of", "references", "related",
    "derived_from", "subject", "object", "integrator", "organizers", "practice_domain", "sector", "phase", "linked_community",
    "knowledge_status", "currency", "integration_mode", "in_scheme", "location", "actor",
)  # fmt: skip
#: Of more pointers in one thing only the first are looked up.
MOST = 200


def names_of(uow: UnitOfWork, things: Iterable[Thing], scope: Scope, language: str) -> dict[str, str]:
    """The names, by IRI, of what these things point to, in `language` where there is one; what has none is left out.

    Actors are called what their pages call them, everybody alike; of things only those within scope are named.
    """
    pointers = dict.fromkeys(ref.iri for thing in things for ref in islice(_refs(thing), MOST) if ref.iri)
    found = {iri: name for iri in pointers if (name := _name(uow, iri, scope, language))}
    return dict(sorted(found.items()))


def title_of(thing: Thing, language: str) -> str:
    """What a thing is called in a language, "" when it has no name; a term is called by its label."""
    label = thing.pref_label if isinstance(thing, Concept) else None
    name = label or getattr(thing, "name", None)
    return str(name.in_language(language)).strip() if name else ""


def _name(uow: UnitOfWork, iri: str, scope: Scope, language: str) -> str:
    actor = uow.actors.get(iri)
    if actor is not None:
        return actor.name or actor.username
    label = concepts.label(iri, language)
    if label:
        return label
    stored = uow.things.get(iri, scope)
    if stored is None or stored.entry.deleted_at is not None or not stored.entry.name:
        return ""
    return title_of(stored.thing, language) or stored.entry.name


def _refs(thing: Thing) -> Iterable[Ref]:
    for name in NAMED:
        held = getattr(thing, name, None)
        values: Sequence[object] = held if isinstance(held, tuple) else (held,)
        yield from (value for value in values if isinstance(value, Ref))
