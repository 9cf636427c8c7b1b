"""Sends somebody on the way to their organisation's own door; their browser keeps what proves that it was them."""

from __future__ import annotations

from federation.messages import Received
from node.actions.come_in import guess
from node.actions.vouch import current, set_out
from node.contracts import Endpoint, Reply, Tools, Visit
from node.domain.guessing import Way
from node.domain.vouching import new_errand
from node.errors import NotFound
from node.storage.shelves.accounts import Accounts
from node.storage.unit_of_work import UnitOfWork
from node.web.doors import BY_PROVIDER
from node.web.entering import knock, often, onward
from node.web.forms import field_of


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """Leads to the page that leads there; raises NotFound for a provider that opens nothing here."""
    who, house, wanted = knock(received, visit), visit.house, field_of(received, "qui")
    known = await tools.database.read(lambda uow: Accounts(uow.ground).providers.get(wanted))
    if known is None:
        raise NotFound
    row = await current(tools.outside, house, known)

    def go(uow: UnitOfWork) -> tuple[str, str] | None:
        tried = guess(uow, house, Way.PROVIDER, "", who)
        if tried is None:
            return None
        return set_out(uow, house, row, new_errand(row.slug, who.back, tried), visit.language)

    tokens = await tools.database.write(go)
    if tokens is None:
        raise often(visit)
    kept, there = tokens
    return onward(visit, BY_PROVIDER, ("etape", there), ("langue", visit.language), step=kept)


ENDPOINT = Endpoint(path=BY_PROVIDER, receive=receive, is_open=True)
