from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from kit.recorded import recorded
from node.domain.occasions import hosts, planned
from node.domain.participation import CANCELLED
from node.errors import Invalid
from vocab import jsonld
from vocab.things.collection import Collection
from vocab.things.event import Event
from vocab.things.meeting import Meeting
from vocab.values import Ref, Text

URL = "https://ici.example"
IRI = f"{URL}/rencontres/1"
WHO = (f"{URL}/personnes/p", f"{URL}/communautes/c")
START = datetime(2026, 12, 3, 19, 0, tzinfo=UTC)
DRAFT = Meeting(name=Text.of("Rencontre", "fr"), start_time=START)


def wire(event: Event, words: dict[str, str] | None = None) -> dict[str, Any]:
    return jsonld.write(replace(planned(event, IRI, WHO, words or {}, URL), id=IRI))


def test_what_nobody_said_but_everybody_needs() -> None:
    said = wire(DRAFT)
    assert (said["eventStatus"], said["ical:status"], said["joinMode"]) == ("EventScheduled", "CONFIRMED", "free")
    assert (said["timezone"], said["category"], said["attendees"]) == ("America/Toronto", "MEETING", f"{IRI}/participations")
    assert (said["endTime"], said["displayEndTime"]) == ("2026-12-03T21:00:00Z", False)
    assert (said["organizers"]["items"], said["organizers"]["totalItems"]) == (list(WHO), 2)
    assert said["@context"][1]["joinMode"] == "fep8a8e:joinMode"
    ended = wire(replace(DRAFT, end_time=START + timedelta(hours=3)))
    assert (ended["endTime"], ended["displayEndTime"]) == ("2026-12-03T22:00:00Z", True)


def test_places_in_words_rooms_online_and_places_of_the_glossary() -> None:
    place = f"{URL}/lieux/9"
    event = replace(DRAFT, location=(Ref("https://salle.example/abc"), Ref(place)))
    said = wire(event, {"location": "Maison Gauvreau, 1 rue de l’Évêché, Rimouski; Parc"})["location"]
    assert [(each["type"], each["name"]) if isinstance(each, dict) else each for each in said] == [
        ("Place", "Maison Gauvreau"), ("Place", "Parc"), ("VirtualLocation", "salle.example/abc"), place
    ]  # fmt: skip
    assert said[0]["address"]["streetAddress"] == "1 rue de l’Évêché, Rimouski"
    assert said[2]["url"] == "https://salle.example/abc"
    assert len({each["id"] for each in said[:3]}) == 3


def test_it_is_off_for_people_and_for_calendars() -> None:
    said = wire(DRAFT, {"eventStatus": "Annulée"})
    assert (said["eventStatus"], said["ical:status"]) == ("EventCancelled", "CANCELLED")
    assert wire(replace(DRAFT, event_status=Ref(CANCELLED)))["ical:status"] == "CANCELLED"
    assert wire(DRAFT, {"eventStatus": "à confirmer"})["ical:status"] == "TENTATIVE"
    assert wire(replace(DRAFT, join_mode="sur demande"))["joinMode"] == "restricted"


@pytest.mark.parametrize(
    ("event", "words"),
    [(DRAFT, {"eventStatus": "peut-être"}), (replace(DRAFT, join_mode="??"), {}), (replace(DRAFT, timezone="Lune/Nord"), {})],
)
def test_what_is_not_known_is_said_in_one_line(event: Event, words: dict[str, str]) -> None:
    with pytest.raises(Invalid):
        planned(event, IRI, WHO, words, URL)


def test_who_answers_for_an_event() -> None:
    listed = Collection(id=f"{IRI}#o", items=(Ref("https://b.example/q"),))
    event = Event(id=IRI, attributed_to=(Ref(WHO[1]),), organizers=(listed.ref,))
    assert hosts(event, WHO[0]) == (*WHO, "https://b.example/q")


def test_mobilizon_names_the_organiser_of_a_groups_event_as_its_actor() -> None:
    event = jsonld.read(recorded("mobilizon/objects/event.json"))
    assert isinstance(event, Event)
    assert "https://rendezvous.nomagic.uk/@emorrp1" in hosts(event, "https://rendezvous.nomagic.uk/@devon_caledonian_society")
    assert (event.calendar_status, event.category, event.join_mode) == ("CONFIRMED", ("SPORTS",), "free")
