"""What is seen of a community elsewhere before it is followed: how much, how often, in which languages and licences."""

from __future__ import annotations

import itertools
import json
import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from node.domain.html import plain
from node.domain.sentences import said
from vocab.activities.activity import Activity
from vocab.thing import Thing
from vocab.things.object import Object
from vocab.values import Text

_LONGEST_TITLE, _MOST_TITLES, _MOST_KNOWN = 120, 5, 20
_QUIET = timedelta(days=180)
_PACES: Sequence[tuple[timedelta, Text]] = (
    (timedelta(hours=20), said("plusieurs fois par jour", "several times a day")),
    (timedelta(days=4), said("plusieurs fois par semaine", "several times a week")),
    (timedelta(days=10), said("environ une fois par semaine", "about once a week")),
    (timedelta(days=45), said("environ une fois par mois", "about once a month")),
    (timedelta.max, said("quelques fois par année", "a few times a year")),
)
_NONE = said("on ne sait pas encore à quel rythme", "how often isn’t known yet")
_ASLEEP = said("rien depuis plus de six mois", "nothing for more than six months")


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """One thing that was published: what it is called, and when."""

    title: str
    at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What an outbox shows. `total` is None where it is not told; the most frequent language and licence come first."""

    total: int | None = None
    latest: tuple[Published, ...] = ()
    moments: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    licences: tuple[str, ...] = ()

    def as_text(self) -> str:
        """JSON, to be kept."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def of(cls, text: str) -> Outlook:
        """The same read back."""
        kept: dict[str, Any] = json.loads(text)
        lists = {name: tuple(kept[name]) for name in ("moments", "languages", "licences")}
        return cls(total=kept["total"], latest=tuple(Published(**each) for each in kept["latest"]), **lists)

    def pace(self, now: datetime) -> Text:
        """How often something is published, in words."""
        days = sorted((datetime.fromisoformat(moment) for moment in self.moments), reverse=True)
        if days and now - days[0] > _QUIET:
            return _ASLEEP
        gaps = [(later - earlier).total_seconds() for later, earlier in itertools.pairwise(days)]
        if not gaps:
            return _NONE
        usual = timedelta(seconds=statistics.median(gaps))
        return next(words for longest, words in _PACES if usual <= longest)


def outlook(things: Iterable[Thing], total: int | None, now: datetime) -> Outlook:
    """What the newest entries of an outbox show; activities count as what they are about."""
    known = [pair for thing in things if (pair := _about(thing)) is not None][:_MOST_KNOWN]
    found = [(about, at if at is not None and at <= now else None) for about, at in known]
    languages = Counter(tag.lower() for about, _ in found if (tag := about.in_language or _spoken(about)))
    licences = Counter(about.license.iri for about, _ in found if about.license is not None and about.license.iri)
    titled = (Published(title=title, at=at.isoformat() if at else "") for about, at in found if (title := _title(about)))
    return Outlook(
        total=total,
        latest=tuple(itertools.islice(titled, _MOST_TITLES)),
        moments=tuple(at.isoformat() for _, at in found if at),
        languages=tuple(tag for tag, _ in languages.most_common(3)),
        licences=tuple(iri for iri, _ in licences.most_common(3)),
    )


def _about(thing: Thing) -> tuple[Object, datetime | None] | None:
    at = getattr(thing, "published", None)
    seen: Thing | None = thing
    for _ in range(2):
        if not isinstance(seen, Activity):
            break
        seen = seen.object[0].thing if seen.object else None
    if not isinstance(seen, Object) or isinstance(seen, Activity):
        return None
    return seen, seen.published or at


def _title(about: Object) -> str:
    text = next((each for each in (about.name, about.summary, about.content) if each is not None and each.primary.strip()), None)
    words = " ".join(plain(text.primary).split()) if text is not None else ""
    return words if len(words) <= _LONGEST_TITLE else f"{words[:_LONGEST_TITLE].rsplit(' ', 1)[0]}\u00a0…"


def _spoken(about: Object) -> str:
    return next((text.language for text in (about.name, about.content) if text is not None and text.language), "")
