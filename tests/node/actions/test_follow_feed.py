"""A feed is found, followed, and let go of with all that came by it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from federation.errors import ForbiddenAddress, UnacceptableAnswer
from kit.servers import answer
from kit.watching import Watch, feed, item, rss, watching
from node.actions.follow_feed import find_feed, unfollow_feed
from node.domain.visibility import PUBLIC_SCOPE
from node.errors import Conflict, Invalid, NotFound
from node.jobs.follow_feed import JOB
from node.storage.engine import Database
from vocab.things.event import Event


@pytest.fixture
async def watch(memory: Database) -> AsyncIterator[Watch]:
    async with watching(memory) as made:
        made.serve("/feed", feed(rss(item("un"), item("deux"))))
        yield made


async def test_a_page_names_its_feed(watch: Watch) -> None:
    page = b"""<!DOCTYPE html><html><head><link rel="stylesheet" href="/x.css">
    <link rel='alternate' type='application/rss+xml' title=x href='/feed?a=1&amp;b=2'></head><body><link rel=alternate
    type=application/atom+xml href=/ailleurs></body></html>"""
    watch.serve("/", answer(page, media_type="text/html; charset=utf-8"))
    row = await watch.follow(f"{watch.server.url}/")
    assert row.iri == f"{watch.url}?a=1&b=2"
    watch.serve("/rien", answer(b"<html><head></head></html>", media_type="text/html"))
    with pytest.raises(NotFound):
        await find_feed(watch.tools.outside, watch.house(), f"{watch.server.url}/rien")


async def test_a_calendar_is_followed_too(watch: Watch) -> None:
    text = (
        "BEGIN:VCALENDAR\nNAME:Agenda\nBEGIN:VEVENT\nUID:1\nDTSTART:20261203T190000Z\nSUMMARY:Forum\nLOCATION:Salle\nEND:VEVENT\n"
        "BEGIN:VEVENT\nUID:2\nSUMMARY:sans date\nEND:VEVENT\nEND:VCALENDAR"
    )
    watch.serve("/feed", feed(text.encode(), media_type="text/calendar"))
    row = await watch.follow()
    (stored,) = watch.held()
    assert (row.title, row.format, type(stored.thing), stored.entry.kind) == ("Agenda", "icalendar", Event, "Event")


async def test_when_nobody_follows_it_any_more_what_came_by_it_goes(watch: Watch) -> None:
    row = await watch.follow()
    iris = [each.entry.iri for each in watch.held()]
    with pytest.raises(Conflict):
        await watch.follow()
    watch.database.write_now(lambda uow: unfollow_feed(uow, watch.house(), watch.community, row.address))
    assert watch.held() == []
    assert watch.database.read_now(lambda uow: [uow.things.get_any(iri) for iri in iris]) == [None, None]
    assert watch.database.read_now(lambda uow: uow.search.count("deux", scope=PUBLIC_SCOPE)) == 0
    with pytest.raises(NotFound):
        watch.database.write_now(lambda uow: unfollow_feed(uow, watch.house(), watch.community, row.address))
    watch.later(minutes=60 * 24)
    for task in watch.database.write_now(lambda uow: JOB.claim(uow, watch.house(), 10)):
        await JOB.work(watch.tools, task)
    assert len(watch.asked()) == 2


async def test_what_may_not_be_contacted_is_not_followed(watch: Watch) -> None:
    for address, raised in (
        ("http://127.0.0.13/feed", ForbiddenAddress),
        ("file:///etc/passwd", ForbiddenAddress),
        ("http://[::ffff:127.0.0.13]/", ForbiddenAddress),
        ("https://ici.example/feed", Invalid),
        (f"{watch.server.url}/absent", UnacceptableAnswer),
    ):
        with pytest.raises(raised):
            await find_feed(watch.tools.outside, watch.house(), address)
