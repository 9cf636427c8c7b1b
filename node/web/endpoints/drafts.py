"""What somebody writes is kept while they write, by their browser or by the button; and thrown away when they say so."""

from __future__ import annotations

import orjson

from federation.messages import Received
from node.actions.keep_draft import keep_draft, throw_away
from node.contracts import Endpoint, Reply, Tools, Visit
from node.errors import NotAllowed
from node.storage.unit_of_work import UnitOfWork
from node.web.forms import MOST_DIGITS, back, fields_of, number_of
from node.web.wording import clock

PATH = "/brouillons"
JSON = "application/json"


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """Keeps the draft, or throws one away; a script is told the number and the hour, a person is led to the list."""
    if not visit.form_token:
        raise NotAllowed
    fields = {name: values[-1] for name, values in fields_of(received).items()}
    person, number = visit.reader.actor, fields.get("brouillon", "")
    if fields.get("geste") == "jeter":
        which = number_of(received, "qui")
        await tools.database.write(lambda uow: throw_away(uow, which, person))
        return back(visit, PATH, "jete")
    known = int(number) if number.isascii() and number.isdecimal() and len(number) <= MOST_DIGITS else None

    def keep(uow: UnitOfWork) -> int:
        return keep_draft(uow, visit.house, person, fields, number=known, about=fields.get("about", ""))

    kept = await tools.database.write(keep)
    if JSON in ", ".join(received.values("Accept")):
        told = {"numero": kept, "heure": clock(visit.house.now, visit.language)}
        return Reply(body=orjson.dumps(told), media_type=JSON)
    return back(visit, f"{PATH}?garde={kept}", "garde")


ENDPOINT = Endpoint(path=PATH, receive=receive, takes_files=True)
