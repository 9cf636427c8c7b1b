"""Activity: somebody does something. Spec: ActivityStreams 2.0."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from vocab.namespaces import AS
from vocab.terms import Term, TypeTerm
from vocab.things.object import Object
from vocab.values import Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity(Object):
    """An activity; one of a type that we do not know is read as this."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        AS + "Activity",
        {"fr": "activité", "en": "activity"},
        {"fr": "Quelqu’un fait quelque chose.", "en": "Somebody does something."},
        type="Activity",
        status="reused",
    )
    actor: Annotated[
        Ref | None,
        Term(AS + "actor", {"fr": "qui", "en": "actor"}, {"fr": "Qui agit.", "en": "Who acts."}, status="reused"),
    ] = None
    object: Annotated[
        tuple[Ref, ...],
        Term(
            AS + "object",
            {"fr": "objet", "en": "object"},
            {"fr": "Sur quoi porte l’activité ou la relation.", "en": "What the activity or relation is about."},
            status="reused",
        ),
    ] = ()
    target: Annotated[
        Ref | None,
        Term(AS + "target", {"fr": "cible", "en": "target"}, {"fr": "Vers quoi.", "en": "Towards what."}, status="reused"),
    ] = None
    origin: Annotated[
        Ref | None,
        Term(
            AS + "origin",
            {"fr": "provenance", "en": "origin"},
            {"fr": "À partir de quoi.", "en": "From what."},
            status="reused",
        ),
    ] = None
    result: Annotated[
        tuple[Ref, ...],
        Term(
            AS + "result",
            {"fr": "résultat", "en": "result"},
            {"fr": "Ce qui en résulte.", "en": "What results from it."},
            status="reused",
        ),
    ] = ()
    instrument: Annotated[
        tuple[Ref, ...],
        Term(
            AS + "instrument",
            {"fr": "moyen", "en": "instrument"},
            {"fr": "Ce dont on se sert.", "en": "What is used for it."},
            status="reused",
        ),
    ] = ()
