"""Reformulation: what a conversation has understood together, in other words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from vocab.namespaces import CDP, SCHEMA
from vocab.terms import TypeTerm
from vocab.things.note import Note


@dataclass(frozen=True, slots=True, kw_only=True)
class Reformulation(Note):
    """An answer that says again what was understood, so that the others may agree."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        CDP + "Reformulation",
        {"fr": "reformulation", "en": "reformulation"},
        {
            "fr": "Réponse qui redit ce que le fil a compris, pour que chaque personne puisse dire si c’est bien cela.",
            "en": "Answer that restates what the thread has understood, so that everyone can say whether that is right.",
        },
        type="Note",
        close_to=(SCHEMA + "Answer",),
        note={
            "fr": "Répond au message qui ouvre le fil ; les appréciations valent accord. Exemple : « Est-ce bien ce qu’on a "
            "compris ? »",
            "en": "Replies to the message that opens the thread; likes mean agreement. Example: “Is this what we understood?”",
        },
        required=("in_reply_to",),
    )
