"""A link is looked at by the guarded way out, in little time, and nothing of it is believed."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from kit.guests import HERE, START
from kit.outsite import outsite
from node.actions import look_at_link as action
from node.actions.look_at_link import look_at_link, picture_of
from node.contracts import House
from node.errors import Invalid
from node.transport.documents import Documents
from node.transport.requests import Requests

HOUSE = House(url=HERE, name="Carrefour", mode="archipelago", language="fr", now=START, allow_http=True)


@pytest.fixture
async def outside() -> AsyncIterator[Documents]:
    async def no_key() -> None:
        return None

    async with Requests(agent="essai", allow_addresses=("127.0.0.12/32",), allow_http=True) as requests:
        yield Documents(requests, key=no_key, now=lambda: START)


@pytest.fixture
async def site() -> AsyncIterator[str]:
    async with outsite() as address:
        yield address


async def test_a_short_address_leads_to_the_page_without_what_follows_people(outside: Documents, site: str) -> None:
    page = await look_at_link(outside, HOUSE, f"{site}/court?utm_campaign=x#suite")
    assert (page.address, page.title, page.is_read) == (f"{site}/article#suite", "Prévenir l’éviction", True)
    picture = await picture_of(outside, HOUSE, page)
    assert picture is not None
    assert (picture.width, picture.media_type) == (120, "image/jpeg")


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:9/x", "http://10.0.0.1/", "http://[::1]/", "http://169.254.169.254/latest"]
)
async def test_nothing_private_is_asked(outside: Documents, address: str) -> None:
    page = await look_at_link(outside, HOUSE, address)
    assert not page.is_read


async def test_a_redirect_inward_leads_nowhere(outside: Documents, site: str) -> None:
    assert not (await look_at_link(outside, HOUSE, f"{site}/prive")).is_read
    missing = await look_at_link(outside, HOUSE, f"{site}/page-disparue")
    assert (missing.title, missing.is_read) == ("Page disparue", False)


async def test_who_is_slow_is_not_waited_for(outside: Documents, site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(action, "SECONDS", 0.1)
    assert not (await look_at_link(outside, HOUSE, f"{site}/lent")).is_read


async def test_what_is_no_link_is_refused(outside: Documents) -> None:
    for each in ("javascript:alert(1)", "file:///etc/passwd", "ftp://a.example/", "https://[", "https://ex\u2100mple.org/"):
        with pytest.raises(Invalid):
            await look_at_link(outside, HOUSE, each)
