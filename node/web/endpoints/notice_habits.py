"""Somebody says how often they want letters, and what they want to hear of no more, or again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from federation.messages import Received
from node.contracts import Endpoint, Reply, Tools, Visit
from node.domain.digest import RHYTHMS, WEEKDAYS
from node.errors import Invalid, NotAllowed
from node.storage.unit_of_work import UnitOfWork
from node.web.forms import back, field_of

PATH = "/moi/avis"
LONGEST = 2_000
_DONE = {"rythme": "garde", "sourdine": "sourdine", "parler": "parler", "masquer": "masquer", "montrer": "montrer"}


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """Keeps it and leads back; raises NotAllowed without session, Invalid for what nobody can choose."""
    deed, subject = field_of(received, "geste"), field_of(received, "sujet")[:LONGEST]
    if not visit.form_token:
        raise NotAllowed
    if deed not in _DONE or (deed != "rythme" and not subject):
        raise Invalid("Nothing of that name can be done here.")
    rhythm, day = field_of(received, "rythme"), field_of(received, "jour")
    if deed == "rythme" and (rhythm not in {name for name, _, _ in RHYTHMS} or day not in map(str, range(len(WEEKDAYS)))):
        raise Invalid("There is no such rhythm or day.")
    person, now = visit.reader.actor, visit.house.now

    def keep(uow: UnitOfWork) -> None:
        if deed == "rythme":
            uow.notices.keep_habit(replace(uow.notices.habit(person), rhythm=rhythm, weekday=int(day)))
        else:
            _heed(uow, person, deed, subject, now)

    await tools.database.write(keep)
    return back(visit, PATH, _DONE[deed])


def _heed(uow: UnitOfWork, person: str, deed: str, subject: str, now: datetime) -> None:
    """What they want to hear of, or read, no more or again; nobody hides themselves."""
    if deed == "sourdine":
        uow.notices.mute(person, subject, now)
    elif deed == "parler":
        uow.notices.unmute(person, subject)
    elif deed == "montrer":
        uow.notices.unhide(person, subject)
    elif subject != person:
        uow.notices.hide(person, subject, now)


ENDPOINT = Endpoint(path=PATH, receive=receive)
