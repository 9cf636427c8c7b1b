"""Recorded messages of Lemmy: what each meant happens here; what it did in a community of its own is none of ours."""

from __future__ import annotations

import pytest

from kit.guests import HERE, B, Stage, act
from kit.heard import Listener
from node.domain.visibility import PUBLIC_SCOPE
from node.jobs import fetch_thing
from node.storage.engine import Database

pytestmark = pytest.mark.shared

#: In the recordings "ds9" and "enterprise" speak to each other: the one is the neighbour here, the other we.
ALPHA, BETA = "http://ds9.lemmy.ml/u/lemmy_alpha", "http://enterprise.lemmy.ml/u/lemmy_beta"
MAIN, POST, COMMENT = "http://enterprise.lemmy.ml/c/main", "http://ds9.lemmy.ml/post/1", "http://ds9.lemmy.ml/comment/1"
FOLLOWED = "http://ds9.lemmy.ml/activities/follow/6abcd50b-b8ca-4952-86b0-a6dd8cc12866"


@pytest.fixture
def here(memory: Database) -> Listener:
    """Our community is the one that the recordings call main."""
    stage = Stage(memory, mode="open")
    return Listener(stage, ours={MAIN: stage.community, MAIN.replace("http:", "https:"): stage.community})


@pytest.fixture
def follower(memory: Database) -> Listener:
    """Our community follows the one that the recordings call main."""
    stage = Stage(memory, mode="open")
    listener = Listener(stage, ours={ALPHA: stage.community, FOLLOWED: f"{HERE}/activites/f"})
    listener.know(MAIN)
    return listener


@pytest.mark.shows(
    "FEP-1b12", "What a followed community announces is fetched at its origin and held.", peer="Lemmy", how="recorded"
)
async def test_an_announced_post_is_fetched_and_held_by_the_community(follower: Listener) -> None:
    follower.stage.follows(MAIN)
    row = await follower.hear("lemmy/activities/community/announce_create_page.json")
    iri = follower.said("lemmy/activities/community/announce_create_page.json")["object"]["object"]["id"]
    assert (row.state, follower.kept(iri)) == ("done", None)
    follower.ours |= {POST: iri, ALPHA: BETA, "https://enterprise.lemmy.ml/c/main": MAIN}
    said = follower.said("lemmy/activities/create_or_update/create_page.json")["object"]
    follower.stage.outside.documents[iri] = said
    await follower.fetch({})
    held = follower.stage.database.read_now(lambda uow: uow.holdings.of(MAIN, scope=PUBLIC_SCOPE, limit=9))
    assert ([each.iri for each in held], follower.name_of(iri)) == ([iri], said["name"])


async def test_an_announcement_of_a_community_that_nobody_follows_is_nothing(follower: Listener) -> None:
    row = await follower.hear("lemmy/activities/community/announce_create_page.json")
    assert (row.state, follower.stage.tasks("fetch")) == ("ignored", [])


@pytest.mark.shows(
    "FEP-1b12", "Accept of our Follow makes the link, and the repertoire is fetched.", peer="Lemmy", how="recorded"
)
async def test_accept_makes_the_link_that_we_asked_for(follower: Listener) -> None:
    follower.stage.follows(MAIN, state="requested")
    assert (await follower.hear("lemmy/activities/following/accept.json")).state == "done"
    assert follower.link(follower.stage.community, MAIN) == "accepted"
    assert len(follower.stage.tasks("backfill")) == 1


@pytest.mark.shows(
    "ActivityPub", "A Follow of a community is answered with an Accept that embeds it whole.", peer="Lemmy", how="recorded"
)
async def test_follow_and_its_undo(here: Listener) -> None:
    await here.hear("lemmy/activities/following/follow.json")
    (sent,) = here.stage.sent()
    assert (here.link(ALPHA), sent["type"], sent["object"]["id"]) == ("accepted", "Accept", FOLLOWED)
    here.ours["http://ds9.lemmy.ml/activities/follow/dc2f1bc5-f3a0-4daa-a46b-428cbfbd023c"] = FOLLOWED
    await here.hear("lemmy/activities/following/undo_follow.json")
    assert here.link(ALPHA) == "ended"


