"""Writes down what people agreed on with another organisation, and how widely this one is linked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from node.contracts import House
from node.domain import dates
from node.domain.errands import FETCH
from node.domain.fields import ZONE
from node.domain.openness import MODES
from node.domain.sentences import said
from node.errors import Invalid, NotFound
from node.storage.household import keep_household, kept_household
from node.storage.openness import keep_mode
from node.storage.shelves.agreements import AgreementRow
from node.storage.unit_of_work import UnitOfWork

#: The longest of each field.
LIMITS: Mapping[str, int] = {"pourquoi": 1_000, "contacts": 500, "charte": 500, "depuis": 40, "revoir": 40}
#: So long until every process of this node has seen how widely it is linked now.
SEEN = timedelta(seconds=5)
_LONG = said("C’est trop long.", "This is too long.")
_DAY = said("Ce jour ne se lit pas. Écrivez-le comme 2027-05-01.", "This day can’t be read. Write it like 2027-05-01.")
_ORDER = said("On le revoit après l’avoir conclu.", "It is reviewed after it was made.")


def agree(uow: UnitOfWork, house: House, host: str, fields: Mapping[str, str], by: str) -> AgreementRow:
    """Keeps the agreement with a server; raises Invalid with what is wrong by field, in the language of the house."""
    wrong = {name: _LONG.in_language(house.language) for name, most in LIMITS.items() if len(fields.get(name, "")) > most}
    moments: dict[str, datetime | None] = {}
    for name in ("depuis", "revoir"):
        try:
            moments[name] = None if name in wrong else _moment(fields.get(name, ""))
        except ValueError:
            wrong[name] = _DAY.in_language(house.language)
    begun, review = moments.get("depuis"), moments.get("revoir")
    if begun and review and review <= begun:
        wrong["revoir"] = _ORDER.in_language(house.language)
    if wrong:
        raise Invalid("This agreement cannot be written down as it stands.", problems=wrong)
    known = uow.agreements.get(host) or AgreementRow(host=host)
    row = replace(
        known,
        why=fields.get("pourquoi", "").strip(),
        contacts=fields.get("contacts", "").strip(),
        charter=fields.get("charte", "").strip(),
        by=by,
        agreed_at=begun,
        review_at=review,
    )
    uow.agreements.put(row)
    uow.decisions.add(house.now, "agree", host, by=by, reason=row.why[:200])
    return row


def open_to(uow: UnitOfWork, house: House, mode: str, by: str) -> None:
    """From now on the node is linked that widely; what was not fetched because it was narrower is tried again. Raises Invalid."""
    if mode not in MODES:
        raise Invalid("This is no way of being linked.")
    keep_household(uow, replace(kept_household(uow), mode=mode))
    uow.decisions.add(house.now, f"mode {mode}", house.url, by=by)
    if mode in MODES[MODES.index(house.mode) + 1 :]:
        for row in uow.tasks.all(FETCH, "parked"):
            uow.tasks.wake(row.kind, row.subject, due_at=house.now + SEEN)


def narrow(uow: UnitOfWork, house: House, community: str, mode: str, by: str) -> None:
    """A community of ours is linked that widely at most, or as its node with ""; raises NotFound or Invalid."""
    row = uow.actors.get(community)
    if row is None or not row.is_local or row.type != "Group":
        raise NotFound("There is no such community here.")
    if mode not in {"", *MODES}:
        raise Invalid("This is no way of being linked.")
    keep_mode(uow, community, mode)
    uow.decisions.add(house.now, f"mode {mode}", community, by=by)


def _moment(words: str) -> datetime | None:
    """Noon of a day, None for no day; raises ValueError."""
    if not words.strip():
        return None
    day = dates.moment(words, ZONE).astimezone(ZoneInfo(ZONE)).date()
    return datetime.combine(day, time(12), ZoneInfo(ZONE)).astimezone(UTC)
