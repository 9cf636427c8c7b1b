"""How often an event comes back, in a few words for software that knows of no rule: « puis chaque mois, le premier jeudi ».

Spec: RFC 5545 §3.3.10.
"""

from __future__ import annotations

from collections.abc import Mapping

from node.domain.fields import ZONE
from node.domain.recurring import Rule, rule_of
from vocab.things.event import Event

_EVERY: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "fr": {
        "DAILY": ("chaque jour", "tous les {n} jours"),
        "WEEKLY": ("chaque semaine", "toutes les {n} semaines"),
        "MONTHLY": ("chaque mois", "tous les {n} mois"),
        "YEARLY": ("chaque année", "tous les {n} ans"),
    },
    "en": {
        "DAILY": ("every day", "every {n} days"),
        "WEEKLY": ("every week", "every {n} weeks"),
        "MONTHLY": ("every month", "every {n} months"),
        "YEARLY": ("every year", "every {n} years"),
    },
}
_DAYS = {
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche".split(),  # noqa: SIM905
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(),  # noqa: SIM905
}
_RANKS: Mapping[str, Mapping[int, str]] = {
    "fr": {1: "premier", 2: "deuxième", 3: "troisième", 4: "quatrième", -1: "dernier"},
    "en": {1: "first", 2: "second", 3: "third", 4: "fourth", -1: "last"},
}
_THEN = {"fr": "puis ", "en": "then "}
_ON, _AND = {"fr": "le ", "en": "on "}, {"fr": " et ", "en": " and "}
_RANKED = {"fr": "le {rank} {day}", "en": "on the {rank} {day}"}
_UNTIL = {"fr": "jusqu’au {day:%d/%m/%Y}", "en": "until {day:%Y-%m-%d}"}
_COUNT = {"fr": "{n} fois en tout", "en": "{n} times in all"}
_ODD = {"fr": "puis à d’autres dates, dites sur sa page", "en": "then on other dates, told on its page"}


def rhythm(event: Event, tongue: str) -> str:
    """The rule of an event in French (`fr`) or English (`en`), "" for what takes place once."""
    if not event.recurrence:
        return ""
    rule = rule_of(event.recurrence[0], event.timezone or ZONE) if len(event.recurrence) == 1 else None
    if rule is None:
        return _ODD[tongue]
    once, often = _EVERY[tongue][rule.frequency]
    parts = [_THEN[tongue] + (once if rule.interval == 1 else often.format(n=rule.interval)), _which(rule, tongue)]
    if rule.until:
        parts.append(_UNTIL[tongue].format(day=rule.until))
    if rule.count:
        parts.append(_COUNT[tongue].format(n=rule.count))
    return ", ".join(part for part in parts if part)


def _which(rule: Rule, tongue: str) -> str:
    """On which of its days, where the rule names any."""
    names = [_DAYS[tongue][weekday] for _, weekday in rule.days]
    if not names:
        return ""
    ranks = {which or rule.place for which, _ in rule.days}
    if ranks == {0}:
        *before, last = names
        return _ON[tongue] + (_AND[tongue].join([", ".join(before), last]) if before else last)
    rank = _RANKS[tongue].get(min(ranks), "") if len(names) == 1 else ""
    return _RANKED[tongue].format(rank=rank, day=names[0]) if rank else ""
