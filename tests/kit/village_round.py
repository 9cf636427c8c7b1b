"""Where the village shows what those see who are signed in, and what leads to it; nothing more is planted for these pages."""

from __future__ import annotations

from urllib.parse import quote

from kit.village import HERE, VISITS, WELCOME

_ITS_OWN = ("modifier", "versions", "versions/1", "visibilite")
ROUND = (
    "/moi",
    "/moi/acces",
    "/moi/avis",
    "/moi/courriel",
    "/moi/donnees",
    "/moi/donnees/effacer",
    "/avis",
    "/atelier",
    "/agenda/ajouter",
    "/agenda/nouvelle",
    "/agenda/abonnements",
    "/rencontres/r1/modifier",
    *(f"{WELCOME.removeprefix(HERE)}/{name}" for name in _ITS_OWN),
    f"/ailleurs/versions?iri={quote(VISITS, safe='')}",
    "/carnets/carnet/lecture",
    "/carnets/nouveau",
    "/communautes/habitation/echanges",
    "/communautes/habitation/echanges/nouveau",
    "/communautes/habitation/membres",
    "/communautes/habitation/regles",
    "/communautes/habitation/regles/ouverture",
    f"/signaler?iri={quote(WELCOME, safe='')}",
    f"/ecrire?iri={quote(WELCOME, safe='')}",
    "/hors-ligne",
    "/vie-privee",
    "/noeud/lettres",
    "/entrer/code",
    "/entrer/retour",
    "/premiers-pas",
    "/premiers-pas/organisation",
    "/nouvelle-communaute",
    "/tableau-de-bord",
    "/noeud/entree",
    "/noeud/moderation",
    "/noeud/vie-privee",
    "/liens/noeud?serveur=rive.example",
)
#: Pages that need more than the village has: somebody invited, refused, animating. They are walked through in tests/walks.
WALKED = frozenset({
    "answer_letter", "bring", "brought", "clock", "community_settings", "copies", "decision", "elsewhere_preview", "invitation",
    "invite", "letter_address", "moderation", "plan", "provider_out", "roles", "rules_form", "translate", "undo_letter",
})  # fmt: skip
