"""The first day of a node as its pages show it: which station is where, what each needs to know, what was said to be wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from node.actions.announce import rooms
from node.actions.back_up import last_copy
from node.actions.examine_node import seen
from node.domain.diagnosis import called, worded
from node.domain.household import STEPS
from node.domain.mailing import PRESETS, preset_of
from node.errors import NotFound
from node.storage.household import kept_household, steps
from node.storage.patterned import pattern_of
from node.storage.postbox import kept_postbox
from node.storage.shelves.actors import ActorRow
from node.storage.unit_of_work import UnitOfWork
from node.web.desk import Desk
from node.web.founding import patterns
from node.web.friends import friends
from node.web.inviting import inviting
from node.web.meetings import next_meeting
from node.web.translations import phrase

PATH = "/premiers-pas"
#: The white around a code, in its own squares; what is dark in a row of it.
MARGIN, _DARK = 4, re.compile(rb"\x01+")
#: What each station is called.
TITLES: Mapping[str, str] = {
    "organisation": phrase("Votre organisation"),
    "courriel": phrase("Le courriel"),
    "sauvegarde": phrase("La sauvegarde"),
    "communaute": phrase("Votre première communauté"),
    "rencontre": phrase("La prochaine rencontre"),
    "gens": phrase("Vos gens"),
    "existant": phrase("Ce que vous avez déjà"),
    "amie": phrase("Une communauté amie"),
    "visibilite": phrase("Qui verra quoi"),
    "pret": phrase("C’est prêt"),
}
#: What is said on the next station, by the one that was just done.
DONE_WORDS: Mapping[str, str] = {
    "organisation": phrase("C’est enregistré."),
    "courriel": phrase("Le courriel est réglé."),
    "sauvegarde": phrase("La copie est faite, et vérifiée."),
    "communaute": phrase("La communauté est ouverte."),
    "rencontre": phrase("La date est fixée."),
    "gens": phrase("Les invitations sont prêtes."),
}
#: What is wrong with a field, by a short word.
WRONG: Mapping[str, str] = {
    "long": phrase("C’est trop long\u00a0: raccourcissez."),
    "empty": phrase("Il manque quelque chose ici."),
    "address": phrase("Ce n’est pas une adresse de courriel, par exemple lise@exemple.org."),
    "port": phrase("Un port est un nombre, d’habitude 465 ou 587."),
    "security": phrase("Choisissez une des trois façons."),
}
#: What kept a test letter from going out, by the kind that transport/mail says, and what to do.
TROUBLES: Mapping[str, str] = {
    "password": phrase(
        "Le serveur d’envoi refuse ce nom et ce mot de passe. Certains hébergeurs demandent un mot de passe d’application."
    ),
    "tls": phrase("Aucune connexion sûre n’a été possible\u00a0: essayez l’autre façon, ou l’autre port."),
    "silent": phrase(
        "Le serveur d’envoi ne répond pas. Vérifiez son nom et le port\u00a0; certaines machines n’ont pas le droit d’envoyer."
    ),
    "refused": phrase(
        "Le serveur d’envoi n’a pas voulu de la lettre. Vérifiez l’adresse d’expédition\u00a0: elle doit être à vous."
    ),
}
_TROUBLE = phrase("La lettre d’essai n’est pas partie.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Station:
    """A station on the way: `state` is "done", "later" or "" for one that is still to come."""

    name: str
    title: str
    state: str
    is_here: bool


def stations(desk: Desk, here: str) -> list[Station]:
    """All stations, in order."""
    states = steps(desk.uow)
    return [
        Station(name=name, title=desk.tongue.say(TITLES[name]), state=states.get(name, ""), is_here=name == here)
        for name in STEPS
    ]


def wrong_words(desk_say: Callable[[str], str], wrong: Mapping[str, str]) -> dict[str, str]:
    """What is wrong, in words."""
    return {name: desk_say(WRONG[word]) for name, word in wrong.items()}


def trouble_words(desk_say: Callable[[str], str], kind: str) -> str:
    """Why a test letter did not go out."""
    return desk_say(TROUBLES.get(kind, _TROUBLE))


def first_community(uow: UnitOfWork, person: str, at: datetime) -> ActorRow | None:
    """The community that the first day is about: the one that was founded first among those of the person."""
    found = [row for iri, _ in rooms(uow, person, at) if (row := uow.actors.get(iri))]
    return min(found, key=lambda row: (row.created_at is None, row.created_at, row.iri)) if found else None


def just_done(desk: Desk, step: str) -> dict[str, Any]:
    """What is said of the station before this one, when it was just done; invitations are handed over where no letter goes."""
    before = STEPS[STEPS.index(step) - 1]
    if desk.visit.query.get("fait") != "fait" or step == STEPS[0] or before not in DONE_WORDS:
        return {"just_done": "", "hand_over": False}
    has_mail = desk.visit.house.has_mail or kept_postbox(desk.uow) is not None
    return {"just_done": desk.tongue.say(DONE_WORDS[before]), "hand_over": before == "gens" and not has_mail}


def shown(desk: Desk, step: str) -> dict[str, Any]:
    """What a station needs to know."""
    community = first_community(desk.uow, desk.visit.reader.actor, desk.visit.house.now)
    known: dict[str, Any] = {"community": community, "slug": community.username if community else ""}
    return {**known, **(_SHOWN[step](desk, community) if step in _SHOWN else {})}


def _organisation(desk: Desk, _: ActorRow | None) -> dict[str, Any]:
    said, house = kept_household(desk.uow), desk.visit.house
    looked = seen(desk.uow)
    names = ("name", "TLS", "reachability", "actor", "clock")
    findings = (
        [(called(sign.what, desk.as_spoken), worded(sign, desk.as_spoken)) for sign in looked[1] if sign.what in names]
        if looked
        else []
    )
    return {"said": said, "name": said.name or house.name, "contact": said.contact or house.contact, "findings": findings}


def _mail(desk: Desk, _: ActorRow | None) -> dict[str, Any]:
    postbox = kept_postbox(desk.uow)
    me = desk.uow.members.get(desk.visit.reader.actor)
    return {
        "postbox": postbox,
        "preset": preset_of(postbox) if postbox else "",
        "presets": [("", desk.tongue.say("Un autre, ou je ne sais pas")), *((name, name) for name in PRESETS)],
        "is_in_settings": desk.visit.house.has_mail,
        "my_address": me.email if me else "",
        "waiting": desk.uow.letters.count("due"),
    }


def _backup(desk: Desk, _: ActorRow | None) -> dict[str, Any]:
    return {"copy": last_copy(desk.uow)}


def _community(desk: Desk, _: ActorRow | None) -> dict[str, Any]:
    return {"patterns": patterns(desk.language)}


def _people(desk: Desk, community: ActorRow | None) -> dict[str, Any]:
    if community is None:
        return {"is_ready": False}
    values = inviting(desk, community)
    is_ready = values["is_ready"] and desk.visit.query.get("fait") == "relire" and not desk.visit.problems
    return {**values, "community": community, "is_ready": is_ready, "open_count": desk.uow.invitations.count(community.iri)}


def _meeting(desk: Desk, community: ActorRow | None) -> dict[str, Any]:
    if community is None:
        return {"meeting": None}
    topic = pattern_of(desk.uow, community.iri).topic.in_language(desk.as_spoken)
    return {"meeting": next_meeting(desk.uow, desk.visit.house, community.iri, desk.tongue), "topic": topic}


def _friend(desk: Desk, community: ActorRow | None) -> dict[str, Any]:
    return {"links": len(desk.uow.followings.of(community.iri)) if community else 0, "friends": friends(desk)}


def _visibility(desk: Desk, _: ActorRow | None) -> dict[str, Any]:
    guess = desk.visit.query.get("reponse", "")
    return {"guess": guess if guess in {"membres", "organisation", "tous"} else ""}


def _ready(desk: Desk, community: ActorRow | None) -> dict[str, Any]:
    uow, house = desk.uow, desk.visit.house
    people = len({row.person for row in uow.members.of(community.iri, house.now)}) if community else 0
    invited = uow.invitations.count(community.iri) if community else 0
    looked = seen(uow)
    address_is_well = (
        bool(looked) and all(sign.is_well for sign in looked[1] if sign.what in {"name", "TLS", "reachability", "actor"})
        if looked
        else False
    )
    lights = (
        (desk.tongue.say("L’adresse"), address_is_well or house.allow_http, "organisation"),
        (desk.tongue.say("Le courriel"), house.has_mail or kept_postbox(uow) is not None, "courriel"),
        (desk.tongue.say("La sauvegarde"), last_copy(uow) is not None, "sauvegarde"),
        (desk.tongue.say("La communauté"), community is not None, "communaute"),
        (desk.tongue.say("Les gens"), people > 1 or invited > 0, "gens"),
    )
    address = f"{house.url}/communautes/{community.username}" if community else house.url
    return {"lights": lights, "address": address, "code": _code(address), "people": people, "invited": invited}


def _code(address: str) -> dict[str, Any]:
    """The address as a square that phones read: how wide it is with its margin, and the line round all that is dark."""
    # imported here: no other page draws any
    import segno  # noqa: PLC0415

    rows = [bytes(row) for row in segno.make(address, error="m").matrix]
    runs = [
        f"M{found.start() + MARGIN} {y + MARGIN}h{len(found[0])}v1h-{len(found[0])}z"
        for y, row in enumerate(rows)
        for found in _DARK.finditer(row)
    ]
    return {"size": len(rows) + 2 * MARGIN, "path": "".join(runs)}


_SHOWN: Mapping[str, Callable[[Desk, ActorRow | None], dict[str, Any]]] = {
    "organisation": _organisation,
    "courriel": _mail,
    "sauvegarde": _backup,
    "communaute": _community,
    "gens": _people,
    "rencontre": _meeting,
    "amie": _friend,
    "visibilite": _visibility,
    "pret": _ready,
}


def known_step(name: str) -> str:
    """The station of that name; raises NotFound for none."""
    if name not in STEPS:
        raise NotFound
    return name
