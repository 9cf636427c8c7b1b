"""When a save makes a new version of a thing, and how many are kept of what is written elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Any

from node.domain.entries import Audience, Entry
from vocab.thing import Thing

#: Of what is written elsewhere no more versions are kept: its own server has them all, and whoever changes it each minute must
#: not fill our rows. Of ours none is ever let go of.
MOST_FROM_ELSEWHERE = 50
#: Within this time what one person saves of a draft that nobody else sees is one version: it is saved as they type.
ONE_SITTING = timedelta(minutes=10)
#: The longest remark about a change.
LONGEST_COMMENT = 500
#: What changes although nobody wrote anything.
_PASSING = frozenset({
    "updated", "published", "change_note", "likes", "shares", "replies", "generator", "preview", "url", "history", "context_",
    "tag", "to", "cc", "bto", "bcc", "audience",
})  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """By whom something is saved (an actor, "" for its author), and what they say about the change."""

    by: str = ""
    comment: str = ""


def says_the_same(before: Thing, now: Thing, *, is_ours: bool) -> bool:
    """Whether two readings of a thing say the same to people. Of what others wrote, what we do not know says nothing."""
    passing = _PASSING if is_ours else _PASSING | {"unknown"}
    one, other = _lasting(before, passing), _lasting(now, passing)
    return one == other


def is_new_version(before: Entry, now: Entry, *, says_the_same: bool) -> bool:
    """Whether a save is a version of its own. To whom something goes counts too, of ours: elsewhere it only looks different."""
    if not now.is_local:
        return not says_the_same
    is_same_reach = (before.audience, before.community, before.readers) == (now.audience, now.community, now.readers)
    return not (says_the_same and is_same_reach)


def is_one_sitting(before: Entry, now: Entry, saved: Saved, last_by: str, last_at: datetime | None) -> bool:
    """Whether a save goes on with the version before it: a draft of the same person, a moment later, without a remark."""
    if saved.comment or before.audience is not Audience.SELF or now.audience is not Audience.SELF:
        return False
    is_theirs = last_by == (saved.by or now.author)
    return is_theirs and last_at is not None and now.stored_at is not None and now.stored_at - last_at < ONE_SITTING


def _lasting(thing: Thing, passing: frozenset[str]) -> Thing:
    empty: dict[str, Any] = {field.name: field.default for field in fields(thing) if field.name in passing}
    return replace(thing, **empty)
