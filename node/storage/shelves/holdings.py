"""Which community holds which thing: its own repertoire, and the one enlarged by the communities it follows."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from typing import Any, Literal

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    FromClause,
    Select,
    Text,
    and_,
    bindparam,
    delete,
    func,
    or_,
    select,
    tuple_,
    type_coerce,
)
from sqlalchemy.sql.dml import ReturningInsert
from sqlalchemy.types import TypeEngine

from federation.comparing import moment_of
from node.domain.visibility import PUBLIC_SCOPE, Scope
from node.errors import Invalid
from node.storage import ground
from node.storage.ground import Shelf
from node.storage.hosts import host_of
from node.storage.prepared import Prepared
from node.storage.remembering import until_changed
from node.storage.scopes import Gated, Seen, within
from node.storage.stored import StoredThing, stored
from node.storage.tables.columns import BIG, Moment, Words
from node.storage.tables.feeds import feed_followers
from node.storage.tables.followings import followings
from node.storage.tables.holdings import holdings
from node.storage.tables.things import GATE, facets, things

Mode = Literal["own", "reference", "follow", "adapt"]
Which = Literal["own", "one", "enlarged"]
#: A community, or the place of one in a statement that is put together beforehand.
_Named = str | BindParameter[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """That a community holds a thing, since when and how. `thing` is None when the thing is not here (yet)."""

    community: str
    iri: str
    mode: Mode
    since: datetime
    activity: str
    thing: StoredThing | None

    @property
    def cursor(self) -> str:
        """Where a listing goes on from after this one; opaque."""
        return base64.urlsafe_b64encode(f"{self.since.isoformat()} {self.iri}".encode()).decode()


class Holdings(Shelf):
    """What communities hold. Tombstones are held by nobody."""

    def add(self, community: str, thing: str, mode: Mode, since: datetime, activity: str = "") -> bool:
        """Notes that a community holds a thing; False when it does already, or when the thing is a tombstone."""
        if _BURIED.row(self.ground.connection, thing=thing):
            return False
        values = {"community": community, "thing": thing, "mode": mode, "since": since, "activity": activity}
        if _HELD.row(self.ground.connection, **values) is None:
            return False
        self.ground.wakes.add(("intersections", "all"))
        return True

    def remove(self, community: str, thing: str) -> bool:
        """Notes that a community holds a thing no more; False when it did not."""
        held = holdings.c.community == community, holdings.c.thing == thing
        is_gone = self.ground.run(delete(holdings).where(*held)) > 0
        if is_gone:
            self.ground.wakes.add(("intersections", "all"))
        return is_gone

    def get(self, community: str, thing: str, *, scope: Scope) -> Holding | None:
        """One holding, when it is there and within scope."""
        return next(iter(self._listed("one", community, scope, 1, None, one=thing)), None)

    def of(self, community: str, *, scope: Scope, limit: int = 50, before: str | None = None) -> list[Holding]:
        """What a community holds, newest first; `before` is the cursor of the last one seen."""
        return self._listed("own", community, scope, limit, before)

    def count(self, community: str, *, scope: Scope) -> int:
        """How many things a community holds."""
        return self.counts((community,), scope=scope)[community]

    def counts(self, communities: Sequence[str], *, scope: Scope) -> dict[str, int]:
        """How many things each of these communities holds, in one go."""
        held = select(holdings.c.community, holdings.c.thing).where(holdings.c.community.in_(communities)).subquery("held")
        seen = _visible(select(held.c.community, func.count()), held, within(scope))

        def make() -> dict[str, int]:
            rows = self.ground.connection.execute(seen.group_by(held.c.community)).all()
            return dict.fromkeys(communities, 0) | {str(community): int(n) for community, n in rows}

        return until_changed(self.ground, ("held by each", tuple(communities), scope), make)

    def holders(self, thing: str) -> list[str]:
        """The communities that hold a thing."""
        return _HOLDERS.texts(self.ground.connection, thing=thing)

    def iris(self, community: str) -> list[str]:
        """The IRIs of all that a community holds. For the machinery, never for an answer."""
        held = select(holdings.c.thing).where(holdings.c.community == community)
        return self.ground.texts(held.order_by(holdings.c.thing))

    def dated(self, community: str) -> list[tuple[str, str]]:
        """All that a community shows to everybody, each with the moment of its last change as text.

        What lies on another server than the community has none: of its changes, its own server tells.
        """
        changed = func.coalesce(things.c.updated_at, things.c.published_at)
        # in SQLite as it is stored: ten thousand moments would be read only to be written again
        kind: TypeEngine[Any] = Text() if self.ground.dialect == "sqlite" else Moment()
        moment = type_coerce(changed, kind)
        held = _own(community).subquery("held")
        shown = _visible(select(held.c.thing, things.c.host, moment), held, within(PUBLIC_SCOPE))
        home = host_of(community)
        return [
            (iri, (moment_of(at) if isinstance(at, datetime) else at or "") if host == home else "")
            for iri, host, at in self.ground.connection.execute(shown)
        ]

    def topics(self, community: str, limit: int) -> list[tuple[str, str, str]]:
        """IRI, kind and topic of the newest things that a community shows to everybody, once for each topic, "" for none.

        Only what is here, and without the documents, which would take most of the time.
        """
        rows = _TOPICS.rows(self.ground.connection, community=community, limit=limit)
        return [(row["iri"], row["kind"], row["text"] or "") for row in rows]

    def oldest(self, community: str) -> datetime | None:
        """Since when there is something that a community shows to everybody."""
        held = _own(community).subquery("held")
        first = _visible(select(held.c.since), held, within(PUBLIC_SCOPE)).order_by(held.c.since).limit(1)
        row = self.ground.row(first)
        return row["since"] if row else None

    def enlarged(self, community: str, *, scope: Scope, limit: int = 50, before: str | None = None) -> list[Holding]:
        """What the communities and feeds that it follows hold, each thing once (as the first to hold it), newest first."""
        return self._listed("enlarged", community, scope, limit, before)

    def enlarged_count(self, community: str, *, scope: Scope) -> int:
        """How many things the communities that it follows hold, each counted once."""
        every = select(holdings.c.thing).where(_is_followed(community)).distinct().subquery("held")
        counted = partial(self._counted, every, scope)
        return until_changed(self.ground, ("enlarged", community, scope), counted)

    def _listed(
        self, which: Which, community: str, scope: Scope, limit: int, before: str | None, **values: object
    ) -> list[Holding]:  # fmt: skip
        if before is not None:
            values["before"], values["thing"] = _position(before)
        newest = _newest(which, is_further=before is not None)
        rows = newest.rows(self.ground.connection, scope, community=community, limit=limit, **values)
        found = self._things([row["thing"] for row in rows], scope)
        return [
            Holding(
                community=row["community"],
                iri=row["thing"],
                mode=row["mode"],
                since=row["since"],
                activity=row["activity"],
                thing=found.get(row["thing"]),
            )
            for row in rows
        ]

    def _things(self, iris: Sequence[str], scope: Scope) -> dict[str, StoredThing]:
        wanted = select(things).where(things.c.iri.in_(iris), within(scope), things.c.deleted_at.is_(None))
        return {each.entry.iri: each for each in stored(self.ground, wanted)} if iris else {}

    def _counted(self, held: FromClause, scope: Scope) -> int:
        return self.ground.number(_visible(select(func.count()).select_from(held), held, within(scope)))


@cache
def _newest(which: Which, *, is_further: bool) -> Gated:
    """What a community holds, or those hold that it follows, newest first; `is_further`: what comes after some place."""
    community = bindparam("community", type_=Words(), required=True)

    def make(seen: Seen) -> Select[*tuple[Any, ...]]:
        own = _own(community)
        held = {
            "own": own.subquery("held"),
            "one": own.where(holdings.c.thing == bindparam("one")).subquery("held"),
            "enlarged": _enlarged(community),
        }[which]
        wanted = _visible(select(held), held, seen(things)).order_by(held.c.since.desc(), held.c.thing.desc())
        if is_further:
            before = bindparam("before", type_=Moment(), required=True), bindparam("thing", type_=Words(), required=True)
            wanted = wanted.where(tuple_(held.c.since, held.c.thing) < tuple_(*before))
        return wanted.limit(bindparam("limit", type_=BIG, required=True))

    return Gated(make)


def _own(community: _Named) -> Select[*tuple[Any, ...]]:
    return select(holdings).where(holdings.c.community == community)


def _is_followed(community: _Named) -> ColumnElement[bool]:
    """That it is held by a community or feed that a community follows."""
    accepted = followings.c.follower == community, followings.c.state == "accepted"
    followed = select(followings.c.target).where(*accepted)
    by_feed = select(feed_followers.c.feed).where(feed_followers.c.community == community)
    return or_(holdings.c.community.in_(followed), holdings.c.community.in_(by_feed))


def _enlarged(community: _Named) -> FromClause:
    order = holdings.c.since, holdings.c.community
    place = func.row_number().over(partition_by=holdings.c.thing, order_by=order).label("place")
    every = select(holdings, place).where(_is_followed(community)).subquery("every")
    return select(every).where(every.c.place == 1).subquery("held")


def _visible(statement: Select[*tuple[Any, ...]], held: FromClause, seen: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    joined = statement.outerjoin_from(held, things, things.c.iri == held.c.thing)
    return joined.with_hint(things, GATE, "sqlite").where(or_(things.c.iri.is_(None), and_(seen, things.c.deleted_at.is_(None))))


def _position(cursor: str) -> tuple[datetime, str]:
    try:
        since, _, iri = base64.urlsafe_b64decode(cursor.encode()).decode().partition(" ")
        moment = datetime.fromisoformat(since)
    except (ValueError, binascii.Error):
        raise Invalid("This page of the collection does not exist.") from None
    if moment.tzinfo is None:
        raise Invalid("This page of the collection does not exist.")
    return moment, iri


def _held(dialect: str) -> ReturningInsert[str]:
    added = ground.insert(holdings, dialect).values(
        {column.key: bindparam(column.key, type_=column.type) for column in holdings.c}
    )
    return added.on_conflict_do_nothing().returning(holdings.c.thing)


_BURIED = Prepared(lambda _: select(things.c.iri).where(things.c.iri == bindparam("thing"), things.c.deleted_at.is_not(None)))
_HELD = Prepared(_held)
_HOLDERS = Prepared(
    lambda _: select(holdings.c.community).where(holdings.c.thing == bindparam("thing")).order_by(holdings.c.community)
)


def _topics(_: str) -> Select[*tuple[Any, ...]]:
    held = _own(bindparam("community", type_=Words(), required=True)).subquery("held")
    shown = select(things.c.iri, things.c.kind).join_from(held, things, things.c.iri == held.c.thing)
    shown = shown.with_hint(things, GATE, "sqlite").where(within(PUBLIC_SCOPE), things.c.deleted_at.is_(None))
    newest = shown.order_by(held.c.since.desc(), held.c.thing.desc()).limit(bindparam("limit", type_=BIG, required=True))
    each = newest.subquery("each")
    named = and_(facets.c.thing == each.c.iri, facets.c.property == "topic")
    return select(each.c.iri, each.c.kind, facets.c.text).outerjoin_from(each, facets, named)


_TOPICS = Prepared(_topics)
