"""Copies of the node as their page shows them: where they are, what kept one from arriving, what a rehearsal found; in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from node.actions.back_up import last_copy
from node.domain.elsewhere_copies import Rehearsal
from node.domain.sentences import listed
from node.storage.elsewhere_copies import log_of
from node.storage.household import first_run
from node.storage.sealing import new_keys
from node.web.desk import Desk
from node.web.translations import phrase

PATH = "/noeud/sauvegardes"
#: What kept a copy from arriving, or from being opened, and what to do.
TROUBLES: Mapping[str, str] = {
    "password": phrase("Le serveur refuse ce nom et ce mot de passe. Souvent, il faut un mot de passe d’application."),
    "folder": phrase("Ce dossier n’est pas là. Créez-le d’abord, puis collez son adresse WebDAV."),
    "full": phrase("Il n’y a plus de place là-bas\u00a0: faites-en, ou choisissez un autre dossier."),
    "large": phrase(
        "Le serveur refuse un fichier de cette taille\u00a0: demandez à qui s’en occupe de permettre de plus gros envois."
    ),
    "busy": phrase("Le serveur est occupé ou en entretien\u00a0: la prochaine copie essaiera de nouveau."),
    "moved": phrase("Cette adresse renvoie ailleurs\u00a0: collez l’adresse WebDAV elle-même, telle que le serveur la donne."),
    "silent": phrase("Le serveur ne répond pas. Vérifiez l’adresse\u00a0; la prochaine copie essaiera de nouveau."),
    "forbidden": phrase(
        "Cette adresse est à l’intérieur d’un réseau privé\u00a0: demandez à qui tient la machine de la permettre."
    ),
    "changed": phrase("Ce qui est revenu n’est pas ce qui est parti\u00a0: cette copie ne compte pas."),
    "answer": phrase("Le serveur a répondu autre chose qu’un dossier\u00a0: est-ce bien une adresse WebDAV\u00a0?"),
    "key": phrase("Cette clé n’ouvre pas vos copies. Cherchez celle que vous avez gardée en les commençant."),
    "nothing": phrase("Aucune copie n’est encore arrivée là-bas."),
    "damaged": phrase("La copie ne se remet pas en place. Faites-en une autre maintenant, et recommencez."),
}
#: What is wrong with a field, by a short word.
WRONG: Mapping[str, str] = {
    "long": phrase("C’est trop long\u00a0: raccourcissez."),
    "folder": phrase("Une adresse de dossier commence par https:// et ne contient pas de «\u00a0?\u00a0»."),
    "name": phrase("Un nom d’utilisateur ne contient pas de deux-points."),
    "kept": phrase("Gardez d’abord la clé, puis cochez cette case\u00a0: sans elle, personne ne rouvre ces copies."),
}
DONE: Mapping[str, str] = {
    "copie": phrase("La copie est faite, et relue\u00a0: elle est entière."),
    "dossier": phrase("Le dossier prend des fichiers et les rend. La première copie y part dans les minutes qui viennent."),
    "repete": phrase("La répétition est faite\u00a0: en voici le compte rendu."),
    "oublie": phrase("Plus rien ne part ailleurs. Les copies qui y sont restent là-bas."),
}


def copies(desk: Desk) -> dict[str, Any]:
    """What the page of copies shows."""
    log, visit = log_of(desk.uow), desk.visit
    code, asks = visit.query.get("fait", ""), visit.query.get("cle") == "nouvelle"
    return {
        "copy": last_copy(desk.uow),
        "log": log,
        "trouble": desk.tongue.say(TROUBLES[log.problem]) if log.problem in TROUBLES else "",
        "rehearsal": log.rehearsal,
        "rehearsed": rehearsed(desk, log.rehearsal) if log.rehearsal else "",
        "key": visit.sent.get("cle") or (new_keys()[0] if asks and not log.place else ""),
        "said": desk.tongue.say(DONE[code]) if code in DONE else "",
        "is_first_day": first_run(desk.uow) == "begun",
    }


def rehearsed(desk: Desk, done: Rehearsal) -> str:
    """What a rehearsal found, in words."""
    tongue = desk.tongue
    if done.problem:
        return tongue.say(TROUBLES[done.problem])
    there = listed(_counted(desk, done.there), desk.language)
    opened = (
        tongue.say(
            "La copie gardée ailleurs s’ouvre avec votre clé et se remet en place\u00a0: on y retrouve %(there)s.", there=there
        )
        if done.is_far
        else tongue.say("La copie se remet en place\u00a0: on y retrouve %(there)s.", there=there)
    )
    if done.there == done.here:
        return " ".join((opened, tongue.say("Rien ne manque.")))
    since = tongue.say("Ici, depuis, il y a %(here)s.", here=listed(_counted(desk, done.here), desk.language))
    return f"{opened} {since}"


def _counted(desk: Desk, counts: Mapping[str, int]) -> list[str]:
    tongue = desk.tongue
    return [
        tongue.count("%(num)s communauté", "%(num)s communautés", counts.get("communities", 0)),
        tongue.count("%(num)s personne", "%(num)s personnes", counts.get("people", 0)),
        tongue.count("%(num)s fiche", "%(num)s fiches", counts.get("things", 0)),
    ]
