"""A member makes, changes or takes back the address to which they write what they share, and says who sees it."""

from __future__ import annotations

from federation.messages import Received
from node.actions.keep_letter_address import choose, make, revoke
from node.contracts import Endpoint, Reply, Tools, Visit
from node.errors import Invalid, NotAllowed
from node.web.forms import back, field_of
from node.web.translations import Tongue, language_of

PATH = "/moi/partage"


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """Does it and leads back; a new address is told by the page once. Raises NotAllowed, NotFound or Invalid."""
    person, house, deed = visit.reader.actor, visit.house, field_of(received, "geste")
    community, write = field_of(received, "communaute"), tools.database.write
    if not visit.form_token:
        raise NotAllowed
    if deed == "retirer":
        await write(lambda uow: revoke(uow, person))
        return back(visit, PATH, "retiree")
    try:
        if deed == "faire":
            secret = await write(lambda uow: make(uow, house, person, community, f"{house.url}{PATH}"))
            return back(visit, f"{PATH}?nouvelle={secret}", "")
        if deed == "choisir":
            await write(lambda uow: choose(uow, house, person, community))
            return back(visit, PATH, "garde")
    except Invalid as refused:
        words = Tongue(language_of(visit.language)).say("Vous ne pouvez pas publier là. Choisissez une autre communauté.")
        raise Invalid(str(refused), problems={"communaute": words}) from refused
    raise Invalid("An address is made, chosen for, or taken back.")


ENDPOINT = Endpoint(path=PATH, receive=receive)
