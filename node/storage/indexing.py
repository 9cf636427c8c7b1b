"""What of a thing is found by search: its words by weight, the labels of terms, and its searched fields.

All of it is derived from the document and can be made anew. A topic stands in the index as a token of its own, so
that a thing is found by the words of a term that becomes known, or is renamed, later.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import islice

from sqlalchemy import bindparam, delete, insert, text

from node.domain.entries import Entry
from node.domain.fields import fold
from node.domain.linked import linked
from node.domain.notebooks import items_of
from node.domain.recurring import beginnings
from node.storage.ground import Ground
from node.storage.prepared import Prepared
from node.storage.stored import Facet
from node.storage.tables.finding import CHOSEN_FIELDS, choices, title_words
from node.storage.tables.search import POSTGRESQL_INDEX, SQLITE_INDEX, labels
from node.storage.words import forms, languages_of, stems, without_tags
from vocab import concepts
from vocab.errors import VocabError
from vocab.jsonld import read
from vocab.terms import Shape, slots_of
from vocab.thing import Thing
from vocab.things.event import Event
from vocab.things.notebook import Notebook
from vocab.values import Ref, Text

#: The parts of the index, heaviest first; PostgreSQL's weights.
PARTS = {"title": "A", "summary": "B", "topics": "C", "body": "D"}
#: So many stems of one part are indexed; PostgreSQL counts positions up to 16,383.
LONGEST = 15_000
#: So many rows of the index are written together at most, and none waits that has so many stems: they would fill the memory.
TOGETHER, LARGE = 256, 2_000
#: The facet by which terms and places are found again by what they are called, folded; a longer name is nobody's word for it.
LABEL, LONGEST_LABEL = "label", 200
#: The facet by which the notebooks are found in which something stands, and how much of one is looked at.
LISTED, MOST_LISTED = "entry", 500
#: The facet by which one finds what links to something.
LINKED = "linked"
#: So many times of what takes place again and again are found, from so long before it was said last.
MOST_TIMES, LOOKS_BACK = 200, timedelta(days=60)
#: The kinds of things that have a label.
_NAMED = frozenset({"Concept", "Place"})


def read_or_named(document: bytes, entry: Entry) -> Thing:
    """The thing in a document; one that cannot be read is found by what the entry says of it."""
    try:
        return read(document)
    except VocabError:
        return Thing(id=entry.iri)


def index(ground: Ground, seq: int, entry: Entry, thing: Thing, given: Sequence[Facet], *, is_new: bool = False) -> list[Facet]:
    """Makes a thing findable; gives all its facets: those given, and those of its other searched properties.

    `is_new`: nothing of it has been indexed before.
    """
    other = [facet for facet in given if facet.property not in {LABEL, LISTED, LINKED}]
    found = [*other, *_derived(thing, {facet.property for facet in other}), *_named(thing, entry), *_listed(thing)]
    found += _further(thing, entry, set(found))
    found += [Facet(property=LINKED, text=iri) for iri in linked(thing)]
    topics = sorted({facet.text for facet in found if facet.property == "topic" and facet.text})
    pairs = _labels(thing)
    if pairs or not is_new:
        _write_labels(ground, entry.iri, pairs)
    for topic in topics:
        know(ground, topic)
    _write(ground, seq, _parts(thing, entry, topics))
    _write_title(ground, seq, entry, thing, is_new=is_new)
    _write_choices(ground, seq, found, is_new=is_new)
    return found


def write_out(ground: Ground) -> None:
    """Writes what the full-text index still lacks.

    FTS5 gathers rows in memory, and writes them whenever another table is changed in between: by itself it would gather nothing.
    """
    if ground.unwritten:
        _INDEXED.run_many(ground.connection, tuple(ground.unwritten.values()))
        ground.unwritten.clear()


def unindex(ground: Ground, seq: int, iri: str) -> None:
    """Makes a thing unfindable."""
    ground.unwritten.pop(seq, None)
    key = "rowid" if ground.dialect == "sqlite" else "seq"
    ground.connection.execute(text(f"DELETE FROM search_index WHERE {key} = :seq"), {"seq": seq})  # noqa: S608
    ground.run(delete(labels).where(labels.c.concept == iri))
    _NO_TITLE.run(ground.connection, seq=seq)
    _NO_CHOICES.run(ground.connection, seq=seq)


def renew(ground: Ground) -> None:
    """Makes the full-text index anew, empty."""
    ground.unwritten.clear()
    ground.connection.execute(text("DROP TABLE IF EXISTS search_index"))
    for statement in SQLITE_INDEX if ground.dialect == "sqlite" else POSTGRESQL_INDEX:
        ground.connection.execute(text(statement))


def know(ground: Ground, iri: str) -> None:
    """Makes the labels of a concept of the schemes that come with the vocabulary searchable."""
    shipped = concepts.concept(iri)
    if shipped is not None:
        _write_labels(ground, iri, [*shipped.labels.entries, *shipped.other_labels])


def token(iri: str) -> str:
    """The word that stands for a topic in the index."""
    return "x" + hashlib.sha256(iri.encode("utf-8", "replace")).hexdigest()[:24]


def _labels(thing: Thing) -> list[tuple[str, str]]:
    """The (language, label) pairs of a term: its labels, its other labels, its name."""
    if not hasattr(thing, "pref_label"):
        return []
    return [pair for name in ("pref_label", "alt_label", "name") for pair in _entries(getattr(thing, name, None))]


def _named(thing: Thing, entry: Entry) -> list[Facet]:
    """What a term or a place is called, in every language."""
    if entry.kind not in _NAMED:
        return []
    pairs = [*_labels(thing), *_entries(getattr(thing, "name", None))] or [("", entry.name)]
    names = {name for _, label in pairs if (name := fold(label)) and len(name) <= LONGEST_LABEL}
    return [Facet(property=LABEL, text=name) for name in sorted(names)]


def _listed(thing: Thing) -> list[Facet]:
    """What stands in a notebook."""
    items = items_of(thing) if isinstance(thing, Notebook) else ()
    return [Facet(property=LISTED, text=iri) for iri in dict.fromkeys(items[:MOST_LISTED])]


def _write_labels(ground: Ground, iri: str, pairs: Iterable[tuple[str, str]]) -> None:
    _NO_LABELS.run(ground.connection, iri=iri)
    found: set[tuple[str, bool]] = set()
    for language, label in pairs:
        for each in languages_of(language):
            words = stems(label, each)
            found |= {(" ".join(words), True), *((word, False) for word in words)}
    rows = [{"concept": iri, "stems": words, "is_whole": is_whole} for words, is_whole in sorted(found) if words]
    if rows:
        ground.connection.execute(insert(labels), rows)


def _parts(thing: Thing, entry: Entry, topics: Sequence[str]) -> dict[str, list[str]]:
    """The stems of each part of the index."""
    own = entry.language
    name = getattr(thing, "name", None)
    summary = getattr(thing, "summary", None)
    texts = {
        "title": [*(_entries(name) or [(own, entry.name)]), *_labels(thing)],
        "summary": [*(_entries(summary) or [(own, entry.summary)]), *_entries(getattr(thing, "definition", None))],
        "body": _entries(getattr(thing, "content", None)),
    }
    parts = {part: _stemmed(dict.fromkeys(pairs), own) for part, pairs in texts.items()}
    return {**parts, "topics": [token(topic) for topic in topics]}


def _stemmed(pairs: Iterable[tuple[str, str]], own: str) -> list[str]:
    found: list[str] = []
    for language, markup in pairs:
        if not markup or len(found) >= LONGEST:
            continue
        plain = without_tags(markup)
        for each in languages_of(language or own):
            found += stems(plain, each, LONGEST - len(found))
    return found


def _write_title(ground: Ground, seq: int, entry: Entry, thing: Thing, *, is_new: bool) -> None:
    """The words of what a thing is called, in every language, as people begin to type them."""
    if not is_new:
        _NO_TITLE.run(ground.connection, seq=seq)
    names = [*(_entries(getattr(thing, "name", None)) or [("", entry.name)]), *_labels(thing)]
    found = {word for _, name in names for word in forms(name[:LONGEST_LABEL])}
    if found:
        _TITLE.run_many(ground.connection, [{"word": word, "seq": seq} for word in sorted(found)])


def _write_choices(ground: Ground, seq: int, found: Sequence[Facet], *, is_new: bool) -> None:
    """What can be chosen to narrow a search to this thing."""
    if not is_new:
        _NO_CHOICES.run(ground.connection, seq=seq)
    pairs = {(facet.property, facet.text) for facet in found if facet.text and facet.property in CHOSEN_FIELDS}
    if pairs:
        rows = [{"property": name, "text": value, "seq": seq} for name, value in sorted(pairs)]
        _CHOICES.run_many(ground.connection, rows)


def _entries(value: object) -> list[tuple[str, str]]:
    """The (language, text) pairs of a property with one or several texts."""
    texts = value if isinstance(value, tuple) else (value,)
    return [pair for each in texts if isinstance(each, Text) for pair in each.entries]


def _write(ground: Ground, seq: int, parts: dict[str, list[str]]) -> None:
    if ground.dialect == "sqlite":
        ground.unwritten[seq] = {"seq": seq, **{part: " ".join(parts[part]) for part in PARTS}}
        if len(ground.unwritten) >= TOGETHER or sum(map(len, parts.values())) >= LARGE:
            write_out(ground)
    else:
        _INDEXED.run(ground.connection, seq=seq, words=_vector(parts))


def _vector(parts: dict[str, list[str]]) -> str:
    """The stems with their places and weights, as PostgreSQL writes a tsvector; a gap between parts parts phrases."""
    places: dict[str, list[str]] = {}
    place = 0
    for part, weight in PARTS.items():
        for stem in parts[part]:
            place += 1
            places.setdefault(stem, []).append(f"{min(place, 16_383)}{weight}")
        place += 2
    return " ".join(f"'{stem}':{','.join(at[:255])}" for stem, at in places.items())


def _derived(thing: Thing, properties: set[str]) -> list[Facet]:
    """A facet for every value of the searched properties, but for those properties."""
    found: list[Facet] = []
    for slot in slots_of(type(thing)):
        if slot.term.is_searchable and slot.key not in properties:
            value = getattr(thing, slot.name)
            values = value if isinstance(value, tuple) else () if value is None else (value,)
            found += [facet for each in values if (facet := _facet(slot.key, slot.shape, each)) is not None]
    return list(dict.fromkeys(found))


def _further(thing: Thing, entry: Entry, known: set[Facet]) -> list[Facet]:
    """The other times of what takes place again and again, as known when it was said last, so that it is found by each."""
    if not isinstance(thing, Event) or not thing.recurrence or thing.start_time is None:
        return []
    said = [at for at in (entry.published_at, entry.updated_at, entry.stored_at) if at is not None]
    since = max(said) - LOOKS_BACK if said else thing.start_time
    times = (Facet(property="startTime", moment=at) for at in islice(beginnings(thing, since), MOST_TIMES))
    return [facet for facet in times if facet not in known]


def _facet(key: str, shape: Shape, value: object) -> Facet | None:
    if isinstance(value, Ref):
        return Facet(property=key, text=value.iri) if value.iri else None
    if isinstance(value, datetime):
        return Facet(property=key, moment=value)
    if isinstance(value, bool | Text) or shape is Shape.TEXT:
        return None
    if isinstance(value, int | float):
        return Facet(property=key, number=float(value))
    return Facet(property=key, text=str(value)) if value else None


_SQLITE = (
    "INSERT OR REPLACE INTO search_index (rowid, title, summary, topics, body) VALUES (:seq, :title, :summary, :topics, :body)"
)
_POSTGRESQL = (
    "INSERT INTO search_index (seq, words) VALUES (:seq, CAST(:words AS tsvector)) "
    "ON CONFLICT (seq) DO UPDATE SET words = excluded.words"
)
_INDEXED = Prepared(lambda dialect: text(_SQLITE if dialect == "sqlite" else _POSTGRESQL))
_TITLE = Prepared(
    lambda _: insert(title_words).values({name: bindparam(name, type_=title_words.c[name].type) for name in ("word", "seq")})
)
_CHOICES = Prepared(
    lambda _: insert(choices).values({column.key: bindparam(column.key, type_=column.type) for column in choices.c})
)
_NO_CHOICES = Prepared(lambda _: delete(choices).where(choices.c.seq == bindparam("seq")))
_NO_TITLE = Prepared(lambda _: delete(title_words).where(title_words.c.seq == bindparam("seq")))
_NO_LABELS = Prepared(lambda _: delete(labels).where(labels.c.concept == bindparam("iri")))
