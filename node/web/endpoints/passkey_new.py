"""A member's browser makes a passkey for this site: it asks what to make, and brings what it made."""

from __future__ import annotations

import json
from http import HTTPStatus

from federation.messages import Received
from node.actions.change_account import account
from node.actions.come_in import is_fresh
from node.actions.keep_passkey import ask_for_new, keep, may_have_passkeys, read_proof
from node.contracts import Endpoint, Reply, Tools, Visit
from node.errors import NotAllowed, NotFound
from node.storage.unit_of_work import UnitOfWork
from node.web.doors import ACCESS, KEYS
from node.web.entering import session_of
from node.web.entry_letters import change_letter
from node.web.forms import field_of

JSON = "application/json"


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """What to make, or where to go on; raises NotAllowed for whoever did not come in a moment ago, Invalid or Conflict."""
    person, house, here = visit.reader.actor, visit.house, session_of(received, visit)
    if not visit.form_token:
        raise NotAllowed
    if not may_have_passkeys(house):
        raise NotFound

    def ask(uow: UnitOfWork) -> str:
        if not is_fresh(uow, house, here, person):
            raise NotAllowed("Sign in once more first.")
        return ask_for_new(uow, house, account(uow, person))

    if field_of(received, "geste") == "defi":
        asked = await tools.database.write(ask)
        return Reply(body=asked.encode(), media_type=JSON)
    proof, name = read_proof(field_of(received, "preuve")), field_of(received, "nom_de_la_cle")

    def make(uow: UnitOfWork) -> None:
        if not is_fresh(uow, house, here, person):
            raise NotAllowed("Sign in once more first.")
        keep(uow, house, person, proof, name)
        uow.letters.put(change_letter(house, account(uow, person), "cle"))

    await tools.database.write(make)
    there = {"vers": f"{ACCESS}?langue={visit.language}&fait=cle"}
    return Reply(body=json.dumps(there).encode(), media_type=JSON, status=HTTPStatus.OK)


ENDPOINT = Endpoint(path=KEYS, receive=receive)
