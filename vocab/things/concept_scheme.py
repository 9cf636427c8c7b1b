"""ConceptScheme: a glossary, as SKOS has it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from vocab.namespaces import SKOS
from vocab.terms import TypeTerm
from vocab.things.page import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class ConceptScheme(Page):
    """A glossary or a list of concepts."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        SKOS + "ConceptScheme",
        {"fr": "glossaire", "en": "concept scheme"},
        {"fr": "Glossaire ou liste de concepts.", "en": "Glossary or list of concepts."},
        type="Page",
        types=("Collection", "OrderedCollection"),
        status="reused",
    )
