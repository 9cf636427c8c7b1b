"""How this site does: what was looked at, each with its remedy; what waits; who looks after it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from node.actions.back_up import last_copy
from node.actions.examine_node import of_backups, of_letters, of_rows, seen
from node.contracts import Page, View, Visit
from node.domain.diagnosis import NAMES, Sign, called, worded
from node.domain.findings import Finding
from node.storage.household import first_run
from node.storage.office import is_keeper, must_prove
from node.storage.unit_of_work import UnitOfWork
from node.web.desk import Desk
from node.web.keeping import asked_of_keepers
from node.web.translations import phrase

#: Letters that are shown while they wait.
_MOST = 20
#: What came of a deed, by the short word in the address.
_DONE = {
    "regarde": phrase("Regardé à l’instant."),
    "copie": phrase("La copie est faite, et relue\u00a0: elle est entière."),
    "sans-copie": phrase("La copie n’a pas pu se faire\u00a0: regardez le disque."),
    "relance": phrase("Les lettres qui attendaient repartent maintenant."),
    "nommee": phrase("Cette personne veille maintenant sur le site avec vous."),
    "retiree": phrase("Cette personne ne veille plus sur le site."),
    "derniere": phrase("Personne d’autre ne veille sur le site\u00a0: nommez d’abord quelqu’un."),
}
_REFUSED = frozenset({"sans-copie", "derniere"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Light:
    """One thing looked at, by its name."""

    name: str
    finding: Finding


def show(uow: UnitOfWork, visit: Visit) -> View:
    """What needs somebody first."""
    desk = Desk(uow, visit)
    looked_at, lights = _lights(desk)
    people = uow.members.all()
    keepers = [row for row in people if is_keeper(uow, visit.house, row.iri)]
    code = visit.query.get("fait", "")
    values = {
        "lights": sorted(lights, key=lambda light: light.finding.is_well),
        "amiss": sum(not light.finding.is_well for light in lights),
        "looked_at": looked_at,
        "copy": last_copy(uow),
        "letters": uow.letters.listed("due", limit=_MOST),
        "lost": uow.letters.listed("given_up", limit=_MOST),
        "letters_count": uow.letters.count("due"),
        "people": len(people),
        "keepers": [(row, must_prove(uow, visit.house, row.iri)) for row in keepers],
        "others": [(row.iri, row.name) for row in people if row not in keepers],
        "communities": [(row.username, row.name, uow.invitations.count(row.iri)) for row in uow.actors.local("Group")],
        "keeping": asked_of_keepers(desk),
        "is_first_day": first_run(uow) == "begun",
        "done": desk.tongue.say(_DONE[code]) if code in _DONE else "",
        "is_refused": code in _REFUSED,
    }
    return View(title=desk.tongue.say("Tableau de bord"), values=values)


def _lights(desk: Desk) -> tuple[datetime | None, list[Light]]:
    """What the rows tell now, and what was last seen of the machine and from outside."""
    uow, house = desk.uow, desk.visit.house
    live = [*of_rows(uow, house), *of_letters(uow, house), of_backups(uow, house)]
    looked = seen(uow)
    known = {sign.what for sign in live}
    kept = [sign for sign in looked[1] if sign.what not in known and not sign.what.startswith("peer ")] if looked else []
    order = list(NAMES)
    signs = sorted([*kept, *live], key=lambda sign: order.index(sign.what) if sign.what in order else len(order))
    return looked[0] if looked else None, [_light(desk, sign) for sign in signs]


def _light(desk: Desk, sign: Sign) -> Light:
    return Light(name=called(sign.what, desk.as_spoken), finding=worded(sign, desk.as_spoken))


PAGE = Page(path="/tableau-de-bord", right="admin", show=show)
