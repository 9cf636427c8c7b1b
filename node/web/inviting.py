"""The form by which people are invited: the letter it begins with, what it holds, and what is wrong with it, in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from federation.messages import Received
from node.actions.invite import Sent, prepared
from node.contracts import House, Visit
from node.domain.invitations import MOST, Round, letter, problems, subject
from node.domain.letters import addresses
from node.domain.offices import GIVEN, called, told
from node.domain.rights import MEMBER
from node.errors import Invalid
from node.storage.postbox import kept_postbox
from node.storage.presenting import actor_of_ours
from node.storage.shelves.actors import ActorRow
from node.storage.unit_of_work import UnitOfWork
from node.web.desk import Desk
from node.web.forms import field_of
from node.web.meetings import next_meeting
from node.web.translations import Tongue, language_of, phrase
from vocab.things.group import Group

#: What is wrong, by the short word that the domain says it with.
_WRONG: Mapping[str, str] = {
    "none": phrase("Collez ici au moins une adresse de courriel, par exemple lise@exemple.org."),
    "odd": phrase("Une de ces adresses n’en est pas une\u00a0: %(odd)s. Corrigez-la ou enlevez-la."),
    "many": phrase("Vingt adresses au plus à la fois. Envoyez celles-ci, puis les autres."),
    "empty": phrase("Écrivez quelques mots\u00a0: sans eux, personne ne saura de qui vient la lettre."),
    "long": phrase("Cette lettre est trop longue\u00a0: 4\u00a0000 signes au plus."),
}
_TOLD: Mapping[str, str] = {
    "deja": phrase("Rien ne part une seconde fois\u00a0: ces lettres sont déjà en route."),
    "trop": phrase("Trop d’invitations attendent une réponse\u00a0: retirez-en d’abord."),
    "renvoyee": phrase("La lettre repart, avec un nouveau lien."),
    "retiree": phrase("L’invitation est retirée\u00a0: son lien n’ouvre plus rien."),
}
_SENT = re.compile(r"parties\.(?P<letters>\d{1,3})\.(?P<known>\d{1,3})")


def beginning(uow: UnitOfWork, house: House, community: ActorRow, name: str, language: str) -> Round:
    """The round that somebody begins with: nobody yet, and a friendly letter."""
    tongue = Tongue(language)
    coming = next_meeting(uow, house, community.iri, tongue)
    actor = actor_of_ours(uow, community.iri)
    time = actor.expected_time.primary if isinstance(actor, Group) and actor.expected_time else ""
    words = {
        "community": community.name,
        "house": house.name,
        "name": name,
        "meeting": coming.words if coming else "",
        "time": time,
    }
    return Round(subject=subject(community.name, language), text=letter(words, language), role=MEMBER, language=language)


def inviting(desk: Desk, community: ActorRow) -> dict[str, Any]:
    """What the form shows: the round being prepared, else a new one."""
    visit, uow = desk.visit, desk.uow
    kept = prepared(uow, visit.reader.actor, community.iri)
    round_ = kept if kept.to else beginning(uow, visit.house, community, visit.reader_name, desk.language)
    return {
        "slug": community.username,
        "community": community.name,
        "round": round_,
        "pasted": "\n".join(round_.to),
        "is_ready": bool(kept.to),
        "roles": [(role, called(role, desk.language), told(role, desk.language)) for role in GIVEN],
        "role_name": called(round_.role or MEMBER, desk.language),
        "has_mail": visit.house.has_mail or kept_postbox(uow) is not None,
        "most": MOST,
    }


def round_of(received: Received, visit: Visit) -> Round:
    """The round that a form holds; raises Invalid with what is wrong, by field."""
    pasted, title = field_of(received, "adresses"), field_of(received, "objet")
    text = field_of(received, "lettre").replace("\r\n", "\n")
    language = language_of(visit.language)
    wrong, tongue = problems(pasted, title, text), Tongue(language)
    if wrong:
        odd = ", ".join(addresses(pasted)[1][:3])
        told_wrong = {
            name: tongue.say(_WRONG[word], odd=odd) if word == "odd" else tongue.say(_WRONG[word]) for name, word in wrong.items()
        }
        raise Invalid("This invitation cannot go out yet.", problems=told_wrong)
    return Round(
        to=addresses(pasted)[0],
        subject=" ".join(title.split())[:150],
        text=text,
        role=field_of(received, "role") or MEMBER,
        language=language,
    )


def sent_code(done: Sent) -> str:
    """What came of sending, as it stands in the address of the page that tells it."""
    return f"parties.{done.letters}.{len(done.known)}"


def told_of(tongue: Tongue, code: str) -> str:
    """The same in a sentence; "" for what says nothing: nobody can put words of their own on this page."""
    if code in _TOLD:
        return tongue.say(_TOLD[code])
    found = _SENT.fullmatch(code)
    if found is None:
        return ""
    letters, known = int(found["letters"]), int(found["known"])
    sent = tongue.count("La lettre part vers %(num)s personne.", "La lettre part vers %(num)s personnes.", letters)
    if not known:
        return sent
    there = tongue.count("%(num)s personne est déjà membre.", "%(num)s personnes sont déjà membres.", known)
    return f"{sent} {there}" if letters else there
