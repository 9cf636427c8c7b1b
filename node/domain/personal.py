"""What a node knows of a person: why, for how long, and what becomes of it when they leave."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass

from node.domain.retention import DECISIONS, INVITATIONS, NOTICES, SESSION
from node.domain.sentences import said
from vocab.values import Text


class Parting(enum.StrEnum):
    """What becomes of a row when the person it names erases their account."""

    DELETE = "delete"  # the row goes
    BLANK = "blank"  # the row stays, without the person
    KEEP = "keep"  # decided elsewhere: what they wrote, and messages that were sent


class Choice(enum.StrEnum):
    """What somebody who leaves wants of what they wrote. The value is what the form sends."""

    NAMED = "avec-nom"
    UNNAMED = "sans-nom"
    NOTHING = "rien"


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """One kind of what is known: what it is called, what it is for, how long it is kept."""

    name: Text
    purpose: Text
    kept: Text


_ACCOUNT = said("Tant que le compte existe", "As long as the account exists")
CATEGORIES: Mapping[str, Category] = {
    "account": Category(
        name=said(
            "Le compte : nom, courriel, langues, ce en quoi vous pouvez aider",
            "The account: name, address, languages, what you can help with",
        ),
        purpose=said("Vous reconnaître et vous écrire", "To know you and to write to you"),
        kept=_ACCOUNT,
    ),
    "doors": Category(
        name=said(
            "Les façons d’entrer : mot de passe, clés d’accès, sessions, adresses privées",
            "Ways in: password, passkeys, sessions, private addresses",
        ),
        purpose=said("Que personne n’entre à votre place", "So that no one enters in your place"),
        kept=said(
            f"Tant que le compte existe ; une session, {SESSION.days} jours sans visite",
            f"As long as the account exists; a session, {SESSION.days} days without a visit",
        ),
    ),
    "belonging": Category(
        name=said("Les communautés, les rôles et leurs dates", "Communities, roles and their dates"),
        purpose=said("Savoir qui peut lire et faire quoi", "To know who may read and do what"),
        kept=_ACCOUNT,
    ),
    "words": Category(
        name=said(
            "Ce que vous écrivez, ses versions, vos fichiers et brouillons", "What you write, its versions, your files and drafts"
        ),
        purpose=said("Le partager avec les personnes que vous choisissez", "To share it with the people whom you choose"),
        kept=said("Jusqu’à ce que vous le retiriez", "Until you withdraw it"),
    ),
    "taking_part": Category(
        name=said("Vos réponses aux rencontres et vos accords", "Your answers to meetings and your agreements"),
        purpose=said("Préparer les rencontres, reconnaître une reformulation", "To prepare meetings, to confirm a summary"),
        kept=_ACCOUNT,
    ),
    "notices": Category(
        name=said(
            "Vos avis, ce que vous mettez en sourdine, vos recherches gardées",
            "Your notifications, what you mute, your saved searches",
        ),
        purpose=said("Vous dire ce qui vous concerne, et rien de plus", "To tell you what concerns you, and nothing more"),
        kept=said(f"Un avis, {NOTICES.days} jours", f"A notice, {NOTICES.days} days"),
    ),
    "consents": Category(
        name=said("Les règles auxquelles vous avez dit oui, et quand", "The rules that you said yes to, and when"),
        purpose=said("Se rappeler ce qui a été convenu", "To remember what was agreed"),
        kept=_ACCOUNT,
    ),
    "moderation": Category(
        name=said("Les signalements, les décisions et leurs raisons", "Reports, decisions and their reasons"),
        purpose=said("Protéger les personnes et rendre des comptes", "To protect people and to give account"),
        kept=said(f"{DECISIONS.days} jours", f"{DECISIONS.days} days"),
    ),
    "letters": Category(
        name=said(
            "Les courriels à envoyer, ceux que vous envoyez pour partager, les invitations",
            "Letters to be sent, those that you send in order to share, invitations",
        ),
        purpose=said("Vous écrire, publier ce que vous envoyez", "To write to you, to publish what you send"),
        kept=said(
            f"Le texte, jusqu’à l’envoi ou la publication ; une invitation, {INVITATIONS.days} jours",
            f"The text, until it is sent or published; an invitation, {INVITATIONS.days} days",
        ),
    ),
    "traces": Category(
        name=said("Ce qui est parti vers d’autres sites en votre nom", "What left for other sites in your name"),
        purpose=said("Pouvoir le retirer partout où c’est allé", "To be able to take it back wherever it went"),
        kept=said("Tant que ce que vous avez écrit existe", "As long as what you wrote exists"),
    ),
}
