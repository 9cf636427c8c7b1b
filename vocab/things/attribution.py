"""Attribution: who did what for a resource, as PROV has it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from vocab.namespaces import DCAT, PROV, SKOS
from vocab.terms import Term, TypeTerm
from vocab.thing import Thing
from vocab.values import Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution(Thing):
    """One line of the credits: it is embedded, and needs no address of its own."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        PROV + "Attribution",
        {"fr": "crédit", "en": "attribution"},
        {"fr": "Qui a fait quoi pour une ressource.", "en": "Who did what for a resource."},
        status="reused",
        required=("agent",),
    )
    agent: Annotated[
        Ref | None,
        Term(
            PROV + "agent",
            {"fr": "personne", "en": "agent"},
            {"fr": "Qui l’a fait.", "en": "Who did it."},
            status="reused",
        ),
    ] = None
    had_role: Annotated[
        tuple[Ref, ...],
        Term(
            DCAT + "hadRole",
            {"fr": "contribution", "en": "contribution"},
            {"fr": "Ce qu’elle a fait.", "en": "What was done."},
            ranges=(SKOS + "Concept",),
            status="reused",
        ),
    ] = ()
