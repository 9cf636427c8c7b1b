"""The rules that hold for every signature standard: window, single headers, our own authority."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from federation.addresses import origin
from federation.errors import BadKey, BadSignature, ForbiddenAddress, StaleSignature
from federation.signatures import claims
from federation.signatures.claims import SignatureClaim
from kit.signing import INBOX, NODE, NOW, M, arrived, pair, post, with_header

REQUEST = arrived(post(b"{}"))


def _is_in_time(signed_at: datetime, expires: datetime | None) -> bool:
    try:
        claims.check_window(signed_at, expires, NOW)
    except StaleSignature:
        return False
    return True


@pytest.mark.parametrize("late", [timedelta(hours=1), timedelta(), timedelta(minutes=-5)])
def test_the_window_is_an_hour_back_and_five_minutes_ahead(late: timedelta) -> None:
    assert _is_in_time(NOW - late, None)
    assert _is_in_time(NOW - late, NOW + timedelta(days=1))


@pytest.mark.parametrize("late", [timedelta(hours=1, seconds=1), timedelta(hours=26), timedelta(minutes=-5, seconds=-1)])
def test_outside_the_window_is_stale(late: timedelta) -> None:
    assert not _is_in_time(NOW - late, None)


@pytest.mark.parametrize("life", [timedelta(), timedelta(seconds=-60), timedelta(days=1, seconds=1)])
def test_what_expired_or_never_expires_is_stale(life: timedelta) -> None:
    assert not _is_in_time(NOW, NOW + life)


@pytest.mark.parametrize("seconds", [0, -1, 10**11, 10**30])
def test_absurd_moments_are_refused(seconds: int) -> None:
    with pytest.raises(BadSignature):
        claims.moment(seconds)


def test_a_header_is_there_once_and_of_bearable_length() -> None:
    assert claims.only(with_header(REQUEST, "Date", " x "), "date") == "x"
    for values in ((), ("a", "b"), ("a" * 9000,)):
        with pytest.raises(BadSignature):
            claims.only(with_header(REQUEST, "Date", *values), "date")


def test_lines_of_one_header_are_joined() -> None:
    assert claims.combined(with_header(REQUEST, "Cache-Control", " max-age=60 ", "must-revalidate"), "cache-control") == (
        "max-age=60, must-revalidate"
    )
    with pytest.raises(BadSignature, match="not there"):
        claims.combined(REQUEST, "x-none")


def test_bytes_that_are_no_text_survive() -> None:
    assert claims.encoded(b"caf\xe9".decode("utf-8", "surrogateescape")) == b"caf\xe9"
    with pytest.raises(BadSignature):
        claims.encoded("\ud800")


@pytest.mark.parametrize(
    ("authority", "url", "is_ours"),
    [
        ("noeud.example", NODE, True),
        ("NOEUD.example", NODE, True),
        ("noeud.example:443", NODE, True),
        ("noeud.example:8443", NODE, False),
        ("noeud.example", "https://noeud.example:8443", False),
        ("noeud.example:8443", "https://noeud.example:8443", True),
        ("[2001:DB8::1]:8443", "https://[2001:db8::1]:8443", True),
        ("127.0.0.11:8001", "http://127.0.0.11:8001", True),
        ("noeud.example.", NODE, False),
        ("noeud.example/x", NODE, False),
        ("m@noeud.example", NODE, False),
        ("evil.example", NODE, False),
        ("", NODE, False),
    ],
)
def test_our_authority_however_it_is_spelled(authority: str, url: str, *, is_ours: bool) -> None:
    place = origin(url)
    assert place is not None
    assert claims.is_ours(authority, place) is is_ours


def test_a_request_goes_where_it_was_signed_for() -> None:
    sent = claims.with_headers(post(b"{}", f"{INBOX}#frag"), ("content-type", "text/plain"), ("Date", "now"))
    assert sent.url == INBOX
    assert sent.headers == (("content-type", "text/plain"), ("Date", "now"))
    place, target = claims.place_of("https://noeud.example:8443/é?q=a b".replace(" ", "%20"))
    assert (place.authority, target) == ("noeud.example:8443", "/%C3%A9?q=a%20b")
    assert claims.place_of("https://noeud.example")[1] == "/"
    with pytest.raises(ForbiddenAddress):
        claims.place_of("https://m@noeud.example/")


def test_the_algorithm_must_be_that_of_the_key() -> None:
    claim = SignatureClaim(standard="rfc9421", key_id="k", algorithm="ed25519", covered=(), signature=b"x")
    with pytest.raises(BadKey, match="ed25519"):
        claims.proven(pair(M.iri)[1], claim, [""])
