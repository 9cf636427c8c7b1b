"""The calendar: what is to come first, the nearest first; as a file for calendars too."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from kit.signing import NOW
from kit.web_node import furnish, plant
from node.contracts import House, Visit
from node.domain.entries import Audience
from node.domain.visibility import ANYONE, Reader
from node.formats import icalendar
from node.storage.engine import Database
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
    database = Database("sqlite://")
    database.migrate()
    database.write_now(lambda uow: furnish(uow, HOUSE))
    for name, days in DAYS.items():
        database.write_now(lambda uow, name=name, days=days: _meet(uow, name, days))  # type: ignore[misc]
    database.write_now(lambda uow: _meet(uow, "reservee", 3, Audience.COMMUNITY))
    view = database.read_now(lambda uow: show(uow, VISIT))
    assert [card.title for card in view.values["coming"]] == ["demain", "bientot"]
    assert [card.title for card in view.values["over"]] == ["hier", "jadis"]
    assert all("2026" in card.mode for card in view.values["coming"])
    theirs = replace(VISIT, reader=MEMBER, path={"community": "/communautes/logement"})
    found = database.read_now(lambda uow: listed(uow, theirs))
    assert [str(thing.name) for thing in found.things] == ["demain", "reservee", "bientot", "hier", "jadis"]  # type: ignore[attr-defined]
    assert found.iri == f"{HOUSE.url}/communautes/logement/agenda"
    assert icalendar.write(found).count(b"BEGIN:VEVENT") == 5
    other = replace(VISIT, path={"community": "/communautes/voisine"})
    assert not database.read_now(lambda uow: listed(uow, other)).things
    database.close()
