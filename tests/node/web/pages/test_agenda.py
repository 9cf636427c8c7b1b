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
from node.domain.visibility import ANYONE, Reader, scope_of
from node.formats import icalendar
from node.storage.digests import soon
from node.storage.unit_of_work import UnitOfWork
from node.web.desk import Desk
from node.web.meetings import next_meeting
from node.web.pages.agenda import listed, show
from node.web.station import next_dates
from node.web.translations import Tongue
from vocab.namespaces import ICAL

HOUSE = House(url="https://m.example", name="Maison", mode="open", language="fr", now=NOW)
MEMBER = Reader(actor=f"{HOUSE.url}/personnes/x", communities=frozenset({f"{HOUSE.url}/communautes/logement"}))
VISIT = Visit(house=HOUSE, reader=ANYONE, language="fr", path={"community": ""}, query={}, url="/agenda")
DAYS = {"demain": 1, "bientot": 9, "hier": -2, "jadis": -300}


def _meet(uow: UnitOfWork, name: str, days: int, audience: Audience = Audience.PUBLIC, **more: str) -> None:
    said: dict[str, Any] = {"type": "Event", "name": name, "startTime": (NOW + timedelta(days=days)).isoformat(), **more}
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


def test_what_takes_place_again_stands_at_each_of_its_dates() -> None:
    database = in_memory()
    database.write_now(lambda uow: furnish(uow, HOUSE))
    rule = {f"{ICAL}rrule": "FREQ=WEEKLY", f"{ICAL}exdate": f"{NOW + timedelta(days=6):%Y%m%d}"}
    database.write_now(lambda uow: _meet(uow, "atelier", -8, Audience.PUBLIC, **rule))
    database.write_now(lambda uow: _meet(uow, "demain", 1))
    view = database.read_now(lambda uow: show(uow, VISIT))
    coming = [(item.title, (item.start - NOW).days) for _, items in view.values["months"] for item in items]
    assert coming == [("demain", 1), ("atelier", 13), ("atelier", 20), ("atelier", 27), ("atelier", 34)]
    assert view.values["over"] == []
    query = {"vue": "mois", "mois": f"{NOW:%Y-%m}"}
    sheet = _days(database.read_now(lambda uow: show(uow, replace(VISIT, query=query, url="/agenda?vue=mois"))))
    expected = {(NOW + timedelta(days=days)).date().isoformat() for days in (-8, -1, 13)}
    assert {day for day, titles in sheet.items() if "atelier" in titles} >= expected
    assert (NOW + timedelta(days=6)).date().isoformat() not in sheet
    written = icalendar.write(database.read_now(lambda uow: listed(uow, VISIT))).decode()
    assert (written.count("BEGIN:VEVENT"), "RRULE:FREQ=WEEKLY" in written, "EXDATE" in written) == (2, True, True)
    home = f"{HOUSE.url}/communautes/logement"
    member = replace(VISIT, reader=MEMBER)
    dates = database.read_now(lambda uow: next_dates(Desk(uow, member), (home,), 3))
    assert [each.meeting.title for each in dates] == ["demain", "atelier"]
    found = database.read_now(lambda uow: next_meeting(uow, replace(HOUSE, now=NOW + timedelta(days=2)), home, Tongue("fr")))
    assert found is not None
    assert found.name == "atelier"
    later = NOW + timedelta(days=12)
    soon_said = database.read_now(lambda uow: soon(uow, scope_of(MEMBER), later, later + timedelta(days=7), 5))
    assert [name for _, name, _, _ in soon_said] == ["atelier"]
    database.close()
