"""Those who moderate slow an exchange or a whole community down for a while, and choose whether answers of strangers wait."""

from __future__ import annotations

from node.contracts import House
from node.domain.moderating import WHILE
from node.domain.rights import Deed
from node.domain.visibility import Scope
from node.errors import Conflict, NotFound
from node.storage.office import kept_by
from node.storage.restraining import EVERYBODY, calmed, thread_of
from node.storage.shelves.decisions import DecisionRow
from node.storage.shelves.restraints import RestraintRow
from node.storage.strangers import hold_first_answers
from node.storage.unit_of_work import UnitOfWork

CALM, RESUME = "calm", "resume"


def calm(uow: UnitOfWork, house: House, by: str, community: str, over: str = "") -> None:
    """For a while everybody writes one message an hour at most, in an exchange (`over` stands in it) or in the whole community.

    Raises NotFound for whoever may not decide that, Conflict when it is so already.
    """
    subject = _subject(uow, house, by, community, over)
    if calmed(uow, house, subject) is not None:
        raise Conflict("It is slowed down already.")
    asked = RestraintRow(person=EVERYBODY, community=subject, kind="slow", by=by, at=house.now, until=house.now + WHILE)
    uow.restraints.begin(asked)
    _note(uow, house, CALM, by, community, subject)


def resume(uow: UnitOfWork, house: House, by: str, community: str, over: str = "") -> None:
    """Everybody writes as usual again; raises NotFound for whoever may not decide that, and when nothing was slowed down."""
    subject = _subject(uow, house, by, community, over)
    if not uow.restraints.end(EVERYBODY, subject, house.now):
        raise NotFound("Nothing is slowed down there.")
    _note(uow, house, RESUME, by, community, subject)


def look_at_strangers(uow: UnitOfWork, house: House, by: str, community: str, *, is_held: bool) -> None:
    """Whether the first answer of somebody never seen here waits for a look. Raises NotFound for whoever may not decide that."""
    kept_by(uow, house, by, community, Deed.MODERATE)
    hold_first_answers(uow, community, is_held=is_held)


def _subject(uow: UnitOfWork, house: House, by: str, community: str, over: str) -> str:
    kept_by(uow, house, by, community, Deed.MODERATE)
    if not over:
        return community
    begun = thread_of(uow, over)
    scope = Scope(actor=by, communities=uow.members.communities_of(by, house.now))
    for known in (uow.things.get(over, scope), uow.things.get(begun, scope)):
        if known is None or known.entry.deleted_at is not None or known.entry.community != community:
            raise NotFound("There is no such exchange in this community.")
    return begun


def _note(uow: UnitOfWork, house: House, deed: str, by: str, community: str, subject: str) -> None:
    uow.decisions.take(DecisionRow(id=0, at=house.now, by=by, deed=deed, subject=subject, reason="", community=community))
