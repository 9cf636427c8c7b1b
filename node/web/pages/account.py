"""A member's own page: what they say of themselves, their roles with dates, and where the rest of what is theirs is kept."""

from __future__ import annotations

from typing import Any

from node.actions.change_account import LONGEST_HELP, LONGEST_LANGUAGES, LONGEST_NAME, LONGEST_TOWN, account
from node.contracts import Page, View, Visit
from node.domain.offices import called
from node.storage.unit_of_work import UnitOfWork
from node.web.desk import Desk
from node.web.doors import ME
from node.web.translations import phrase

_SAID = {
    "moi": phrase("C’est enregistré."),
    "courriel": phrase("Votre nouvelle adresse est confirmée. Les liens pour entrer y arriveront désormais."),
}


def show(uow: UnitOfWork, visit: Visit) -> View:
    """What the reader says of themselves, to be changed, and what they are to whom."""
    desk, row, outcome = Desk(uow, visit), account(uow, visit.reader.actor), visit.query.get("fait", "")
    return View(
        title=desk.tongue.say("Mon compte"),
        values={
            "row": row,
            "hats": _hats(desk),
            "longest": {
                "name": LONGEST_NAME,
                "languages": LONGEST_LANGUAGES,
                "helps": LONGEST_HELP,
                "town": LONGEST_TOWN,
            },
            "portrait": desk.addresses.thing(row.iri),
            "said": desk.tongue.say(_SAID[outcome]) if outcome in _SAID else "",
        },
        is_secret=True,
    )


def _hats(desk: Desk) -> list[dict[str, Any]]:
    """The roles of the reader in each of their communities, each since when and until when."""
    person, now = desk.visit.reader.actor, desk.visit.house.now
    return [
        {"community": desk.community(iri), "role": called(row.role, desk.language), "since": row.since, "until": row.until}
        for iri in sorted(desk.visit.reader.communities)
        for row in desk.uow.members.of(iri, now)
        if row.person == person
    ]


PAGE = Page(path=ME, right="member", show=show)
