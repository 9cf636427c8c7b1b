"""A community gives itself rules, in a new version each time; its members are asked to agree anew, and do."""

from __future__ import annotations

from dataclasses import replace

from node.contracts import House
from node.domain.promises import MODES
from node.domain.rights import Deed
from node.errors import Conflict, Invalid, NotAllowed, NotFound
from node.storage.office import kept_by
from node.storage.presenting import actor_of_ours, present
from node.storage.shelves.rules import RulesRow
from node.storage.unit_of_work import UnitOfWork
from vocab.things.group import Group
from vocab.values import Ref

LONGEST, LONGEST_COMMENT = 20_000, 300
#: Where the rules of a community are read, below its address.
PLACE = "regles"


def set_rules(uow: UnitOfWork, house: House, by: str, row: RulesRow, *, based_on: int) -> RulesRow:
    """Keeps the next version and asks the members to read it; raises NotFound for whoever may not, Invalid, or Conflict.

    `based_on` is the version that was changed: nobody's words are lost when two people write at the same time.
    """
    kept_by(uow, house, by, row.community, Deed.SET_RULES)
    text = row.text.replace("\r\n", "\n").replace("\0", "").strip()
    if not text or len(text) > LONGEST or len(row.comment) > LONGEST_COMMENT:
        raise Invalid(f"Rules have some words, and at most {LONGEST} characters.")
    if row.mode not in MODES:
        raise Invalid("There is no such mode of confidentiality.")
    known = uow.rules.current(row.community)
    if (known.version if known else 0) != based_on:
        raise Conflict("Somebody else changed the rules meanwhile.")
    if known is not None and (known.text, known.mode) == (text, row.mode):
        return known
    kept = uow.rules.add(replace(row, text=text, comment=" ".join(row.comment.split()), by=by, at=house.now))
    uow.rules.agree(by, row.community, kept.version, house.now)
    page = f"{row.community}/{PLACE}"
    for person in {held.person for held in uow.members.of(row.community, house.now)}:
        uow.notices.add(person, "rules", page, house.now, by=by, community=row.community)
    actor = actor_of_ours(uow, row.community)
    if isinstance(actor, Group) and actor.operating_rules is None:
        present(uow, house, replace(actor, operating_rules=Ref(page)))
    return kept


def agree(uow: UnitOfWork, house: House, person: str, community: str, version: int) -> None:
    """Notes that a member agrees to the rules in force; raises NotAllowed for others, NotFound or Conflict for other versions."""
    if not uow.members.is_member(person, community, house.now):
        raise NotAllowed("Only members agree to the rules of a community.")
    known = uow.rules.current(community)
    if known is None:
        raise NotFound("This community has not written any rules yet.")
    if known.version != version:
        raise Conflict("The rules have changed once more; read them again.")
    uow.rules.agree(person, community, version, house.now)
