"""Threads and lists without end, conversations claimed, participations forged (B13, B19, D06, D07, D12)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from kit.hostile import AP, AS2, Place, Script, Somebody, fresh, now
from kit.scene import REFUSED, Scene
from node.domain.errands import MOST_FETCHES

pytestmark = pytest.mark.enable_socket


class Bottomless(dict[str, Script]):
    """What a place answers, and at every path that begins so, something made up on the spot."""

    def __init__(self, known: dict[str, Script], prefix: str, made: Callable[[str], dict[str, Any]]) -> None:
        super().__init__(known)
        self.prefix, self.made = prefix, made

    def get(self, path: str, default: Any = None) -> Any:
        if not path.startswith(self.prefix):
            return super().get(path, default)

        async def answer(_: web.BaseRequest) -> web.StreamResponse:
            return web.Response(body=json.dumps({"@context": AS2, **self.made(path)}).encode(), headers={"Content-Type": AP})

        return answer


@contextmanager
def bottomless(place: Place, made: Callable[[str], dict[str, Any]]) -> Iterator[str]:
    """A place that has something at every path below the one given; afterwards as before."""
    before, prefix = place.scripts, f"/endless{fresh()}/"
    place.scripts = Bottomless(before, prefix, made)
    yield prefix
    place.scripts = before


def number(path: str) -> int:
    return int(re.findall(r"\d+", path)[-1])


def asked(place: Place, prefix: str) -> list[str]:
    return [each.path for each in list(place.seen) if each.method == "GET" and each.path.startswith(prefix)]


def begun(scene: Scene, by: Somebody, parent: str, **more: Any) -> str:
    """The address of an answer that `by` sends to the node."""
    note = by.note(inReplyTo=parent, **more)
    assert scene.send(by, by.says("Create", note)) == 202
    scene.settle()
    return str(note["id"])


def test_d06_a_thread_without_end_costs_twenty_requests(scene: Scene) -> None:
    def above(path: str) -> dict[str, Any]:
        here = f"{scene.evil.url}{path}"
        following = f"{scene.evil.url}{path.rpartition('/')[0]}/{number(path) + 1}"
        return {**scene.m.note(), "id": here, "inReplyTo": following, "context": f"{here}/talk", "replies": f"{here}/replies"}

    with bottomless(scene.evil, above) as prefix:
        iri = begun(scene, scene.m, f"{scene.evil.url}{prefix}1")
        assert scene.known()["objects"][iri]
        assert len(asked(scene.evil, prefix)) == MOST_FETCHES
    scene.stands()


def test_d06_d12_strangers_and_references_on_the_way_cost_no_more(scene: Scene) -> None:
    def above(path: str) -> dict[str, Any]:
        here, base = f"{scene.evil.url}{path}", f"{scene.evil.url}{path.rpartition('/')[0]}"
        if "/who" in path:
            return {"id": here, "type": "Person", "preferredUsername": "x", "inbox": f"{here}/inbox"}
        topics = [f"{base}/{number(path)}00{each}" for each in range(9)]
        author = f"{base}/who{number(path)}"
        return {
            **scene.m.note(),
            "@context": [AS2, "https://w3id.org/cdp/context/v1"],
            "id": here,
            "attributedTo": author,
            "topic": topics,
            "inReplyTo": f"{base}/{number(path) + 1}",
        }

    with bottomless(scene.evil, above) as prefix:
        begun(scene, scene.m, f"{scene.evil.url}{prefix}1")
        assert 1 < len(asked(scene.evil, prefix)) <= MOST_FETCHES
    scene.stands()


def test_d07_a_list_without_end_is_read_ten_pages_far(scene: Scene) -> None:
    def listed(path: str) -> dict[str, Any]:
        here, base = f"{scene.evil.url}{path}", f"{scene.evil.url}{path.rpartition('/')[0]}"
        if "/note" in path:
            return {**scene.m.note(), "id": here, "attributedTo": f"{base}/who{number(path)}"}
        if "/who" in path:
            return {"id": here, "type": "Person", "preferredUsername": "x", "inbox": f"{here}/inbox"}
        items = [f"{base}/note{number(path)}{each:03}" for each in range(100)]
        return {"id": here, "type": "OrderedCollectionPage", "orderedItems": items, "next": f"{base}/page{number(path) + 1}"}

    with bottomless(scene.evil, listed) as prefix:
        top = scene.m.note(context=f"{scene.evil.url}{prefix}page1")
        assert scene.send(scene.m, scene.m.says("Create", top)) == 202
        begun(scene, scene.m, top["id"], context=top["context"])
        pages = [path for path in asked(scene.evil, prefix) if "/page" in path]
        assert len(pages) == 10
        assert len(asked(scene.evil, prefix)) <= MOST_FETCHES
    scene.stands()


def test_b19_no_thread_and_no_list_leads_to_a_blocked_server(scene: Scene) -> None:
    host = scene.innocent.url.removeprefix("http://")
    theirs = scene.v.note(f"/blocked/{fresh()}")
    scene.innocent.serve(theirs["id"].removeprefix(scene.innocent.url), {"@context": AS2, **theirs})
    scene.node.run("links", "block", host)
    try:
        path = f"/talk{fresh()}"
        listed = {"@context": AS2, "id": f"{scene.evil.url}{path}", "type": "OrderedCollection", "orderedItems": [theirs["id"]]}
        talk = scene.evil.serve(path, listed)
        top = scene.m.note(context=talk)
        assert scene.send(scene.m, scene.m.says("Create", top)) == 202
        before = scene.innocent.asked()
        begun(scene, scene.m, top["id"], context=talk)
        answer = begun(scene, scene.m, theirs["id"])
        assert scene.innocent.asked() == before
        page = scene.get(f"/ailleurs/ressource?iri={answer.replace(':', '%3A').replace('/', '%2F')}", "text/html")
        assert page.status == 200
    finally:
        scene.node.run("links", "unblock", host)


def test_b13_a_conversation_that_is_not_for_all_answers_as_one_that_is_not_there(scene: Scene, tmp_path: Path) -> None:
    scene.node.run(
        "member", "add", f"m{fresh()}@ici.example", "--name", "Mireille", "--community", scene.slug, "--role", "animation"
    )
    (tmp_path / "mot.md").write_text("---\ntitle: Entre nous\naudience: community\n---\nUn mot réservé.\n", "utf-8")
    hidden = scene.node.run("publish", str(tmp_path / "mot.md"), "--community", scene.slug).strip()
    talk = f"{scene.node.url}/conversations/{hidden.rpartition('/')[2]}"
    begun(scene, scene.m, hidden, context=talk)
    assert scene.send(scene.m, scene.m.says("Create", scene.m.note(context=talk))) == 202
    scene.settle()
    for address in (talk, f"{talk}?page=1", f"{hidden}/reponses"):
        got, never = scene.get(address), scene.get(re.sub(r"[0-9a-z]{26}", "0" * 26, address))
        assert (got.status, got.body) == (never.status, never.body)
        assert got.status == 404
    scene.stands()


def test_nobody_joins_leaves_or_answers_in_the_name_of_another(scene: Scene, tmp_path: Path) -> None:
    mail = f"e{fresh()}@ici.example"
    scene.node.run("member", "add", mail, "--name", "Ève", "--community", scene.slug, "--role", "animation")
    start = (now() + timedelta(days=3)).strftime("%Y-%m-%d %H:%M")
    (tmp_path / "fete.md").write_text(
        f"---\ntitle: Fête\ntype: rencontre\ndébut: {start}\npublic: public\n---\nOn danse.\n", "utf-8"
    )
    event = scene.node.run("publish", str(tmp_path / "fete.md"), "--community", scene.slug, "--author", mail).strip()
    join = scene.v.says("Join", event)
    assert scene.send(scene.m, {**join, "actor": scene.v.iri}) in REFUSED
    assert scene.send(scene.v, join) == 202
    scene.settle()
    assert scene.get(f"{event}/participations").body.count(b'"totalItems":1') == 1
    for kind, about in (("Leave", event), ("Undo", join), ("Undo", join["id"]), ("Undo", {**join, "actor": scene.m.iri})):
        assert scene.send(scene.m, scene.m.says(kind, about)) in {202, *REFUSED}
    # Nobody here asked for anything: whoever accepts, rejects or ignores speaks of nothing.
    never = {**scene.m.says("Join", f"{scene.evil.url}/events/1"), "actor": f"{scene.node.url}/personnes/eve"}
    for kind in ("Accept", "Reject", "Ignore"):
        for about in (join, join["id"], never):
            assert scene.send(scene.m, scene.m.says(kind, about)) in {202, *REFUSED}
    scene.settle()
    assert scene.get(f"{event}/participations").body.count(b'"totalItems":1') == 1
    assert [row["state"] for row in scene.node.json("participations")] == ["accepted"]
    scene.stands()
