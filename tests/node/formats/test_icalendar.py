"""iCalendar: what calendars get of events, and what they give."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from node.contracts import File, Listing
from node.domain.occasions import planned
from node.errors import Invalid
from node.formats.icalendar import FORMAT, LINE, read, write
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
        "DTSTART:20261203T190000Z",
        "DTEND:20261203T210000Z",
        "SUMMARY:Soirée\\, échange\\; accueil",
        "DESCRIPTION:On se raconte\\\\ tout.\\nDeux lignes.",
        "LOCATION:Maison Gauvreau\\, Rimouski\\; https://salle.example/abc",
        "STATUS:CONFIRMED",
    ):
        assert line in lines
    assert text.count("BEGIN:VEVENT") == 1
    assert "STATUS:CANCELLED" in write(Listing(things=[event({"eventStatus": "annulé"})])).decode()
    assert "DTEND" not in write(Listing(things=[replace(event(), shows_end=False)])).decode()


def test_lines_are_folded_between_characters() -> None:
    long = replace(event(), name=Text.of("é" * 200, "fr"))
    raw = write(Listing(things=[long]))
    assert all(len(line) <= LINE for line in raw.split(b"\r\n"))
    assert "é" * 200 in raw.decode().replace("\r\n ", "")


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_calendar_is_read(ending: str) -> None:
    first, second = read(File(name="c.ics", content=SAID.replace("\n", ending).encode()))
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
    (draft,) = read(File(name="c.ics", content=write(Listing(things=[event()]))))
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
    (draft, _) = read(File(name="c.ics", content=SAID.replace("Soirée", "Soi\u2028r\x0bé\x85e").encode()))
    assert isinstance(draft.thing, Meeting)
    assert draft.thing.name is not None
    assert draft.thing.name.primary == "Soi r é e, échange"


@pytest.mark.parametrize(
    "text",
    [
        "", "Bonjour", "BEGIN:VCARD\nEND:VCARD", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT",
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261203T190000Z\nEND:VEVENT",
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:demain\nSUMMARY:x\nEND:VEVENT", "BEGIN:VCALENDAR\nx",
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_one_line(text: str) -> None:
    with pytest.raises(Invalid) as told:
        read(File(name="c.ics", content=text.encode()))
    assert "\n" not in str(told.value)
    with pytest.raises(Invalid):
        read(File(name="c.ics", content=b"\xff\xfe"))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.text(max_size=40))
def test_any_words_go_in_and_out_without_harm(words: str, more: str) -> None:
    text = f"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261203T190000Z\n{more}:{words}\nSUMMARY:{words}\nEND:VEVENT\n"
    try:
        drafts = read(File(name="c.ics", content=text.encode("utf-8", "replace")))
    except Invalid:
        return
    assert FORMAT.write is not None
    raw = FORMAT.write(Listing(things=[draft.thing for draft in drafts]))
    assert raw.count(b"\r\n") == len(raw.splitlines())
