"""How moments, strengths, licences, languages and links between communities are said to people, in words."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale
from babel.dates import format_date, format_time, format_timedelta

from node.domain.fields import ZONE
from node.domain.html import plain
from node.web.translations import TAGS, Tongue, phrase
from vocab import types

_PATTERNS = {"fr": "d MMMM y", "en": "MMMM d, y"}
_HOURS = {"fr": "H'\u00a0h\u00a0'mm", "en": "h:mm a"}
_RECENT_DAYS = 14
#: Least strength → how a link is called.
STRENGTHS = ((0.6, phrase("Lien fort")), (0.3, phrase("Lien net")), (0.0, phrase("Lien léger")))
_CREATIVE_COMMONS = re.compile(r"^https?://creativecommons\.org/(?:licenses/([a-z-]+)/(\d\.\d)|publicdomain/(zero|mark)/)")
_EXCERPT_LENGTH = 260
#: So far into a text the words searched for are looked for, to be shown where they stand.
_LONGEST_SEARCHED = 100_000

#: Before these French leaves out the last letter of « de ».
_VOWELS = frozenset("aeiouœ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Licence:
    """What may be done with a resource: `label` is short, `words` one sentence, `href` the text itself ("" for none)."""

    label: str
    words: str
    href: str = ""


@functools.cache
def zone() -> tzinfo:
    """The zone in which days are named; UTC where the machine knows no other."""
    try:
        return ZoneInfo(ZONE)
    except (ZoneInfoNotFoundError, OSError):
        return UTC


@functools.lru_cache(maxsize=1_000)
def date_words(day: date, pattern: str, tag: str) -> str:
    """A day as a pattern of Babel's says it in a language as it is spoken somewhere; a page says the same few again and again."""
    return format_date(day, pattern, locale=Locale.parse(tag, sep="-"))


@functools.lru_cache(maxsize=1_000)
def time_words(hour: int, minute: int, pattern: str, tag: str) -> str:
    """An hour of the day, the same way."""
    return str(format_time(time(hour, minute), pattern, locale=Locale.parse(tag, sep="-")))


def day(moment: datetime, language: str) -> str:
    """The day of a moment: « 3 octobre 2026 »."""
    local = moment.astimezone(zone())
    words = date_words(local.date(), _PATTERNS[language], TAGS[language])
    return f"1er{words[1:]}" if language == "fr" and local.day == 1 else words


def hour(moment: datetime, language: str) -> str:
    """A day with its hour: « 3 octobre 2026 à 14 h 30 »."""
    return Tongue(language).say("%(day)s à %(time)s", day=day(moment, language), time=clock(moment, language))


def clock(moment: datetime, language: str) -> str:
    """An hour of the day: « 14 h 30 »."""
    local = moment.astimezone(zone())
    return time_words(local.hour, local.minute, _HOURS[language], TAGS[language])


def ago(moment: datetime, now: datetime, language: str) -> str:
    """How long ago, while that is easier to grasp than a date: « il y a 3 jours »; else the day."""
    past = now - moment
    if past < timedelta(0) or past > timedelta(days=_RECENT_DAYS):
        return day(moment, language)
    tongue = Tongue(language)
    days = (now.astimezone(zone()).date() - moment.astimezone(zone()).date()).days
    if days < 1:
        return tongue.say("aujourd’hui")
    if days == 1:
        return tongue.say("hier")
    return format_timedelta(timedelta(days=-days), add_direction=True, threshold=2, granularity="day", locale=language)


def strength_words(strength: float, tongue: Tongue) -> str:
    """A strength between 0 and 1 in two words."""
    return next(tongue.say(words) for least, words in STRENGTHS if strength >= least or least == 0.0)


def number(value: float, tongue: Tongue, digits: int = 2) -> str:
    """A number as it is written here: 0,47 in French, 0.47 in English."""
    text = f"{value:.{digits}f}"
    return text.replace(".", ",") if tongue.language == "fr" else text


def percent(value: float, tongue: Tongue) -> str:
    """A share between 0 and 1 as a percentage."""
    return f"{round(value * 100)}\u00a0%" if tongue.language == "fr" else f"{round(value * 100)}%"


