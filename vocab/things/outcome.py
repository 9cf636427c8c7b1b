"""Outcome: what changed, where, and thanks to what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from vocab.namespaces import CDP, PROV
from vocab.recurring import OBJECTIVE
from vocab.terms import Term, TypeTerm
from vocab.things.note import Note
from vocab.values import Ref, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome(Note):
    """An effect that was seen; outcomes lead to one another by `thanks_to`."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        CDP + "Outcome",
        {"fr": "retombée", "en": "outcome"},
        {
            "fr": "Changement constaté, avec le lieu et ce à quoi on le doit.",
            "en": "Change that was observed, with where it happened and what brought it about.",
        },
        type="Note",
        types=("Article",),
        above=(PROV + "Entity",),
        note={
            "fr": "Preuve : prov:wasDerivedFrom ; certitude : cdp:knowledgeStatus. En réponse à une note de "
            "pratique, dit « nous l’avons essayé ». Exemple : un règlement adopté grâce à un conseil reçu en rencontre.",
            "en": "Evidence is in prov:wasDerivedFrom, certainty in cdp:knowledgeStatus. In reply to a practice note it says “we "
            "have tried it”. Example: a by-law adopted thanks to advice given at a meeting.",
        },
    )
    thanks_to: Annotated[
        tuple[Ref, ...],
        Term(
            PROV + "wasInfluencedBy",
            {"fr": "grâce à", "en": "thanks to"},
            {"fr": "Fil, note, rencontre ou retombée d’où cela vient.", "en": "Thread, note, meeting or outcome it comes from."},
            key="thanksTo",
            status="reused",
            is_searchable=True,
        ),
    ] = ()
    objective: Annotated[tuple[Text, ...], OBJECTIVE] = ()
