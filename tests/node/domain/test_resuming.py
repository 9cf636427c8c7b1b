from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from node.domain.resuming import LASTS, LONGEST, Place, opened, sealed

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
UNTIL = int((NOW + LASTS).timestamp())
PLACE = Place(
    verb="ListRecords", prefix="oai_dc", community="https://a.example/c", after=100, up_to=900, given=100, size=850, until=UNTIL
)
SECRET = b"what nobody knows"
#: Of each length that base64 treats in a way of its own.
PLACES = [replace(PLACE, prefix=prefix) for prefix in ("rdf", "rdf2", "rdf22")]


def test_a_place_comes_back_for_a_day() -> None:
    token = sealed(PLACE, SECRET)
    assert opened(token, SECRET, NOW) == PLACE
    assert opened(token, SECRET, NOW + LASTS - timedelta(seconds=1)) == PLACE
    assert opened(token, SECRET, NOW + LASTS) is None
    assert opened(token, b"another", NOW) is None
    assert len(token) < LONGEST


@given(st.sampled_from(PLACES), st.integers(-4, 300), st.characters(max_codepoint=0x7F) | st.characters())
def test_a_token_of_which_one_character_is_another_is_none(place: Place, at: int, character: str) -> None:
    token = sealed(place, SECRET)
    at %= len(token)
    altered = token[:at] + character + token[at + 1 :]
    assert opened(altered, SECRET, NOW) == (place if altered == token else None)


@given(st.text(max_size=200))
def test_what_somebody_writes_themselves_is_no_token(text: str) -> None:
    assert opened(text, SECRET, NOW) is None
