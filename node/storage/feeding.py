"""What comes by a feed: each item once, under an address of its feed's own, in the repertoire of whoever follows the feed.

A feed is its own word alone. It names neither the address of a thing nor an account as its author, so that it can put nothing
in the place of anything else, here or elsewhere.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from node.domain.entries import Audience
from node.domain.errands import FOLLOW_FEED
from node.domain.receiving import entry_of
from node.domain.repertoire import Mode
from node.domain.visibility import PUBLIC_SCOPE
from node.storage.here import Here
from node.storage.hosts import host_of
from node.storage.keeping import keep_thing
from node.storage.shelves.feeds import FeedRow
from node.storage.unit_of_work import UnitOfWork
from vocab import jsonld
from vocab.namespaces import CONCEPTS, PUBLIC
from vocab.thing import Thing
from vocab.things.object import Object
from vocab.values import Ref, usual

#: So many items of a feed are kept; the oldest go.
MOST_KEPT = 500
_FOLLOWED = Ref(f"{CONCEPTS}modes-d-integration/suivi")


def keep_items(uow: UnitOfWork, here: Here, feed: FeedRow, items: Iterable[tuple[str, Object]]) -> int:
    """Stores what is new or has changed of a feed's items (what it knows each by, and the thing); how many that were."""
    return sum(_keep(uow, here, feed, key, thing) for key, thing in items)


def forget_oldest(uow: UnitOfWork, feed: FeedRow) -> None:
    """Lets go of the oldest items of a feed that has too many."""
    count = uow.holdings.count(feed.iri, scope=PUBLIC_SCOPE)
    if count > MOST_KEPT:
        held = uow.holdings.of(feed.iri, scope=PUBLIC_SCOPE, limit=count)
        _forget(uow, feed, [holding.iri for holding in held[MOST_KEPT:]])


def forget_feed(uow: UnitOfWork, here: Here, feed: FeedRow) -> None:
    """Forgets a feed that nobody follows any more, and all that came by it."""
    _forget(uow, feed, uow.holdings.iris(feed.iri))
    uow.feeds.remove(feed.iri)
    waiting = uow.tasks.get(FOLLOW_FEED, feed.iri)
    if waiting is not None:
        uow.tasks.finish(waiting, here.now)


def item_iri(feed: str, key: str) -> str:
    """The address of an item: that of its feed, and a mark that no feed can choose."""
    return f"{feed}#{hashlib.sha256(key.encode('utf-8', 'replace')).hexdigest()[:24]}"


def _keep(uow: UnitOfWork, here: Here, feed: FeedRow, key: str, thing: Object) -> bool:
    iri = item_iri(feed.iri, key)
    known = uow.things.get_any(iri)
    if known is not None and known.entry.deleted_at is not None:
        return False  # taken out here, and does not come back because its site still has it
    twin = _published_too(uow, feed, key, thing)
    if twin:
        return uow.holdings.add(feed.iri, twin, Mode.FOLLOW.value, here.now)
    before = known.thing if known is not None else None
    whole = _dressed(thing, iri, feed, here.now, before)
    document = jsonld.dump(whole)
    if known is not None and known.document == document:
        return False
    entry = entry_of(whole, audience=Audience.PUBLIC, author="", at=here.now)
    keep_thing(uow, entry, whole, document)
    uow.holdings.add(feed.iri, iri, Mode.FOLLOW.value, whole.published or here.now)
    return True


def _published_too(uow: UnitOfWork, feed: FeedRow, key: str, thing: Object) -> str:
    """The same, when the site publishes it to servers too and it is here: its own copy is better, and can be answered."""
    for iri in dict.fromkeys([key, thing.origin.iri if thing.origin else ""]):
        known = uow.things.get_any(iri) if iri and host_of(iri) == feed.host and "#" not in iri else None
        if known is not None and known.entry.audience is Audience.PUBLIC and not known.entry.is_local:
            return iri if known.entry.deleted_at is None else ""
    return ""


def _dressed(thing: Object, iri: str, feed: FeedRow, at: datetime, before: Thing | None) -> Object:
    """The thing as it is kept: for everybody, by nobody's account, with where it is read and since when it is here."""
    link = thing.origin.iri if thing.origin else ""
    seen = before.integrated if isinstance(before, Object) and before.integrated else at
    said = min(thing.published, at) if thing.published and usual(thing.published) else None
    return replace(
        thing,
        id=iri,
        attributed_to=(),
        to=(Ref(PUBLIC),),
        url=(Ref(link or feed.site or feed.address),),
        origin=Ref(link if _is_near(link, feed.host) else feed.iri),
        integration_mode=_FOLLOWED,
        integrated=seen,
        published=said or seen,
        updated=min(thing.updated, at) if thing.updated and usual(thing.updated) else None,
    )


def _is_near(link: str, host: str) -> bool:
    """Whether an address is on the site of a feed, or on a part of it: of any other site the feed is no witness."""
    other = host_of(link)
    return bool(other) and (other == host or other.endswith(f".{host}") or host.endswith(f".{other}"))


def _forget(uow: UnitOfWork, feed: FeedRow, iris: Iterable[str]) -> None:
    for iri in iris:
        uow.holdings.remove(feed.iri, iri)
        if iri.startswith(f"{feed.iri}#") and not uow.holdings.holders(iri):
            uow.things.bury(iri, b"{}", feed.added_at)
            uow.things.unbury(iri)
