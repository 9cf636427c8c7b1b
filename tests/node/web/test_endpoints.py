"""What machines are told: actors, things, collections, activities."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import pytest_asyncio

from federation import comparing
from kit.rows import failed
from kit.signing import BOB, ED, M, V
from kit.web_node import AP, WebNode, web_node
from node.domain.entries import Audience
from node.storage.shelves.outbox import OutboxRow
from node.storage.unit_of_work import UnitOfWork
from node.web import sent as outboxes
from vocab import jsonld
from vocab.namespaces import AS_CONTEXT, PUBLIC

GROUP = "/communautes/logement"
TOMBSTONE = json.dumps({"@context": AS_CONTEXT, "id": "https://x.example/1", "type": "Tombstone"}).encode()


@pytest_asyncio.fixture
async def node() -> AsyncIterator[WebNode]:
    async with web_node(signers=(M, BOB, V)) as made:
        yield made


def sent(node: WebNode, number: int, *, audience: str = "public", to: str = PUBLIC, about: str = "") -> str:
    """An activity of logement's in the outbox; its IRI."""
    iri = f"{node.url}/activites/a{number}"
    thing = about or f"{node.url}/ressources/autre{number}"
    said = {"@context": AS_CONTEXT, "id": iri, "type": "Announce", "actor": f"{node.url}{GROUP}", "to": [to], "object": thing}
    row = OutboxRow(
        iri=iri,
        actor=f"{node.url}{GROUP}",
        type="Announce",
        object=thing,
        document=json.dumps(said).encode(),
        audience=audience,
        published_at=node.now,
    )
    node.database.write_now(lambda uow: uow.outbox.add(row, [], at=node.now))
    return iri


@pytest.mark.parametrize("path", ["/organisation", "/noeud", GROUP, "/personnes/mireille"])
async def test_actors_are_readable_without_signature(node: WebNode, path: str) -> None:
    got = await node.get(path)
    assert got.status == 200
    assert got.headers["Content-Type"] == AP
    assert got.json()["id"] == f"{node.url}{path}"
    assert got.json()["publicKey"]["publicKeyPem"]


async def test_no_key_is_fetched_for_the_sake_of_an_actor(node: WebNode) -> None:
    """Else two nodes that check one another's signatures would wait for each other."""
    assert (await node.get("/noeud", signer=V)).status == 200
    assert node.keys.asked == []


async def test_actors_that_left_or_are_suspended(node: WebNode) -> None:
    person = f"{node.url}/personnes/ali"
    node.database.write_now(lambda uow: uow.actors.set_state(person, "gone"))
    gone = await node.get("/personnes/ali")
    assert (gone.status, gone.json()["type"], gone.json()["id"]) == (410, "Tombstone", person)
    assert "Ali" not in gone.text
    node.database.write_now(lambda uow: uow.actors.set_state(person, "suspended"))
    assert (await node.get("/personnes/ali")).status == 404


async def test_a_signature_that_proves_nothing_is_401(node: WebNode) -> None:
    node.plant("ressources/x", Audience.PUBLIC)
    assert (await node.get("/ressources/x", signer=ED)).status == 401  # a key that cannot be had
    assert (await node.get("/ressources/x", signer=M)).status == 200
    assert (await node.get("/ressources/x", Signature="nonsense")).status == 401


async def test_a_blocked_server_reads_nothing(node: WebNode) -> None:
    node.plant("ressources/x", Audience.PUBLIC)
    node.database.write_now(lambda uow: uow.peers.put_state("evil.example", "blocked", node.now))
    assert (await node.get("/ressources/x", signer=M)).status == 403
    assert (await node.get("/ressources/rien", signer=M)).status == 403


async def test_a_reader_is_an_actor_not_a_server(node: WebNode) -> None:
    """A member whose account is elsewhere may read; another actor of the same server may not."""
    node.plant("ressources/x", Audience.COMMUNITY)
    since = node.now - timedelta(days=1)
    node.database.write_now(lambda uow: uow.members.join(M.iri, f"{node.url}{GROUP}", "membre", since))
    seen = await node.get("/ressources/x", signer=M)
    assert seen.status == 200
    assert seen.headers["Cache-Control"] == "private, no-store"
    hidden, missing = await node.get("/ressources/x", signer=BOB), await node.get("/ressources/y", signer=BOB)
    assert (hidden.status, hidden.body, hidden.headers["Vary"]) == (404, missing.body, missing.headers["Vary"])
    assert (await node.get(f"{GROUP}/membres", signer=M)).json()["totalItems"] == 2
    assert (await node.get(f"{GROUP}/membres", signer=BOB)).status == 404


async def test_a_signed_reading_is_a_sign_of_life(node: WebNode) -> None:
    node.database.write_now(lambda uow: failed(uow, "evil.example", node.now - timedelta(hours=1), "no answer"))
    await node.get(f"{GROUP}/repertoire", signer=M)
    peer = node.database.read_now(lambda uow: uow.peers.get("evil.example"))
    assert peer is not None
    assert (peer.failures, peer.last_in_at) == (0, node.now)


