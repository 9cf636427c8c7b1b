"""Single values out of expanded JSON-LD: texts, moments, links, numbers; None for what does not fit. Spec: RFC 3339 §5.6."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from urllib.parse import urlsplit

from vocab.jsonld_limits import Json
from vocab.namespaces import PUBLIC, PUBLIC_FORMS, SPELLINGS
from vocab.values import UNDETERMINED, Text, usual

_REGION, _SCRIPT = 2, 4
#: No tag of a language has more characters.
_LONGEST_TAG = 100


def plain(value: Json) -> Json:
    """The bare value of a value object, else None."""
    return value.get("@value") if type(value) is dict else None


def address(value: Json) -> str | None:
    """The IRI that a reference, or a bare text in its place, stands for; every form of Public is the full one.

    None for one that cannot be taken apart: it points nowhere, and whoever asks for its host would stumble.
    """
    if type(value) is not dict:
        return None
    iri = value.get("@id")
    if iri is None:
        iri = value.get("@value")
    if type(iri) is not str or not is_address(iri):
        return None
    return PUBLIC if iri in PUBLIC_FORMS else iri


def is_address(iri: str) -> bool:
    """Whether an address can be taken apart, wherever it leads."""
    if iri.isascii() and "[" not in iri and "]" not in iri:  # as nearly all
        return True
    try:
        urlsplit(iri)
    except ValueError:
        return False
    return True


def moment(value: Json) -> datetime | None:
    """A moment in UTC, from RFC 3339 or a close relative of it; one that names no zone is taken for UTC."""
    text = plain(value)
    if type(text) is not str:
        return None
    try:
        found = datetime.fromisoformat(text)
        return usual((found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC))
    except (ValueError, OverflowError):
        return None


def truth(value: Json) -> bool | None:
    """True or false."""
    found = plain(value)
    return found if type(found) is bool else None


def count(value: Json) -> int | None:
    """A whole number."""
    found = plain(value)
    if type(found) is float and found.is_integer():
        return int(found)
    return found if type(found) is int else None


def number(value: Json) -> float | None:
    """A number, always as float."""
    found = plain(value)
    return float(found) if type(found) in {int, float} else None


def word(value: Json) -> str | None:
    """A text without language, or the IRI in its place; a number in its place is written out."""
    if type(value) is not dict:
        return None
    found = value.get("@value", value.get("@id"))
    if type(found) in {int, float}:
        return str(found)
    return found if type(found) is str else None


@lru_cache(maxsize=256)
def language_tag(tag: str) -> str:
    """A BCP 47 tag in its usual spelling (fr-CA, zh-Hant); "" for `und`."""
    head, *rest = tag.split("-")
    if head.lower() == "und":
        return UNDETERMINED
    return "-".join([head.lower(), *(_subtag(part) for part in rest)])


def _subtag(part: str) -> str:
    if len(part) == _REGION:
        return part.upper()
    return part.capitalize() if len(part) == _SCRIPT and part.isalpha() else part.lower()


def tagged(value: Json) -> tuple[str, str] | None:
    """A text with its language."""
    found = plain(value)
    if type(found) is not str:
        return None
    language = value.get("@language")
    return (language_tag(language[:_LONGEST_TAG]) if language else UNDETERMINED, found)


def text(pairs: list[tuple[str, str]]) -> Text | None:
    """One text from a plain value and a map by language.

    The primary language is the one whose text equals the plain value, else the first by tag; a plain value that equals none
    stays, with no language, in front. The first text of a language counts.
    """
    if len(pairs) == 1:
        return Text(entries=(pairs[0],))
    by_language: dict[str, str] = {}
    for language, content in pairs:
        by_language.setdefault(language, content)
    if not by_language:
        return None
    lead = None
    if UNDETERMINED in by_language:
        same = by_language[UNDETERMINED]
        lead = min((tag for tag, content in by_language.items() if tag and content == same), default=None)
        if lead is not None:
            del by_language[UNDETERMINED]
    return Text.by_language(by_language, primary=lead if lead is not None else min(by_language))


def respelled(iri: str) -> str:
    """The IRI with its namespace spelled as we do: schema.org is written in four ways."""
    for other, ours in SPELLINGS.items():
        if iri.startswith(other):
            return ours + iri[len(other) :]
    return iri
