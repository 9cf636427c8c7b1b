"""What of a community's repertoire waits for a curator: what says nothing of its subject, and what is to be read again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, and_, or_, select

from node.domain.visibility import Scope
from node.storage.ground import Ground
from node.storage.scopes import within
from node.storage.stored import StoredThing, stored
from node.storage.tables.things import facets, things
from vocab.namespaces import CONCEPTS

#: What is said in a conversation, and what notes are described with, is curated otherwise.
_OTHERS = ("Concept", "Place", "Mapping", "Note", "Question", "Event", "Meeting")
#: The state in which somebody says that it is to be read again.
_TO_READ = f"{CONCEPTS}actualite/a-relire"


def without_topic(ground: Ground, community: str, scope: Scope, limit: int) -> list[StoredThing]:
    """The resources of a community that name no topic, the newest here first."""
    named = select(facets.c.thing).where(facets.c.thing == things.c.iri, facets.c.property == "topic")
    return stored(ground, _of(community, scope).where(~named.exists()).order_by(things.c.seq.desc()).limit(limit))


def to_review(ground: Ground, community: str, scope: Scope, now: datetime, limit: int) -> list[StoredThing]:
    """The resources of a community whose day to be read again has come, or that somebody says is to be, oldest here first."""
    due = and_(facets.c.property == "reviewBy", facets.c.moment <= now)
    said = and_(facets.c.property == "currency", facets.c.text == _TO_READ)
    found = select(facets.c.thing).where(facets.c.thing == things.c.iri, or_(due, said))
    return stored(ground, _of(community, scope).where(found.exists()).order_by(things.c.seq).limit(limit))


def _of(community: str, scope: Scope) -> Select[tuple[object]]:
    mine = things.c.community == community, things.c.is_local, things.c.deleted_at.is_(None), things.c.kind.not_in(_OTHERS)
    return select(things).where(within(scope), *mine)
