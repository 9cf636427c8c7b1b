"""Who sees a resource published here, what other nodes were told of it, and the form that changes both."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from node.contracts import Page, View, Visit
from node.domain.entries import Audience, Entry
from node.errors import NotFound
from node.storage.acknowledging import Acknowledgement, acknowledgements
from node.storage.onlookers import onlookers
from node.storage.revising import may_revise
from node.storage.unit_of_work import UnitOfWork
from node.web.cards import title_of
from node.web.desk import Desk
from node.web.sharing import REACHES, Place, communities, houses, listed, places, reaches, said_of, seen_in
from node.web.shelved import SHELVED, iri_of, shelved
from node.web.translations import phrase

_SAID = {"change": phrase("C’est changé.")}
_ENDED = {
    "delivered": phrase("a confirmé avoir reçu la demande d’effacer"),
    "due": phrase("n’a pas encore répondu à la demande d’effacer\u00a0; on essaie de nouveau"),
    "parked": phrase("ne répond pas\u00a0: la demande d’effacer n’a pas abouti"),
}
_SENT = {
    "delivered": phrase("l’a reçue"),
    "due": phrase("ne l’a pas encore reçue\u00a0; on essaie de nouveau"),
    "parked": phrase("ne répond pas\u00a0: elle ne l’a pas reçue"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What one other node has of a resource, in words."""

    name: str
    words: str
    at: datetime | None


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The form, for whoever may change the resource; NotFound for anybody else."""
    desk = Desk(uow, visit)
    stored = shelved(desk)
    if stored is None or not visit.form_token or not may_revise(uow, visit.house, stored.entry, visit.reader.actor):
        raise NotFound
    entry, iri = stored.entry, iri_of(visit)
    place = _place(desk, entry.community)
    now = next(name for name, audience in REACHES.items() if audience is entry.audience)
    among = entry.readers if entry.audience is Audience.CHOSEN else {entry.community}
    seen = onlookers(uow, entry.audience, entry.author, among, visit.house.now)
    wanted = visit.sent.get("qui", "")
    return View(
        title=desk.tongue.say("Qui peut voir ceci"),
        values={
            "heading": title_of(desk, stored)[0],
            "thing_href": desk.addresses.thing(iri),
            "own_path": f"/{visit.path['shelf']}/{visit.path['id']}",
            "seen_by": _handed_on(desk, entry) or said_of(desk, seen),
            "is_chosen": entry.audience is Audience.CHOSEN,
            "copied": listed(desk, houses(desk, seen)) if entry.audience is Audience.CHOSEN else "",
            "named": [desk.community(each) for each in sorted(entry.readers)],
            "reaches": reaches(desk, place),
            "reach": now,
            "widened": place.seen_by.get(wanted, "") if place and "confirmer" in visit.problems else "",
            "rooms": [] if entry.community else places(desk),
            "room": place,
            "communities": communities(desk),
            "chosen": entry.readers or frozenset({entry.community}),
            "receipts": [_receipt(desk, each) for each in acknowledgements(uow, iri)],
            "said": desk.tongue.say(_SAID[visit.query["fait"]]) if visit.query.get("fait") in _SAID else "",
        },
        is_secret=True,
    )


def _place(desk: Desk, community: str) -> Place | None:
    if not community:
        return next(iter(places(desk)), None)
    row = desk.uow.actors.get(community)
    return Place(iri=community, name=row.name if row else community, seen_by=seen_in(desk, community))


def _handed_on(desk: Desk, entry: Entry) -> str:
    """Who sees what was answered in a community elsewhere: its members, whom it alone knows; "" for anything else."""
    is_far = entry.audience is Audience.COMMUNITY and not desk.visit.house.is_local(entry.community)
    name = desk.community(entry.community).text
    return desk.tongue.say("Les personnes membres de %(name)s, où que soit leur compte.", name=name) if is_far else ""


def _receipt(desk: Desk, told: Acknowledgement) -> Receipt:
    words = (_ENDED if told.type == "Delete" else _SENT).get(told.state, _SENT["due"])
    return Receipt(name=desk.house_of(told.host), words=desk.tongue.say(words), at=told.at)


PAGE = Page(path=f"/{SHELVED}/visibilite", right="member", show=show)
