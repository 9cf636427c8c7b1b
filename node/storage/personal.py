"""Where a node keeps what it knows of a person: the one inventory from which all of it is shown, exported and erased.

Every table is in it or in `IMPERSONAL`; a test compares the two with the declared schema.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Column, Integer, LargeBinary, Table, delete, select, update

from node.domain.personal import Parting
from node.storage.schema import metadata
from node.storage.tables.columns import Document
from node.storage.unit_of_work import UnitOfWork

DELETE, BLANK, KEEP = Parting.DELETE, Parting.BLANK, Parting.KEEP


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A column that names a person (by their IRI, or their address), and what becomes of its rows when they leave.

    `is_told`: the rows are theirs, to be shown and exported to them; else they are about what others did.
    """

    table: str
    column: str
    category: str
    parting: Parting = DELETE
    is_told: bool = True
    by_email: bool = False


PERSONAL = (
    Place(table="members", column="iri", category="account"),
    Place(table="actors", column="iri", category="account", parting=KEEP),
    Place(table="identities", column="person", category="doors"),
    Place(table="passkeys", column="person", category="doors"),
    Place(table="second_factors", column="person", category="doors"),
    Place(table="recovery_codes", column="person", category="doors", is_told=False),
    Place(table="sessions", column="person", category="doors"),
    Place(table="tokens", column="person", category="doors", is_told=False),
    Place(table="private_addresses", column="person", category="doors"),
    Place(table="letter_addresses", column="person", category="doors"),
    Place(table="memberships", column="person", category="belonging"),
    Place(table="welcomes", column="person", category="belonging"),
    Place(table="things", column="author", category="words", parting=KEEP),
    Place(table="versions", column="by", category="words", parting=BLANK),
    Place(table="version_visits", column="person", category="words"),
    Place(table="mappings", column="author", category="words", parting=KEEP),
    Place(table="submissions", column="author", category="words"),
    Place(table="drafts", column="person", category="words"),
    Place(table="bringings", column="person", category="words"),
    Place(table="media_keepers", column="person", category="words"),
    Place(table="participations", column="person", category="taking_part"),
    Place(table="reactions", column="actor", category="taking_part"),
    Place(table="notices", column="person", category="notices"),
    Place(table="notices", column="by", category="notices", is_told=False),
    Place(table="mutes", column="person", category="notices"),
    Place(table="mutes", column="subject", category="notices", is_told=False),
    Place(table="hidden_people", column="person", category="notices"),
    Place(table="hidden_people", column="subject", category="notices", is_told=False),
    Place(table="notice_habits", column="person", category="notices"),
    Place(table="saved_searches", column="person", category="notices"),
    Place(table="consents", column="person", category="consents"),
    Place(table="restraints", column="person", category="moderation"),
    Place(table="appeals", column="by", category="moderation"),
    Place(table="decisions", column="affected", category="moderation", parting=BLANK),
    Place(table="reports", column="reporter", category="moderation", parting=BLANK),
    Place(table="invitations", column="email", category="letters", by_email=True),
    Place(table="invitations", column="person", category="letters", parting=BLANK, is_told=False),
    Place(table="letters", column="recipient", category="letters", by_email=True),
    Place(table="letters_in", column="person", category="letters"),
    Place(table="outbox", column="actor", category="traces", parting=KEEP),
    Place(table="followings", column="follower", category="traces"),
    Place(table="keys", column="actor", category="traces", parting=KEEP, is_told=False),
    # What somebody did in an office stays, without their name.
    *(
        Place(table=table, column=column, category="moderation", parting=BLANK, is_told=False)
        for table, column in (
            ("decisions", "by"), ("restraints", "by"), ("appeals", "answered_by"), ("reports", "decided_by"),
            ("rules", "by"), ("incidents", "by"), ("invitations", "by"), ("submissions", "decided_by"), ("agreements", "by"),
        )
    ),
)  # fmt: skip
#: Tables that name nobody of here, or only what is theirs through the things in it.
IMPERSONAL = frozenset({
    "brought", "change_sets", "changes", "choices", "deliveries", "discussions", "erasures", "facets", "featured",
    "feed_followers", "feeds", "guesses", "holdings", "imports", "inbox", "intersections", "labels", "marks", "media",
    "media_uses", "peers", "previews", "providers", "public_keys", "recipients", "refusals", "state", "tasks",
    "thing_readers", "threads", "title_words", "unfinished",
})  # fmt: skip
#: Told to nobody, not even to whom they are about: whoever has them could enter.
_SECRET = frozenset({"password_hash", "secret", "public_key", "digest", "content", "key_pem", "step"})
MOST_ROWS = 10_000


