"""Reads another server's collections page by page; pages count only when they come from the collection's own origin.

Spec: ActivityStreams 2.0 §5.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from federation.addresses import same_origin
from federation.errors import UnacceptableAnswer
from federation.messages import Answer
from vocab import jsonld
from vocab.activities.activity import Activity
from vocab.errors import VocabError
from vocab.thing import Thing
from vocab.things.collection import Collection
from vocab.things.collection_page import CollectionPage
from vocab.values import Ref

#: More items of one page are not looked at.
MOST_ITEMS = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One page: the IRIs of its items in order, and the address of the next one, "" at the end.

    `is_kept_back`: there would be more, but it is not shown, or not where the collection is.
    """

    items: tuple[str, ...]
    following: str
    is_kept_back: bool = False


async def leaf_at(fetch: Callable[[str], Awaitable[Answer]], url: str, collection: str) -> Leaf:
    """The page at `url` of `collection`; given the collection's own address, its first page.

    Items embedded in the page are taken by their id alone. Raises UnacceptableAnswer, Gone, ForbiddenAddress, Unreachable.
    """
    page = await _collection(fetch, url, collection)
    if not isinstance(page, CollectionPage) and page.first is not None and not page.items:
        inside = page.first.thing
        page = inside if isinstance(inside, Collection) else await _collection(fetch, page.first.iri, collection)
    following = page.next.iri if isinstance(page, CollectionPage) and page.next is not None else ""
    is_near = same_origin(following, collection)
    items = [named(ref) for ref in page.items[:MOST_ITEMS]]
    is_hidden = not items and bool(page.total_items) and not isinstance(page, CollectionPage)
    return Leaf(
        items=tuple(dict.fromkeys(iri for iri in items if iri)),
        following=following if is_near else "",
        is_kept_back=is_hidden or len(page.items) > MOST_ITEMS or bool(following and not is_near),
    )


async def _collection(fetch: Callable[[str], Awaitable[Answer]], url: str, collection: str) -> Collection:
    if not same_origin(url, collection):
        raise UnacceptableAnswer("A page of this collection is on another server")
    answer = await fetch(url)
    try:
        thing: Thing = jsonld.read(answer.body)
    except VocabError as problem:
        raise UnacceptableAnswer(f"This collection cannot be read: {problem}") from problem
    if not isinstance(thing, Collection):
        raise UnacceptableAnswer(f"This is no collection but {thing.type[:100] or 'nothing'}")
    return thing


def named(ref: Ref) -> str:
    """The address of what an item is about: outboxes list activities, and what counts is their object."""
    seen = ref
    for _ in range(2):
        inside = seen.thing
        if not isinstance(inside, Activity) or not inside.object:
            break
        seen = inside.object[0]
    return seen.iri