@pytest.mark.shows("FEP-1b12", "A post of somebody who is no member waits for a coordinator.", peer="Lemmy", how="recorded")
async def test_a_post_to_our_community_waits_and_its_update_takes_its_place(here: Listener) -> None:
    row = await here.hear("lemmy/activities/create_or_update/create_page.json")
    assert (row.state, here.waiting(), here.name_of(POST)) == ("done", [(POST, ALPHA)], "")
    assert (await here.hear("lemmy/activities/create_or_update/update_page.json")).state == "done"
    assert {thing for thing, _ in here.waiting()} == {POST}


@pytest.mark.shows("FEP-1b12", "A member's post is published and announced whole to the followers.", peer="Lemmy", how="recorded")
async def test_a_post_of_a_member_is_announced_whole(here: Listener) -> None:
    now = here.stage.now
    here.know(ALPHA)
    here.stage.database.write_now(
        lambda uow: uow.members.join(ALPHA, here.stage.community, "https://w3id.org/cdp/roles/membre", now)
    )
    await here.stage.receive(act("Follow", B, here.stage.community))
    await here.hear("lemmy/activities/create_or_update/create_page.json")
    said = here.said("lemmy/activities/create_or_update/create_page.json")
    announced = [sent["object"] for sent in here.stage.sent() if sent["type"] == "Announce"]
    assert (here.waiting(), here.name_of(POST)) == ([], said["object"]["name"])
    # Whole, for the author's own server too, which waits for it; and its address, while nobody knows what software they run.
    assert announced == [said, said, POST, POST]


async def test_a_comment_to_our_community_waits_too(here: Listener) -> None:
    await here.hear("lemmy/activities/create_or_update/create_comment.json")
    assert here.waiting() == [(COMMENT, ALPHA)]


@pytest.mark.shows(
    "ActivityPub", "Delete of a thing leaves a tombstone, even before the thing came.", peer="Lemmy", how="recorded"
)
async def test_delete_by_its_author_takes_it_out_of_what_waits(here: Listener) -> None:
    await here.hear("lemmy/activities/create_or_update/create_page.json")
    assert (await here.hear("lemmy/activities/deletion/delete_page.json")).state == "done"
    gone = here.kept(POST)
    assert gone is not None
    assert (here.waiting(), gone.entry.deleted_at is not None) == ([], True)


@pytest.mark.shows(
    "ActivityPub", "What its author restores is asked for at its own server, and comes back.", peer="Lemmy", how="recorded"
)
async def test_what_is_restored_waits_again(here: Listener) -> None:
    await here.hear("lemmy/activities/create_or_update/create_page.json")
    await here.hear("lemmy/activities/deletion/delete_page.json")
    assert (await here.hear("lemmy/activities/deletion/undo_delete_page.json")).state == "done"
    here.stage.outside.documents[POST] = here.said("lemmy/activities/create_or_update/create_page.json")["object"]
    await here.stage.turn(fetch_thing.JOB)
    assert (here.kept(POST), here.waiting()) == (None, [(POST, ALPHA)])


@pytest.mark.shows("ActivityPub", "Delete of a person ends all that they had here.", peer="Lemmy", how="recorded")
async def test_a_person_who_deletes_themself_is_gone(here: Listener) -> None:
    await here.hear("lemmy/activities/following/follow.json")
    assert (await here.hear("lemmy/activities/deletion/delete_user.json")).state == "done"
    actor = here.stage.database.read_now(lambda uow: uow.actors.get(ALPHA))
    assert actor is not None
    assert (actor.state, here.link(ALPHA) in {"", "ended"}) == ("gone", True)


