"""The roles of a community in words, and the table of what each may do: made from the rights themselves, so that it is true.

`python -m node.domain.offices > node/ROLES.md` writes it down.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from node.domain.rights import ANIMATION, CURATION, DOCUMENTATION, GUEST, MEMBER, OBSERVER, ROLES, Deed, deeds_of
from vocab.terms import Bilingual

#: What each role is called, and what somebody who holds it does, in a sentence.
OFFICES: Mapping[str, tuple[Bilingual, Bilingual]] = {
    ANIMATION: (
        {"fr": "animation", "en": "facilitation"},
        {
            "fr": "Convoque, accueille, répond aux demandes et donne les rôles.",
            "en": "Calls meetings, welcomes people, answers requests and gives the roles.",
        },
    ),
    CURATION: (
        {"fr": "curation", "en": "curation"},
        {
            "fr": "Complète et range le répertoire, y fait entrer ce qui vient d’ailleurs.",
            "en": "Completes and orders the repertoire, takes in what comes from elsewhere.",
        },
    ),
    DOCUMENTATION: (
        {"fr": "prise de notes", "en": "note taking"},
        {
            "fr": "Écrit ce qui s’est dit et met les notes au propre.",
            "en": "Writes down what was said and tidies the notes.",
        },
    ),
    MEMBER: (
        {"fr": "membre", "en": "member"},
        {
            "fr": "Lit, partage, discute et corrige ses propres notes.",
            "en": "Reads, shares, discusses and edits their own notes.",
        },
    ),
    OBSERVER: (
        {"fr": "observation", "en": "observation"},
        {"fr": "Lit ce que la communauté se dit, sans y écrire.", "en": "Reads what the community says, without writing."},
    ),
    GUEST: (
        {"fr": "invité·e d’ailleurs", "en": "guest from elsewhere"},
        {
            "fr": "Suit la communauté depuis un autre site\u00a0: lit ce qui est public, peut proposer.",
            "en": "Follows the community from another site: reads what is public, may propose.",
        },
    ),
}
DEEDS: Mapping[Deed, Bilingual] = {
    Deed.READ: {"fr": "Lire ce qui est pour la communauté", "en": "Read what is for the community"},
    Deed.DISCUSS: {"fr": "Discuter", "en": "Discuss"},
    Deed.PUBLISH: {"fr": "Partager une note, un lien, une date", "en": "Share a note, a link, a date"},
    Deed.EDIT_OWN: {"fr": "Corriger ce qu’on a écrit", "en": "Edit what one wrote"},
    Deed.EDIT_ANY: {"fr": "Corriger ce que d’autres ont écrit", "en": "Edit what others wrote"},
    Deed.INTEGRATE: {"fr": "Intégrer une ressource venue d’ailleurs", "en": "Take in a resource from elsewhere"},
    Deed.PROPOSE_MAPPING: {"fr": "Proposer une correspondance entre termes", "en": "Propose a correspondence between terms"},
    Deed.ACCEPT_MAPPING: {"fr": "Accepter une correspondance", "en": "Accept a correspondence"},
    Deed.FOLLOW: {"fr": "Suivre une autre communauté, au nom de celle-ci", "en": "Follow another community, in its name"},
    Deed.ANSWER_FOLLOWERS: {"fr": "Répondre à qui demande à la suivre", "en": "Answer those who ask to follow it"},
    Deed.INVITE: {"fr": "Inviter des personnes", "en": "Invite people"},
    Deed.DESCRIBE: {"fr": "Changer le nom et la présentation", "en": "Change the name and the description"},
    Deed.SET_RULES: {"fr": "Écrire les règles de fonctionnement", "en": "Write the operating rules"},
    Deed.MODERATE: {"fr": "Décider de ce qui est signalé", "en": "Decide about what is reported"},
    Deed.SET_ROLES: {"fr": "Donner et reprendre les rôles", "en": "Give and end roles"},
}
#: The roles that somebody who joins may be given.
GIVEN = tuple(role for role in ROLES if role != GUEST)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the table: what can be done, and for each role, in the order of ROLES, whether it may."""

    words: str
    allowed: tuple[bool, ...]


def called(role: str, language: str) -> str:
    """What a role is called; of one that is not known, the end of its address."""
    return _in(OFFICES[role][0], language) if role in OFFICES else role.rpartition("/")[2]


def told(role: str, language: str) -> str:
    """What somebody with a role does, in a sentence; "" for one that is not known."""
    return _in(OFFICES[role][1], language) if role in OFFICES else ""


def table(language: str) -> list[Line]:
    """What can be done in a community, and who may: read from the rights."""
    held = [deeds_of([role]) for role in ROLES]
    return [Line(words=_in(DEEDS[deed], language), allowed=tuple(deed in deeds for deeds in held)) for deed in Deed]


def is_last(holders: Iterable[str], person: str) -> bool:
    """Whether nobody else holds what this person holds: somebody must always be able to give the roles."""
    return set(holders) == {person}


def last_day(until: datetime | None) -> datetime | None:
    """A moment of the last day on which something lasts that ends at midnight."""
    return until - timedelta(seconds=1) if until is not None else None


def lasts(since: datetime, until: datetime | None, now: datetime) -> str:
    """Where a membership stands: to come, in force, ending or ended."""
    if since > now:
        return "to come"
    if until is None:
        return "in force"
    return "ended" if until <= now else "ending"


def document() -> str:
    """The table in both languages, as it stands in ROLES.md."""
    parts = ["<!-- Written by: python -m node.domain.offices > node/ROLES.md -->"]
    for language, title, deed in (
        ("fr", "Qui peut quoi dans une communauté", "Ce qu’on y fait"),
        ("en", "Who may do what", "Deed"),
    ):
        heads = [called(role, language) for role in ROLES]
        parts += ["", f"# {title}", "", _row([deed, *heads]), _row(["---"] * (len(heads) + 1))]
        yes = {"fr": "oui", "en": "yes"}[language]
        parts += [_row([line.words, *(yes if may else "" for may in line.allowed)]) for line in table(language)]
        parts += ["", *(f"- **{called(role, language)}**: {told(role, language)}" for role in ROLES)]
    return "\n".join(parts) + "\n"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _in(words: Bilingual, language: str) -> str:
    return words.get(language, words["fr"])


if __name__ == "__main__":
    sys.stdout.write(document())
