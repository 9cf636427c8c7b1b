"""What is written on a task: a thing to fetch and for whose repertoire, or how far the reading of a repertoire has come."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import timedelta
from typing import Self

FETCH = "fetch"
BACKFILL = "backfill"
CATCH_UP = "catch_up"
REFRESH_ACTOR = "refresh_actor"
RETIRE_KEYS = "retire_keys"
FOLLOW_MOVED = "follow_moved"
LOOK_AT_PEER = "look_at_peer"
#: To fetch the letters that members sent; there is one box.
COLLECT, ALL = "collect_letters", "all"
#: The subject is an actor elsewhere that some of ours follow, the payload an Agreement.
SYNCHRONISE = "synchronise_followers"
#: The subject is a link whose answer is awaited.
ASK_AGAIN = "ask_again"
#: The subject is the collection of a conversation, the payload an Errand.
CONVERSATION = "conversation"
#: The subject is the address that a feed was first followed by.
FOLLOW_FEED = "follow_feed"


#: How long a request to follow waits for its answer before it is sent once more, and then again; after that people have to.
ASK_AGAIN_AFTER = (timedelta(days=3), timedelta(days=7), timedelta(days=21))


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """Something that can be written on a task as JSON text; what is not understood on reading counts as not said."""

    def payload(self) -> str:
        """The text for the task."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def of(cls, payload: str) -> Self:
        """What the text of a task says."""
        try:
            said = json.loads(payload or "{}")
        except ValueError:
            said = {}
        kinds = {field.name: type(field.default) for field in fields(cls)}
        known = said.items() if isinstance(said, dict) else ()
        return cls(**{name: value for name, value in known if type(value) is kinds.get(name)})


#: What one errand may have fetched, all that follows from it included: a chain of references may be endless.
MOST_FETCHES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand(Written):
    """A thing to fetch from its own server. `community` holds it, says the Announce `activity` or the repertoire itself.

    `is_vouched`: an approved or followed server refers to it. `is_talk`: it is wanted as part of a conversation, without what
    it refers to. `is_back`: somebody says that it was deleted and is there again. `told` is the activity in which its author
    named it without sending it along. `budget` is how much more may be fetched because of it.
    """

    iri: str = ""
    community: str = ""
    activity: str = ""
    is_vouched: bool = False
    is_talk: bool = False
    is_back: bool = False
    told: str = ""
    budget: int = MOST_FETCHES

    @property
    def subject(self) -> str:
        """One task per thing and community: two that refer to the same thing do not overwrite one another.

        Nor does other news of a thing overwrite that it is back.
        """
        return " ".join(part for part in (self.iri, self.iri if self.is_back else "", self.community, self.told) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bookmark(Written):
    """How far a repertoire was read: the `page` to read next ("" for the beginning), how many `items` and `pages` were seen.

    `stale` counts the pages in a row that held nothing new. `shelf` is which of the actor's lists is being read, `is_broken`
    that one before it could not be read to its end.
    """

    shelf: int = 0
    is_broken: bool = False
    page: str = ""
    items: int = 0
    pages: int = 0
    stale: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison(Written):
    """How a repertoire compared with what its own server holds: how many `differences` were found, `at` which moment.

    `parts` are those that are still to be compared, joined by dots, after so many `rounds`.
    """

    differences: int = 0
    at: str = ""
    parts: str = ""
    rounds: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement(Written):
    """What an actor's server said of its followers here: where they are listed, and their digest."""

    url: str = ""
    digest: str = ""


def shares(errand: Errand, iris: Sequence[str]) -> list[Errand]:
    """The errands that follow from one, as many as its budget allows; what is left of it is shared out among them."""
    afforded = iris[: max(errand.budget, 0)]
    rest = (errand.budget - len(afforded)) // len(afforded) if afforded else 0
    return [Errand(iri=iri, is_vouched=True, budget=rest) for iri in afforded]


#: A repertoire is not read further than this: an endless one is no repertoire.
MOST_ITEMS = 20_000
MOST_STALE_PAGES = 10
MOST_PAGES = 1_000
#: No further page is read while so many things of it wait to be fetched: their server is not flooded, nor are our rows.
ENOUGH_WAITING = 200


def turned(bookmark: Bookmark, *, items: int, fresh: int, following: str) -> Bookmark | None:
    """The bookmark after a page of so many items, `fresh` of them not known before; None when this is the end.

    `following` is the address of the next page, "" when there is none.
    """
    stale = 0 if fresh else bookmark.stale + 1
    turned_to = replace(bookmark, page=following, items=bookmark.items + items, pages=bookmark.pages + 1, stale=stale)
    is_endless = stale >= MOST_STALE_PAGES or turned_to.items >= MOST_ITEMS or turned_to.pages >= MOST_PAGES
    return None if not following or following == bookmark.page or is_endless else turned_to


def link(follower: str, target: str) -> str:
    """The subject of a task about a link: both IRIs, neither of which holds a space."""
    return f"{follower} {target}"


def parties(subject: str) -> tuple[str, str]:
    """Follower and target from the subject of a task about a link."""
    follower, _, target = subject.partition(" ")
    return follower, target
