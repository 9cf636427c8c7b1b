"""Somebody announces a meeting by the form of its page."""

from __future__ import annotations

from federation.messages import Received
from node.actions.announce import announce
from node.actions.convene import convene, may_convene
from node.actions.publish import publish
from node.contracts import Endpoint, Reply, Tools, Visit
from node.domain.entries import Entry
from node.errors import Invalid, NotAllowed
from node.storage.unit_of_work import UnitOfWork
from node.web.addresses import Addresses
from node.web.announcing import NEW, fields_in
from node.web.forms import back
from node.web.translations import Tongue, language_of


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """Publishes it and leads to its page; raises NotAllowed for strangers, Invalid with what is wrong by field."""
    if not visit.form_token:
        raise NotAllowed
    fields, house, person = fields_in(received), visit.house, visit.reader.actor

    def deed(uow: UnitOfWork) -> Entry:
        if fields["inviter"] and not may_convene(uow, house, person, fields["communaute"]):
            words = Tongue(language_of(visit.language)).say("Seule l’animation de cette communauté écrit à tous ses membres.")
            raise Invalid("Letters to all members are for those who animate.", problems={"inviter": words})
        ready = announce(uow, house, person, fields, visit.language)
        entry = publish(uow, house, ready.draft, ready.placement)
        if fields["inviter"]:
            convene(uow, house, entry, person)
        return entry

    entry = await tools.database.write(deed)
    return back(visit, Addresses(visit).thing(entry.iri), "annoncee")


ENDPOINT = Endpoint(path=NEW, receive=receive)
