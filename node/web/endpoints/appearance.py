"""The form by which those who look after the node choose its colour and its emblem."""

from __future__ import annotations

import asyncio

from federation.messages import Received
from node.actions.dress import dress
from node.actions.keep_media import keep_media, prepared
from node.contracts import Endpoint, Reply, Tools, Visit
from node.domain.uploads import is_picture
from node.errors import Invalid, NotAllowed
from node.storage.unit_of_work import UnitOfWork
from node.web.forms import back, field_of, files_of
from node.web.translations import Tongue

PATH = "/noeud/apparence"


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """Dresses the node; raises NotAllowed, or Invalid with words for what is no picture."""
    if not visit.is_admin:
        raise NotAllowed
    logo = None
    for given in files_of(received, "embleme"):
        if not is_picture(given.name):
            words = Tongue(visit.language).say("Choisissez une image\u00a0: PNG, JPEG ou WebP.")
            raise Invalid("An emblem is a picture.", problems={"embleme": words})
        try:
            logo = await asyncio.to_thread(prepared, given, visit.language)
        except Invalid as refused:
            raise Invalid(str(refused), problems={"embleme": next(iter(refused.problems.values()), str(refused))}) from refused
    colour, is_bare = field_of(received, "couleur") or visit.look.colour, field_of(received, "sans") == "oui"

    def deed(uow: UnitOfWork) -> None:
        kept = keep_media(uow, visit.house, visit.reader.actor, logo) if logo else None
        dress(uow, visit.house, visit.reader.actor, colour, kept, bare=is_bare)

    await tools.database.write(deed)
    return back(visit, PATH, "1")


ENDPOINT = Endpoint(path=PATH, receive=receive, takes_files=True)
