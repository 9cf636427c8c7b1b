"""How often a feed is looked at, and what keeps one from being read, in words.

Spec: RFC 9110 §10.2.3.
"""

from __future__ import annotations

import enum
import hashlib
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from vocab.values import Text

#: Never more often than this; a feed in which nothing happens is looked at half as often, and so on.
SHORTEST, LONGEST = timedelta(hours=1), timedelta(hours=24)
#: What a site may ask for at most: longer is forgotten.
LONGEST_WISH = timedelta(days=7)
#: Whoever looks after the node may have a feed looked at by hand, but not like this.
BY_HAND = timedelta(minutes=5)
#: How long a site's word about robots holds.
ROBOTS = timedelta(hours=24)
#: Up to how long after its last news a feed is looked at how often.
_RHYTHM = ((timedelta(days=3), timedelta(hours=1)), (timedelta(days=21), timedelta(hours=3)))
_RARELY = timedelta(hours=12)


class Trouble(enum.StrEnum):
    """What keeps a feed from being read."""

    NONE = ""
    SILENT = "silent"
    REFUSED = "refused"
    UNREADABLE = "unreadable"
    BARRED = "barred"
    BLOCKED = "blocked"
    GONE = "gone"


_WORDS = {
    Trouble.NONE: Text.by_language({"fr": "Tout va bien.", "en": "All is well."}, "fr"),
    Trouble.SILENT: Text.by_language(
        {
            "fr": "Le site ne répond pas\u00a0; nous réessayons, de moins en moins souvent.",
            "en": "The site does not answer; we try again, less and less often.",
        },
        "fr",
    ),
    Trouble.REFUSED: Text.by_language(
        {
            "fr": "Le site refuse de donner son flux, ou n’en a plus à cette adresse. Regardez-la dans un navigateur.",
            "en": "The site refuses to give its feed, or has none at this address any more. Look at it in a browser.",
        },
        "fr",
    ),
    Trouble.UNREADABLE: Text.by_language(
        {
            "fr": "Ce qui se trouve à cette adresse n’est pas un flux qui se lit. Le site peut l’avoir déplacé.",
            "en": "What is at this address is no feed that can be read. The site may have moved it.",
        },
        "fr",
    ),
    Trouble.BARRED: Text.by_language(
        {
            "fr": "Le site demande aux programmes de ne pas lire cette adresse (robots.txt). Demandez-lui de nous y autoriser.",
            "en": "The site asks programs not to read this address (robots.txt). Ask it to allow us.",
        },
        "fr",
    ),
    Trouble.BLOCKED: Text.by_language(
        {"fr": "Tout échange avec ce site est refusé ici.", "en": "Any exchange with this site is refused here."}, "fr"
    ),
    Trouble.GONE: Text.by_language(
        {
            "fr": "Le site dit que ce flux n’existe plus. Ce qui en est venu reste.",
            "en": "The site says that this feed is gone. What came by it stays.",
        },
        "fr",
    ),
}


def in_words(trouble: str) -> Text:
    """What keeps a feed from being read, in a sentence."""
    return _WORDS[Trouble(trouble)] if trouble in set(Trouble) else _WORDS[Trouble.UNREADABLE]


def next_look(
    now: datetime, iri: str, *, changed_at: datetime | None, wish: timedelta = timedelta(), failures: int = 0
) -> datetime:
    """When a feed is looked at next: as often as it has news, as rarely as it wishes, and ever more rarely while it fails.

    Feeds followed at the same moment drift apart, by up to a tenth (see `drift`).
    """
    age = now - changed_at if changed_at else timedelta.max
    pause = next((often for within, often in _RHYTHM if age <= within), _RARELY)
    if failures:
        pause = min(SHORTEST * 2 ** min(failures - 1, 10), LONGEST)
    pause = max(pause, min(wish, LONGEST_WISH), SHORTEST)
    return now + pause * drift(iri)


def drift(iri: str) -> float:
    """By how much longer than others a feed is left alone: 1 to 1.1, always the same for the same feed."""
    return 1 + hashlib.sha256(iri.encode()).digest()[0] / 2550


def asked_to_wait(retry_after: str, now: datetime) -> timedelta:
    """How long a Retry-After asks for: so many seconds, or until a moment; nothing when it says neither."""
    words = retry_after.strip()[:40]
    if words.isascii() and words.isdigit():
        return min(timedelta(seconds=int(words[:9])), LONGEST_WISH)
    try:
        until = parsedate_to_datetime(words)
        return min(max(until - now, timedelta()), LONGEST_WISH)
    except (ValueError, TypeError, OverflowError):
        return timedelta()
