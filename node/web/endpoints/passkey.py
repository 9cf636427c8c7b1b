"""Opens a session with a passkey: a browser asks what to prove, and brings the proof."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

from federation.messages import Received
from node.actions.come_in import Admitted, guess, let_in, right
from node.actions.keep_passkey import ask_for_known, may_have_passkeys, proven, read_proof
from node.contracts import Endpoint, Reply, Tools, Visit
from node.domain.guessing import Way
from node.errors import NotAllowed, NotFound
from node.storage.unit_of_work import UnitOfWork
from node.web.doors import BY_KEY
from node.web.entering import entered, knock
from node.web.forms import field_of

JSON = "application/json"


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """What to prove, or where to go on with a session; raises NotAllowed for whoever proves nothing, or tried too often."""
    house, who = visit.house, knock(received, visit)
    if not may_have_passkeys(house):
        raise NotFound

    def ask(uow: UnitOfWork) -> str:
        tried = guess(uow, house, Way.PASSKEY, "", who)
        if tried is None:
            raise NotAllowed("There were too many tries; wait for an hour.")
        return ask_for_known(uow, house, tried)

    if field_of(received, "geste") == "defi":
        return Reply(body=(await tools.database.write(ask)).encode(), media_type=JSON)
    proof = read_proof(field_of(received, "preuve"))

    def enter(uow: UnitOfWork) -> Admitted:
        person, tried = proven(uow, house, proof)
        right(uow, tried)
        return let_in(uow, house, person, who, Way.PASSKEY)

    done = entered(visit, await tools.database.write(enter))
    there = urlsplit(dict(done.headers)["Location"])
    said = {"vers": f"{there.path}?{there.query}".removesuffix("?")}
    cookies = tuple(pair for pair in done.headers if pair[0] == "Set-Cookie")
    return Reply(body=json.dumps(said).encode(), media_type=JSON, headers=cookies)


ENDPOINT = Endpoint(path=BY_KEY, receive=receive, is_open=True)
