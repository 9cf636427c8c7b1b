"""The calendar: what is to come first, the nearest first; as a file for calendars too."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from kit.databases import in_memory
from kit.signing import NOW
from kit.web_node import furnish, plant
from node.contracts import House, View, Visit
from node.domain.entries import Audience
from node.domain.visibility import ANYONE, Reader
from node.formats import icalendar
from node.storage.unit_of_work import UnitOfWork
from node.web.pages.agenda import listed, show

HOUSE = House(url="https://m.example", name="Maison", mode="open", language="fr", now=NOW)
MEMBER = Reader(actor=f"{HOUSE.url}/personnes/x", communities=frozenset({f"{HOUSE.url}/communautes/logement"}))
VISIT = Visit(house=HOUSE, reader=ANYONE, language="fr", path={"community": ""}, query={}, url="/agenda")
DAYS = {"demain": 1, "bientot": 9, "hier": -2, "jadis": -300}


def _meet(uow: UnitOfWork, name: str, days: int, audience: Audience = Audience.PUBLIC) -> None:
    said: dict[str, Any] = {"type": "Event", "name": name, "startTime": (NOW + timedelta(days=days)).isoformat()}
    iri = plant(uow, HOUSE, f"rencontres/{name}", audience, **said)
    stored = uow.things.get_any(iri)
    assert stored is not None
    uow.things.put(replace(stored.entry, type="Event", kind="Event"), stored.document)


def test_what_is_to_come_stands_first_the_nearest_first() -> None:
    database = in_memory()
    database.write_now(lambda uow: furnish(uow, HOUSE))
    for name, days in DAYS.items():
        database.write_now(lambda uow, name=name, days=days: _meet(uow, name, days))  # type: ignore[misc]
    database.write_now(lambda uow: _meet(uow, "reservee", 3, Audience.COMMUNITY))
    view = database.read_now(lambda uow: show(uow, VISIT))
    coming = [item for _, items in view.values["months"] for item in items]
    assert [item.title for item in coming] == ["demain", "bientot"]
    assert [item.title for item in view.values["over"]] == ["hier", "jadis"]
    assert all("2026" in item.when for item in coming)
    theirs = replace(VISIT, reader=MEMBER, path={"community": "/communautes/logement"})
    found = database.read_now(lambda uow: listed(uow, theirs))
    assert [str(thing.name) for thing in found.things] == ["demain", "reservee", "bientot", "hier", "jadis"]  # type: ignore[attr-defined]
    assert found.iri == f"{HOUSE.url}/communautes/logement/agenda"
    assert icalendar.write(found).count(b"BEGIN:VEVENT") == 5
    other = replace(VISIT, path={"community": "/communautes/voisine"})
    assert not database.read_now(lambda uow: listed(uow, other)).things
    database.close()


def _days(view: View) -> dict[str, list[str]]:
    found = {day.date.isoformat(): [item.title for item in day.meetings] for week in view.values["weeks"] for day in week}
    return {day: titles for day, titles in found.items() if titles}


def test_a_month_is_a_sheet_of_whole_weeks() -> None:
    database = in_memory()
    database.write_now(lambda uow: furnish(uow, HOUSE))
    for name, days in DAYS.items():
        database.write_now(lambda uow, name=name, days=days: _meet(uow, name, days))  # type: ignore[misc]
    database.write_now(lambda uow: _meet(uow, "reservee", 3, Audience.COMMUNITY))
    sheet = database.read_now(lambda uow: show(uow, replace(VISIT, query={"vue": "mois"}, url="/agenda?vue=mois")))
    assert all(len(week) == 7 for week in sheet.values["weeks"])
    assert sheet.values["weekdays"][0] == ("dim", "dimanche")
    shown = _days(sheet)
    assert [titles for _, titles in sorted(shown.items())] == [["hier"], ["demain"], ["bientot"]]
    assert next(day for week in sheet.values["weeks"] for day in week if day.is_today).date == NOW.date()
    query = {"vue": "mois", "mois": "2027-01"}
    later = database.read_now(lambda uow: show(uow, replace(VISIT, query=query, url="/agenda?vue=mois&mois=2027-01")))
    assert (later.values["month"], _days(later)) == ("janvier 2027", {})
    assert "mois=2026-12" in later.values["before"][1]
    assert "mois=2027-02" in later.values["after"][1]
    odd = replace(VISIT, query={"vue": "mois", "mois": "9999-99"}, url="/agenda?vue=mois")
    assert database.read_now(lambda uow: show(uow, odd)).values["month"] == sheet.values["month"]
    mine = replace(VISIT, reader=MEMBER, query={"portee": "miennes"}, url="/agenda?portee=miennes")
    view = database.read_now(lambda uow: show(uow, mine))
    assert ("miennes", "Mes communautés") in view.values["scopes"]
    assert [item.title for _, items in view.values["months"] for item in items] == ["demain", "reservee", "bientot"]
    away = replace(VISIT, query={"portee": "suivis"}, url="/agenda?portee=suivis")
    assert not database.read_now(lambda uow: show(uow, away)).values["months"]
    database.close()
