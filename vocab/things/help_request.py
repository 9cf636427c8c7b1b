"""HelpRequest: a concrete question to peers, with its state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from vocab.namespaces import ADMS, CDP, SCHEMA, SKOS
from vocab.terms import Term, TypeTerm
from vocab.things.note import Note
from vocab.values import Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpRequest(Note):
    """A request for help; the answers are its replies, those that helped are in `accepted_answer`."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        CDP + "HelpRequest",
        {"fr": "demande d’aide", "en": "help request"},
        {
            "fr": "Question concrète posée à ses pair·es, avec l’état où elle en est.",
            "en": "Concrete question put to one’s peers, with its current state.",
        },
        type="Note",
        types=("Article", "Page"),
        above=(SCHEMA + "Question",),
        note={
            "fr": "Une Note : partout on peut y répondre. Remontée à une concertation, c’est une nouvelle demande, tirée "
            "de la première (prov:wasDerivedFrom). Exemple : « Qui a déjà fait déneiger une ruelle verte ? »",
            "en": "Travels as a Note: it can be answered from anywhere. Raised to a concertation, it is a new request derived "
            "from the first (prov:wasDerivedFrom). Example: “Who has had snow cleared from a green lane?”",
        },
        required=("request_state",),
    )
    request_state: Annotated[
        Ref | None,
        Term(
            CDP + "requestState",
            {"fr": "état de la demande", "en": "state of the request"},
            {"fr": "Ouverte, des pistes, réglée.", "en": "Open, leads given, settled."},
            ranges=(SKOS + "Concept",),
            schemes=("etats-de-demande",),
            note={
                "fr": "Posé par la personne qui demande. Exemple : réglée, avec la réponse qui a marché dans "
                "schema:acceptedAnswer.",
                "en": "Set by the person who asks. Example: settled, with the answer that worked in schema:acceptedAnswer.",
            },
            is_searchable=True,
            narrows=(ADMS + "status",),
        ),
    ] = None
    accepted_answer: Annotated[
        tuple[Ref, ...],
        Term(
            SCHEMA + "acceptedAnswer",
            {"fr": "réponse retenue", "en": "accepted answer"},
            {"fr": "Réponse qui a aidé.", "en": "Answer that helped."},
            status="reused",
        ),
    ] = ()
