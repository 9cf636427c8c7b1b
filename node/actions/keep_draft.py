"""Keeps what somebody has begun to write, and throws it away when they say so or have sent it."""

from __future__ import annotations

from collections.abc import Mapping

from node.contracts import House
from node.domain.sentences import said
from node.errors import Conflict, Invalid, NotAllowed, NotFound
from node.storage.unit_of_work import UnitOfWork

#: So many drafts one person has, of so many characters each at most.
MOST, LONGEST = 200, 300_000
#: What a form says beside what somebody wrote.
_NOT_WRITTEN = frozenset({"jeton", "geste", "brouillon", "about"})
_MANY = said(
    "Vous avez déjà 200 brouillons : jetez-en d’abord.", "You have 200 drafts already: throw some away first."
)  # fmt: skip


def keep_draft(
    uow: UnitOfWork, house: House, person: str, fields: Mapping[str, str], *, number: int | None = None, about: str = ""
) -> int:  # fmt: skip
    """Keeps the fields of a form as a draft; its number. Raises NotAllowed, Conflict, Invalid for nothing or too much."""
    if uow.members.get(person) is None:
        raise NotAllowed("Only people who have their account here keep drafts.")
    written = {name: text for name, text in fields.items() if name not in _NOT_WRITTEN}
    if not any(text.strip() for text in written.values()):
        raise Invalid("There is nothing to keep.")
    if sum(len(name) + len(text) for name, text in written.items()) > LONGEST:
        raise Invalid("This is too long for a draft.")
    is_new = number is None or uow.drafts.get(number, person) is None
    if is_new and uow.drafts.count(person) >= MOST:
        words = _MANY.in_language(house.language)
        raise Conflict(words, problems={"": words})
    if about and not house.is_local(about):
        raise Invalid("Only what is of this node can be changed here.")
    return uow.drafts.save(person, written, house.now, number=number, about=about)


def throw_away(uow: UnitOfWork, number: int, person: str) -> None:
    """Forgets a draft; raises NotFound."""
    if not uow.drafts.forget(number, person):
        raise NotFound("There is no such draft.")
