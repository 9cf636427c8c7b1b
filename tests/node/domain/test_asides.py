"""Events of somebody else: what a page says of them for search engines, and as they stand here."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from node.domain.asides import from_event, kept, of_text, on_page
from node.domain.recurring import at_each, without
from vocab.things.event import Event
from vocab.values import Text

URL = "https://salle.example/fete"
EVENT: dict[str, Any] = {
    "@type": "MusicEvent",
    "name": "Fête &amp; danse",
    "startDate": "2026-12-03T19:00:00-05:00",
    "endDate": "2026-12-03T22:00:00-05:00",
    "url": "/fete?jour=1",
    "location": {"@type": "Place", "name": "Salle", "address": {"streetAddress": "1 rue Haute", "addressLocality": "Rimouski"}},
    "description": "<p>On danse.</p><img src=x onerror=alert(1)>",
}


def page(data: object) -> bytes:
    return f'<html><head><script type="application/ld+json">{json.dumps(data)}</script></head><body></body></html>'.encode()


@pytest.mark.parametrize("data", [EVENT, [EVENT], {"@graph": [{"@type": "WebPage"}, EVENT]}, {"mainEntity": EVENT}])
def test_an_event_of_a_page_is_found_wherever_it_stands(data: object) -> None:
    [found] = on_page(page(data), URL)
    assert (found.title, found.start, found.end) == ("Fête & danse", "2026-12-04T00:00:00+00:00", "2026-12-04T03:00:00+00:00")
    assert (found.place, found.url) == ("Salle, 1 rue Haute, Rimouski", "https://salle.example/fete?jour=1")
    assert "<" not in found.words
    assert of_text(kept([found])) == [found]
    event = found.event("fr")
    assert (event.join_mode, event.external_participation_url) == ("external", found.url)
    assert event.origin is not None
    assert event.origin.iri == found.url


def test_a_day_without_an_hour_is_the_whole_day() -> None:
    [found] = on_page(page({**EVENT, "startDate": "2026-12-03", "endDate": ""}), URL)
    assert found.event("fr").is_all_day is True


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"@type": "Person", "name": "x"},
        {**EVENT, "name": ""},
        {**EVENT, "startDate": "bientôt"},
        {**EVENT, "startDate": 12},
        [[[[[[[[[EVENT]]]]]]]]],
        {"@type": ["Event", None], "name": ["x"], "startDate": {}},
    ],
)
def test_what_is_no_event_is_none(data: object) -> None:
    assert on_page(page(data), URL) == []


def test_a_link_that_is_no_address_of_the_web_leads_to_the_page() -> None:
    [found] = on_page(page({**EVENT, "url": "javascript:alert(1)"}), URL)
    assert found.url == URL


def test_data_that_cannot_be_read_costs_nothing() -> None:
    odd = b'<script type="application/ld+json">{"a":</script>' + page(EVENT)
    assert len(on_page(odd, URL)) == 1
    assert on_page(b"<script type='application/ld+json'>" + b"[" * 100_000 + b"</script>", URL) == []


def test_a_meeting_that_returns_returns_here_too_by_its_own_clocks() -> None:
    """In Paris summer ends a week before it does in Toronto."""
    weekly = Event(
        name=Text.of("Table", "fr"),
        start_time=datetime(2026, 10, 12, 7, tzinfo=UTC),
        timezone="Europe/Paris",
        recurrence=("FREQ=WEEKLY",),
        unknown=without([date(2026, 10, 19)]),
    )
    aside = from_event(weekly, "", URL, moved=[date(2026, 11, 9)])
    assert aside is not None
    [read] = of_text(kept([aside]))
    assert read == aside
    times = at_each(read.event("fr"), after=datetime(2026, 10, 1, tzinfo=UTC), before=datetime(2026, 11, 20, tzinfo=UTC))
    begins = [each.start_time.isoformat()[:13] for each in times if each.start_time]
    assert begins == ["2026-10-12T07", "2026-10-26T08", "2026-11-02T08", "2026-11-16T08"]
