"""Recorded messages of Friendica, GNU social, lotide, Mbin, Mitra, PeerTube, Pleroma, Smithereen, WordPress: what each meant."""

from __future__ import annotations

import pytest

from kit.guests import HERE, Stage
from kit.heard import Listener
from node.storage.engine import Database

pytestmark = pytest.mark.shared

HELUECHT = "https://pirati.ca/profile/heluecht"
LIKED = "https://pirati.ca/objects/ec054ce7-2062-3bfa-8687-ca8313624820"
#: What each recording calls the community it writes to; here it is ours.
GROUPS = (
    "https://ds9.lemmy.ml/c/testcom",
    "https://lemmy.schuerz.at/c/test",
    "https://lemmy.qa.urbanwildlife.biz/c/lemmy_community",
    "https://instance.gnusocial.test/actor/21",
    "https://c.tide.tk/communities/1",
    "http://localhost:8536/c/elsewhere",
    "https://voyager.lemmy.ml/c/pubtest0906",
    "https://beehaw.org/c/foss",
)


@pytest.fixture
def here(memory: Database) -> Listener:
    stage = Stage(memory, mode="open")
    return Listener(stage, ours=dict.fromkeys(GROUPS, stage.community) | {LIKED: stage.note("Une note").iri})


@pytest.mark.shows("FEP-1b12", "A post of somebody who is no member waits for a coordinator.", peer="Friendica", how="recorded")
@pytest.mark.shows("FEP-1b12", "A post of somebody who is no member waits for a coordinator.", peer="Mitra", how="recorded")
@pytest.mark.shows("FEP-1b12", "A post of somebody who is no member waits for a coordinator.", peer="GNU social", how="recorded")
@pytest.mark.shows("FEP-1b12", "A post of somebody who is no member waits for a coordinator.", peer="lotide", how="recorded")
@pytest.mark.parametrize(
    "name",
    [
        "friendica/activities/create_note",
        "friendica/activities/create_page_1",
        "friendica/activities/create_page_2",
        "gnusocial/activities/create_page",
        "lotide/activities/create_note_reply",
        "lotide/activities/create_page",
        "lotide/activities/create_page_image",
        "mitra/activities/create_post",
    ],
)
async def test_what_is_written_to_our_community_waits_for_somebody_to_look(here: Listener, name: str) -> None:
    said = here.said(f"{name}.json")
    row = await here.hear(f"{name}.json")
    thing = said["object"]["id"]
    assert (row.state, here.waiting(), here.kept(thing)) == ("done", [(thing, said["actor"])], None)


async def test_friendica_changes_what_waits_and_takes_it_back(here: Listener) -> None:
    iri = "https://pirati.ca/objects/ec054ce7-4762-3c1c-3c25-0cc665717210"
    await here.hear("friendica/activities/update_note.json")
    assert here.waiting() == [(iri, HELUECHT)]
    assert (await here.hear("friendica/activities/delete.json")).state == "done"
    gone = here.kept(iri)
    assert gone is not None
    assert (here.waiting(), gone.entry.deleted_at is not None) == ([], True)


@pytest.mark.shows("ActivityPub", "A Like of something public counts, until it is taken back.", peer="Friendica", how="recorded")
async def test_friendica_likes_and_dislikes_and_thinks_better_of_it(here: Listener) -> None:
    liked = here.ours[LIKED]
    await here.hear("friendica/activities/like_page.json")
    await here.hear("friendica/activities/dislike_page.json")
    assert here.counts(liked) == {"Like": 1, "Dislike": 1}
    assert (await here.hear("friendica/activities/undo_dislike_page.json")).state == "done"
    assert here.counts(liked) == {"Like": 1}


async def test_gnusocial_likes_ours_and_answers_others(here: Listener) -> None:
    here.ours["https://instance.gnusocial.test/object/note/1337"] = here.ours[LIKED]
    await here.hear("gnusocial/activities/like_note.json")
    assert here.counts(here.ours[LIKED]) == {"Like": 1}
    await here.hear("gnusocial/activities/create_note.json")
    assert here.kept("https://instance.gnusocial.test/object/note/1339") is not None
    assert here.stage.tasks("fetch") == ["https://instance.gnusocial.test/object/note/1338"]


@pytest.mark.shows(
    "ActivityPub", "A Follow of a community is answered with an Accept that embeds it whole.", peer="lotide", how="recorded"
)
async def test_lotide_follows_our_community(here: Listener) -> None:
    await here.hear("lotide/activities/follow.json")
    (sent,) = here.stage.sent()
    assert (here.link("https://dev.narwhal.city/users/1"), sent["type"]) == ("accepted", "Accept")
    assert sent["object"]["id"] == "https://dev.narwhal.city/communities/90/followers/1"


async def test_pleroma_follows_one_of_our_people(memory: Database) -> None:
    stage = Stage(memory, mode="open")
    listener = Listener(stage, ours={"https://lemmy.ca/u/kinetix": stage.author})
    assert (await listener.hear("pleroma/activities/follow.json")).state == "done"
    assert listener.link("https://mycrowd.ca/users/kinetix", stage.author) in {"accepted", "requested"}


