"""What can be told of a text by reading it: its language, its sentences, a short summary."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

#: The longest summary, in characters.
LONGEST_SUMMARY = 300

_FRENCH = (
    "le la les un une des du de et est sont dans pour par sur avec que qui nous vous ils elles leur leurs ce cette ces "
    "au aux en ne pas plus mais ou où donc se sa son ses être été ont elle il on comme entre afin à d l qu n s c j m t"
)
_ENGLISH = (
    "the a an and is are was were of to in for by on with that which we you they their this these those at from not "
    "but or it its be been has have as between so our your will can who what when how about into than"
)
_FUNCTION_WORDS = {"fr": frozenset(_FRENCH.split()), "en": frozenset(_ENGLISH.split())}
#: Some words belong to both languages: a text needs this share of words on one side, and twice as many as on the other.
_ENOUGH = 0.12
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE_END = re.compile(r"[.!?…](?:\s?»|[)”\"])?(?=\s+[«“\"(]?\s?[A-ZÀ-ÖØ-Þ0-9]|\s*$)")
_ABBREVIATION = re.compile(r"(?:^|[\s(«’'])(?:M|MM|Mme|Mmes|Dr|Dre|Me|St|Ste|p|pp|no|n|art|cf|vol|chap|ex|al|[A-ZÀ-Þ])\.$")
_SHORTEST_PROSE = 90
_SHORTEST_ANY = 30


def language(text: str) -> str:
    """The language of a text, "fr" or "en", by its function words; "" when that does not decide."""
    words = [word.lower() for word in _WORD.findall(text[:20_000])]
    counts = Counter(words)
    scores = {code: sum(counts[word] for word in known) for code, known in _FUNCTION_WORDS.items()}
    best, other = sorted(scores, key=lambda code: scores[code], reverse=True)
    decided = scores[best] >= max(2, _ENOUGH * len(words)) and scores[best] >= 2 * scores[other]
    return best if decided else ""


def language_tag(text: str) -> str:
    """A language code as it is usually written (fr, en-CA), "" for what is none."""
    if not _TAG.fullmatch(text):
        return ""
    primary, *rest = text.split("-")
    return "-".join([primary.lower(), *(part.upper() if len(part) == len("CA") else part for part in rest)])


def summary(paragraphs: Iterable[str]) -> str:
    """The first paragraph that says something, cut after a sentence to at most 300 characters; "" when there is none."""
    given = [" ".join(paragraph.split()) for paragraph in paragraphs]
    prose = [text for text in given if len(text) >= _SHORTEST_PROSE and _SENTENCE_END.search(text[-3:])]
    some = [text for text in given if len(text) >= _SHORTEST_ANY]
    chosen = next(iter([*prose, *some, *given]), "")
    return shorten(chosen)


def shorten(text: str, longest: int = LONGEST_SUMMARY) -> str:
    """The whole sentences of a text that fit into `longest` characters; else its first words and an ellipsis."""
    if len(text) <= longest:
        return text
    fitting = [end for end in sentence_ends(text[: longest + 2]) if end <= longest]
    if fitting:
        return text[: fitting[-1]]
    words = text[: longest - 1]
    return f"{(words.rpartition(' ')[0] or words).rstrip(' ,;:–—-(«')}…"


def sentence_ends(text: str) -> list[int]:
    """Where the sentences of a text end; the full stop of an abbreviation ends none."""
    return [
        found.end()
        for found in _SENTENCE_END.finditer(text)
        if not _ABBREVIATION.search(text[max(0, found.end() - 8) : found.end()])
    ]
