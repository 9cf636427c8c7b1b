"""Sense: what a term means in the mouth of one community."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from vocab.namespaces import CDP
from vocab.recurring import DEFINITION, EXAMPLE, PLAIN_DEFINITION, REGISTER, VOICE
from vocab.terms import TypeTerm
from vocab.thing import Thing
from vocab.values import Ref, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Sense(Thing):
    """One sense of a term, embedded in it. A sense written elsewhere is a Reading of the term."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        CDP + "Sense",
        {"fr": "acception", "en": "sense"},
        {"fr": "Ce qu’un terme veut dire pour une communauté.", "en": "What a term means to one community."},
        close_to=("http://www.w3.org/ns/lemon/ontolex#LexicalSense",),
        note={
            "fr": "Portée par le terme (cdp:sense). Exemple : « complémentarité », c’est pour une ville ne pas payer "
            "deux fois, pour un organisme ne pas être remplacé.",
            "en": "Carried by the term (cdp:sense). Example: to a city, “complementarity” means not paying twice; to an "
            "organisation, not being replaced.",
        },
        required=("definition", "voice"),
    )
    voice: Annotated[tuple[Ref, ...], VOICE] = ()
    definition: Annotated[Text | None, DEFINITION] = None
    plain_definition: Annotated[Text | None, PLAIN_DEFINITION] = None
    example: Annotated[Text | None, EXAMPLE] = None
    register: Annotated[tuple[Ref, ...], REGISTER] = ()
