"""Decides about what was reported in a community: gently first, always with a reason, which the person concerned may read."""

from __future__ import annotations

from dataclasses import dataclass, replace

from node.contracts import House
from node.domain.moderating import LONGEST_REASON, WHILE, Measure
from node.domain.receiving import tombstone
from node.domain.rights import Deed
from node.errors import Invalid, NotFound
from node.storage.handing_on import take_back_answer
from node.storage.office import keepers, kept_by
from node.storage.receivers import reached
from node.storage.shelves.decisions import DecisionRow
from node.storage.shelves.reports import ReportRow
from node.storage.shelves.restraints import Kind, RestraintRow
from node.storage.spreading import take_back
from node.storage.unit_of_work import UnitOfWork
from vocab import jsonld

LIFT = "lift"
_KINDS: dict[Measure, Kind] = {Measure.SLOW: "slow", Measure.PAUSE: "pause"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What somebody decides about a report (its number), and why in their words."""

    report: int
    measure: Measure
    reason: str
    by: str


def decide(uow: UnitOfWork, house: House, verdict: Verdict) -> int:
    """Does it, notes it and tells whom it concerns; the number of the decision.

    Raises NotFound for whoever may not decide here, or when somebody else did before; Invalid without words.
    """
    row = _open(uow, house, verdict)
    words = verdict.reason.strip().replace("\0", "")
    if not words or len(words) > LONGEST_REASON:
        raise Invalid(f"A decision has a reason, of at most {LONGEST_REASON} characters.")
    owner = _owner(uow, row.objects[0])
    _act(uow, house, replace(verdict, reason=words), row, owner)
    if verdict.measure is not Measure.TALK:
        is_dismissed = verdict.measure is Measure.DISMISS
        uow.reports.decide(row.id, "dismissed" if is_dismissed else "settled", verdict.by, house.now, words)
    touches = verdict.measure not in {Measure.DISMISS, Measure.FORWARD}
    number = uow.decisions.take(
        DecisionRow(
            id=0,
            at=house.now,
            by=verdict.by,
            deed=verdict.measure.value,
            subject=row.objects[0],
            reason=words,
            community=row.community,
            affected=owner if touches and house.is_local(owner) else "",
        )
    )
    page = f"{house.url}/decisions/{number}"
    if touches:
        uow.notices.add(owner, "decision", page, house.now, community=row.community)
    if row.reporter != verdict.by:
        uow.notices.add(row.reporter, "answered", f"{house.url}/moi/donnees", house.now, community=row.community)
    return number


def lift(uow: UnitOfWork, house: House, by: str, community: str, person: str) -> None:
    """Ends what is asked of a person in a community before its time; raises NotFound when nothing is, or for whoever may not."""
    kept_by(uow, house, by, community, Deed.MODERATE)
    if not uow.restraints.end(person, community, house.now):
        raise NotFound("Nothing is asked of this person here.")
    decision = DecisionRow(
        id=0, at=house.now, by=by, deed=LIFT, subject=person, reason="", community=community, affected=person
    )  # fmt: skip
    number = uow.decisions.take(decision)
    uow.notices.add(person, "decision", f"{house.url}/decisions/{number}", house.now, community=community)


def _open(uow: UnitOfWork, house: House, verdict: Verdict) -> ReportRow:
    row = uow.reports.get(verdict.report)
    if row is None or row.state != "waiting" or row.is_ours or not house.is_local(row.activity):
        raise NotFound("No such report waits for a decision.")
    if row.community:
        kept_by(uow, house, verdict.by, row.community, Deed.MODERATE)
    elif verdict.by not in keepers(uow, house):
        raise NotFound("No such report waits for a decision.")
    return row


def _owner(uow: UnitOfWork, iri: str) -> str:
    stored = uow.things.get_any(iri)
    return stored.entry.author if stored is not None and stored.entry.author else iri


def _act(uow: UnitOfWork, house: House, verdict: Verdict, row: ReportRow, owner: str) -> None:
    kind = _KINDS.get(verdict.measure)
    if verdict.measure in {Measure.SLOW, Measure.PAUSE, Measure.END} and not row.community:
        raise Invalid("This can be asked of somebody in a community only.")
    if kind is not None:
        asked = RestraintRow(
            person=owner, community=row.community, kind=kind, reason=verdict.reason, by=verdict.by, at=house.now,
            until=house.now + WHILE,
        )  # fmt: skip
        uow.restraints.begin(asked)
    elif verdict.measure is Measure.TAKE_OUT:
        _take_out(uow, house, row.objects[0])
    elif verdict.measure is Measure.END and not uow.members.leave(owner, row.community, house.now):
        raise Invalid("This person is no member of the community.")


def _take_out(uow: UnitOfWork, house: House, iri: str) -> None:
    """What is ours is deleted everywhere; what came from elsewhere is shown here no more, whatever its server says later."""
    known = uow.things.get_any(iri)
    if known is None or known.entry.deleted_at is not None:
        raise Invalid("There is nothing left of it to be taken out.")
    if known.entry.is_local:
        take_back(uow, house, known.entry, reached(uow, known.entry))
    else:
        take_back_answer(uow, house, known.entry)
    uow.things.bury(iri, jsonld.dump(tombstone(iri, known.entry.type, house.now)), house.now)
