"""Drafts that somebody goes on with in a form: the one that its address names, or the one that it offers."""

from __future__ import annotations

from typing import Any

from federation.messages import Received
from node.storage.shelves.drafts import DraftRow
from node.web.desk import Desk
from node.web.forms import MOST_DIGITS, field_of


def begun(desk: Desk, about: str) -> tuple[DraftRow | None, dict[str, Any]]:
    """The draft about something that is gone on with, if any; and what the form says of it, or of another that could be."""
    person = desk.visit.reader.actor
    chosen = desk.uow.drafts.get(_number(desk.visit.query.get("brouillon", "")), person)
    draft = chosen if chosen is not None and chosen.about == about else None
    other = None if draft is not None or desk.visit.sent else desk.uow.drafts.about(about, person)
    return draft, {
        "draft": draft.id if draft else 0,
        "other_draft": other,
        "other_draft_href": desk.addresses.here(brouillon=other.id) if other else "",
    }


def draft_of(received: Received) -> int:
    """The number of the draft that a form goes on with, 0 for none."""
    return _number(field_of(received, "brouillon"))


def _number(said: str) -> int:
    return int(said) if said.isascii() and said.isdecimal() and len(said) <= MOST_DIGITS else 0
