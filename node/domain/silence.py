"""When those who look after a node are told that another server, which was there until then, has gone silent; and the letter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from node.domain.fields import ZONE
from node.domain.neighbours import Trouble
from node.domain.sentences import said
from vocab.values import Text

#: After so long somebody is told.
AFTER = timedelta(hours=48)
#: A server that sent something on so many days of so many is one from which something comes nearly every day.
DAYS, WITHIN = 5, timedelta(days=14)

_MONTHS = {
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),  # noqa: SIM905
    "en": "January February March April May June July August September October November December".split(),  # noqa: SIM905
}
_SUBJECT = said("{name} ne répond plus", "{name} no longer answers")
_FAILS = said(
    "Depuis le {since}, {name} ({host}) ne répond plus. {means} {remedy}",
    "Since {since}, {name} ({host}) hasn’t answered. {means} {remedy}",
)
_QUIET = said(
    "Rien n’est venu de {name} ({host}) depuis le {since}, alors que d’habitude quelque chose en arrive presque chaque jour. "
    "Leur site est peut-être arrêté, ou le nôtre ne se voit plus de là-bas : faites l’essai.",
    "Nothing has come from {name} ({host}) since {since}, though usually something arrives nearly every day. "
    "Their site may be stopped, or ours can no longer be seen from there: run the test.",
)
_LETTER = said(
    "Bonjour,\n\n{what}\n\nCe qui devait y partir attend, et partira à son retour. Pour voir le lien, faire l’essai ou leur "
    "écrire :\n{link}\n\nCe message ne part qu’une fois par silence.\n",
    "Hello,\n\n{what}\n\nWhat was to go there waits, and leaves when it is back. To see the link, test it or write to them:\n"
    "{link}\n\nThis letter is sent once for each silence.\n",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """A server that went silent, since when, and what its last error means; None where it just sends nothing."""

    host: str
    since: datetime
    trouble: Trouble | None = None


def is_told(since: datetime, told_at: datetime | None) -> bool:
    """Whether a silence that began then was told of already."""
    return told_at is not None and told_at >= since


def letter(found: Silence, name: str, link: str, language: str) -> tuple[str, str]:
    """Subject and text; `link` leads to where something can be done."""
    values = {"name": name, "host": found.host, "since": _day(found.since, language)}
    if found.trouble is not None:
        means: dict[str, Text] = {"means": found.trouble.means, "remedy": found.trouble.remedy}
        values |= {key: words.in_language(language) for key, words in means.items()}
    what = (_FAILS if found.trouble is not None else _QUIET).in_language(language).format(**values)
    return _SUBJECT.in_language(language).format(name=name), _LETTER.in_language(language).format(what=what, link=link)


def _day(at: datetime, language: str) -> str:
    local = at.astimezone(ZoneInfo(ZONE))
    month = _MONTHS[language][local.month - 1]
    return f"{month} {local.day}, {local.year}" if language == "en" else f"{local.day} {month} {local.year}"
