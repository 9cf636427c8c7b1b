"""Sites that have only a feed, for commands: found, followed, told of; and what is at an address, as a file."""

from __future__ import annotations

import asyncio
from datetime import datetime
from functools import partial
from pathlib import Path

import click

from federation.errors import RemoteError, UnacceptableAnswer
from node.actions.follow_community import find_actor
from node.actions.follow_feed import Candidate, actor_in, feed_in, fetched, find_feed, follow_feed, take_items
from node.cli.running import RunningNode
from node.contracts import File
from node.domain.politeness import in_words
from node.storage.shelves.actors import ActorRow
from node.storage.shelves.feeds import FeedRow
from node.storage.unit_of_work import UnitOfWork


def found_either(node: RunningNode, address: str, *, is_feed: bool = False) -> ActorRow | Candidate:
    """Whom an address names; of a site that speaks no ActivityPub there, its feed. `is_feed`: its feed in any case."""
    return asyncio.run(_found_either(node, address, is_feed=is_feed))


async def _found_either(node: RunningNode, address: str, *, is_feed: bool) -> ActorRow | Candidate:
    house = node.house()
    async with node.outside() as outside:
        if is_feed:
            return await find_feed(outside, house, address)
        try:
            return await find_actor(node.database, outside, house, address)
        except UnacceptableAnswer:
            if not address.startswith(("https://", "http://")):
                raise
        page = await fetched(outside, house, address)
        actor = actor_in(page)
        if actor:
            try:
                return await find_actor(node.database, outside, house, actor)
            except RemoteError:
                pass  # its feed is better than nothing
        return await feed_in(outside, house, page)


def followed_by_feed(node: RunningNode, community: str, found: Candidate) -> tuple[FeedRow, int]:
    """Has a community follow a feed that was found; the feed, and how much of it is here now."""
    house = node.house()
    row = node.database.write_now(lambda uow: follow_feed(uow, house, community, found.row(house)))
    for part in found.read.portions:
        node.database.write_now(partial(take_items, house=house, row=row, items=part))
    return row, len(found.read.items)


def feed_rows(uow: UnitOfWork, language: str) -> list[dict[str, object]]:
    """Every link to a feed, as `links` lists them."""
    return [_row(uow, row, follower, language) for row in uow.feeds.all() for follower in uow.feeds.followers(row.iri)]


def _row(uow: UnitOfWork, row: FeedRow, follower: str, language: str) -> dict[str, object]:
    known = uow.actors.get(follower)
    since = uow.feeds.since(row.iri, follower)
    return {
        "state": row.state,
        "direction": "feed",
        "since": moment(since or row.added_at),
        "in_words": f"{known.name if known else follower} ← {row.name}",
        "next": in_words(row.trouble).in_language(language),
        "host": row.host,
        "history": "",
        "history_until": "",
        "history_in_words": "",
        "compared_at": moment(row.looked_at),
        "differences": None,
        "waiting": 0,
        "last_error": row.error,
        "follower": follower,
        "target": row.iri,
        "next_look": moment(row.next_at),
        "last_news": moment(row.changed_at),
    }


def moment(at: datetime | None) -> str:
    """A moment for people and scripts, "" for none."""
    return at.isoformat(timespec="seconds") if at is not None else ""


class Place(click.ParamType[Path | str]):
    """A file or folder that is there, or an address of the web as it is written."""

    name = "path"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> Path | str:
        """The path, or the address."""
        if value.startswith(("https://", "http://")):
            return value
        return Path(str(click.Path(exists=True).convert(value, param, ctx)))


def folder_of(place: Path | str) -> Path:
    """The path of what has to lie on this machine."""
    if isinstance(place, str):
        raise click.UsageError("an archive is read from a folder; download it first")
    return place


def downloaded(node: RunningNode, url: str) -> File:
    """What is at an address of the web, as a file that is called by that address; raises what `fetched` raises."""

    async def ask() -> File:
        async with node.outside() as outside:
            answer = (await fetched(outside, node.house(), url)).answer
        return File(name=answer.url, content=answer.body)

    return asyncio.run(ask())
