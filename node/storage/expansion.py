"""What the words of a query stand for: their stems in both languages, the terms so called, and what corresponds to those.

Only terms and accepted mappings within the scope of whoever asks are used: a hidden one must not show in what is found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select

from node.domain.visibility import Scope
from node.storage.ground import Ground
from node.storage.indexing import token
from node.storage.matching import Match, Phrase, all_of, any_of
from node.storage.scopes import within
from node.storage.tables.mappings import mappings
from node.storage.tables.search import labels
from node.storage.tables.things import things
from node.storage.words import LANGUAGES, forms, stem, stems

#: Longer queries are cut, and so are longer labels, in words.
LONGEST = 24
LONGEST_LABEL = 6
#: So many terms at most widen one word.
WIDEST = 100

_QUOTED = re.compile(r'"([^"]+)"|«([^»]+)»|“([^”]+)”')


def expand(ground: Ground, words: str, scope: Scope, *, join: Callable[[Iterable[Match]], Match] = all_of) -> Match | None:
    """What to look for; None when there is no word in the query. `join` says whether all of it must be found, or any."""
    quoted = ["".join(groups) for groups in _QUOTED.findall(words)]
    phrases = [_phrase(each) for each in quoted if list(forms(each))]
    rest = list(forms(_QUOTED.sub(" ", words)))[:LONGEST]
    parts = [*phrases, *_units(ground, rest, scope)]
    return join(parts) if parts else None


def _phrase(words: str) -> Match:
    return any_of(Phrase(tuple(stems(words, language))) for language in LANGUAGES)


def _units(ground: Ground, words: list[str], scope: Scope) -> list[Match]:
    """Each word with what it stands for; words that together are the label of a term may also stand for that."""
    units: list[Match] = []
    singles = {word: _word(ground, word, scope) for word in dict.fromkeys(words)}
    at = 0
    while at < len(words):
        length, meant = _longest_label(ground, words[at : at + LONGEST_LABEL], scope)
        each = all_of(singles[word] for word in words[at : at + length])
        units.append(any_of([each, *meant]))
        at += length
    return units


def _longest_label(ground: Ground, words: list[str], scope: Scope) -> tuple[int, list[Match]]:
    for length in range(len(words), 0, -1):
        concepts = _called(ground, _sequences(words[:length]), scope, is_whole=True)
        if concepts:
            return length, _meanings(ground, concepts, scope)
    return 1, []


def _word(ground: Ground, word: str, scope: Scope) -> Match:
    """The word in both languages, or a topic in whose label it stands."""
    stemmed = list(dict.fromkeys(stem(word, language) for language in LANGUAGES))
    topics = _called(ground, stemmed, scope, is_whole=False)
    return any_of([*(Phrase((each,)) for each in stemmed), *_topics(topics)])


def _sequences(words: list[str]) -> list[str]:
    found: list[str] = []
    for language in LANGUAGES:
        stemmed = [stem(word, language) for word in words]
        # as the stems of a label: the same one is not said twice in a row
        found.append(" ".join(each for at, each in enumerate(stemmed) if not at or stemmed[at - 1] != each))
    return list(dict.fromkeys(found))


def _called(ground: Ground, sequences: list[str], scope: Scope, *, is_whole: bool) -> list[str]:
    """The terms with such a label (or such a word in a label)."""
    wanted = select(labels.c.concept).where(labels.c.stems.in_(sequences), labels.c.is_whole == is_whole)
    return ground.texts(_within(wanted, labels.c.concept, scope).distinct().order_by(labels.c.concept).limit(WIDEST))


def _meanings(ground: Ground, concepts: list[str], scope: Scope) -> list[Match]:
    """Everything as which these terms, and those that correspond to them, are spoken of."""
    meant = closure(ground, concepts, scope)
    wanted = select(labels.c.stems).where(labels.c.concept.in_(meant), labels.c.is_whole)
    spoken = ground.texts(_within(wanted, labels.c.concept, scope).distinct().order_by(labels.c.stems).limit(WIDEST))
    return [*(Phrase(tuple(each.split(" "))) for each in spoken), *_topics(meant)]


def closure(ground: Ground, concepts: Iterable[str], scope: Scope) -> list[str]:
    """These terms and what accepted mappings join them to: exactMatch all the way, closeMatch one step."""
    same = _exactly(ground, set(concepts), scope)
    near = _beside(ground, same, "closeMatch", scope)
    return sorted(_exactly(ground, same | near, scope))[: 2 * WIDEST]


def _exactly(ground: Ground, concepts: set[str], scope: Scope) -> set[str]:
    found, edge = set(concepts), set(concepts)
    while edge and len(found) < WIDEST:
        edge = _beside(ground, edge, "exactMatch", scope) - found
        found |= edge
    return found


def _beside(ground: Ground, concepts: set[str], relation: str, scope: Scope) -> set[str]:
    touching = or_(mappings.c.subject.in_(concepts), mappings.c.object.in_(concepts))
    accepted = mappings.c.state == "accepted", mappings.c.relation == relation, touching
    wanted = _within(select(mappings.c.subject, mappings.c.object).where(*accepted), mappings.c.thing, scope)
    return {end for row in ground.rows(wanted) for end in (row["subject"], row["object"])}


def _topics(concepts: Iterable[str]) -> list[Match]:
    return [Phrase((token(concept),)) for concept in concepts]


def _within(statement: Select[Any], iri: ColumnElement[str], scope: Scope) -> Select[Any]:
    """Leaves out what rests on a thing that is here but may not be seen, or is no more."""
    joined = statement.join(things, things.c.iri == iri, isouter=True)
    return joined.where(or_(things.c.iri.is_(None), and_(within(scope), things.c.deleted_at.is_(None))))
