"""The calendar of this site, or of one community: what is to come, then what has been; or a month as a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any

from node.contracts import Listing, Page, View, Visit
from node.storage.unit_of_work import UnitOfWork
from node.web import schedule
from node.web.cards import CommunityCard, community_card
from node.web.dating import Dated, Window, dated
from node.web.desk import Desk
from node.web.listings import listing, readable
from node.web.schedule import AHEAD, MINE, MOST_OVER, NEAR, NEXT, SCOPES
from node.web.translations import phrase

_MONTH, _LONGEST = "mois", 1_000
#: The sheet of a month begins and ends with days of its neighbours.
_EDGE = timedelta(days=8)
_SAID = {
    "ajoutees": phrase("C’est ajouté\u00a0: cherchez «\u00a0en marge\u00a0» dans la liste."),
    "aucune": phrase("Rien n’a été ajouté\u00a0: rien n’était coché, ou tout y était déjà."),
}


def show(uow: UnitOfWork, visit: Visit) -> View:
    """What this reader may see, in the view and within the scope asked for; NotFound for a community not of here."""
    desk = Desk(uow, visit)
    community = _community(desk)
    is_month = visit.query.get("vue") == _MONTH
    every = dated(desk, _held(desk, community), _window(desk, is_month=is_month))
    found = schedule.chosen(desk, every, _scope(desk), _term(desk))
    values = {
        "community": community,
        "is_month": is_month,
        "scopes": _scopes(desk, community),
        "terms": schedule.terms(desk, every),
        "term": _term(desk),
        "scope": _scope(desk),
        "is_signed_in": bool(visit.form_token),
        "said": _said(desk),
        **(_month(desk, found) if is_month else _list(desk, found)),
    }
    return View(title=_title(desk, community), things=readable([each.stored for each in found[:1]]), values=values)


def listed(uow: UnitOfWork, visit: Visit) -> Listing:
    """The same events, those to come first."""
    desk = Desk(uow, visit)
    community = _community(desk)
    found = schedule.chosen(desk, dated(desk, _held(desk, community)), _scope(desk), _term(desk))
    coming, over = schedule.split(found, visit.house.now)
    at = (f"{visit.path['community']}/agenda", {"portee": _scope(desk), "terme": _term(desk)})
    return listing(desk, [each.stored for each in (*coming, *over)], title=_title(desk, community), at=at)


def _window(desk: Desk, *, is_month: bool) -> Window:
    """What is looked at of an event that takes place again and again: the sheet of the month; or what is next of it."""
    now = desk.visit.house.now
    if not is_month:
        return Window(after=now, before=now + AHEAD, most=NEXT)
    first = datetime.combine(schedule.month_asked(desk), time(), UTC)
    return Window(after=first - _EDGE, before=first + timedelta(days=31) + _EDGE)


def _said(desk: Desk) -> str:
    done = desk.visit.query.get("fait", "") if desk.visit.form_token else ""
    return desk.tongue.say(_SAID[done]) if done in _SAID else ""


def _list(desk: Desk, found: Sequence[Dated]) -> dict[str, Any]:
    coming, over = schedule.split(found, desk.visit.house.now)
    return {
        "months": schedule.by_month(desk, coming),
        "over": [schedule.meeting(desk, each) for each in over[:MOST_OVER]],
    }


def _month(desk: Desk, found: Sequence[Dated]) -> dict[str, Any]:
    month = schedule.month_asked(desk)
    before, after = (schedule.beside(month, step) for step in (-1, 1))
    return {
        "month": schedule.month_words(desk, month),
        "weekdays": schedule.weekdays(desk),
        "weeks": schedule.weeks(desk, found, month),
        "before": (schedule.month_words(desk, before), desk.addresses.here(mois=f"{before:%Y-%m}")),
        "after": (schedule.month_words(desk, after), desk.addresses.here(mois=f"{after:%Y-%m}")),
    }


def _community(desk: Desk) -> CommunityCard | None:
    """The community whose calendar it is, None for that of the whole site."""
    path = desk.visit.path["community"]
    return community_card(desk, desk.here(path)) if path else None


def _held(desk: Desk, community: CommunityCard | None) -> tuple[str, ...] | None:
    if community is not None:
        return (community.iri,)
    return tuple(sorted(desk.visit.reader.communities)) if _scope(desk) == MINE else None


def _scope(desk: Desk) -> str:
    asked = desk.visit.query.get("portee", "")
    return asked if asked in dict(SCOPES) else ""


def _term(desk: Desk) -> str:
    return desk.visit.query.get("terme", "")[:_LONGEST]


def _scopes(desk: Desk, community: CommunityCard | None) -> list[tuple[str, str]]:
    """The scopes that mean something to this reader; a community's calendar has one."""
    own = {MINE: bool(desk.visit.reader.communities), NEAR: bool(schedule.territories(desk))}
    return [] if community else [(value, desk.tongue.say(words)) for value, words in SCOPES if own.get(value, True)]


def _title(desk: Desk, community: CommunityCard | None) -> str:
    return desk.tongue.say("Agenda\u00a0: %(name)s", name=community.name) if community else desk.tongue.say("Agenda")


PAGE = Page(
    path="{community:/communautes/[a-z0-9-]+|}/agenda",
    right="anyone",
    show=show,
    menu=4,
    label=phrase("Agenda"),
    listing=listed,
)
