"""Somebody erases their account."""

from __future__ import annotations

import contextlib

from federation.messages import Received
from node.actions.come_in import is_fresh
from node.actions.erase_account import erase_account
from node.contracts import Endpoint, Reply, Tools, Visit
from node.domain.personal import Choice
from node.errors import Conflict, Invalid, NotAllowed
from node.storage.unit_of_work import UnitOfWork
from node.web.entering import STALE, session_of
from node.web.forms import back, field_of
from node.web.translations import Tongue, language_of


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """Does it and says so; raises NotAllowed without session, Invalid with what is missing."""
    tongue, choice = Tongue(language_of(visit.language)), None
    if not visit.form_token:
        raise NotAllowed
    with contextlib.suppress(ValueError):
        choice = Choice(field_of(received, "choix"))
    problems, here = {}, session_of(received, visit)
    if not await tools.database.read(lambda uow: is_fresh(uow, visit.house, here, visit.reader.actor)):
        problems[""] = tongue.say(STALE)
    if choice is None:
        problems["choix"] = tongue.say("Choisissez ce que deviennent vos contributions.")
    if field_of(received, "certain") != "oui":
        problems["certain"] = tongue.say("Dites que vous le comprenez.")
    if choice is None or problems:
        raise Invalid("An account is erased by who knows what follows.", problems=problems)
    wanted = choice

    def erase(uow: UnitOfWork) -> None:
        erase_account(uow, visit.house, visit.reader.actor, wanted)

    try:
        await tools.database.write(erase)
    except Conflict as problem:
        words = tongue.say("Vous êtes la seule personne responsable du site. Nommez-en d’abord une autre.")
        raise Invalid(str(problem), problems={"": words}) from problem
    return back(visit, "/vie-privee", "efface")


ENDPOINT = Endpoint(path="/moi/donnees/effacer", receive=receive)
