"""What somebody brings along from before, as its pages show it: how far it is, what would become of each part, in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from node.domain.entries import Audience
from node.domain.rights import Deed, may
from node.storage.onlookers import onlookers
from node.storage.shelves.bringings import BringingRow
from node.web.desk import Desk
from node.web.sharing import said_of
from node.web.translations import Tongue, phrase

PATH = "/apporter"
#: For whom what is brought may be.
REACHES: Mapping[str, Audience] = {"communaute": Audience.COMMUNITY, "public": Audience.PUBLIC}
#: What each fate is called, and in which order the report tells of them.
FATES: Mapping[str, str] = {
    "new": phrase("nouvelle"),
    "changed": phrase("mise à jour"),
    "probable": phrase("semble déjà là"),
    "conflict": phrase("changée ici depuis"),
    "unreadable": phrase("illisible"),
    "same": phrase("déjà là"),
}
#: Why something is left out, as the readers of files say it, and as people read it; the rest is shown as it is said.
_REASONS = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (r"no format has its ending", phrase("Ce genre de fichier ne se lit pas ici.")),
        (r"is larger than|are too many|more than \d+ parts", phrase("C’est trop à la fois\u00a0: faites-en plusieurs parts.")),
        (r"has no title", phrase("Aucun titre n’est donné.")),
        (r"is not published there", phrase("Là-bas non plus, ce n’est pas publié.")),
        (r"password|protected", phrase("Un mot de passe protège ce fichier.")),
        (r"path leads out|link to another file|ZIP within", phrase("Ce fichier mène hors de son dossier.")),
        (r"damaged|not what its name says|no JSON|cannot be read", phrase("Le fichier est abîmé, ou n’est pas ce qu’il dit.")),
        (r"same key as", phrase("La même se trouve deux fois dans ce que vous apportez.")),
        (r"it was changed here since", phrase("Quelqu’un l’a modifiée ici\u00a0: elle reste comme elle est.")),
        (r"no author of that address", phrase("Son auteur·trice n’a pas de compte ici\u00a0: vous en répondez.")),
        (r"did not answer|Cannot connect|answers \d|Name or service|gives? its entries", phrase("Le site ne l’a pas donné.")),
        (r"no list was found", phrase("Aucune liste n’a été trouvée là\u00a0: collez plutôt les liens de ses pages.")),
        (r"no entries that everybody", phrase("Ce wiki n’a pas de fiches que tout le monde peut lire.")),
        (r"begins with https", phrase("Un lien commence par https://.")),
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One part of what is brought. `told` is a reason that is said in English only, "" for one in the reader's language."""

    name: str
    fate: str
    words: str
    reason: str
    told: str
    href: str


def rooms(desk: Desk) -> list[tuple[str, str]]:
    """The communities into which the reader may bring something: address and name."""
    uow, visit = desk.uow, desk.visit
    mine = [iri for iri in desk.communities if iri in visit.reader.communities]
    roles = {iri: uow.members.roles(visit.reader.actor, iri, visit.house.now) for iri in mine}
    return [(iri, desk.community(iri).text) for iri in mine if may(roles[iri], Deed.PUBLISH)]


def stage(desk: Desk, row: BringingRow) -> dict[str, Any]:
    """What its page shows."""
    report = orjson.loads(row.report or '{"counts":{},"plain":[],"amiss":[]}')
    counts: dict[str, int] = report["counts"]
    probable = counts.get("probable", 0)
    return {
        "row": row,
        "community": desk.community(row.community),
        "is_under_way": row.state in {"fetching", "looking", "taking"},
        "counts": [_counted(desk.tongue, fate, counts[fate]) for fate in FATES if counts.get(fate)],
        "taken": counts.get("new", 0) + counts.get("changed", 0),
        "probable": probable,
        "amiss": [_line(desk, each) for each in report["amiss"]],
        "plain": [_line(desk, each) for each in report["plain"]],
        "reaches": [
            (
                name,
                desk.tongue.say("Ma communauté") if name == "communaute" else desk.tongue.say("Public"),
                said_of(desk, onlookers(desk.uow, audience, row.person, [row.community], desk.visit.house.now)),
            )
            for name, audience in REACHES.items()
        ],
    }


def _counted(tongue: Tongue, fate: str, number: int) -> str:
    return {
        "new": tongue.count("%(num)s nouvelle", "%(num)s nouvelles", number),
        "changed": tongue.count("%(num)s mise à jour", "%(num)s mises à jour", number),
        "probable": tongue.count("%(num)s semble déjà là", "%(num)s semblent déjà là", number),
        "conflict": tongue.count("%(num)s changée ici depuis", "%(num)s changées ici depuis", number),
        "unreadable": tongue.count("%(num)s illisible", "%(num)s illisibles", number),
        "same": tongue.count("%(num)s déjà là", "%(num)s déjà là", number),
    }[fate]


def _line(desk: Desk, said: list[str]) -> Line:
    fate, name, source, iri, remark = said
    known = next((words for pattern, words in _REASONS if pattern.search(remark)), "")
    is_told = not known and fate not in {"probable", "same"}
    return Line(
        name=name or source,
        fate=fate,
        words=desk.tongue.say(FATES[fate]),
        reason=desk.tongue.say(known) if known else "",
        told=remark if is_told else "",
        href=desk.addresses.thing(iri) if iri else "",
    )