@pytest.mark.shows(
    "ActivityPub", "Delete of a thing leaves a tombstone, even before the thing came.", peer="Pleroma", how="recorded"
)
@pytest.mark.shows(
    "ActivityPub", "Delete of a thing leaves a tombstone, even before the thing came.", peer="lotide", how="recorded"
)
@pytest.mark.parametrize("name", ["pleroma/activities/delete", "lotide/activities/delete_note"])
async def test_delete_leaves_a_tombstone(here: Listener, name: str) -> None:
    assert (await here.hear(f"{name}.json")).state == "done"
    gone = here.kept(here.said(f"{name}.json")["object"])
    assert gone is not None
    assert gone.entry.deleted_at is not None


@pytest.mark.parametrize(
    ("name", "answered"),
    [
        ("pleroma/activities/create_note", "https://enterprise.lemmy.ml/post/55143"),
        ("smithereen/activities/create_note", "https://ds9.lemmy.ml/post/1723"),
    ],
)
async def test_an_answer_to_ours_stands_in_its_conversation(here: Listener, name: str, answered: str) -> None:
    here.ours[answered] = here.ours[LIKED]
    iri = here.said(f"{name}.json")["object"]["id"]
    assert (await here.hear(f"{name}.json")).state == "done"
    kept = here.kept(iri)
    assert kept is not None
    assert kept.entry.audience.value == "public"


@pytest.mark.shows("FEP-1b12", "Accept of our Follow makes the link, and the repertoire is fetched.", peer="Mbin", how="recorded")
async def test_mbin_accepts_the_follow_that_it_embeds(memory: Database) -> None:
    stage = Stage(memory, mode="open")
    magazine = "https://some-mbin.instance/m/someMag"
    asked = "https://some-other.instance/f/object/c51ea652-e594-4920-a989-f5350f0cec05"
    ours = {"https://some-other.instance/u/someUser": stage.community, asked: f"{HERE}/activites/f"}
    listener = Listener(stage, ours=ours)
    listener.know(magazine)
    stage.follows(magazine, state="requested")
    assert (await listener.hear("mbin/activities/accept.json")).state == "done"
    assert listener.link(stage.community, magazine) == "accepted"


@pytest.mark.shows(
    "FEP-1b12", "Accept of our Follow makes the link, and the repertoire is fetched.", peer="Mitra", how="recorded"
)
async def test_mitra_accepts_by_the_address_of_the_follow_alone(memory: Database) -> None:
    stage = Stage(memory, mode="open")
    group, asked = "https://mitra.social/users/localtestgroup", "https://voyager.lemmy.ml/activities/follow/"
    listener = Listener(stage, ours={f"{asked}7d782f02-b91d-4455-b6c0-772540f00c2d": f"{HERE}/activites/f"})
    listener.know(group)
    stage.follows(group, state="requested")
    assert (await listener.hear("mitra/activities/accept.json")).state == "done"
    assert listener.link(stage.community, group) == "accepted"


@pytest.mark.parametrize("name", ["mbin/activities/accept", "mitra/activities/accept"])
async def test_an_answer_to_what_was_never_asked_is_refused(here: Listener, name: str) -> None:
    row = await here.hear(f"{name}.json")
    assert (row.state, "ever sent" in row.reason) == ("refused", True)


async def test_mbin_reports_a_thing_and_its_author(here: Listener) -> None:
    assert (await here.hear("mbin/activities/flag.json")).state == "ignored"


async def test_mbin_reports_something_of_ours(here: Listener) -> None:
    here.ours["https://lemmy-test/post/4"] = here.ours[LIKED]
    assert (await here.hear("mbin/activities/flag.json")).state == "done"


@pytest.mark.shows(
    "FEP-1b12", "What a followed community announces is fetched at its origin and held.", peer="PeerTube", how="recorded"
)
async def test_peertube_announces_a_video_of_a_channel_that_we_follow(here: Listener) -> None:
    channel = "https://tilvids.com/video-channels/thelinuxexperiment_channel"
    assert (await here.hear("peertube/activities/announce_video.json")).state == "ignored"
    here.stage.follows(channel)
    here.ours[f"{here.said('peertube/activities/announce_video.json')['id']}"] = "https://tilvids.com/annonces/2"
    assert (await here.hear("peertube/activities/announce_video.json")).state == "done"
    video = here.said("peertube/activities/announce_video.json")["object"]
    await here.fetch({video: "peertube/objects/video.json"})
    assert here.name_of(video).startswith("Mesa, Wayland")


@pytest.mark.shows(
    "FEP-1b12", "What a followed community announces is fetched at its origin and held.", peer="WordPress", how="recorded"
)
async def test_wordpress_announces_an_article_that_changed(here: Listener) -> None:
    blog = "https://pfefferle.org/@pfefferle.org"
    here.know(blog, kind="Group")
    here.stage.follows(blog)
    assert (await here.hear("wordpress/activities/announce.json")).state == "done"
    said = here.said("wordpress/activities/announce.json")["object"]["object"]
    here.stage.outside.documents[said["id"]] = said
    await here.fetch({})
    assert here.name_of(said["id"]) == said["name"]
