"""Every public address by the rules of those who read it: Mastodon's, Lemmy's, and those of HTTP."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import pytest_asyncio

from federation.fetching import ACCEPT, is_activity_type
from kit.web_node import AP, WebNode, web_node
from node.domain.entries import Audience
from node.storage.shelves.outbox import OutboxRow
from node.web import answers
from node.web.negotiation import ACTIVITY, HTML
from vocab.namespaces import AS_CONTEXT, PUBLIC

GROUP = "/communautes/logement"
ADDRESSES = (
    "/organisation", "/noeud", GROUP, "/personnes/mireille", "/ressources/x", "/activites/a", f"{GROUP}/outbox",
    f"{GROUP}/outbox?page=1", f"{GROUP}/followers", f"{GROUP}/following", f"{GROUP}/repertoire", f"{GROUP}/repertoire?page=1",
    f"{GROUP}/en-vedette", f"{GROUP}/animation",
)  # fmt: skip
#: What Lemmy compares a Content-Type with, letter by letter.
LEMMY = (
    "application/activity+json",
    'application/ld+json; profile="https://www.w3.org/ns/activitystreams"',
    "application/activity+json; charset=utf-8",
)
SAID_ABOUT_IT = ("Content-Type", "Content-Length", "ETag", "Vary", "Cache-Control", "Link")


@pytest_asyncio.fixture
async def node() -> AsyncIterator[WebNode]:
    async with web_node() as made:
        made.plant("ressources/x", Audience.PUBLIC)
        activity, actor, about = f"{made.url}/activites/a", f"{made.url}{GROUP}", f"{made.url}/ressources/x"
        said = {"@context": AS_CONTEXT, "id": activity, "type": "Announce", "actor": actor, "to": [PUBLIC], "object": about}
        row = OutboxRow(
            iri=activity, actor=actor, type="Announce", object=about, document=json.dumps(said).encode(), audience="public",
            published_at=made.now,
        )  # fmt: skip
        made.database.write_now(lambda uow: uow.outbox.add(row, [], at=made.now))
        yield made


@pytest.mark.shows("ActivityPub", "Documents are served with the exact type and under the id that Mastodon and Lemmy ask for.")
@pytest.mark.parametrize("accept", [ACCEPT, AP, 'application/ld+json; profile="https://www.w3.org/ns/activitystreams"'])
@pytest.mark.parametrize("path", ADDRESSES)
async def test_mastodon_and_lemmy_take_it(node: WebNode, path: str, accept: str) -> None:
    got = await node.get(path, accept=accept)
    said = got.json()
    assert got.status == 200
    assert got.headers.getall("Content-Type") == [AP]
    assert got.headers["Content-Type"] in LEMMY
    assert is_activity_type(got.headers["Content-Type"])
    assert said["id"] == f"{node.url}{path}"
    assert AS_CONTEXT in (said["@context"] if isinstance(said["@context"], list) else [said["@context"]])


@pytest.mark.shows("RFC 9110", "HEAD says what GET would; what is unchanged is 304; what is not offered is 406.")
@pytest.mark.parametrize("accept", [AP, "application/ld+json", "text/turtle", "text/html"])
@pytest.mark.parametrize("path", ADDRESSES)
async def test_head_and_304_say_what_get_does(node: WebNode, path: str, accept: str) -> None:
    got = await node.get(path, accept=accept)
    head = await node.ask("HEAD", path, headers={"Accept": accept})
    assert (head.status, head.body) == (got.status, b"")
    assert [head.headers.getall(name, []) for name in SAID_ABOUT_IT] == [got.headers.getall(name, []) for name in SAID_ABOUT_IT]
    assert {"Accept", "Cookie", "Signature", "Authorization"} <= {part.strip() for part in got.headers["Vary"].split(",")}
    if got.status == 406:
        assert got.headers["Content-Type"].startswith("text/")
        return
    tag = got.headers["ETag"]
    assert tag.startswith('"')
    for known in (tag, f"W/{tag}", f'"x", {tag}', "*"):
        same = await node.get(path, accept=accept, If_None_Match=known)
        assert (same.status, same.body, same.headers["ETag"], same.headers["Vary"]) == (304, b"", tag, got.headers["Vary"])
    assert (await node.get(path, accept=accept, If_None_Match='"x"')).status == 200


@pytest.mark.parametrize("accept", ["image/png", "application/pdf", "application/activity+json;q=0"])
@pytest.mark.parametrize("path", ADDRESSES)
async def test_what_is_not_offered_is_told_in_plain_words(node: WebNode, path: str, accept: str) -> None:
    got = await node.get(path, accept=accept)
    assert got.status == 406
    assert got.headers["Content-Type"].startswith("text/plain")
    assert got.text.startswith("This is not available in the media types asked for. Ask for one of: ")
    assert ACTIVITY in got.text


async def test_what_is_gone_is_410_with_a_tombstone_and_kept_by_nobody_who_may_not(node: WebNode) -> None:
    node.database.write_now(lambda uow: uow.actors.set_state(f"{node.url}/personnes/ali", "gone"))
    got = await node.get("/personnes/ali")
    assert (got.status, got.headers["Content-Type"], got.json()["type"], got.json()["formerType"]) == (
        410,
        AP,
        "Tombstone",
        "Person",
    )
    head = await node.ask("HEAD", "/personnes/ali", headers={"Accept": AP})
    assert (head.status, head.body, head.headers["Content-Length"]) == (410, b"", got.headers["Content-Length"])


async def test_what_is_for_some_is_kept_by_nobody(node: WebNode) -> None:
    node.plant("ressources/secret", Audience.COMMUNITY)
    got = await node.get("/ressources/secret", person=f"{node.url}/personnes/mireille")
    assert (got.status, got.headers["Cache-Control"]) == (200, "private, no-store")
    assert "Cookie" in got.headers["Vary"]
    assert (await node.get("/ressources/secret")).status == 404


async def test_a_redirect_names_a_whole_address(node: WebNode) -> None:
    until = node.now + timedelta(days=1)
    token = node.database.write_now(lambda uow: uow.sessions.create_token("sign-in", f"{node.url}/personnes/ali", until))
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    got = await node.ask("POST", "/entrer", headers=form, body=f"jeton={token}".encode())
    assert (got.status, got.headers["Location"]) == (303, f"{node.url}/")


def test_an_address_cannot_end_its_link_and_begin_another() -> None:
    asked = 'https://maison.example/recherche?q=%C3%A9&x=>;rel=a,<https://mechant.example/"'
    ((_, value),) = answers.links(asked, HTML, (HTML, ACTIVITY))
    assert value == (
        "<https://maison.example/recherche?q=%C3%A9&x=%3E;rel=a,%3Chttps://mechant.example/%22>; "
        f'rel="alternate"; type="{ACTIVITY}"'
    )
