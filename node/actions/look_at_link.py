"""Looks at a page that somebody shares, by the guarded way out and in little time: what it says of itself, and its picture."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from federation.errors import RemoteError
from federation.messages import Answer
from node.contracts import House, Outside
from node.domain.glimpses import Glimpse, glimpse, unread
from node.domain.pictures import NoPicture, TooLarge, made_anew
from node.domain.tracking import without_tracking
from node.domain.uploads import Given, Prepared
from node.errors import Invalid
from node.transport.pages import page_at
from vocab.jsonld_values import is_address

#: Whoever shares waits three seconds at most: so many for the page, and so many for its picture.
SECONDS, PICTURE_SECONDS = 2.0, 1.0
ACCEPT = (("Accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5"), ("Accept-Language", "fr-CA,fr;q=0.9,en;q=0.5"))
_PICTURE = (("Accept", "image/webp,image/jpeg,image/png,image/gif"),)
_OK = 200


async def look_at_link(outside: Outside, house: House, address: str) -> Glimpse:
    """What is at an address, without what only follows people and as its redirects lead; by its name alone where nothing answers.

    Raises Invalid for what is no address of the web.
    """
    asked = without_tracking(address.strip())
    if not asked.startswith(("https://", "http://")) or not is_address(asked):
        raise Invalid("A link begins with https://.")
    try:
        async with asyncio.timeout(SECONDS):
            found = await page_at(outside.send, asked.partition("#")[0], ACCEPT, allow_http=house.allow_http)
    except (RemoteError, TimeoutError):
        return unread(asked)
    if found.answer.status != _OK:
        return unread(asked)
    return await asyncio.to_thread(_read, found.answer, asked)


async def picture_of(outside: Outside, house: House, page: Glimpse) -> Prepared | None:
    """The picture by which a page wants to be shown, made anew; None where there is none in time."""
    if not page.image:
        return None
    try:
        async with asyncio.timeout(PICTURE_SECONDS):
            found = await page_at(outside.send, page.image, _PICTURE, allow_http=house.allow_http)
        return await asyncio.to_thread(made_anew, Given(name="image", content=found.answer.body))
    except (RemoteError, TimeoutError, NoPicture, TooLarge):
        return None


def _read(answer: Answer, asked: str) -> Glimpse:
    """Where it led in the end, but with the part of the page that was meant."""
    led = without_tracking(answer.url or asked)
    seen = glimpse(led, answer.body, answer.value("content-type"))
    part = asked.partition("#")[2]
    return replace(seen, address=f"{seen.address}#{part}") if part and "#" not in seen.address else seen
