"""iCalendar: what calendars get of events, and what they give."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from kit.things import things
from node.contracts import Draft, File, Listing, Unread
from node.domain.occasions import planned
from node.errors import Invalid
from node.formats.icalendar import FORMAT, feed_of, read, write
from vocab.thing import Thing
from vocab.things.event import Event
from vocab.things.meeting import Meeting
from vocab.things.note import Note
from vocab.values import Ref, Text

URL = "https://ici.example"
IRI = f"{URL}/rencontres/1"
START = datetime(2026, 12, 3, 19, 0, tzinfo=UTC)
DRAFT = Meeting(
    name=Text.of("Soirée, échange; accueil", "fr"),
    content=Text.of("<p>On se raconte\\ tout.</p><p>Deux lignes.</p>", "fr"),
    start_time=START,
    end_time=START + timedelta(hours=2),
    published=START - timedelta(days=9),
    location=(Ref("https://salle.example/abc"),),
)
SAID = """BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
DTSTART;TZID=America/Montreal:20261203T190000
DTEND;TZID="America/Montreal":20261203T213000
SUMMARY:Soirée\\, échange
DESCRIPTION:Première ligne\\nDeuxième
  suite
LOCATION:Maison Gauvreau\\, Rimouski
STATUS:CANCELLED
BEGIN:VALARM
SUMMARY:Bientôt
END:VALARM
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20270101
SUMMARY:Jour de l’An
END:VEVENT
END:VCALENDAR
"""


def event(words: dict[str, str] | None = None) -> Meeting:
    made = planned(DRAFT, IRI, (f"{URL}/personnes/p",), {"location": "Maison Gauvreau, Rimouski", **(words or {})}, URL)
    return replace(made, id=IRI)


def test_an_event_as_calendars_want_it() -> None:
    text = write(Listing(things=[Note(content=Text.of("Pas un événement")), event()])).decode()
    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert text.endswith("END:VEVENT\r\nEND:VCALENDAR\r\n")
    lines = text.replace("\r\n ", "").split("\r\n")
    for line in (
        f"UID:{IRI}",
        "DTSTART;TZID=America/Toronto:20261203T140000",
        "DTEND;TZID=America/Toronto:20261203T160000",
        "SUMMARY:Soirée\\, échange\\; accueil",
        "DESCRIPTION:On se raconte\\\\ tout.\\nDeux lignes.",
        "LOCATION:Maison Gauvreau\\, Rimouski\\; https://salle.example/abc",
        "STATUS:CONFIRMED",
    ):
        assert line in lines
    assert text.count("BEGIN:VEVENT") == 1
    assert "STATUS:CANCELLED" in write(Listing(things=[event({"eventStatus": "annulé"})])).decode()
    assert "DTEND" not in write(Listing(things=[replace(event(), shows_end=False)])).decode()
    assert b"\r\nX-PUBLISHED-TTL:PT1H\r\n" in write(Listing(things=[], here="https://ici.example/agenda"))


def test_lines_are_folded_between_characters() -> None:
    long = replace(event(), name=Text.of("é" * 200, "fr"))
    raw = write(Listing(things=[long]))
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert "é" * 200 in raw.decode().replace("\r\n ", "")


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_calendar_is_read(ending: str) -> None:
    first, second = FORMAT.drafts(File(name="c.ics", content=SAID.replace("\n", ending).encode()))
    meeting = first.thing
    assert isinstance(meeting, Meeting)
    assert meeting.name is not None
    assert meeting.content is not None
    assert (meeting.name.primary, meeting.timezone, meeting.join_mode) == ("Soirée, échange", "America/Montreal", "none")
    assert meeting.content.primary == "<p>Première ligne</p><p>Deuxième suite</p>"
    assert (meeting.start_time, meeting.end_time) == (
        datetime(2026, 12, 4, 0, 0, tzinfo=UTC),
        datetime(2026, 12, 4, 2, 30, tzinfo=UTC),
    )
    assert meeting.event_status is not None
    assert meeting.event_status.iri.endswith("EventCancelled")
    assert first.options == {"location": "Maison Gauvreau, Rimouski"}
    day = second.thing
    assert isinstance(day, Meeting)
    assert (day.start_time, day.end_time) == (datetime(2027, 1, 1, 5, 0, tzinfo=UTC), None)


def test_what_is_written_is_read_again() -> None:
    (draft,) = FORMAT.drafts(File(name="c.ics", content=write(Listing(things=[event()]))))
    meeting = draft.thing
    assert isinstance(meeting, Meeting)
    assert (meeting.start_time, meeting.end_time, meeting.name and meeting.name.primary) == (
        DRAFT.start_time, DRAFT.end_time, "Soirée, échange; accueil"
    )  # fmt: skip


def test_no_address_writes_lines_of_its_own() -> None:
    raw = write(Listing(things=[replace(event(), id=f"{IRI}\r\nATTENDEE:mailto:x@exemple.org\nX-A:b")])).decode()
    assert [line for line in raw.split("\r\n") if line.startswith(("ATTENDEE", "X-A"))] == []
    assert f"UID:{IRI}ATTENDEE" in raw.replace("\r\n ", "")


def test_words_that_hold_other_line_ends_are_read_whole() -> None:
    (draft, _) = FORMAT.drafts(File(name="c.ics", content=SAID.replace("Soirée", "Soi\u2028r\x0bé\x85e").encode()))
    assert isinstance(draft.thing, Meeting)
    assert draft.thing.name is not None
    assert draft.thing.name.primary == "Soi r é e, échange"


@pytest.mark.parametrize(
    "text",
    [
        "", "Bonjour", "BEGIN:VCARD\nEND:VCARD", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT\nEND:VCALENDAR",
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261203T190000Z\nEND:VEVENT\nEND:VCALENDAR",
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:demain\nSUMMARY:x\nEND:VEVENT\nEND:VCALENDAR", "BEGIN:VCALENDAR\nx",
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_one_line(text: str) -> None:
    with pytest.raises(Invalid) as told:
        FORMAT.drafts(File(name="c.ics", content=text.encode()))
    assert "\n" not in str(told.value)
    with pytest.raises(Invalid):
        FORMAT.drafts(File(name="c.ics", content=b"\xff\xfe"))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.text(max_size=40))
def test_any_words_go_in_and_out_without_harm(words: str, more: str) -> None:
    text = (
        f"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261203T190000Z\n{more}:{words}\nSUMMARY:{words}\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    try:
        drafts = [part for part in read(File(name="c.ics", content=text.encode("utf-8", "replace"))) if isinstance(part, Draft)]
    except Invalid:
        return
    assert FORMAT.write is not None
    raw = FORMAT.write(Listing(things=[draft.thing for draft in drafts]))
    assert raw.count(b"\r\n") == len(raw.splitlines())


def test_an_independent_reader_reads_what_is_written() -> None:
    summer = replace(
        event(),
        id=f"{IRI}0",
        start_time=datetime(2027, 7, 1, 18, 0, tzinfo=UTC),
        end_time=None,
        recurrence=("FREQ=WEEKLY;BYDAY=TH",),
    )
    topic = f"{URL}/termes/logement"
    changed = replace(
        event(),
        updated=DRAFT.published and DRAFT.published + timedelta(seconds=90),
        topic=(Ref(topic), Ref(f"{URL}/termes/cache")),
    )
    here = f"{URL}/calendrier?format=icalendar"
    raw = write(Listing(things=[changed, summer], title="Agenda; commun", here=here, names={topic: "Logement"}))
    calendar: Any = Calendar.from_ical(raw)
    assert str(calendar["NAME"]) == "Agenda; commun"
    first, second = calendar.walk("VEVENT")
    assert (str(first["UID"]), int(first["SEQUENCE"]), int(second["SEQUENCE"])) == (IRI, 90, 0)
    assert first["LAST-MODIFIED"].dt == changed.updated
    assert first["CATEGORIES"].to_ical() == b"Logement"
    assert (first["DTSTART"].dt.isoformat(), second["DTSTART"].dt.isoformat()) == (
        "2026-12-03T14:00:00-05:00", "2027-07-01T14:00:00-04:00"
    )  # fmt: skip
    assert dict(second["RRULE"]) == {"FREQ": ["WEEKLY"], "BYDAY": ["TH"]}
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["America/Toronto"]
    assert b"cache" not in raw


def test_whole_days_and_repetitions_come_in_and_go_out() -> None:
    said = (
        "BEGIN:VCALENDAR\nNAME:Agenda\nREFRESH-INTERVAL;VALUE=DURATION:PT12H\nBEGIN:VEVENT\nUID:abc\nSEQUENCE:4\n"
        "DTSTART;VALUE=DATE:20270101\nDTEND;VALUE=DATE:20270103\nSUMMARY:Forum\nRRULE:FREQ=YEARLY\nEXDATE;VALUE=DATE:20280101\n"
        "CATEGORIES:Logement,Quartier\nURL:https://ailleurs.example/forum\nCREATED:20260101T000000Z\nEND:VEVENT\nEND:VCALENDAR"
    )
    file = File(name="c.ics", content=said.encode())
    assert (feed_of(file).title, feed_of(file).every) == ("Agenda", timedelta(hours=12))
    (draft,) = FORMAT.drafts(file)
    meeting = draft.thing
    assert isinstance(meeting, Meeting)
    assert (meeting.is_all_day, meeting.recurrence, meeting.calendar_uid) == (True, ("FREQ=YEARLY",), "abc")
    assert (draft.topics, draft.options["key"]) == (("Logement", "Quartier"), "abc")
    assert meeting.unknown == (("http://www.w3.org/2002/12/cal/ical#exdate", '[{"@value":"20280101"}]'),)
    assert meeting.origin == Ref("https://ailleurs.example/forum")
    calendar: Any = Calendar.from_ical(write(Listing(things=[replace(meeting, id=IRI)])))
    (out,) = calendar.walk("VEVENT")
    assert (out["DTSTART"].dt, out["DTEND"].dt) == (date(2027, 1, 1), date(2027, 1, 3))
    assert (str(out["UID"]), int(out["SEQUENCE"])) == (IRI, 4)
    assert dict(out["RRULE"]) == {"FREQ": ["YEARLY"]}


@pytest.mark.parametrize("line", ["DTSTART:00010101T000000Z", "DTSTART;VALUE=DATE:99991231"])
def test_a_year_that_no_clock_has_is_told(line: str) -> None:
    said = f"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\n{line}\nSUMMARY:x\nEND:VEVENT\nEND:VCALENDAR"
    (only,) = read(File(name="c.ics", content=said.encode()))
    assert isinstance(only, Unread)


def test_nobody_elsewhere_says_which_event_of_ours_this_is() -> None:
    """The UID of a copy is its own address, whatever the calendar said that it came from."""
    stolen = (
        f"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:{IRI}\nDTSTART:20261203T190000Z\nSUMMARY:x\nSEQUENCE:9999\nEND:VEVENT\nEND:VCALENDAR"
    )
    (draft,) = FORMAT.drafts(File(name="c.ics", content=stolen.encode()))
    assert isinstance(draft.thing, Meeting)
    raw = write(Listing(things=[replace(draft.thing, id=f"{URL}/copie"), event()]))
    assert [str(each["UID"]) for each in Calendar.from_ical(raw).walk("VEVENT")] == [f"{URL}/copie", IRI]


@pytest.mark.parametrize(
    ("zone", "moment"),
    [
        ("Eastern Standard Time", "2026-12-04T00:00:00+00:00"),
        ("/citadel.org/20260101_1/Europe/Paris", "2026-12-03T18:00:00+00:00"),
        ("Nulle part", "2026-12-04T00:00:00+00:00"),
        ("../../../etc/passwd", "2026-12-04T00:00:00+00:00"),
        ("A" * 50_000, "2026-12-04T00:00:00+00:00"),
    ],
)
def test_clocks_by_other_names(zone: str, moment: str) -> None:
    text = f"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;TZID={zone}:20261203T190000\nSUMMARY:x\nEND:VEVENT\nEND:VCALENDAR"
    try:
        (draft,) = FORMAT.drafts(File(name="c.ics", content=text.encode()))
    except Invalid:
        assert len(zone) > 100
        return
    assert isinstance(draft.thing, Meeting)
    assert draft.thing.start_time is not None
    assert draft.thing.start_time.isoformat() == moment


def test_a_clock_that_ticks_for_ever_is_not_wound() -> None:
    """The library would work out every second since 1970."""
    ticking = "DTSTART:19700101T000000\nTZOFFSETFROM:-0400\nTZOFFSETTO:-0500\nRRULE:FREQ=SECONDLY\n"
    text = (
        f"BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:X\nBEGIN:STANDARD\n{ticking}END:STANDARD\nBEGIN:DAYLIGHT\n{ticking}END:DAYLIGHT\n"
        "END:VTIMEZONE\nBEGIN:VEVENT\nDTSTART;TZID=X:20261203T190000\nSUMMARY:x\nRRULE:FREQ=SECONDLY\nEND:VEVENT\nEND:VCALENDAR"
    )
    (draft,) = FORMAT.drafts(File(name="c.ics", content=text.encode()))
    assert write(Listing(things=[replace(draft.thing, id=IRI)]))


def test_when_it_was_written_is_kept_and_when_it_was_exported_is_not() -> None:
    stamps = "DTSTAMP:20270101T000000Z\nCREATED:20260101T000000Z\n"
    text = f"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:x\nDTSTART:20261203T190000Z\n{stamps}END:VEVENT\nEND:VCALENDAR"
    (draft,) = FORMAT.drafts(File(name="c.ics", content=text.encode()))
    assert isinstance(draft.thing, Meeting)
    assert (draft.thing.published, draft.thing.updated) == (datetime(2026, 1, 1, tzinfo=UTC), None)


def test_a_calendar_of_nothing_but_marks_is_not_read() -> None:
    """Four hundred thousand categories took ten seconds."""
    event = f"BEGIN:VEVENT\r\nSUMMARY:a\r\nDTSTART:20261122\r\nCATEGORIES:{'a,' * 60_000}a\r\nEND:VEVENT"
    with pytest.raises(Invalid, match="too many values"):
        list(read(File(name="c.ics", content=f"BEGIN:VCALENDAR\r\n{event}\r\nEND:VCALENDAR".encode())))


def test_one_event_that_cannot_be_read_spares_the_others() -> None:
    text = (
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:sans\nEND:VEVENT\nBEGIN:VEVENT\nDTSTART:20261203T190000Z\nSUMMARY:x\nEND:VEVENT\n"
        "END:VCALENDAR"
    )
    first, second = read(File(name="c.ics", content=text.encode()))
    assert isinstance(first, Unread)
    assert isinstance(second, Draft)


@settings(max_examples=30, deadline=None)
@given(st.lists(things(Event) | things(Meeting), max_size=4))
def test_whatever_the_vocabulary_says_of_events_is_read_by_others(listed: list[Thing]) -> None:
    calendar: Any = Calendar.from_ical(write(Listing(things=listed)))
    assert len(calendar.walk("VEVENT")) == sum(isinstance(each, Event) and each.start_time is not None for each in listed)
    assert not any(each.errors for each in calendar.walk())
