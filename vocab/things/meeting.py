"""Meeting: a community meets, for its own life."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from vocab.namespaces import AS, CDP, DCTERMS, FEP8A8E, PAIR
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
        note={
            "fr": "Un événement ouvert au public qu’elle organise est un simple Event. Exemple : la rencontre mensuelle, en "
            "ligne.",
            "en": "A public event that it organises is a plain Event. Example: the monthly meeting, online.",
        },
    )
    highlight: Annotated[
        tuple[Text, ...],
        Term(
            CDP + "highlight",
            {"fr": "fait saillant", "en": "highlight"},
            {"fr": "Fait saillant d’une rencontre.", "en": "Highlight of a meeting."},
            note={
                "fr": "Une phrase par fait, sans nommer qui l’a dit. Exemple : « Trois villes partagent désormais leur grille ».",
                "en": "One sentence each, without naming who said it. Example: “Three towns now share their grid”.",
            },
            related_to=(DCTERMS + "abstract",),
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
            note={
                "fr": "Qui est venu, jamais qui manquait. Exemple : 14 personnes.",
                "en": "Who came, never who was missing. Example: 14 people.",
            },
            related_to=(FEP8A8E + "attendees",),
        ),
    ] = None
