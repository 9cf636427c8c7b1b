"""Recorded messages of Mastodon: what each meant happens here."""

from __future__ import annotations

import pytest

from kit.guests import HERE, Stage
from kit.heard import Listener
from node.storage.engine import Database

pytestmark = pytest.mark.shared

FELIX, ASONIX = "https://mastodon.madrid/users/felix", "https://masto.asonix.dog/users/asonix"
LIKED, GROUP = "https://ds9.lemmy.ml/post/147", "https://ds9.lemmy.ml/c/testcom"


@pytest.fixture
def here(memory: Database) -> Listener:
    stage = Stage(memory, mode="open")
    return Listener(stage, ours={GROUP: stage.community, LIKED: stage.note("Une note").iri})


@pytest.mark.shows(
    "ActivityPub", "A Follow of a community is answered with an Accept that embeds it whole.", peer="Mastodon", how="recorded"
)
async def test_follow_asks_for_a_link_and_gets_it(here: Listener) -> None:
    row = await here.hear("mastodon/activities/follow.json")
    (sent,) = here.stage.sent()
    assert (row.state, here.link(ASONIX)) == ("done", "accepted")
    assert (sent["type"], sent["object"]["id"], sent["object"]["actor"]) == (
        "Accept",
        "https://masto.asonix.dog/1ea87517-63c5-4118-8831-460ee641b2cf",
        ASONIX,
    )


async def test_a_follow_waits_where_strangers_are_looked_at_first(here: Listener) -> None:
    here.stage.mode = "archipelago"
    await here.hear("mastodon/activities/follow.json")
    assert (here.link(ASONIX), here.stage.sent()) == ("requested", [])


@pytest.mark.shows("ActivityPub", "Undo of a Follow ends the link.", peer="Mastodon", how="recorded")
async def test_undo_of_the_follow_ends_it(here: Listener) -> None:
    await here.hear("mastodon/activities/follow.json")
    assert (await here.hear("mastodon/activities/undo_follow.json")).state == "done"
    assert here.link(ASONIX) == "ended"


async def test_an_answer_is_kept_and_what_it_answers_is_asked_for(here: Listener) -> None:
    row = await here.hear("mastodon/activities/create_note.json")
    kept = here.kept(f"{FELIX}/statuses/107224289116410645")
    assert kept is not None
    assert (row.state, kept.entry.author, kept.entry.audience.value) == ("done", FELIX, "public")
    assert here.stage.tasks("fetch") == ["https://mamot.fr/users/retiolus/statuses/107224244380204526"]


@pytest.mark.shows(
    "ActivityPub", "Delete of a thing leaves a tombstone, even before the thing came.", peer="Mastodon", how="recorded"
)
async def test_delete_leaves_a_tombstone(here: Listener) -> None:
    iri = f"{FELIX}/statuses/107773559874184870"
    assert (await here.hear("mastodon/activities/delete.json")).state == "done"
    gone = here.kept(iri)
    assert gone is not None
    assert gone.entry.deleted_at is not None
    here.ours[f"{FELIX}/statuses/107224289116410645"] = iri
    await here.hear("mastodon/activities/create_note.json")
    assert here.name_of(iri) == ""


@pytest.mark.shows("ActivityPub", "A Like of something public counts, until it is taken back.", peer="Mastodon", how="recorded")
async def test_like_counts_until_it_is_taken_back(here: Listener) -> None:
    liked = here.ours[LIKED]
    assert (await here.hear("mastodon/activities/like_page.json")).state == "done"
    assert here.counts(liked) == {"Like": 1}
    # Recorded at another moment: the same Like under another number.
    here.ours[f"{FELIX}#likes/212341"] = f"{FELIX}#likes/212340"
    assert (await here.hear("mastodon/activities/undo_like_page.json")).state == "done"
    assert here.counts(liked) == {}


async def test_a_report_is_kept_when_it_is_about_ours(here: Listener) -> None:
    assert (await here.hear("mastodon/activities/flag.json")).state == "ignored"


async def test_a_report_about_ours_is_taken(here: Listener) -> None:
    here.ours["https://example.com/posts/380590"] = here.ours[LIKED]
    assert (await here.hear("mastodon/activities/flag.json")).state == "done"


@pytest.mark.parametrize("name", ["note_1", "note_2", "page"])
async def test_notes_that_are_asked_for_are_kept(here: Listener, name: str) -> None:
    said = here.said(f"mastodon/objects/{name}.json")
    here.know(said["attributedTo"])
    await here.fetch_one(said["id"], f"mastodon/objects/{name}.json")
    kept = here.kept(said["id"])
    assert kept is not None
    assert (kept.entry.author, kept.entry.published_at is not None) == (said["attributedTo"], True)


async def test_a_private_message_that_is_asked_for_is_not_kept(here: Listener) -> None:
    said = here.said("mastodon/activities/private_message.json")
    here.know(said["attributedTo"])
    await here.fetch_one(said["id"], "mastodon/activities/private_message.json")
    assert here.kept(said["id"]) is None


async def test_a_featured_collection_is_no_thing_to_keep(here: Listener) -> None:
    said = here.said("mastodon/collections/featured.json")
    await here.fetch_one(said["id"], "mastodon/collections/featured.json")
    assert here.kept(said["id"]) is None
    assert HERE not in said["id"]
