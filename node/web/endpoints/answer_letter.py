"""Somebody answers about a meeting by the link of a letter, without coming in."""

from __future__ import annotations

from urllib.parse import urlencode

from federation.messages import Received
from node.actions.convene import opened
from node.contracts import Endpoint, Reply, Tools, Visit
from node.domain.sittings import MARK
from node.errors import Conflict, Invalid, NotAllowed, NotFound
from node.storage.unit_of_work import UnitOfWork
from node.web.forms import back, field_of
from node.web.rsvp import BY_LETTER, OWN_ANSWERS
from node.web.translations import Tongue, language_of


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """Notes it and shows the page again; raises NotFound for a link that opens nothing, Invalid for what cannot be."""
    token, name, house = visit.path["token"][:100], field_of(received, "geste"), visit.house
    member, stored, _ = await tools.database.read(lambda uow: opened(uow, house, token))
    day = field_of(received, "jour")[:8]
    if name not in OWN_ANSWERS:
        raise Invalid("One answers yes, maybe or no.")

    def deed(uow: UnitOfWork) -> object:
        return OWN_ANSWERS[name](uow, house, member.iri, f"{stored.entry.iri}{MARK}{day}" if day else stored.entry.iri)

    try:
        await tools.database.write(deed)
    except (NotAllowed, NotFound, Invalid) as problem:
        words = Tongue(language_of(visit.language)).say("Cela n’a pas pu se faire\u00a0: il n’y a peut-être plus de place.")
        raise Invalid(str(problem), problems={"": words}) from problem
    except Conflict:
        pass  # said before: it stays said
    return back(visit, f"/reponse/{token}?{urlencode({'r': name})}", "reponse")


ENDPOINT = Endpoint(path=BY_LETTER, receive=receive)
