"""Takes back what somebody shared by letter, for whoever has the letter that answered it, signed in or not."""

from __future__ import annotations

from federation.messages import Received
from node.actions.share import undo_by_letter
from node.actions.withdraw import withdraw
from node.contracts import Endpoint, Reply, Tools, Visit
from node.errors import Conflict, Invalid, NotFound
from node.storage.unit_of_work import UnitOfWork
from node.web.forms import back, field_of
from node.web.translations import Tongue, language_of

PATH = "/partager/lettre"


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """Does it once and leads back; raises Invalid when it is too late, or done."""
    token, house = field_of(received, "lettre")[:200], visit.house

    def take_back(uow: UnitOfWork) -> None:
        undo_by_letter(uow, house, token, withdraw)

    try:
        await tools.database.write(take_back)
    except (NotFound, Conflict) as late:
        words = Tongue(language_of(visit.language)).say("Les dix minutes sont passées, ou c’est déjà annulé.")
        raise Invalid(str(late), problems={"": words}) from late
    return back(visit, PATH, "annule")


ENDPOINT = Endpoint(path=PATH, receive=receive, is_open=True)
