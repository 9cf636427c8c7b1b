"""The shelf of feeds, and what communities that follow them see."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from node.domain.visibility import PUBLIC_SCOPE
from node.storage.engine import Database
from node.storage.shelves.feeds import FeedRow

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
FEED = FeedRow(iri="https://blogue.example/feed", address="https://blogue.example/feed", format="rss", added_at=NOW)
OURS, OTHER = "https://ici.example/communautes/a", "https://ici.example/communautes/b"


def test_a_feed_is_kept_as_it_is(database: Database) -> None:
    moved = replace(
        FEED, address="https://blogue.example/new", title="Blogue", site="https://blogue.example/", state="gone", etag='"1"',
        modified="hier", trouble="gone", error="410", failures=3, is_barred=True, looked_at=NOW, changed_at=NOW,
        next_at=NOW + timedelta(hours=1), robots_at=NOW,
    )  # fmt: skip
    database.write_now(lambda uow: uow.feeds.put(FEED))
    database.write_now(lambda uow: uow.feeds.put(moved))
    assert database.read_now(lambda uow: uow.feeds.all()) == [moved]
    addresses = (moved.iri, moved.address, moved.site)
    assert database.read_now(lambda uow: [uow.feeds.find(address) for address in addresses]) == [moved] * 3
    assert database.read_now(lambda uow: uow.feeds.of_item(f"{FEED.iri}#abc")) == moved
    assert database.read_now(lambda uow: uow.feeds.of_item(FEED.iri)) is None
    assert (moved.name, moved.host, FEED.name) == ("Blogue", "blogue.example", "blogue.example")


def test_who_follows(database: Database) -> None:
    database.write_now(lambda uow: uow.feeds.put(FEED))
    assert database.write_now(lambda uow: uow.feeds.follow(FEED.iri, OURS, NOW))
    assert not database.write_now(lambda uow: uow.feeds.follow(FEED.iri, OURS, NOW))
    assert database.read_now(lambda uow: (uow.feeds.all(), uow.feeds.followers(FEED.iri))) == ([FEED], [OURS])
    assert database.read_now(lambda uow: uow.feeds.since(FEED.iri, OURS)) == NOW
    assert database.write_now(lambda uow: uow.feeds.unfollow(FEED.iri, OURS))
    assert not database.write_now(lambda uow: uow.feeds.unfollow(FEED.iri, OURS))
    database.write_now(lambda uow: uow.feeds.follow(FEED.iri, OURS, NOW))
    database.write_now(lambda uow: uow.feeds.remove(FEED.iri))
    assert database.read_now(lambda uow: (uow.feeds.get(FEED.iri), uow.feeds.followers(FEED.iri))) == (None, [])


def test_its_items_enlarge_the_repertoire_of_those_who_follow_it_alone(database: Database) -> None:
    database.write_now(lambda uow: uow.feeds.put(FEED))
    database.write_now(lambda uow: uow.feeds.follow(FEED.iri, OURS, NOW))
    database.write_now(lambda uow: uow.holdings.add(FEED.iri, f"{FEED.iri}#1", "follow", NOW))
    counted = database.read_now(lambda uow: [uow.holdings.enlarged_count(each, scope=PUBLIC_SCOPE) for each in (OURS, OTHER)])
    assert counted == [1, 0]
    assert database.read_now(lambda uow: uow.holdings.count(OURS, scope=PUBLIC_SCOPE)) == 0
