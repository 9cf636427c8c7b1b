"""Recorded actors and things of fourteen kinds of servers: met, fetched and kept as their servers meant them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kit.guests import Stage
from kit.heard import Listener
from kit.recorded import listed
from node.storage.engine import Database
from vocab.namespaces import PUBLIC_FORMS

pytestmark = pytest.mark.shared

ACTORS = [
    "discourse/objects/group",
    "discourse/objects/person",
    "friendica/objects/person_1",
    "friendica/objects/person_2",
    "gnusocial/objects/group",
    "gnusocial/objects/person",
    "lemmy/objects/group",
    "lemmy/objects/instance",
    "lemmy/objects/person",
    "lotide/objects/group",
    "lotide/objects/person",
    "mastodon/objects/person",
    "mbin/objects/instance",
    "mobilizon/objects/group",
    "mobilizon/objects/person",
    "nodebb/objects/group",
    "nodebb/objects/person",
    "peertube/objects/group",
    "peertube/objects/person",
    "pleroma/objects/person",
    "smithereen/objects/person",
    "wordpress/objects/group",
    "wordpress/objects/person",
]
#: Their keys name another owner, or an address that is not quite theirs (two slashes): such an actor is known, its key not.
ODD_KEYS = {"gnusocial/objects/group", "lotide/objects/group", "lotide/objects/person"}

THINGS = [
    "discourse/objects/page",
    "friendica/objects/note_1",
    "friendica/objects/note_2",
    "friendica/objects/page_1",
    "friendica/objects/page_2",
    "gnusocial/objects/note",
    "gnusocial/objects/page",
    "lemmy/objects/comment",
    "lemmy/objects/page",
    "lemmy/objects/page_image_and_link",
    "lotide/objects/note",
    "lotide/objects/page",
    "mobilizon/objects/event",
    "nodebb/objects/page",
    "peertube/objects/note",
    "peertube/objects/video",
    "pleroma/objects/note",
    "smithereen/objects/note",
    "wordpress/objects/note",
    "wordpress/objects/page",
]
PRIVATE = ["lemmy/objects/private_message", "pleroma/objects/chat_message"]
GONE = ["lemmy/objects/tombstone", "lotide/objects/tombstone"]
COLLECTIONS = [
    "lemmy/collections/group_featured_posts",
    "lemmy/collections/group_followers",
    "lemmy/collections/group_moderators",
    "lemmy/collections/group_outbox",
    "lemmy/collections/person_outbox",
]


@pytest.fixture
def here(memory: Database) -> Listener:
    return Listener(Stage(memory, mode="open"))


@pytest.mark.shows("ActivityPub", "Actors are read, with inbox and key.", peer="fourteen kinds of servers", how="recorded")
def test_an_actor_is_known_by_inbox_name_and_key(here: Listener) -> None:
    for name in ACTORS:
        said = here.said(f"{name}.json")
        met = here.meet(f"{name}.json")
        assert (met.iri, met.type, met.inbox, met.username) == (
            said["id"],
            said["type"],
            said["inbox"],
            said["preferredUsername"],
        )
        assert met.shared_inbox == said.get("endpoints", {}).get("sharedInbox", "")
        assert met.outbox == said.get("outbox", "")
        key = said["publicKey"]
        told = ("", []) if name in ODD_KEYS else (key["id"], key["publicKeyPem"].split())
        assert (met.key_id, met.key_pem.split()) == told, name


@pytest.mark.shows(
    "ActivityPub", "Things are fetched and kept, with author and date.", peer="fourteen kinds of servers", how="recorded"
)
async def test_a_thing_is_kept_as_its_authors(here: Listener) -> None:
    for name in THINGS:
        said = here.said(f"{name}.json")
        await here.fetch_one(said["id"], f"{name}.json")
        kept = here.kept(said["id"])
        if not any(each in PUBLIC_FORMS for key in ("to", "cc") for each in _listed(said.get(key))):
            assert kept is None, f"{name} does not say that it is public"
            continue
        author = _listed(said["attributedTo"])[0]
        assert kept is not None, name
        assert kept.entry.author == (author if isinstance(author, str) else author["id"]), name
        assert (kept.entry.type, kept.entry.name) == (said["type"], " ".join((said.get("name") or "").split())), name
        assert kept.entry.published_at is not None, name


async def test_what_is_private_gone_or_no_thing_is_not_kept(here: Listener) -> None:
    for name in (*PRIVATE, *GONE, *COLLECTIONS):
        said = here.said(f"{name}.json")
        await here.fetch_one(said["id"], f"{name}.json")
        assert here.kept(said["id"]) is None, name


def test_every_recording_is_meant_somewhere() -> None:
    tests = "".join(path.read_text("utf-8") for path in Path(__file__).parent.glob("test_wh*.py"))
    short = {"mastodon/objects/note_1", "mastodon/objects/note_2", "mastodon/objects/page"}
    names = {name.removesuffix(".json") for name in listed("wire")} - short
    within = {name for name in names if name in tests or name.removeprefix("lemmy/activities/") in tests}
    assert names - within == set()


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]