def tables() -> frozenset[str]:
    """The tables of the inventory."""
    return frozenset(place.table for place in PERSONAL)


def rows_of(uow: UnitOfWork, person: str, email: str) -> Iterator[tuple[Place, list[dict[str, Any]]]]:
    """All that is kept about a person, place by place, as values that JSON knows; without secrets."""
    for place, table in _places():
        if not place.is_told or (place.by_email and not email):
            continue
        shown = [column for column in table.columns if column.name not in _SECRET and not _counts(column)]
        about = table.c[place.column] == (email if place.by_email else person)
        found = uow.ground.rows(select(*shown).where(about).limit(MOST_ROWS))
        if found:
            yield place, [{str(name): _plain(value, table.c[str(name)].type) for name, value in row.items()} for row in found]


def counts(uow: UnitOfWork, person: str, email: str) -> dict[str, int]:
    """How many rows of each category are about a person."""
    found: dict[str, int] = {}
    for place, rows in rows_of(uow, person, email):
        found[place.category] = found.get(place.category, 0) + len(rows)
    return found


def erase_rows(uow: UnitOfWork, person: str, email: str) -> None:
    """Lets go of all that is kept about a person but for what they wrote, and of their name where a row stays."""
    for place, table in _places():
        if place.by_email and not email:
            continue
        about = table.c[place.column] == (email if place.by_email else person)
        if place.parting is DELETE:
            uow.ground.run(delete(table).where(about))
        elif place.parting is BLANK:
            uow.ground.run(update(table).where(about).values({place.column: ""}))
    uow.ground.unsettle()


def _places() -> Iterator[tuple[Place, Table]]:
    known = metadata.tables
    return ((place, known[place.table]) for place in PERSONAL if place.table in known and place.column in known[place.table].c)


def _counts(column: Column[object]) -> bool:
    """Whether this is the number of a row among those of everybody: it would tell how many there are."""
    return column.primary_key and isinstance(column.type, Integer)


def _plain(value: object, kind: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(kind, Document) and isinstance(value, bytes):
        try:
            return orjson.loads(value)
        except ValueError:
            return value.decode("utf-8", "replace")
    return None if isinstance(value, bytes) or isinstance(kind, LargeBinary) else value


def forget_sent(uow: UnitOfWork, person: str) -> None:
    """Lets go of every message that left in a person's name, but for those that ask others to forget."""
    table, waiting = metadata.tables["outbox"], metadata.tables["deliveries"]
    theirs = select(table.c.iri).where(table.c.actor == person, table.c.type != "Delete")
    uow.ground.run(delete(waiting).where(waiting.c.activity.in_(theirs)))
    uow.ground.run(delete(table).where(table.c.actor == person, table.c.type != "Delete"))


def requests_to_forget(uow: UnitOfWork, person: str) -> list[str]:
    """The activities that asked others to forget what a person wrote."""
    table = metadata.tables["outbox"]
    return uow.ground.texts(select(table.c.iri).where(table.c.actor == person, table.c.type == "Delete").order_by(table.c.iri))


def written_here(uow: UnitOfWork, person: str) -> list[str]:
    """All that somebody with an account here wrote and has not withdrawn."""
    table = metadata.tables["things"]
    theirs = table.c.author == person, table.c.is_local, table.c.deleted_at.is_(None)
    return uow.ground.texts(select(table.c.iri).where(*theirs).order_by(table.c.seq))
