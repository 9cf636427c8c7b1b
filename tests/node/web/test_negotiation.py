"""One address, several faces: which one an Accept header gets."""

from __future__ import annotations

import pytest

from node.web.negotiation import ACTIVITY, HTML, LINKED_DATA, LONGEST, MACHINE, TURTLE, chosen, ranges

OFFERS = (HTML, *MACHINE)
PROFILED = 'application/ld+json; profile="https://www.w3.org/ns/activitystreams"'
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("", HTML),
        ("*/*", HTML),
        (BROWSER, HTML),
        ("application/activity+json", ACTIVITY),
        (PROFILED, ACTIVITY),
        ('application/ld+json;profile="https://www.w3.org/ns/activitystreams http://example.org/x"', ACTIVITY),
        ('application/ld+json; profile="http://www.w3.org/ns/json-ld#expanded"', LINKED_DATA),
        ("application/ld+json", LINKED_DATA),
        (f"application/activity+json, {PROFILED}", ACTIVITY),
        ("application/activity+json, application/ld+json", ACTIVITY),
        ("application/activity+json, text/html;q=0.1", ACTIVITY),
        ("text/html;q=0.1, application/activity+json;q=0.2", ACTIVITY),
        ("text/html;q=.1, application/activity+json;q=.2", ACTIVITY),
        ("text/turtle", TURTLE),
        ("TEXT/Turtle;q=0.9, text/html;q=0.8", TURTLE),
        ("text/*", HTML),
        ("text/*, text/html;q=0", TURTLE),
        ("application/*", ACTIVITY),
        ("application/json", ACTIVITY),
        ("*/*, application/activity+json", ACTIVITY),
        ("text/html;q=0, */*;q=0.1", ACTIVITY),
        ("image/png", None),
        ("text/html;q=0", None),
        ("text/html; q=0.000", None),
        ("gibberish", HTML),
        ("text/html;q=2, text/turtle", TURTLE),
        ('application/ld+json;profile="a,b;q=1", text/turtle;q=0.5', LINKED_DATA),
        (";;;,,,", HTML),
    ],
)
def test_accept(accept: str, expected: str | None) -> None:
    assert chosen(accept, OFFERS) == expected


def test_only_what_is_offered_is_chosen() -> None:
    assert chosen("application/activity+json", (HTML,)) is None
    assert chosen("text/html", MACHINE) is None
    assert chosen(BROWSER, MACHINE) == ACTIVITY


def test_quality_and_profile_are_read() -> None:
    (entry,) = ranges('application/ld+json ; profile="x \\" y" ; q=0.25')
    assert (entry.media, entry.quality) == ("application/ld+json", 0.25)
    assert entry.profile.startswith("x ")


@pytest.mark.parametrize("odd", ['\\"', '"\\', '"', ';a="', "a/b,", ";", "a/b;p=", " "])
def test_a_long_and_odd_wish_costs_no_more_than_a_short_one(odd: str) -> None:
    """A quadratic reading would take an hour for this."""
    assert len(ranges(odd * 500_000)) <= LONGEST
