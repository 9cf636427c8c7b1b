"""Meeting: a community meets, for its own life."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from vocab.namespaces import AS, CDP, PAIR
from vocab.terms import Term, TypeTerm
from vocab.things.event import Event
from vocab.values import Ref, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting(Event):
    """A meeting of a community or a table."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        CDP + "Meeting",
        {"fr": "rencontre", "en": "meeting"},
        {
            "fr": "Événement tenu par une communauté ou une concertation pour sa propre vie (échanges, "
            "apprentissage, décisions).",
            "en": "Event held by a community or concertation for its own life (exchange, learning, decisions).",
        },
        type="Event",
        close_to=(PAIR + "Event",),
        required=("end_time",),
    )
    highlight: Annotated[
        tuple[Text, ...],
        Term(
            CDP + "highlight",
            {"fr": "fait saillant", "en": "highlight"},
            {"fr": "Fait saillant d’une rencontre.", "en": "Highlight of a meeting."},
        ),
    ] = ()
    presence: Annotated[
        Ref | None,
        Term(
            CDP + "presence",
            {"fr": "présences", "en": "presence"},
            {
                "fr": "Collection des personnes réellement présentes ; seul totalItems est public par défaut.",
                "en": "Collection of people actually present; only totalItems is public by default.",
            },
            ranges=(AS + "Collection",),
        ),
    ] = None
