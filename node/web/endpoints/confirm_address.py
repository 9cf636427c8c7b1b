"""Gives an account the address to which a letter went: whoever reads it there proves it, signed in or not."""

from __future__ import annotations

from federation.messages import Received
from node.actions.change_account import confirm_address
from node.contracts import Endpoint, Reply, Tools, Visit
from node.errors import Conflict, NotFound
from node.storage.unit_of_work import UnitOfWork
from node.web.doors import ADDRESS, ME
from node.web.entering import problem
from node.web.entry_letters import change_letter
from node.web.forms import back, field_of
from node.web.translations import phrase

_LATE = phrase("Ce lien a déjà servi, ou il est trop vieux. Demandez-en un autre depuis votre compte.")
_TAKEN = phrase("Un autre compte a pris cette adresse entre-temps. Choisissez-en une autre.")


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """Does it, tells the address before, and leads to the account; raises Invalid with what is wrong."""
    token, house = field_of(received, "lettre"), visit.house

    def confirm(uow: UnitOfWork) -> None:
        before, _ = confirm_address(uow, house, token)
        uow.letters.put(change_letter(house, before, "courriel"))

    try:
        await tools.database.write(confirm)
    except NotFound as late:
        raise problem(visit, "", _LATE) from late
    except Conflict as taken:
        raise problem(visit, "", _TAKEN) from taken
    return back(visit, ME, "courriel")


ENDPOINT = Endpoint(path=ADDRESS, receive=receive, is_open=True)
