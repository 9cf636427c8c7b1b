"""A site with nothing but a feed: followed politely, kept as its own word, and harmless when it means harm."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from kit.servers import Seen, answer, loopback_server, moved
from kit.watching import Watch, feed, item, rss, watching
from node.actions import follow_feed
from node.actions.follow_feed import unfollow_feed
from node.domain.entries import Audience
from node.errors import NotAllowed
from node.jobs.follow_feed import JOB
from node.storage import feeding
from node.storage.engine import Database
from node.storage.feeding import item_iri
from vocab.things.object import Object


@pytest.fixture
async def watch(memory: Database) -> AsyncIterator[Watch]:
    async with watching(memory) as made:
        made.serve("/feed", feed(rss(item("un"), item("deux")), ETag='"1"', Last_Modified="Sun, 22 Nov 2026 09:00:00 GMT"))
        yield made


async def test_items_come_into_the_enlarged_repertoire_with_their_origin(watch: Watch) -> None:
    row = await watch.follow()
    assert (row.iri, row.title, row.format, row.state) == (watch.url, "Un blogue", "rss", "followed")
    assert watch.names() == ["deux", "un"]
    stored = next(each for each in watch.held() if each.entry.name == "un")
    thing = stored.thing
    assert isinstance(thing, Object)
    assert stored.entry.iri == item_iri(watch.url, "un")
    assert (stored.entry.author, stored.entry.is_local, stored.entry.audience) == ("", False, Audience.PUBLIC)
    assert thing.origin is not None
    assert (thing.origin.iri, thing.url[0].iri, thing.published) == (
        f"{watch.server.url}/un",
        f"{watch.server.url}/un",
        watch.now,
    )
    assert thing.integrated == watch.now


async def test_it_asks_only_what_has_changed_and_at_most_hourly(watch: Watch) -> None:
    await watch.follow()
    await watch.look(hours=0.5)
    assert len(watch.asked()) == 1
    watch.serve("/feed", feed(b"", status=304))
    row = await watch.look(hours=15)
    assert (watch.asked()[1].value("if-none-match"), watch.asked()[1].value("if-modified-since")) == (
        '"1"', "Sun, 22 Nov 2026 09:00:00 GMT"
    )  # fmt: skip
    assert (row.trouble, row.looked_at, watch.names()) == ("", watch.now, ["deux", "un"])
    assert watch.asked()[1].value("user-agent") == "Maillage/test"
    assert watch.asked()[1].value("signature") == ""
    await watch.look()
    assert len(watch.asked()) == 2


async def test_what_a_feed_wishes_holds_until_it_says_something_else(watch: Watch) -> None:
    await watch.follow()
    wish = "<ttl>2880</ttl>"
    watch.serve("/feed", feed(rss(wish, item("un"), item("trois")), ETag='"2"'))
    for script in (None, feed(b"", status=304), feed(b"", status=304)):
        if script:
            watch.serve("/feed", script)
        row = await watch.look(hours=60)
        assert row.next_at is not None
        assert timedelta(hours=47.9) <= row.next_at - watch.now <= timedelta(hours=52.9)
    watch.serve("/feed", feed(rss(item("quatre"))))
    row = await watch.look(hours=60)
    assert row.next_at is not None
    assert row.next_at - watch.now <= timedelta(hours=1.1)


async def test_news_and_changes_come_and_what_is_listed_no_more_stays(watch: Watch) -> None:
    await watch.follow()
    seen = {each.entry.name: each.entry.published_at for each in watch.held()}
    watch.serve("/feed", feed(rss(item("trois"), item("deux corrigé", guid="deux"))))
    row = await watch.look(hours=15)
    assert row.changed_at == watch.now
    assert watch.names() == ["deux corrigé", "trois", "un"]
    assert next(each for each in watch.held() if each.entry.name == "deux corrigé").entry.published_at == seen["deux"]
    before = watch.now
    row = await watch.look(hours=15)
    assert row.changed_at == before


async def test_a_site_may_forbid_it(watch: Watch) -> None:
    await watch.follow()
    watch.serve("/robots.txt", answer(b"\xef\xbb\xbfUser-agent: *\nDisallow: /feed", media_type="text/plain"))
    row = await watch.look(hours=15)
    assert (row.trouble, len(watch.asked())) == ("barred", 1)
    watch.serve("/robots.txt", answer(b"User-agent: *\nDisallow: /prive", media_type="text/plain"))
    await watch.look(hours=3)
    assert len(watch.asked("/robots.txt")) == 1
    row = await watch.look(hours=30)
    assert (row.trouble, len(watch.asked())) == ("", 2)


async def test_a_site_that_fails_is_asked_ever_more_rarely_and_as_rarely_as_it_says(watch: Watch) -> None:
    await watch.follow()
    watch.serve("/feed", feed(b"", status=503, Retry_After="172800"))
    row = await watch.look(hours=15)
    assert (row.trouble, row.failures) == ("silent", 1)
    assert row.next_at is not None
    assert row.next_at - watch.now >= timedelta(days=2)
    watch.serve("/feed", feed(b"", status=404))
    row = await watch.look(hours=60)
    assert (row.trouble, row.failures) == ("refused", 2)
    watch.serve("/feed", feed(rss(item("un"))))
    row = await watch.look(hours=60)
    assert (row.trouble, row.error, row.failures) == ("", "", 0)


async def test_what_moved_for_good_is_asked_there_and_its_items_stay_the_same(watch: Watch) -> None:
    await watch.follow()
    watch.serve("/feed", moved("/nouveau", 301))
    watch.serve("/nouveau", feed(rss(item("un"), item("quatre"))))
    row = await watch.look(hours=15)
    assert (row.iri, row.address) == (watch.url, f"{watch.server.url}/nouveau")
    assert watch.names() == ["deux", "quatre", "un"]
    await watch.look(hours=15)
    assert (len(watch.asked()), len(watch.asked("/nouveau"))) == (2, 2)
    watch.serve("/nouveau", moved("/ailleurs", 302))
    watch.serve("/ailleurs", feed(rss(item("cinq"))))
    assert (await watch.look(hours=15)).address == f"{watch.server.url}/nouveau"


async def test_a_feed_that_is_gone_is_left_alone(watch: Watch) -> None:
    await watch.follow()
    watch.serve("/feed", feed(b"", status=410))
    row = await watch.look(hours=15)
    assert (row.state, row.trouble, row.next_at) == ("gone", "gone", None)
    await watch.look(hours=500)
    assert len(watch.asked()) == 2
    assert watch.names() == ["deux", "un"]


async def test_what_was_taken_out_here_does_not_come_back(watch: Watch) -> None:
    await watch.follow()
    iri = item_iri(watch.url, "un")
    watch.database.write_now(lambda uow: uow.things.bury(iri, b"{}", watch.now))
    watch.serve("/feed", feed(rss(item("un encore", guid="un"))))
    await watch.look(hours=15)
    assert watch.names() == ["deux"]


async def test_what_the_site_publishes_to_servers_too_is_not_there_twice(watch: Watch) -> None:
    note = f"{watch.server.url}/?p=12"
    document = f'{{"id": "{note}", "type": "Article", "name": "Le vrai"}}'.encode()
    row = await watch.follow()
    public = replace(watch.held()[0].entry, iri=note, author=f"{watch.server.url}/auteur", name="Le vrai")
    watch.database.write_now(lambda uow: uow.things.put(public, document))
    watch.serve("/feed", feed(rss(item("copie", guid=note))))
    await watch.look(hours=15)
    assert (watch.names(), row.iri) == (["Le vrai", "deux", "un"], watch.url)


async def test_a_feed_puts_nothing_in_the_place_of_anything_else(watch: Watch) -> None:
    """Whatever it calls its items, whomever it names as their author, wherever it says that they are."""
    await watch.follow()
    guid = "https://ailleurs.example/ressources/1"
    theirs = replace(watch.held()[0].entry, iri=guid, author="https://ailleurs.example/personnes/v", name="Intact")
    document = f'{{"id": "{guid}", "type": "Article", "name": "Intact"}}'.encode()
    watch.database.write_now(lambda uow: uow.things.put(theirs, document))
    author = "<author>v</author><dc:creator xmlns:dc='http://purl.org/dc/elements/1.1/'>V</dc:creator>"
    watch.serve("/feed", feed(rss(item("Faux", guid=guid, link=guid, more=author))))
    await watch.look(hours=15)
    kept = watch.database.read_now(lambda uow: uow.things.get_any(guid))
    assert kept is not None
    assert (kept.entry.name, kept.document) == ("Intact", document)
    fake = next(each for each in watch.held() if each.entry.name == "Faux")
    assert isinstance(fake.thing, Object)
    assert (fake.entry.iri, fake.entry.author, fake.thing.attributed_to) == (item_iri(watch.url, guid), "", ())
    assert fake.thing.origin is not None
    assert fake.thing.origin.iri == watch.url


async def test_hosts_that_are_refused_are_not_asked(watch: Watch) -> None:
    host = watch.server.url.removeprefix("http://")
    row = await watch.follow()
    watch.database.write_now(lambda uow: uow.peers.put_state(row.host, "blocked", watch.now))
    assert (await watch.look(hours=15)).trouble == "blocked"
    assert len(watch.asked()) == 1
    watch.database.write_now(lambda uow: unfollow_feed(uow, watch.house(), watch.community, row.iri))
    with pytest.raises(NotAllowed):
        await watch.follow()
    assert host == row.host


async def drip(_: Seen, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nContent-Length: 1000000\r\n\r\n")
    for _turn in range(200):
        writer.write(b"<")
        await writer.drain()
        await asyncio.sleep(0.05)


async def test_hostile_servers_get_nowhere(watch: Watch) -> None:
    row = await watch.follow()
    bomb = gzip.compress(b"<rss>" + b" " * 5_000_000)
    async with loopback_server("127.0.0.13") as canary:
        for script, trouble in (
            (feed(b"<rss>" + b"x" * 200_000), "refused"),
            (feed(bomb, Content_Encoding="gzip"), "refused"),
            (moved(f"{canary.url}/x"), "refused"),
            (moved("file:///etc/passwd"), "refused"),
            (moved("/feed"), "refused"),
            (feed(b"<!DOCTYPE r [<!ENTITY a 'x'>]><rss><channel><item><title>&a;</title></item></channel></rss>"), "unreadable"),
            (feed(b"<rss>" + b"<a>" * 20_000), "unreadable"),
            (feed(b"{" * 50_000), "unreadable"),
            (feed(b"BEGIN:VCALENDAR\n" * 5_000), "unreadable"),
            (feed(b"\x00\xff" * 1_000), "unreadable"),
            (answer(b"<html><head></head></html>", media_type="text/html"), "unreadable"),
            (drip, "silent"),
        ):
            watch.serve("/feed", script)
            seen = await watch.look(hours=200)
            assert (seen.trouble, seen.state, bool(seen.error)) == (trouble, "followed", True), seen.error
        assert canary.seen == []
    assert watch.names() == ["deux", "un"]
    watch.serve("/feed", feed(rss(item("un"), item("revenu"))))
    assert (await watch.look(hours=200)).trouble == ""
    assert row.iri == watch.url


async def test_an_endless_feed_is_kept_within_bounds(watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeding, "MOST_KEPT", 5)
    monkeypatch.setattr(follow_feed, "MOST_AT_ONCE", 4)
    await watch.follow()
    for turn in range(3):
        watch.serve("/feed", feed(rss(*(item(f"{turn}-{number}") for number in range(10)))))
        await watch.look(hours=15)
    assert watch.names() == ["1-3", "2-0", "2-1", "2-2", "2-3"]


async def test_a_look_that_breaks_is_done_again_another_day(watch: Watch) -> None:
    row = await watch.follow()
    watch.later(minutes=60 * 15)
    (task,) = watch.database.write_now(lambda uow: JOB.claim(uow, watch.house(), 10))
    assert JOB.mishap is not None
    mishap = JOB.mishap
    watch.database.write_now(lambda uow: mishap(uow, watch.house(), task, "KeyError: x"))
    (seen,) = watch.database.read_now(lambda uow: uow.feeds.all())
    assert (seen.trouble, seen.error) == ("unreadable", "KeyError: x")
    assert await watch.look() == seen
    assert (await watch.look(hours=30)).trouble == ""
    assert row.iri == seen.iri
