"""Names the box where letters for us lie, once it opened; or none any more."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

from federation.messages import Received
from node.contracts import Endpoint, Reply, Tools, Visit
from node.domain.errands import ALL, COLLECT
from node.domain.letterboxes import told_box
from node.domain.letters import Mailbox
from node.errors import Conflict, Invalid, NotAllowed
from node.storage.postbox import keep_mailbox, keep_password, kept_mailbox, whole_mailbox
from node.storage.unit_of_work import UnitOfWork
from node.transport.mailbox import NotFetched, look
from node.web.forms import back, field_of, fields_of
from node.web.receiving import PATH, TROUBLES, WRONG
from node.web.translations import Tongue, language_of


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """Does it and leads back; raises NotAllowed for whoever does not look after the node, Invalid by field."""
    if not visit.is_admin:
        raise NotAllowed
    if tools.mailbox is not None:
        raise Conflict("The settings name the box.")
    match field_of(received, "geste"):
        case "boite":
            box = await _opened(tools, received, Tongue(language_of(visit.language)))
            await tools.database.write(lambda uow: _keep(uow, tools.data, box))
            return back(visit, PATH, "boite")
        case "oublier":
            await tools.database.write(lambda uow: _forget(uow, tools.data))
            return back(visit, PATH, "oublie")
        case _:
            raise Invalid("Nothing of that name can be done about letters.")


async def _opened(tools: Tools, received: Received, tongue: Tongue) -> Mailbox:
    """The box that the form says, which opens; raises Invalid for any other."""
    fields = {name: values[-1] for name, values in fields_of(received).items()}
    told = told_box(fields, await tools.database.read(lambda uow: whole_mailbox(uow, tools.data)))
    wrong = {**told.wrong, **({} if fields.get("seule") == "oui" else {"seule": "alone"})}
    if wrong:
        raise Invalid("This is no box.", problems={name: tongue.say(WRONG[word]) for name, word in wrong.items()})
    try:
        await asyncio.to_thread(look, told.box)
    except NotFetched as problem:
        raise Invalid(str(problem), problems={"": tongue.say(TROUBLES[problem.kind])}) from problem
    return told.box


def _keep(uow: UnitOfWork, data: Path | None, box: Mailbox) -> None:
    if data is not None:
        keep_password(box, data)
    keep_mailbox(uow, box)
    uow.tasks.wake(COLLECT, ALL)


def _forget(uow: UnitOfWork, data: Path | None) -> None:
    known = kept_mailbox(uow)
    if known is not None and data is not None:
        keep_password(replace(known, password=""), data)
    keep_mailbox(uow, None)


ENDPOINT = Endpoint(path=PATH, receive=receive)
