"""A private address: one list in one format, as a member's communities may see it, to whoever knows the address."""

from __future__ import annotations

from node.actions.keep_private_address import opened
from node.contracts import Endpoint, Visit
from node.domain.visibility import Opened
from node.storage.unit_of_work import UnitOfWork


def opens(uow: UnitOfWork, visit: Visit) -> Opened:
    """The list that it stands for; raises NotFound for one that was revoked, or never was."""
    return opened(uow, visit.house, visit.path["token"])


ENDPOINT = Endpoint(path="/prive/{token:[A-Za-z0-9_-]+}/{form:[a-z]+}", opens=opens)
