"""The form in which those who animate a community write its rules: from the version in force, else from those to begin with."""

from __future__ import annotations

from node.actions.set_rules import LONGEST, LONGEST_COMMENT
from node.contracts import Page, View, Visit
from node.domain.promises import STAYS_HERE
from node.domain.rights import Deed
from node.storage.office import kept_by
from node.storage.patterned import pattern_of
from node.storage.unit_of_work import UnitOfWork
from node.web.desk import Desk
from node.web.promises import modes


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The form; raises NotFound for whoever may not write them."""
    desk = Desk(uow, visit)
    community = f"{visit.house.url}/communautes/{visit.path['slug']}"
    kept_by(uow, visit.house, visit.reader.actor, community, Deed.SET_RULES)
    known = uow.rules.current(community)
    return View(
        title=desk.tongue.say("Écrire nos règles"),
        values={
            "community": desk.community(community),
            "rules": desk.addresses.page(f"/communautes/{visit.path['slug']}/regles"),
            "text": known.text if known else pattern_of(uow, community).rules.in_language(desk.as_spoken),
            "mode": known.mode if known else STAYS_HERE,
            "version": known.version if known else 0,
            "modes": modes(desk),
            "longest": LONGEST,
            "longest_comment": LONGEST_COMMENT,
        },
    )


PAGE = Page(path="/communautes/{slug:[a-z0-9-]+}/regles/modifier", right="member", show=show)