@pytest.mark.parametrize("audience", list(Audience))
async def test_what_is_deleted_is_410_for_whoever_could_see_it(node: WebNode, audience: Audience) -> None:
    iri = node.plant("ressources/x", audience)
    node.database.write_now(lambda uow: uow.things.bury(iri, TOMBSTONE, node.now))
    outsider = await node.get("/ressources/x")
    assert outsider.status == (410 if audience is Audience.PUBLIC else 404)
    author = await node.get("/ressources/x", person=f"{node.url}/personnes/mireille")
    assert (author.status, author.body) == (410, TOMBSTONE)
    assert author.headers["Content-Type"] == AP


async def test_a_repertoire_is_paged_newest_first_with_cursors_that_stay(node: WebNode) -> None:
    for number in range(120):
        node.now += timedelta(seconds=1)
        node.plant(f"ressources/r{number}", Audience.PUBLIC)
    whole = (await node.get(f"{GROUP}/repertoire")).json()
    assert (whole["type"], whole["totalItems"]) == ("OrderedCollection", 120)
    found: list[str] = []
    url, pages = whole["first"], 0
    while url:
        page = (await node.get(url.removeprefix(node.url))).json()
        assert (page["type"], page["id"], page["partOf"]) == ("OrderedCollectionPage", url, whole["id"])
        found += page["orderedItems"]
        url, pages = page.get("next"), pages + 1
        node.now += timedelta(seconds=1)  # something new while somebody reads moves nothing
        node.plant(f"ressources/new{pages}", Audience.PUBLIC)
    assert pages == 3
    assert found == [f"{node.url}/ressources/r{number}" for number in reversed(range(120))]


async def test_totals_count_what_the_reader_would_see(node: WebNode) -> None:
    for number, audience in enumerate((Audience.PUBLIC, Audience.COMMUNITY, Audience.COMMUNITY)):
        node.plant(f"ressources/t{number}", audience)
    assert (await node.get(f"{GROUP}/repertoire")).json()["totalItems"] == 1
    assert (await node.get(f"{GROUP}/repertoire", person=f"{node.url}/personnes/mireille")).json()["totalItems"] == 3
    assert (await node.get(f"{GROUP}/repertoire", person=f"{node.url}/personnes/ali")).json()["totalItems"] == 1


async def test_each_server_reads_which_of_its_own_follow_and_nobody_else_does(node: WebNode) -> None:
    group, path = f"{node.url}{GROUP}", f"{GROUP}/followers_synchronization"
    for follower in (V.iri, M.iri, f"{node.url}/personnes/ali"):
        node.database.write_now(
            lambda uow, follower=follower: uow.followings.put(follower, group, activity="f", state="accepted", at=node.now)  # type: ignore[misc]
        )
    theirs = await node.get(path, signer=BOB)
    assert (theirs.json()["id"], theirs.json()["orderedItems"]) == (f"{node.url}{path}", [M.iri])
    assert theirs.headers["Cache-Control"] == "private, no-store"
    assert (await node.get(path, signer=V)).json()["orderedItems"] == [V.iri]
    assert (await node.get(path)).status == 404
    assert (await node.get(path, person=f"{node.url}/personnes/mireille")).status == 404
    assert (await node.get("/communautes/rien/followers_synchronization", signer=M)).status == 404


async def test_a_repertoire_tells_its_digest_and_that_of_its_parts_of_public_things_alone(node: WebNode) -> None:
    for number in range(20):
        node.plant(f"ressources/p{number}", Audience.PUBLIC)
    node.plant("ressources/secret", Audience.COMMUNITY)
    member = f"{node.url}/personnes/mireille"
    digests = {(await node.get(f"{GROUP}/repertoire", person=person)).json()["digest"] for person in ("", member)}
    assert len(digests) == 1
    root = f"{GROUP}/repertoire?parties="
    first = comparing.told_by(jsonld.read((await node.get(root)).body), f"{node.url}{GROUP}/repertoire")
    assert first.things == {}
    parts = ".".join(first.digests)
    for person in ("", member):
        page = jsonld.read((await node.get(f"{root}{parts}", person=person)).body)
        assert page.id == f"{node.url}{root}{parts}"
        told = comparing.told_by(page, f"{node.url}{GROUP}/repertoire")
        assert sorted(told.things) == sorted(f"{node.url}/ressources/p{number}" for number in range(20))
        assert all(told.things.values())
    assert (await node.get(f"{root}0.x")).status == 400


async def test_an_empty_collection_has_no_pages(node: WebNode) -> None:
    said = (await node.get(f"{GROUP}/repertoire")).json()
    assert (said["totalItems"], said.get("first")) == (0, None)
    assert (await node.get(f"{GROUP}/en-vedette")).json()["totalItems"] == 0


