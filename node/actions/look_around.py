"""Looks at what an address elsewhere has to show, before anybody follows it: nobody there is told who asks."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass

from federation.errors import RemoteError
from node.contracts import House, Outside
from node.domain.outlooks import Outlook, outlook
from node.transport.pages import page_at
from vocab import jsonld
from vocab.errors import VocabError
from vocab.thing import Thing
from vocab.things.actor import Actor
from vocab.things.collection import Collection

#: Whoever waits in front of a page waits no longer than that.
SECONDS = 8.0
_OK, _MOST = 200, 50
_LIST = "application/activity+json"
_NAME = re.compile(r"(?:[a-z0-9-]{1,63}\.)+[a-z0-9-]{2,63}(?::\d{1,5})?", re.IGNORECASE)
_LOCAL = re.compile(r"(?:localhost|127(?:\.\d{1,3}){3})(?::\d{1,5})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbouring:
    """A community that a server lists: its address, its name, and what it says of itself."""

    iri: str
    name: str
    summary: str


def address_of(words: str, *, allow_http: bool = False) -> str:
    """What somebody pasted, as an address to look at: a domain becomes that of its first page, a handle stays one."""
    plain = words.strip().strip("<>").strip()
    if allow_http and _LOCAL.fullmatch(plain):
        return f"http://{plain}/"
    if _NAME.fullmatch(plain):
        return f"https://{plain.lower()}/"
    return plain


async def seen(outside: Outside, actor: Actor, house: House) -> Outlook:
    """What an actor published lately, as far as its outbox shows it within some seconds; nothing where it does not."""
    if actor.outbox is None or not actor.outbox.iri:
        return Outlook()
    try:
        async with asyncio.timeout(SECONDS):
            box = await _collection(outside, actor.outbox.iri)
            page = box
            if not box.items and box.first is not None:
                inside = box.first.thing
                page = inside if isinstance(inside, Collection) else await _collection(outside, box.first.iri)
    except (RemoteError, VocabError, TimeoutError):
        return Outlook()
    things: list[Thing] = [ref.thing for ref in page.items[:_MOST] if ref.thing is not None]
    return outlook(things, box.total_items, house.now)


async def communities_at(outside: Outside, house: House, address: str) -> list[Neighbouring]:
    """The communities that a server of our make lists; none where it lists none, or does not answer."""
    try:
        async with asyncio.timeout(SECONDS):
            url = f"{address.rstrip('/')}/communautes"
            found = await page_at(outside.send, url, (("Accept", _LIST),), allow_http=house.allow_http)
        listed = jsonld.read(found.answer.body) if found.answer.status == _OK else None
    except (RemoteError, VocabError, TimeoutError):
        return []
    groups = [ref.thing for ref in listed.items[:_MOST]] if isinstance(listed, Collection) else [listed]
    return [
        Neighbouring(
            iri=group.id,
            name=group.name.primary if group.name else group.id,
            summary=group.summary.primary if group.summary else "",
        )
        for group in groups
        if isinstance(group, Actor) and group.type == "Group" and group.id
    ]


async def _collection(outside: Outside, iri: str) -> Collection:
    answer = await outside.document(iri)
    thing = jsonld.read(answer.body)
    return thing if isinstance(thing, Collection) else Collection(id=iri)
