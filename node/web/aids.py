"""What stands beside a text for whoever reads it: time, words explained, files, how to cite it, whom to write to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from babel.dates import format_date

from node.actions.relay import RELAY
from node.domain import reading_aids
from node.domain.html import CleanHtml
from node.domain.reading_aids import Explained, inverted, minutes
from node.domain.visibility import PUBLIC_SCOPE, is_within
from node.storage.shelves.things import StoredThing
from node.web.attached import attached
from node.web.desk import Desk, Link, refs
from node.web.translations import TAGS
from node.web.wording import excerpt, zone
from vocab.values import Text

#: So many words are explained beside a text.
MOST_WORDS, LONGEST = 8, 400
PLAIN = "langage-clair"


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """A word of the text, what it means, and whether that is said in plain language."""

    anchor: str
    term: Link
    words: str
    language: str
    is_plain: bool
    labels: tuple[str, ...]


def aids(desk: Desk, stored: StoredThing, content: CleanHtml, title: str, authors: tuple[Link, ...]) -> Mapping[str, Any]:
    """What helps to read and to quote: the text itself comes back with its words linked to what they mean."""
    found = list(_meanings(desk, stored))
    text, has_plain = reading_aids.with_plain_part(content, PLAIN)
    explained = [Explained(labels=meaning.labels, anchor=meaning.anchor) for meaning in found]
    return {
        "content": reading_aids.with_explained(text, explained) if explained else text,
        "minutes": minutes(content),
        "plain_part": PLAIN if has_plain else "",
        "meanings": found,
        "files": list(attached(desk, stored.thing, content)),
        "citation": _citation(desk, stored, authors, title),
        "write_to": _write_to(desk, stored),
    }


def _meanings(desk: Desk, stored: StoredThing) -> Iterator[Meaning]:
    for number, ref in enumerate(refs(stored.thing, "topic")[:MOST_WORDS], 1):
        found = desk.uow.things.get(ref.iri, desk.scope)
        if found is None or found.entry.deleted_at is not None:
            continue
        clear, full = (getattr(found.thing, name, None) for name in ("plain_definition", "definition"))
        said = clear or full
        words, language = desk.worded(said if isinstance(said, Text) else None)
        if words.strip():
            yield Meaning(
                anchor=f"mot-{number}",
                term=desk.term(ref),
                words=excerpt(words, LONGEST),
                language=language,
                is_plain=said is clear,
                labels=_labels(found.thing),
            )


def _labels(thing: object) -> tuple[str, ...]:
    """The ways of writing a term, in all its languages."""
    said = [getattr(thing, "pref_label", None), getattr(thing, "name", None), *getattr(thing, "alt_label", ())]
    return tuple(words for text in said if isinstance(text, Text) for _, words in text.entries) + tuple(
        text.primary for text in said if isinstance(text, Text)
    )


def _citation(desk: Desk, stored: StoredThing, authors: tuple[Link, ...], title: str) -> tuple[str, str, str]:
    """A reference in the style of the APA."""
    entry = stored.entry
    at = entry.published_at or entry.updated_at
    month = format_date(at.astimezone(zone()), "MMMM", locale=TAGS[desk.language].replace("-", "_")) if at else ""
    day = reading_aids.year_and_day(at.astimezone(zone()) if at else None, desk.language, month) or desk.tongue.say("s. d.")
    people = {ref.iri for ref in refs(stored.thing, "attributed_to")} or {entry.author}
    are_people = all((row := desk.uow.actors.get(iri)) is not None and row.type == "Person" for iri in people if iri)
    names = [inverted(author.text) if are_people else author.text for author in authors]
    source = desk.community(entry.community).text if entry.community else ""
    return reading_aids.cited(reading_aids.listed(names, desk.tongue.say("et")), day, title, source, entry.iri)


def _write_to(desk: Desk, stored: StoredThing) -> str:
    """The page by which somebody writes to whoever wrote it, "" for what is not ours or not for everybody."""
    is_ours = stored.entry.is_local and is_within(PUBLIC_SCOPE, stored.entry)
    return desk.addresses.page(RELAY, iri=stored.entry.iri) if is_ours else ""