@pytest.mark.parametrize("cursor", ["x", "%00", "a" * 3000, "%F0%9F%98%80", "MjAyNg==", "-1", "99999999999999999999999"])
async def test_invented_cursors_are_refused(node: WebNode, cursor: str) -> None:
    node.plant("ressources/x", Audience.PUBLIC)
    for name in ("repertoire", "outbox"):
        assert (await node.get(f"{GROUP}/{name}?avant={cursor}")).status == 400


async def test_followers_are_counted_not_told(node: WebNode) -> None:
    group = f"{node.url}{GROUP}"

    def follow(uow: UnitOfWork) -> None:
        uow.followings.put(M.iri, group, activity=f"{M.iri}/1", state="accepted", at=node.now)
        uow.followings.put(BOB.iri, group, activity=f"{BOB.iri}/1", state="requested", at=node.now)
        uow.followings.put(V.iri, group, activity=f"{V.iri}/1", state="accepted", at=node.now)

    node.database.write_now(follow)
    got = await node.get(f"{GROUP}/followers")
    assert got.json()["totalItems"] == 2
    assert M.iri not in got.text
    assert M.iri not in (await node.get(f"{GROUP}/followers?page=1")).text


@pytest.mark.shows("FEP-1b12", "Who moderates a community is listed at once: Lemmy reads no pages of moderators.")
async def test_moderators_are_those_with_the_role_listed_at_once(node: WebNode) -> None:
    group, since = f"{node.url}{GROUP}", node.now - timedelta(days=1)
    node.database.write_now(lambda uow: uow.members.join(M.iri, group, "https://w3id.org/cdp/roles/animation", since))
    said = (await node.get(f"{GROUP}/animation")).json()
    assert (said["type"], said["id"], said["totalItems"]) == ("OrderedCollection", f"{group}/animation", 1)
    assert said["orderedItems"] == [M.iri]
    assert "first" not in said


@pytest.mark.parametrize(
    "path", ["/personnes/mireille/repertoire", "/noeud/membres", "/communautes/rien/outbox", f"{GROUP}/rien"]
)
async def test_collections_that_are_not_there(node: WebNode, path: str) -> None:
    assert (await node.get(path)).status == 404


async def test_an_outbox_holds_what_all_may_see(node: WebNode) -> None:
    shown, hidden = sent(node, 1), sent(node, 2, audience="community", to=f"{node.url}{GROUP}/membres")
    got = (await node.get(f"{GROUP}/outbox")).json()
    assert got["totalItems"] == 1
    page = (await node.get(f"{GROUP}/outbox?page=1")).json()
    assert [entry["id"] for entry in page["orderedItems"]] == [shown]
    assert (await node.get(hidden.removeprefix(node.url))).status == 404


async def test_an_activity_vanishes_with_what_it_is_about(node: WebNode) -> None:
    iri = node.plant("ressources/x", Audience.PUBLIC)
    told = sent(node, 1, about=iri).removeprefix(node.url)
    assert (await node.get(told)).status == 200
    node.database.write_now(lambda uow: uow.things.bury(iri, TOMBSTONE, node.now))
    assert (await node.get(told)).status == 404
    assert (await node.get(f"{GROUP}/outbox")).json()["totalItems"] == 0


async def test_an_activity_is_hidden_when_its_object_was_narrowed(node: WebNode) -> None:
    iri = node.plant("ressources/x", Audience.PUBLIC)
    told = sent(node, 1, about=iri).removeprefix(node.url)
    node.plant("ressources/x", Audience.COMMUNITY)
    assert (await node.get(told)).status == 404
    assert (await node.get(told, person=f"{node.url}/personnes/mireille")).status == 200


async def test_an_addressed_activity_is_for_its_addressee(node: WebNode) -> None:
    told = sent(node, 1, audience="", to=M.iri).removeprefix(node.url)
    assert (await node.get(told, signer=M)).status == 200
    assert (await node.get(told, signer=BOB)).status == 404
    assert (await node.get(told)).status == 404


async def test_each_activity_is_read_once_however_often_somebody_asks(node: WebNode, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        sent(node, number)
    asked = [(await node.get(f"{GROUP}/outbox")).json()]
    monkeypatch.setattr(outboxes, "_read", None)
    asked.append((await node.get(f"{GROUP}/outbox")).json())
    assert [said["totalItems"] for said in asked] == [3, 3]


async def test_what_is_too_much_to_count_is_paged_all_the_same(node: WebNode, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        sent(node, number)
    monkeypatch.setattr(outboxes, "MOST_COUNTED", 2)
    said = (await node.get(f"{GROUP}/outbox")).json()
    assert (said["first"], "totalItems" in said) == (f"{said['id']}?page=1", False)


async def test_a_long_outbox_is_paged(node: WebNode) -> None:
    for number in range(55):
        sent(node, number)
    first = (await node.get(f"{GROUP}/outbox?page=1")).json()
    last = (await node.get(first["next"].removeprefix(node.url))).json()
    assert (len(first["orderedItems"]), len(last["orderedItems"]), last.get("next")) == (50, 5, None)
