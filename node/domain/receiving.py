"""What this node notes of a thing that it stores, be it received or its own, and which of two versions wins."""

from __future__ import annotations

from datetime import datetime

from node.domain.entries import Audience, Entry
from node.domain.html import plain
from vocab.activities.activity import Activity
from vocab.thing import Thing
from vocab.things.actor import Actor
from vocab.things.collection import Collection
from vocab.things.mapping import Mapping
from vocab.things.object import Object
from vocab.things.tombstone import Tombstone
from vocab.values import Text

#: Longer names and summaries are cut for the lists; the document keeps them whole.
LONGEST_NAME = 500
LONGEST_SUMMARY = 2_000
LONGEST_HEADING = 100
#: One thing makes us fetch so many others at most.
MOST_REFERENCES = 12


def entry_of(
    thing: Thing,
    *,
    audience: Audience,
    author: str,
    at: datetime,
    readers: frozenset[str] = frozenset(),
    is_local: bool = False,
) -> Entry:
    """The entry of a thing as it stands, stored `at`; its community is the first of its `audience`."""
    said = thing if isinstance(thing, Object) else Object(id=thing.id, type=thing.type)
    return Entry(
        iri=thing.id,
        type=thing.type,
        kind=type(thing).KIND[0] if type(thing).KIND else thing.type,
        audience=audience,
        author=author,
        community=next((ref.iri for ref in said.audience if ref.iri), ""),
        readers=readers,
        is_local=is_local,
        name=" ".join(_words(said.name, LONGEST_NAME).split()),
        summary=_words(said.summary, LONGEST_SUMMARY),
        language=_language(said),
        license=said.license.iri if said.license else "",
        published_at=said.published,
        updated_at=said.updated,
        stored_at=at,
    )


def may_be_kept(thing: Thing) -> bool:
    """Whether something is a thing at all: no activity, actor, collection, tombstone or link, and nothing that says nothing."""
    if not isinstance(thing, Object) or isinstance(thing, Activity | Actor | Collection | Tombstone):
        return False
    return bool(thing.type) and (type(thing) is not Object or bool(thing.attributed_to))


def is_buried_by_another(entry: Entry, stored: Entry) -> bool:
    """Whether a thing counts as deleted only because somebody else said so before it was ever seen: that does not hold."""
    return stored.deleted_at is not None and not stored.type and stored.author not in {"", entry.author}


def is_newer(entry: Entry, stored: Entry | None) -> bool:
    """Whether a version may take the place of what is stored: nothing older does, and nothing takes the place of a tombstone."""
    if stored is None:
        return True
    if stored.deleted_at is not None:
        return is_buried_by_another(entry, stored)
    mine, theirs = entry.updated_at or entry.published_at, stored.updated_at or stored.published_at
    return mine is None or theirs is None or mine >= theirs


def is_surely_newer(entry: Entry, stored: Entry) -> bool:
    """Whether a version must be newer than what is stored: both say when they were written, and this one later.

    What others pass on may be old words of its author; of two versions without a date nobody but their server knows the later.
    """
    mine, theirs = entry.updated_at or entry.published_at, stored.updated_at or stored.published_at
    return stored.deleted_at is None and mine is not None and theirs is not None and mine > theirs


def heading(thing: Thing | None) -> str:
    """What a thing is called in a list: its name, else how its words begin."""
    said = (thing.name, thing.summary, thing.content) if isinstance(thing, Object) else ()
    return next((" ".join(words.split()) for text in said if (words := _words(text, LONGEST_HEADING))), "")


def _words(text: Text | None, longest: int) -> str:
    return plain(text.primary)[:longest] if text else ""


def _language(said: Object) -> str:
    if said.in_language:
        return said.in_language
    texts = [text for text in (said.content, said.name, said.summary) if text is not None]
    return next((text.language for text in texts if text.language), "")


def joins_repertoire(entry: Entry) -> bool:
    """Whether a thing published in a community is listed in its repertoire.

    Terms and places are not: they come along with what names them. Nor are drafts.
    """
    return bool(entry.community) and entry.audience is not Audience.SELF and entry.kind not in {"Concept", "Place"}


def references(thing: Thing) -> tuple[str, ...]:
    """The things without which this one cannot be understood: its topics, its territory, the terms that a mapping joins."""
    refs = [*thing.topic, *thing.territory] if isinstance(thing, Object) else []
    if isinstance(thing, Mapping):
        refs += [*([thing.subject] if thing.subject else []), *thing.object]
    return tuple(dict.fromkeys(ref.iri for ref in refs if ref.iri))[:MOST_REFERENCES]


def tombstone(iri: str, former_type: str, at: datetime) -> Tombstone:
    """What is left of a thing."""
    return Tombstone(id=iri, former_type=(former_type,) if former_type else (), deleted=at)
