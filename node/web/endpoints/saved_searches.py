"""Somebody keeps a search by a form of its page, opens it to see what is new, or lets go of it."""

from __future__ import annotations

from federation.messages import Received
from node.actions.keep_search import keep_search, let_go_of_search, look_at_search
from node.contracts import Endpoint, Reply, Tools, Visit
from node.errors import Invalid, NotAllowed
from node.web.forms import back, field_of, number_of
from node.web.keeping_searches import cleaned


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """Does it and leads to the search, or back to the repertoire; raises NotAllowed for strangers."""
    if not visit.form_token:
        raise NotAllowed
    deed, reader, house = field_of(received, "geste"), visit.reader, visit.house
    if deed == "garder":
        query, name = cleaned(field_of(received, "recherche")), field_of(received, "nom")
        await tools.database.write(lambda uow: keep_search(uow, house, reader, name, query))
        return back(visit, f"/recherche?{query}", deed)
    id_ = number_of(received, "qui")
    if deed == "voir":
        found = await tools.database.write(lambda uow: look_at_search(uow, reader, id_))
        return back(visit, f"/recherche?{found.query}", deed)
    if deed != "oublier":
        raise Invalid("A search is kept, looked at, or let go of.")
    await tools.database.write(lambda uow: let_go_of_search(uow, reader, id_))
    return back(visit, "/recherche#mes-recherches", deed)


ENDPOINT = Endpoint(path="/recherches", receive=receive)
