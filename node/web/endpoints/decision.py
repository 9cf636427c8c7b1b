"""Somebody asks for a decision about them to be looked at again."""

from __future__ import annotations

from federation.messages import Received
from node.actions.appeal import appeal
from node.contracts import Endpoint, Reply, Tools, Visit
from node.domain.moderating import LONGEST_REASON
from node.errors import Invalid, NotAllowed, NotFound
from node.storage.unit_of_work import UnitOfWork
from node.web.forms import MOST_DIGITS, back, field_of
from node.web.translations import Tongue, language_of


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """Keeps it and leads back; raises NotAllowed, NotFound, Conflict, or Invalid without words."""
    if not visit.form_token:
        raise NotAllowed
    said, words = visit.path["number"], field_of(received, "texte")
    if len(said) > MOST_DIGITS:
        raise NotFound
    number = int(said)
    if not 0 < len(words.strip()) <= LONGEST_REASON:
        missing = Tongue(language_of(visit.language)).say("Dites pourquoi, en %(most)s caractères au plus.", most=LONGEST_REASON)
        raise Invalid("An appeal has words.", problems={"texte": missing})

    def ask(uow: UnitOfWork) -> None:
        appeal(uow, visit.house, number, visit.reader.actor, words)

    await tools.database.write(ask)
    return back(visit, f"/decisions/{number}", "revue")


ENDPOINT = Endpoint(path="/decisions/{number:[0-9]+}", receive=receive)
