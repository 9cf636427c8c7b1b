"""A letter came to an address of somebody: it is kept until a job opens it, or let go of where nobody is to answer."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from datetime import timedelta

from node.contracts import House
from node.domain.post import MOST_BYTES, Unreadable, envelope
from node.storage.shelves.letterbox import LetterAddressRow
from node.storage.unit_of_work import UnitOfWork

#: So many letters of one person are taken in a day.
MOST, DAY = 50, timedelta(days=1)


class Taken(enum.StrEnum):
    """What became of a letter: only the first is ever opened, and of no other is anybody told."""

    KEPT = "kept"
    AGAIN = "it came before"
    UNKNOWN = "to nobody here"
    AUTOMATIC = "written by no person"
    UNREADABLE = "made as nobody makes letters"
    TOO_LONG = "longer than 20 MB"
    TOO_MANY = "too many on one day"


def receive_letter(uow: UnitOfWork, house: House, raw: bytes, told: str = "") -> Taken:
    """Keeps a letter for whom it names; `told`: to whom the mail server says that it goes.

    Whoever wrote it gets no answer from here: who that is, nobody knows.
    """
    if len(raw) > MOST_BYTES or not house.letterbox:
        return Taken.TOO_LONG if house.letterbox else Taken.UNKNOWN
    try:
        head = envelope(raw, house.letterbox, told)
    except Unreadable:
        return Taken.UNREADABLE
    addresses = [row for secret in head.secrets if (row := uow.letterbox.find(secret))]
    if not addresses:
        return Taken.UNKNOWN
    return Taken.AUTOMATIC if head.is_automatic else _kept(uow, house, addresses, head.mark, raw)


def _kept(uow: UnitOfWork, house: House, addresses: Iterable[LetterAddressRow], mark: str, raw: bytes) -> Taken:
    """Keeps it once for each whose address it names, as long as they have their account here."""
    outcome = Taken.AGAIN
    for row in addresses:
        actor = uow.actors.get(row.person)
        if actor is None or actor.state != "active" or uow.members.get(row.person) is None:
            outcome = Taken.UNKNOWN
        elif uow.letterbox.count(row.person, house.now - DAY) >= MOST:
            outcome = Taken.TOO_MANY
        elif uow.letterbox.put(row.person, mark, raw, house.now):
            outcome = Taken.KEPT
    return outcome
