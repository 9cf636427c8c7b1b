"""Somebody who looks after the node chooses its colour, its emblem and its words."""

from __future__ import annotations

from dataclasses import replace

from node.contracts import House
from node.domain.appearance import COLOURS, MOST_PHRASES, Fault, fault_of
from node.errors import Invalid, NotAllowed
from node.storage.appearing import appearance_of, keep_appearance
from node.storage.office import administers
from node.storage.shelves.media import MediaRow
from node.storage.unit_of_work import UnitOfWork


def dress(uow: UnitOfWork, house: House, person: str, colour: str, logo: MediaRow | None, *, bare: bool = False) -> None:
    """Changes colour and emblem; without a `logo` it stays, or goes where it shall be `bare`. Raises NotAllowed, Invalid."""
    _check(uow, house, person)
    if colour not in COLOURS:
        raise Invalid("This colour is not among those that were checked.")
    worn = replace(appearance_of(uow), colour=colour)
    if logo is not None:
        if not logo.is_picture:
            raise Invalid("An emblem is a picture.")
        uow.media.use(house.organisation, [logo.digest])
        worn = replace(worn, logo=logo.path)
    elif bare:
        uow.media.use(house.organisation, [])
        worn = replace(worn, logo="")
    keep_appearance(uow, worn)


def reword(
    uow: UnitOfWork, house: House, person: str, language: str, original: tuple[str, ...], words: tuple[str, ...]
) -> Fault | None:
    """Says a phrase otherwise from now on, or as before when `words` are empty; what is wrong with them, None when it is done."""
    _check(uow, house, person)
    worn = appearance_of(uow)
    is_one_more = bool(words) and original[0] not in worn.words.get(language, {})
    if is_one_more and sum(map(len, worn.words.values())) >= MOST_PHRASES:
        return Fault.MANY
    fault = fault_of(original, words)
    if fault is None:
        keep_appearance(uow, worn.saying(language, original[0], words))
    return fault


def _check(uow: UnitOfWork, house: House, person: str) -> None:
    if not administers(uow, house, person):
        raise NotAllowed("Only those who look after the node dress it.")
