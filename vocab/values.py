"""The only kinds of value a property can have: Text by language, Ref, moment, number, truth."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from vocab.thing import Thing

#: A point in time, always aware, kept in UTC; written as RFC 3339 with `Z`.
Moment: TypeAlias = datetime

#: A bare number: strength, confidence, latitude, count.
Quantity: TypeAlias = int | float

#: The language key of a text whose language is not said.
UNDETERMINED = ""

#: At either end of the years that a computer knows there is no other time zone, and no day before or after: who reads stumbles.
FIRST_YEAR, LAST_YEAR = 2, 9998


def usual(found: datetime) -> Moment | None:
    """The same moment, None for one in a year in which no clock can be set forward or back."""
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None


@dataclass(frozen=True, slots=True)
class Text:
    """A text in one or several languages.

    `entries` are (BCP 47 tag, text) pairs: the primary language first, the others sorted by tag; the tag is ""
    when the language is not said. At least one entry.
    """

    entries: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, text: str, language: str = UNDETERMINED) -> Text:
        """A text in one language."""
        return cls(entries=((language, text),))

    @classmethod
    def by_language(cls, texts: dict[str, str], primary: str | None = None) -> Text:
        """A text in several languages; `primary` (or else the first key) leads, the others are sorted."""
        lead = primary if primary in texts else next(iter(texts))
        rest = sorted(key for key in texts if key != lead)
        return cls(entries=tuple((key, texts[key]) for key in (lead, *rest)))

    @property
    def primary(self) -> str:
        """The text in its primary language."""
        return self.entries[0][1]

    @property
    def language(self) -> str:
        """The tag of the primary language, "" if not said."""
        return self.entries[0][0]

    def in_language(self, language: str) -> str:
        """The text in `language`, else in a variant of it (fr for fr-CA), else the primary text."""
        wanted = language.split("-", maxsplit=1)[0]
        exact = [text for tag, text in self.entries if tag == language]
        near = [text for tag, text in self.entries if tag.split("-", maxsplit=1)[0] == wanted]
        return (exact or near or [self.primary])[0]

    def __str__(self) -> str:
        return self.primary


@dataclass(frozen=True, slots=True)
class Ref:
    """A pointer to something: its IRI, and the thing itself when it came embedded.

    `iri` is "" only for an embedded thing that has no id of its own.
    """

    iri: str
    thing: Thing | None = None

    def __str__(self) -> str:
        return self.iri
