"""A member's browser makes a passkey for this site: it asks what to make, and brings what it made."""

from __future__ import annotations

import json
from http import HTTPStatus
from urllib.parse import urlencode

from federation.messages import Received
from node.actions.change_account import account
from node.actions.come_in import is_fresh, let_in_again
from node.actions.keep_passkey import ask_for_new, keep, may_have_passkeys, read_proof
from node.contracts import Endpoint, Reply, Tools, Visit
from node.domain.guessing import Way
from node.domain.returning import within
from node.errors import NotAllowed, NotFound
from node.storage.office import is_keeper
from node.storage.unit_of_work import UnitOfWork
from node.web.doors import ACCESS, BACK, KEYS
from node.web.entering import is_secure, knock
from node.web.entry_letters import change_letter
from node.web.forms import field_of
from node.web.middleware import session

JSON = "application/json"


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """What to make, or where to go on; raises NotAllowed for whoever did not come in a moment ago, Invalid or Conflict."""
    person, house, who = visit.reader.actor, visit.house, knock(received, visit)
    if not visit.form_token:
        raise NotAllowed
    if not may_have_passkeys(house):
        raise NotFound

    def ask(uow: UnitOfWork) -> str:
        if not is_fresh(uow, house, who.session, person):
            raise NotAllowed("Sign in once more first.")
        return ask_for_new(uow, house, account(uow, person))

    if field_of(received, "geste") == "defi":
        asked = await tools.database.write(ask)
        return Reply(body=asked.encode(), media_type=JSON)
    proof, name = read_proof(field_of(received, "preuve")), field_of(received, "nom_de_la_cle")

    def make(uow: UnitOfWork) -> str:
        if not is_fresh(uow, house, who.session, person):
            raise NotAllowed("Sign in once more first.")
        keep(uow, house, person, proof, name)
        uow.letters.put(change_letter(house, account(uow, person), "cle"))
        # whoever looks after the node may do more from here on: where they came in without a key, they are no longer in
        return let_in_again(uow, house, person, who, Way.PASSKEY) if is_keeper(uow, house, person) else ""

    opened = await tools.database.write(make)
    query = urlencode({"langue": visit.language, "fait": "cle", BACK: within(field_of(received, BACK))})
    cookie = (session.opened(opened, is_secure=is_secure(visit)),) if opened else ()
    return Reply(body=json.dumps({"vers": f"{ACCESS}?{query}"}).encode(), media_type=JSON, status=HTTPStatus.OK, headers=cookie)


ENDPOINT = Endpoint(path=KEYS, receive=receive)
