"""Somebody here answers a thing that they see, by the form of its page."""

from __future__ import annotations

from federation.messages import Received
from node.actions.reply import reply
from node.contracts import Endpoint, Reply, Tools, Visit
from node.errors import NotAllowed
from node.storage.unit_of_work import UnitOfWork
from node.web.addresses import Addresses
from node.web.forms import back, field_of


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """Publishes the answer and leads back; raises NotAllowed, NotFound for what the person may not see, Invalid without words."""
    iri, words = field_of(received, "iri"), field_of(received, "texte")
    sums_up = field_of(received, "resume") == "oui"
    if not visit.form_token:
        raise NotAllowed

    def answer(uow: UnitOfWork) -> None:
        reply(uow, visit.house, iri, visit.reader.actor, words, sums_up=sums_up)

    await tools.database.write(answer)
    return back(visit, f"{Addresses(visit).thing(iri)}#conversations", "repondre")


ENDPOINT = Endpoint(path="/repondre", receive=receive)
