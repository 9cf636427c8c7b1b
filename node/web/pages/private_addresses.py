"""The private addresses of a member: for which lists, since when, when they were last used; made and revoked here."""

from __future__ import annotations

from node.actions.keep_private_address import is_list
from node.contracts import Page, View, Visit
from node.storage.unit_of_work import UnitOfWork
from node.web.desk import Desk
from node.web.takeaway import LIST, PRIVATE
from node.web.translations import phrase

#: The formats that a new address is shown in first; its last part names any other.
SHOWN = ("atom", "icalendar", "csv")

_SAID = {
    "revoquee": phrase("C’est fait : cette adresse n’ouvre plus rien."),
    "trop": phrase("Vous avez déjà beaucoup d’adresses privées. Retirez-en une d’abord."),
}


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The addresses of the reader, what they may make one for, and the one just made: it cannot be shown a second time."""
    desk, person, outcome = Desk(uow, visit), visit.reader.actor, visit.query.get("fait", "")
    token, offered = visit.query.get("nouvelle", "")[:200], visit.query.get(LIST, "")
    row = uow.private_addresses.find(token) if token else None
    made = row if row and row.person == person else None
    return View(
        title=desk.tongue.say("Mes adresses privées"),
        values={
            "made": made,
            "made_addresses": [f"{visit.house.url}/prive/{token}/{name}" for name in SHOWN] if made else [],
            "rows": uow.private_addresses.of(person),
            "offered": offered if is_list(offered) else "",
            "said": desk.tongue.say(_SAID[outcome]) if outcome in _SAID else "",
        },
        is_secret=True,
    )


PAGE = Page(path=PRIVATE, right="member", show=show)