async def test_a_like_of_ours_counts_until_it_is_taken_back(here: Listener) -> None:
    liked = here.stage.note("Aimée").iri
    here.ours |= {COMMENT: liked, POST: liked}
    await here.hear("lemmy/activities/voting/like_note.json")
    await here.hear("lemmy/activities/voting/dislike_page.json")
    assert here.counts(liked) == {"Like": 1, "Dislike": 1}
    # Recorded at another moment, under another number.
    same = "http://ds9.lemmy.ml/activities/like/"
    here.ours[f"{same}efcf7ae2-dfcc-4ff4-9ce4-6adf251ff004"] = f"{same}fd61d070-7382-46a9-b2b7-6bb253732877"
    assert (await here.hear("lemmy/activities/voting/undo_like_note.json")).state == "done"
    assert here.counts(liked) == {"Dislike": 1}
    # What is called a dislike in its name takes back a Like that was never given.
    assert (await here.hear("lemmy/activities/voting/undo_dislike_page.json")).state == "ignored"


@pytest.mark.parametrize(
    "name",
    [
        "block/block_user",
        "community/update_community",
        "deletion/remove_note",
    ],
)
async def test_nobody_elsewhere_rules_our_community(here: Listener, name: str) -> None:
    here.ours[COMMENT] = here.stage.note("Gardée").iri
    row = await here.hear(f"lemmy/activities/{name}.json")
    assert row.state == "refused"
    assert here.name_of(here.ours[COMMENT]) == "Gardée"


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("block/undo_block_user", "not_understood"),
        ("community/add_featured_post", "ignored"),
        ("community/add_mod", "ignored"),
        ("community/remove_featured_post", "ignored"),
        ("community/remove_mod", "ignored"),
        ("community/lock_note", "not_understood"),
        ("community/lock_page", "not_understood"),
        ("community/undo_lock_note", "not_understood"),
        ("community/undo_lock_page", "not_understood"),
        ("community/warn", "not_understood"),
        ("community/resolve_report_page", "not_understood"),
        ("deletion/undo_delete_private_message", "ignored"),
        ("deletion/undo_remove_note", "ignored"),
        ("create_or_update/create_private_message", "ignored"),
        ("create_or_update/create_private_message_0.19", "ignored"),
    ],
)
async def test_what_is_none_of_ours_changes_nothing(memory: Database, name: str, state: str) -> None:
    """Lemmy's own affairs: they are kept as not understood, or passed over; nothing is stored, sent or asked for."""
    listener = Listener(Stage(memory, mode="open"))
    row = await listener.hear(f"lemmy/activities/{name}.json")
    about = listener.said(f"lemmy/activities/{name}.json")["object"]
    assert row.state == state
    assert listener.kept(about if isinstance(about, str) else about["id"]) is None
    assert (listener.stage.sent(), listener.stage.tasks("fetch"), listener.waiting()) == ([], [], [])


async def test_a_private_message_to_somebody_here_is_theirs_alone(memory: Database) -> None:
    stage = Stage(memory, mode="open")
    listener = Listener(stage, ours={ALPHA: stage.author})
    row = await listener.hear("lemmy/activities/create_or_update/create_private_message.json", recipient=stage.author)
    kept = listener.kept("http://enterprise.lemmy.ml/private_message/1")
    assert kept is not None
    assert (row.state, kept.entry.audience.value != "public", kept.entry.readers) == ("done", True, frozenset({stage.author}))
    await listener.hear("lemmy/activities/deletion/delete_private_message.json")
    assert listener.name_of("http://enterprise.lemmy.ml/private_message/1") == ""


async def test_a_report_about_ours_is_taken(here: Listener) -> None:
    here.ours["http://enterprise.lemmy.ml/post/7"] = here.stage.note("Signalée").iri
    assert (await here.hear("lemmy/activities/community/report_page.json")).state == "done"
