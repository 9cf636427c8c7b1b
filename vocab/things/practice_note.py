"""PracticeNote: a short text about a practice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from vocab.namespaces import CDP
from vocab.terms import TypeTerm
from vocab.things.repertoire_item import RepertoireItem


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeNote(RepertoireItem):
    """A practice told so that others can try it."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        CDP + "PracticeNote",
        {"fr": "note de pratique", "en": "practice note"},
        {
            "fr": "Court texte qui documente une pratique, un savoir-faire ou un apprentissage.",
            "en": "Short text documenting a practice, know-how or lesson.",
        },
        type="Article",
        required=("license",),
    )
