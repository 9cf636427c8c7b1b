"""Question: a question. Spec: ActivityStreams 2.0."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from vocab.namespaces import AS, XSD
from vocab.terms import Term, TypeTerm
from vocab.things.object import Object
from vocab.values import Moment, Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Question(Object):
    """A question."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        AS + "Question",
        {"fr": "question", "en": "question"},
        {"fr": "Question.", "en": "Question."},
        type="Question",
        status="reused",
    )
    one_of: Annotated[
        tuple[Ref, ...],
        Term(
            AS + "oneOf",
            {"fr": "un seul de", "en": "one of"},
            {"fr": "Réponses dont on choisit une.", "en": "Answers of which one is chosen."},
            status="reused",
        ),
    ] = ()
    any_of: Annotated[
        tuple[Ref, ...],
        Term(
            AS + "anyOf",
            {"fr": "plusieurs de", "en": "any of"},
            {"fr": "Réponses dont on choisit plusieurs.", "en": "Answers of which several are chosen."},
            status="reused",
        ),
    ] = ()
    closed: Annotated[
        Moment | None,
        Term(
            AS + "closed",
            {"fr": "close le", "en": "closed"},
            {"fr": "Moment de la clôture.", "en": "Moment of closing."},
            status="reused",
            datatype=XSD + "dateTime",
        ),
    ] = None