def licence(iri: str, tongue: Tongue) -> Licence:
    """What a licence's address means; one that is nowhere on the web is none, whatever somebody elsewhere wrote there."""
    if not iri.startswith(("https://", "http://")):
        words = tongue.say("Licence non précisée : demandez à la personne qui l’a écrite avant de réutiliser.")
        return Licence(label=tongue.say("licence non précisée"), words=words)
    found = _CREATIVE_COMMONS.match(iri)
    if found is None:
        return Licence(label=tongue.say("licence particulière"), words=tongue.say("Voir le texte de la licence."), href=iri)
    kind, version, public = found.groups()
    if public:
        return Licence(label="CC0" if public == "zero" else tongue.say("domaine public"), href=iri, words=_allowed("", tongue))
    return Licence(label=f"CC {kind.upper()} {version}", href=iri, words=_allowed(kind, tongue))


def _allowed(kind: str, tongue: Tongue) -> str:
    if not kind:
        return tongue.say("Libre : vous pouvez tout en faire.")
    sentences = [tongue.say("Vous pouvez réutiliser en citant les personnes qui l’ont écrite.")]
    if "nc" in kind:
        sentences.append(tongue.say("Pas d’usage commercial."))
    if "nd" in kind:
        sentences.append(tongue.say("Sans modification."))
    if "sa" in kind:
        sentences.append(tongue.say("Repartagez sous la même licence."))
    return " ".join(sentences)


def kind_words(kind: str, tongue: Tongue) -> str:
    """What a kind of thing is called by the vocabulary, with a capital; the kind itself where nobody defines it."""
    known = types.registry().by_key.get(kind)
    label = known.ABOUT.label.get(tongue.language) or known.ABOUT.label["fr"] if known else kind
    return leading(label)


def language_name(tag: str, tongue: Tongue) -> str:
    """What a language is called: « français », « English »; the tag where nobody knows."""
    name = None
    if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", tag):
        name = Locale.parse(tongue.language).languages.get(tag.split("-", maxsplit=1)[0].lower())
    return name or tag


def by_author(kind: str, names: str, tongue: Tongue) -> str:
    """What a thing without a name is called after who wrote it: « Message d’Ali Ben », « Message de Karim »."""
    values = {"kind": leading(kind), "names": names}
    if unicodedata.normalize("NFD", names[:1])[:1].casefold() in _VOWELS:
        return tongue.say("%(kind)s d’%(names)s", **values)
    return tongue.say("%(kind)s de %(names)s", **values)


def leading(text: str) -> str:
    """The text with a capital at its head."""
    return text[:1].upper() + text[1:]


def excerpt(text: str, length: int = _EXCERPT_LENGTH) -> str:
    """The beginning of a text without its tags, cut between words."""
    words = re.sub(r"[ \t\n]+", " ", plain(text)).strip()
    if len(words) <= length:
        return words
    return f"{words[:length].rsplit(' ', maxsplit=1)[0].rstrip(',;:. ')}\u00a0…"


def matching(words: str, text: str) -> tuple[tuple[str, bool], ...]:
    """`text` in pieces, each with whether it answers one of the `words` searched for (case, accents and endings aside)."""
    return tuple(_answering(words, text))


def _answering(words: str, text: str) -> Iterator[tuple[str, bool]]:
    stems = tuple(_fold(word)[: max(4, len(word) - 2)] for word in re.findall(r"\w+", words) if len(word) > 2)  # noqa: PLR2004 - short words are articles
    if not stems:
        yield text, False
        return
    for piece in re.split(r"(\w+)", text):
        if piece:
            yield piece, _fold(piece).startswith(stems)


def around(words: str, text: str, *, unless: str = "") -> str:
    """The part of a text where the words searched for stand; "" when they stand nowhere in it, or in `unless` already."""
    if not words.strip() or any(is_hit for _, is_hit in matching(words, plain(unless))):
        return ""
    whole = re.sub(r"[ \t\n]+", " ", plain(text)).strip()[:_LONGEST_SEARCHED]
    place = 0
    for piece, is_hit in _answering(words, whole):
        if is_hit:
            begin = max(place - _EXCERPT_LENGTH // 3, 0)
            return excerpt(whole) if not begin else f"…\u00a0{excerpt(whole[whole.find(' ', begin) + 1 :])}"
        place += len(piece)
    return ""


@functools.lru_cache(maxsize=20_000)  # a page of results looks at the same words again and again
def _fold(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(sign))
