"""Those who look after the node write an incident down, close one, or say where the node is kept."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from federation.messages import Received
from node.contracts import Endpoint, Reply, Tools, Visit
from node.domain.fields import ZONE
from node.errors import Invalid, NotAllowed, NotFound
from node.storage.privacy import keep_hosting
from node.storage.shelves.incidents import Incident
from node.storage.unit_of_work import UnitOfWork
from node.web.forms import back, field_of, number_of
from node.web.translations import Tongue, language_of

PATH = "/noeud/vie-privee"
_LONGEST = 2_000
_DONE = {"inscrire": "inscrit", "clore": "clos", "lieu": "garde"}


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """Does it and leads back; raises NotAllowed, NotFound, or Invalid with what is wrong by field."""
    deed, now = field_of(received, "geste"), visit.house.now
    if not visit.is_admin:
        raise NotAllowed
    if deed not in _DONE:
        raise Invalid("Nothing of that name can be done here.")
    incident = _incident(received, visit) if deed == "inscrire" else None
    number = number_of(received, "qui") if deed == "clore" else 0
    place = field_of(received, "lieu")

    def keep(uow: UnitOfWork) -> None:
        if incident is not None:
            uow.incidents.add(incident)
        elif deed == "lieu":
            keep_hosting(uow, place)
        elif not uow.incidents.close(number, now):
            raise NotFound

    await tools.database.write(keep)
    return back(visit, PATH, _DONE[deed])


def _incident(received: Received, visit: Visit) -> Incident:
    tongue, said = Tongue(language_of(visit.language)), {name: field_of(received, name).strip()[:_LONGEST] for name in _FIELDS}
    happened_at, problems = None, {}
    try:
        happened_at = datetime.combine(date.fromisoformat(said["jour"]), time(12), ZoneInfo(ZONE))
    except ValueError:
        problems["jour"] = tongue.say("Écrivez le jour, comme 2026-11-22.")
    if not said["nature"]:
        problems["nature"] = tongue.say("Dites en quelques mots ce qui s’est passé.")
    if happened_at is None or problems:
        raise Invalid("An incident has a day and some words.", problems=problems)
    return Incident(
        happened_at=happened_at,
        noticed_at=visit.house.now,
        nature=said["nature"],
        people=said["personnes"],
        harm=said["risque"],
        measures=said["mesures"],
        told=said["avise"],
        is_serious=field_of(received, "serieux") == "oui",
        by=visit.reader.actor,
    )


_FIELDS = ("jour", "nature", "personnes", "risque", "mesures", "avise")
ENDPOINT = Endpoint(path=PATH, receive=receive)
