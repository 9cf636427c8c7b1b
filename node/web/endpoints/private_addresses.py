"""A member makes a private address, or takes one back, by a form of their page."""

from __future__ import annotations

from federation.messages import Received
from node.actions.keep_private_address import make, revoke
from node.contracts import Endpoint, Reply, Tools, Visit
from node.errors import Conflict, Invalid, NotAllowed
from node.web.forms import back, field_of, number_of

PATH = "/adresses-privees"


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """Does it and leads back; the new address is told by the page once. Raises NotAllowed, NotFound or Invalid."""
    person, house, deed = visit.reader.actor, visit.house, field_of(received, "geste")
    if not visit.form_token:
        raise NotAllowed
    if deed == "revoquer":
        number = number_of(received, "qui")
        await tools.database.write(lambda uow: revoke(uow, number, person))
        return back(visit, PATH, "revoquee")
    if deed != "faire":
        raise Invalid("A private address is made, or revoked.")
    address, name = field_of(received, "liste"), field_of(received, "nom")
    try:
        token = await tools.database.write(lambda uow: make(uow, house, person, address, name))
    except Conflict:
        return back(visit, PATH, "trop")
    return back(visit, f"{PATH}?nouvelle={token}", "faite")


ENDPOINT = Endpoint(path=PATH, receive=receive)
