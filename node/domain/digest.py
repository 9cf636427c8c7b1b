"""Letters that gather what concerns somebody: how often they come, on which day, and what is not kept waiting for them."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

from node.domain.sentences import said
from vocab.values import Text

WEEKLY, DAILY, NEVER = "weekly", "daily", "never"
#: Each rhythm: its name, what it is called, what it means.
RHYTHMS: tuple[tuple[str, Text, Text], ...] = (
    (
        WEEKLY,
        said("Une fois par semaine", "Once a week"),
        said(
            "Un résumé, et tout de suite ce qui vous nomme. Rien ne part quand il n’y a rien à dire.",
            "A summary, and at once whatever names you. Nothing is sent when there is nothing to say.",
        ),
    ),
    (
        DAILY,
        said("Une fois par jour", "Once a day"),
        said("La même chose, chaque matin où il y a du nouveau.", "The same, on each morning when there is news."),
    ),
    (
        NEVER,
        said("Jamais", "Never"),
        said("Tout se lit sur cette page ; aucun courriel ne part.", "Everything is read on the site; no letter is sent."),
    ),
)
WEEKDAYS: tuple[Text, ...] = (
    said("lundi", "Monday"),
    said("mardi", "Tuesday"),
    said("mercredi", "Wednesday"),
    said("jeudi", "Thursday"),
    said("vendredi", "Friday"),
    said("samedi", "Saturday"),
    said("dimanche", "Sunday"),
)
#: What is brought at once, after a moment in which one may see it on the site.
PROMPT = frozenset(
    {"mention", "decision", "invitation", "request", "appeal", "report", "orphan", "link-accepted", "link-refused"}
)
PATIENCE = timedelta(minutes=10)
#: Letters that gather come from this hour of the morning on.
MORNING = 7
#: Whoever never had a letter hears of what is not older.
FIRST = timedelta(days=7)


def is_due(rhythm: str, weekday: int, told_at: datetime | None, now: datetime, zone: tzinfo) -> bool:
    """Whether a letter that gathers is due: on its day, from the morning on, and once."""
    last = last_due(rhythm, weekday, now, zone)
    return last is not None and (told_at is None or told_at < last)


def last_due(rhythm: str, weekday: int, now: datetime, zone: tzinfo) -> datetime | None:
    """The latest moment at which a letter of this rhythm was due; None for none at all."""
    if rhythm not in {WEEKLY, DAILY}:
        return None
    here = now.astimezone(zone)
    morning = here.replace(hour=MORNING, minute=0, second=0, microsecond=0)
    back = (here.weekday() - weekday) % 7 if rhythm == WEEKLY else 0
    due = morning - timedelta(days=back)
    return due if due <= here else due - timedelta(days=7 if rhythm == WEEKLY else 1)
