"""Why a search found something: which of the words stand in its title, its terms, its summary or its text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from node.domain.html import plain
from node.storage.shelves.search import SearchHit
from node.storage.words import CHANGED, LANGUAGES, forms, stem
from node.web.cards import authors_of
from node.web.desk import Desk, Link, refs
from node.web.translations import phrase
from vocab.thing import Thing

#: Of more topics the first are looked at, and so far into a text.
_TOPICS, _LONGEST = 12, 20_000
#: So many people are named who wrote what was found, of so many first results.
WRITERS, RESULTS = 3, 10

_PLACES = {
    "title": phrase("dans le titre\u00a0: %(words)s"),
    "topic": phrase("par le terme «\u00a0%(term)s\u00a0»\u00a0: %(words)s"),
    "summary": phrase("dans le résumé\u00a0: %(words)s"),
    "body": phrase("dans le texte\u00a0: %(words)s"),
}


def why(desk: Desk, hit: SearchHit, words: str) -> str:
    """« Trouvé dans le titre : logement · dans le texte : règlement », "" when nothing of that can be said."""
    sought = {form: _stems(form) for word in re.findall(r"\S+", words) for form in forms(word)}
    said: list[str] = []
    for place, term, text in _parts(desk, hit):
        if not sought:
            break
        found = _standing(sought, text)
        if found:
            said.append(desk.tongue.say(_PLACES[place], words=", ".join(found), term=term))
            sought = {form: stems for form, stems in sought.items() if form not in found}
    return desk.tongue.say("Trouvé %(places)s", places=" · ".join(said)) if said else ""


def writers(desk: Desk, hits: list[SearchHit], names: set[str]) -> list[Link]:
    """Who wrote most of the first results: whoever searches may want to ask them. Without those `names` shown already."""
    counted: dict[Link, int] = {}
    for hit in hits[:RESULTS]:
        for author in authors_of(desk, hit.thing)[:WRITERS]:
            if author.href and author.text not in names:
                counted[author] = counted.get(author, 0) + 1
    return sorted(counted, key=lambda author: -counted[author])[:WRITERS]


def _parts(desk: Desk, hit: SearchHit) -> Iterator[tuple[str, str, str]]:
    """The parts of a thing, most telling first: where, the term it is, the words; each made when nothing before it sufficed."""
    thing = hit.thing.thing
    yield "title", "", _plain(desk, thing, "name")
    for ref in refs(thing, "topic")[:_TOPICS]:
        label = desk.term(ref).text
        yield "topic", label, label
    yield "summary", "", _plain(desk, thing, "summary")
    yield "body", "", _plain(desk, thing, "content")[:_LONGEST]


def _plain(desk: Desk, thing: Thing, name: str) -> str:
    return plain(desk.worded(getattr(thing, name, None))[0])


def _standing(sought: Mapping[str, frozenset[str]], text: str) -> list[str]:
    """Those of the words that stand in a text, endings aside. What does not begin as they do is not stemmed: it costs most."""
    beginnings = tuple({stemmed[: max(len(stemmed) - CHANGED, 1)] for stems in sought.values() for stemmed in stems})
    known = {stemmed for form in set(forms(text)) if form.startswith(beginnings) for stemmed in _stems(form)}
    return [form for form, stems in sought.items() if stems & known]


def _stems(form: str) -> frozenset[str]:
    return frozenset(stem(form, language) for language in LANGUAGES)
