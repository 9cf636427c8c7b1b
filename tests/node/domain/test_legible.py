"""Every thing says in plain ActivityPub what others look for: a summary, a content, a date, a link; and nothing that hides it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from node.contracts import Listing
from node.domain.legible import legible, paragraph, when
from node.formats import icalendar
from vocab.things.event import Event
from vocab.things.link import Link
from vocab.things.mapping import Mapping
from vocab.things.note import Note
from vocab.things.place import Place
from vocab.things.practice_note import PracticeNote
from vocab.things.virtual_location import VirtualLocation
from vocab.values import Ref, Text

IRI = "https://ici.example/ressources/1"
START = datetime(2026, 12, 1, 23, 0, tzinfo=UTC)


def test_a_summary_is_made_in_each_language_of_the_text() -> None:
    said = Text.by_language({"fr": "<p>Une image & un mot.</p>", "en": "<p>A picture.</p>"}, "fr")
    made = legible(PracticeNote(id=IRI, content=said), "fr")
    assert made.summary == Text.by_language({"fr": "<p>Une image &amp; un mot.</p>", "en": "<p>A picture.</p>"}, "fr")


def test_without_a_text_the_name_stands_for_both() -> None:
    made = legible(PracticeNote(id=IRI, name=Text.of("Le tour de table", "fr")), "fr")
    assert made.summary == made.content == paragraph("Le tour de table", "fr")


def test_what_somebody_wrote_stays() -> None:
    made = legible(PracticeNote(id=IRI, summary=paragraph("En bref", "fr"), content=paragraph("En long", "fr")), "fr")
    assert (made.summary, made.content) == (paragraph("En bref", "fr"), paragraph("En long", "fr"))


def test_an_answer_has_no_name_that_would_hide_it() -> None:
    answer = Note(id=IRI, name=Text.of("Merci"), content=paragraph("Merci", "fr"), in_reply_to=(Ref("https://x.example/1"),))
    assert (legible(answer, "fr").name, legible(answer, "fr").content) == (None, paragraph("Merci", "fr"))


def test_a_note_and_a_mapping_keep_their_names() -> None:
    assert legible(Note(id=IRI, name=Text.of("Avis")), "fr").content == paragraph("Avis", "fr")
    mapping = Mapping(id=IRI, name=Text.of("a ≈ b"), in_reply_to=(Ref("https://x.example/1"),))
    assert legible(mapping, "fr").name == Text.of("a ≈ b")


def test_the_reasons_for_a_mapping_begin_with_what_it_joins_once() -> None:
    mapping = Mapping(id=IRI, name=Text.of("a ≈ b"), content=paragraph("Même chose.", "fr"))
    made = legible(mapping, "fr")
    assert made.content == Text.of("<p>a ≈ b</p><p>Même chose.</p>", "fr")
    assert legible(made, "fr").content == made.content


def test_an_event_says_when_in_its_summary_once() -> None:
    event = Event(id=IRI, name=Text.of("Soirée", "fr"), summary=paragraph("On mange.", "fr"), start_time=START)
    made = legible(event, "fr")
    assert made.summary == Text.of("<p>Quand\u00a0: 1er décembre 2026, 23\u00a0h\u00a000 (UTC)</p><p>On mange.</p>", "fr")
    assert legible(made, "fr").summary == made.summary


@pytest.mark.parametrize(
    ("rule", "language", "said"),
    [
        ("FREQ=WEEKLY", "fr", "puis chaque semaine"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE,TH", "fr", "puis toutes les 2 semaines, le lundi, mercredi et jeudi"),
        ("FREQ=MONTHLY;BYDAY=1TU;UNTIL=20270601T035959Z", "fr", "puis chaque mois, le premier mardi, jusqu’au 31/05/2027"),
        ("FREQ=MONTHLY;BYDAY=-1TU;COUNT=4", "en", "then every month, on the last Tuesday, 4 times in all"),
        ("FREQ=HOURLY", "en", "then on other dates, told on its page"),
    ],
)
def test_an_event_that_comes_back_says_so_where_no_rule_is_read(rule: str, language: str, said: str) -> None:
    event = Event(
        id=IRI, name=Text.of("Soirée", language), content=paragraph("On mange.", language), start_time=START, recurrence=(rule,),
        timezone="America/Toronto", is_all_day=True,
    )  # fmt: skip
    made = legible(event, language)
    day = {"fr": "Quand\u00a0: 1er décembre 2026", "en": "When: 1 December 2026"}[language]
    assert made.summary == made.content == Text.of(f"<p>{day}, {said}</p><p>On mange.</p>", language)
    assert legible(made, language) == made
    assert day not in icalendar.write(Listing(things=(made,))).decode()  # a calendar reads the rule


def test_an_event_in_one_place_and_online_has_one_place_and_a_link_to_the_room() -> None:
    spot = Place(id=f"{IRI}#lieu-1", name=Text.of("La Fabrique")).ref
    room = VirtualLocation(id=f"{IRI}#lieu-2", url=(Ref("https://rencontre.example/1"),)).ref
    made = legible(Event(id=IRI, name=Text.of("Soirée"), start_time=START, location=(spot, room)), "fr")
    link = Link(href=Ref("https://rencontre.example/1"), name=Text.of("Website"), media_type="text/html").ref
    assert (made.location, made.attachment) == ((spot,), (link,))
    assert legible(made, "fr").attachment == (link,)


def test_an_event_online_alone_keeps_its_room_as_its_place() -> None:
    room = VirtualLocation(id=f"{IRI}#lieu-1", url=(Ref("https://rencontre.example/1"),)).ref
    made = legible(Event(id=IRI, name=Text.of("Soirée"), start_time=START, location=(room,)), "fr")
    assert (made.location, len(made.attachment)) == ((room,), 1)


@pytest.mark.parametrize(
    ("timezone", "language", "said"),
    [
        ("America/Montreal", "fr", "1er décembre 2026, 18\u00a0h\u00a000 (America/Montreal)"),
        ("America/Montreal", "en-CA", "1 December 2026, 18:00 (America/Montreal)"),
        ("Pays/Imaginaire", "fr", "1er décembre 2026, 23\u00a0h\u00a000 (UTC)"),
        ("../../etc/passwd", "en", "1 December 2026, 23:00 (UTC)"),
    ],
)
def test_a_moment_is_said_on_the_clocks_of_its_place(timezone: str, language: str, said: str) -> None:
    assert when(START, timezone, language) == said


def test_what_lies_elsewhere_hangs_on_as_a_link_once() -> None:
    away, here = Ref("https://www.quebec.ca/habitation"), Ref(IRI)
    made = legible(PracticeNote(id=IRI, name=Text.of("Lien"), url=(away, here)), "fr")
    assert made.attachment == (Link(href=away, media_type="text/html").ref,)
    assert legible(made, "fr").attachment == made.attachment


def test_a_place_stays_as_it_is() -> None:
    place = Place(id=IRI, name=Text.of("Gaspésie"))
    assert legible(place, "fr") == place
