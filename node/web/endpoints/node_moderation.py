"""Those who look after the node decide about a report, or answer somebody who asks for a decision to be looked at again."""

from __future__ import annotations

from federation.messages import Received
from node.actions.appeal import answer_appeal
from node.contracts import Endpoint, Reply, Tools, Visit
from node.domain.moderating import LONGEST_REASON
from node.errors import Invalid, NotAllowed
from node.storage.unit_of_work import UnitOfWork
from node.web.deciding import received_decision
from node.web.forms import back, field_of, number_of
from node.web.translations import Tongue, language_of

PATH = "/noeud/moderation"


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """Does it and leads back; raises NotAllowed, NotFound, or Invalid with what is wrong."""
    deed = field_of(received, "geste")
    if not visit.is_admin:
        raise NotAllowed
    if deed not in {"revoir", "maintenir"}:
        return await received_decision(tools, received, visit, PATH, "")
    number, words = number_of(received, "qui"), field_of(received, "raison")
    if not 0 < len(words.strip()) <= LONGEST_REASON:
        missing = Tongue(language_of(visit.language)).say("Dites pourquoi, en %(most)s caractères au plus.", most=LONGEST_REASON)
        raise Invalid("An answer has a reason.", problems={"": missing})

    def answer(uow: UnitOfWork) -> None:
        answer_appeal(uow, visit.house, number, visit.reader.actor, words, is_reversed=deed == "revoir")

    await tools.database.write(answer)
    return back(visit, PATH, "repondu")


ENDPOINT = Endpoint(path=PATH, receive=receive)
