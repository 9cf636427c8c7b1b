"""The address to which a member writes what they share: made, looked after and taken back; and who sees what comes there."""

from __future__ import annotations

from node.contracts import Page, View, Visit
from node.domain.post import private_address
from node.storage.unit_of_work import UnitOfWork
from node.web.desk import Desk
from node.web.sharing import places
from node.web.translations import phrase

PATH = "/moi/partage"
_SAID = {
    "garde": phrase("C’est noté."),
    "retiree": phrase("C’est fait\u00a0: ce qui arrive à cette adresse n’est plus lu par personne."),
}


def show(uow: UnitOfWork, visit: Visit) -> View:
    """What there is, and the address just made: it cannot be shown a second time."""
    desk, person, outcome = Desk(uow, visit), visit.reader.actor, visit.query.get("fait", "")
    secret, row = visit.query.get("nouvelle", "")[:200], uow.letterbox.of(person)
    found = uow.letterbox.find(secret) if secret else None
    is_theirs, member = found is not None and found.person == person, uow.members.get(person)
    return View(
        title=desk.tongue.say("Partager par courriel"),
        values={
            "row": row,
            "made": private_address(visit.house.letterbox, secret) if is_theirs and visit.house.letterbox else "",
            "email": member.email if member else "",
            "rooms": [("", desk.tongue.say("Moi, et personne d’autre")), *((each.iri, each.name) for each in places(desk))],
            "said": desk.tongue.say(_SAID[outcome]) if outcome in _SAID else "",
        },
        is_secret=True,
    )


PAGE = Page(path=PATH, right="member", show=show)
