"""Decides about what somebody elsewhere proposed to a community of ours: it publishes it, or it does not."""

from __future__ import annotations

from dataclasses import replace

from node.contracts import House
from node.domain.activities import about
from node.domain.embedded import embedded_document
from node.domain.entries import Audience, Entry
from node.domain.errands import FETCH, Errand
from node.domain.receiving import entry_of, is_newer
from node.errors import Conflict, NotAllowed, NotFound
from node.storage.acquaintance import state_of
from node.storage.declining import NOT_CHOSEN, Refusal, decline
from node.storage.gathering import Contribution, may_decide, publish_contribution
from node.storage.hosts import host_of
from node.storage.shelves.submissions import SubmissionRow
from node.storage.unit_of_work import UnitOfWork
from vocab import jsonld
from vocab.things.object import Object


def accept(uow: UnitOfWork, house: House, number: int, by: str) -> Entry:
    """The community publishes the thing as its author sent it last, and announces it; its author becomes no member thereby.

    Raises NotFound, NotAllowed, or Conflict when the thing was taken away meanwhile, or its author may not write here any more.
    """
    row = _waiting(uow, house, number, by)
    if state_of(uow, row.author) not in {"", "active"} or uow.peers.is_blocked(host_of(row.author)):
        raise Conflict("Its author may not write here any more.")
    ref = about(jsonld.read(row.body))
    thing, known = ref.thing, uow.things.get_any(row.thing)
    if not isinstance(thing, Object):
        raise NotFound("There is nothing in it that could be published.")
    entry = entry_of(thing, audience=Audience.PUBLIC, author=row.author, at=house.now)
    entry = replace(entry, community=row.community)
    if known is not None and (known.entry.deleted_at is not None or not is_newer(entry, known.entry)):
        raise Conflict("Its author took it away, or changed it since: what waits is no longer what it is.")
    contribution = Contribution(
        entry=entry, thing=thing, document=embedded_document(row.body), activity=row.activity, body=row.body
    )
    is_new = known is None or known.entry.community != row.community
    publish_contribution(uow, house, contribution, is_new=is_new)
    uow.submissions.decide(row.id, "accepted", by, house.now)
    # It may have waited long: whether it is still there, or was changed meanwhile, its own server knows.
    errand = Errand(iri=row.thing, is_vouched=True, told=row.activity)
    uow.tasks.wake(FETCH, errand.subject, payload=errand.payload())
    return entry


def refuse(uow: UnitOfWork, house: House, number: int, by: str, reason: str = "") -> SubmissionRow:
    """The community does not publish it; its author is told where they have a place in it, else nobody is. The reason stays here.

    Raises NotFound or NotAllowed.
    """
    row = _waiting(uow, house, number, by)
    uow.submissions.decide(row.id, "refused", by, house.now, reason)
    decline(
        uow, house, Refusal(community=row.community, person=row.author, thing=row.thing, activity=row.activity, words=NOT_CHOSEN)
    )  # fmt: skip
    return row


def _waiting(uow: UnitOfWork, house: House, number: int, by: str) -> SubmissionRow:
    row = uow.submissions.get(number)
    if row is None or row.state != "waiting":
        raise NotFound(f"Nothing of the number {number} waits for an answer. What its author changed has a new number.")
    if by != house.organisation and not may_decide(uow, by, row.community, house.now):
        raise NotAllowed("Only whoever looks after the repertoire of the community may decide.")
    return row
