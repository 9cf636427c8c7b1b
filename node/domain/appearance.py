"""How an organisation dresses its node: a colour out of a checked set, its emblem, and words of its own."""

from __future__ import annotations

import enum
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache

#: Colours that read well by day and by night; the first is what a new node wears. Their values are in teintes.css.
COLOURS = ("sapin", "lac", "olive", "ardoise")

#: So many phrases may be said otherwise, each in so many characters.
MOST_PHRASES, LONGEST_PHRASE = 500, 600

_PLACE = re.compile(r"%\(\w+\)[sd]")


class Fault(enum.StrEnum):
    """Why words cannot stand in the place of others."""

    LONG = "long"
    MARKS = "marks"  # they would be read as markup
    VALUES = "values"  # what is filled in is missing, or another
    MANY = "many"


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance:
    """What differs from a new node. `logo` is the path of a picture kept here, "" for ours.

    `words`: by language, the French phrase of the pages → what is said instead, singular and plural where it counts.
    """

    colour: str = COLOURS[0]
    logo: str = ""
    words: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)

    def written(self) -> str:
        """As it is kept."""
        return json.dumps(asdict(self), ensure_ascii=False)

    def saying(self, language: str, phrase: str, words: tuple[str, ...]) -> Appearance:
        """The same with other words for a phrase; the first words again where there are none."""
        own = {key: value for key, value in self.words.get(language, {}).items() if key != phrase}
        if words:
            own[phrase] = words
        return replace(self, words={**self.words, language: own})


@lru_cache(maxsize=8)
def read(kept: str) -> Appearance:
    """An appearance as it was kept; the same text gives the very same one. What is not known any more is left out."""
    said = json.loads(kept) if kept else {}
    words = {language: {phrase: tuple(forms) for phrase, forms in own.items()} for language, own in said.get("words", {}).items()}
    colour = said.get("colour", "")
    return Appearance(colour=colour if colour in COLOURS else COLOURS[0], logo=said.get("logo", ""), words=words)


def fault_of(original: tuple[str, ...], words: tuple[str, ...]) -> Fault | None:
    """What is wrong with words that shall stand for `original` (singular, plural); they become part of pages as they are."""
    if not words:
        return None
    wanted = {name for form in original for name in _PLACE.findall(form)}
    for form in words:
        if not form or len(form) > LONGEST_PHRASE:
            return Fault.LONG
        if set(form) & set('<>"&') or "%" in _PLACE.sub("", form):
            return Fault.MARKS
        if not set(_PLACE.findall(form)) <= wanted:
            return Fault.VALUES
    return Fault.VALUES if wanted - {name for form in words for name in _PLACE.findall(form)} else None
