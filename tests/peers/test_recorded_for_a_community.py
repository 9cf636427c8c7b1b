"""What seven kinds of servers really send to a community, sent to one of ours: proposed by strangers, published for members."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kit.guests import Stage
from kit.recorded import recorded
from node.domain.rights import MEMBER
from node.domain.visibility import PUBLIC_SCOPE
from node.storage.engine import Database

pytestmark = pytest.mark.shared

#: A recorded message, and how the community that it was meant for was called there.
POSTS = {
    "lemmy/activities/create_or_update/create_page.json": "enterprise.lemmy.ml/c/main",
    "lemmy/activities/create_or_update/create_comment.json": "enterprise.lemmy.ml/c/main",
    "friendica/activities/create_page_1.json": "lemmy.qa.urbanwildlife.biz/c/lemmy_community",  # Mastodon, by mention
    "friendica/activities/create_page_2.json": "ds9.lemmy.ml/c/testcom",
    "lotide/activities/create_page.json": "c.tide.tk/communities/1",
    "lotide/activities/create_note_reply.json": "c.tide.tk/communities/1",
    "gnusocial/activities/create_page.json": "instance.gnusocial.test/actor/21",
    "mitra/activities/create_post.json": "voyager.lemmy.ml/c/pubtest0906",
}


@pytest.fixture
def stage(memory: Database) -> Stage:
    return Stage(memory, mode="open")


def meant(stage: Stage, name: str, group: str) -> dict[str, Any]:
    """The message as it would have come for our community; servers of tests spoke http."""
    text = recorded(name).decode().replace("http://ds9", "https://ds9").replace("http://enterprise", "https://enterprise")
    said: dict[str, Any] = json.loads(text.replace(f"https://{group}", stage.community))
    stage.know(said["actor"], type="Person", shared_inbox=f"https://{said['actor'].split('/')[2]}/inbox")
    return said


@pytest.mark.parametrize(("name", "group"), POSTS.items())
async def test_a_strangers_is_proposed(stage: Stage, name: str, group: str) -> None:
    said = meant(stage, name, group)
    row = await stage.receive(said)
    (waiting,) = stage.database.read_now(lambda uow: uow.submissions.waiting(stage.community))
    assert (row.state, waiting.thing, waiting.author, waiting.body) == ("done", said["object"]["id"], said["actor"], row.body)
    assert stage.database.read_now(lambda uow: uow.things.get_any(waiting.thing)) is None


@pytest.mark.parametrize(("name", "group"), POSTS.items())
async def test_a_members_is_published_and_announced_as_it_came(stage: Stage, name: str, group: str) -> None:
    said = meant(stage, name, group)
    stage.database.write_now(lambda uow: uow.members.join(said["actor"], stage.community, MEMBER, stage.now))
    row = await stage.receive(said)
    kept = stage.database.read_now(lambda uow: uow.things.get(said["object"]["id"], PUBLIC_SCOPE))
    assert kept is not None
    assert kept.entry.community == stage.community
    is_answer = bool(said["object"].get("inReplyTo"))
    held = stage.database.read_now(lambda uow: uow.holdings.iris(stage.community))
    assert held == ([] if is_answer else [kept.entry.iri])
    whole, bare = stage.sent()
    assert row.body in stage.database.read_now(lambda uow: uow.deliveries.document(uow.deliveries.waiting()[0]))
    assert (whole["object"]["id"], bare["object"]) == (said["id"], kept.entry.iri)


@pytest.mark.parametrize(
    ("name", "group"),
    [
        ("lemmy/activities/following/follow.json", "enterprise.lemmy.ml/c/main"),
        ("lotide/activities/follow.json", "beehaw.org/c/foss"),
        ("mastodon/activities/follow.json", "ds9.lemmy.ml/c/testcom"),
    ],
)
async def test_a_follower_is_a_guest_until_it_is_taken_back(stage: Stage, name: str, group: str) -> None:
    said = meant(stage, name, group)
    await stage.receive(said)
    assert stage.database.read_now(lambda uow: uow.members.guests(stage.community, stage.now)) == [said["actor"]]
    (accept,) = stage.sent()
    assert (accept["type"], accept["object"]["id"], accept["object"]["object"]) == ("Accept", said["id"], stage.community)
    if "lotide" not in name:
        await stage.receive(meant(stage, name.replace("follow.json", "undo_follow.json"), group))
        assert stage.database.read_now(lambda uow: uow.members.guests(stage.community, stage.now)) == []


async def test_an_accept_that_names_only_the_id_of_our_request_counts(stage: Stage) -> None:
    said = json.loads(recorded("mitra/activities/accept.json"))
    group, asked = said["actor"], said["object"]
    stage.know(group, type="Group")
    stage.database.write_now(
        lambda uow: uow.followings.put(stage.community, group, activity=asked, state="requested", at=stage.now)
    )
    assert (await stage.receive(said)).state == "done"


async def test_an_accept_that_embeds_our_request_under_another_id_counts(stage: Stage) -> None:
    said = json.loads(recorded("mbin/activities/accept.json"))
    group = said["actor"]
    said["object"]["actor"] = stage.community
    stage.know(group, type="Group")
    stage.database.write_now(
        lambda uow: uow.followings.put(stage.community, group, activity="ours", state="requested", at=stage.now)
    )
    assert (await stage.receive(said)).state == "done"
    row = stage.database.read_now(lambda uow: uow.followings.get(stage.community, group))
    assert row is not None
    assert row.state == "accepted"


@pytest.mark.parametrize(
    ("name", "group"),
    [
        ("mastodon/activities/flag.json", "example.com/users/1"),
        ("mbin/activities/flag.json", "lemmy-test/u/BentiGorlich"),
        ("lemmy/activities/community/report_page.json", "enterprise.lemmy.ml/post/7"),
    ],
)
async def test_a_report_waits_with_its_words(stage: Stage, name: str, group: str) -> None:
    said = meant(stage, name, group)
    await stage.receive(said)
    (report,) = stage.database.read_now(lambda uow: uow.reports.listed("waiting"))
    assert (report.objects, report.content) == ((stage.community,), said.get("content") or said["summary"])
