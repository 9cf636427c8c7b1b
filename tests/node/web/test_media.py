"""Uploads: what is given back, to whom, as what. The attacks B06, F02 and G10 of our catalogue."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientPayloadError
from PIL import Image

from kit.multipart import drawing, form, photograph, recorded
from kit.web_node import AP, Got, WebNode, web_node
from node.domain.entries import Audience, Entry
from node.storage.keeping import keep_thing
from node.storage.shelves.media import Media
from node.storage.shelves.members import MemberRow
from node.storage.unit_of_work import UnitOfWork
from node.web import bodies, pieces
from node.web.limits import Limits
from node.web.readers import form_token
from vocab import jsonld

DOCUMENT = json.dumps({"@context": "https://www.w3.org/ns/activitystreams", "id": "https://x/1", "type": "Note"}).encode()
ACCEPTED = (AP, 'application/ld+json; profile="https://www.w3.org/ns/activitystreams"', "application/json", "text/html")


@pytest.fixture
async def node() -> AsyncIterator[WebNode]:
    async with web_node(limits=Limits(body=4_000, upload=200_000)) as opened:
        opened.database.write_now(lambda uow: accounts(uow, opened.url))
        yield opened


def accounts(uow: UnitOfWork, url: str) -> None:
    for name in ("mireille", "ali"):
        uow.members.add(MemberRow(iri=f"{url}/personnes/{name}", email=f"{name}@example.org", name=name))


async def give(node: WebNode, name: str, content: bytes, *, person: str = "mireille", **fields: str) -> Got:
    session = await node.session(f"{node.url}/personnes/{person}") if person else ""
    headers, body = form({"jeton": form_token(session), **fields}, {"fichier": (name, content)})
    return await node.ask("POST", "/fichiers", headers={**headers, "Cookie": f"s={session}"}, body=body)


def path_of(node: WebNode, got: Got) -> str:
    assert got.status == 201, got.text
    return str(got.json()["adresse"]).removeprefix(node.url)


async def read(node: WebNode, path: str, person: str = "mireille", accept: str = "*/*") -> Got:
    return await node.get(path, accept=accept, person=f"{node.url}/personnes/{person}" if person else "")


@pytest.mark.parametrize("name", ["x.json", "x.jsonld", "x.html", "x.svg", "x.txt"])
async def test_an_upload_is_never_an_activitypub_document(node: WebNode, name: str) -> None:
    path = path_of(node, await give(node, name, DOCUMENT))
    for accept in ACCEPTED:
        got = await read(node, path, accept=accept)
        assert got.status == 406, accept
    got = await read(node, path)
    kind = "text/plain; charset=utf-8" if name == "x.txt" else "application/octet-stream"
    assert (got.status, got.body, got.headers["Content-Type"]) == (200, DOCUMENT, kind)
    assert got.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert got.headers["Cross-Origin-Resource-Policy"] == "same-site"
    assert got.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''x.")


async def test_a_picture_is_shown_without_what_its_camera_said(node: WebNode) -> None:
    got = await give(node, "Réunion.jpg", photograph(), description="Six personnes autour d’une table")
    path = path_of(node, got)
    assert got.json()["texte"] == f"![Six personnes autour d’une table]({node.url}{path})"
    shown = await read(node, path, accept="image/avif,image/webp,image/*,*/*;q=0.8")
    assert shown.headers["Content-Type"] == "image/jpeg"
    assert shown.headers["Content-Disposition"] == "inline; filename*=UTF-8''R%C3%A9union.jpg"
    assert shown.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert b"Appareil" not in shown.body
    assert path == f"/media/{hashlib.sha256(shown.body).hexdigest()}.jpg"


@pytest.mark.parametrize("end", ["heic", "avif"])
async def test_a_photograph_of_a_telephone_becomes_one_like_the_others(node: WebNode, end: str) -> None:
    assert b"secrete" in recorded(end)
    shown = await read(node, path_of(node, await give(node, "IMG_0001.BIN" if end == "avif" else "IMG_0001.HEIC", recorded(end))))
    assert shown.headers["Content-Type"] == "image/jpeg"
    assert shown.headers["Content-Disposition"].endswith((".jpg", ".BIN.jpg"))
    with Image.open(io.BytesIO(shown.body)) as picture:
        assert (picture.size, picture.info.keys() - {"jfif", "jfif_version", "jfif_unit", "jfif_density"}) == (
            (40, 60), {"progressive", "progression"})  # fmt: skip
    assert b"secrete" not in shown.body
    damaged = await give(node, f"b.{end}", recorded(end)[:300])
    assert (damaged.status, damaged.json()["probleme"]) == (422, f"«\u00a0b.{end}\u00a0» ne se lit pas comme une image.")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.mp3", b"<html>", "peut garder un lieu ou un nom"),
        ("a.wma", b"x", "peut garder un lieu ou un nom"),
        ("a.dng", b"II*\0x", "enregistrez l’image en JPEG"),
        ("a.docx", b"PK", "ne se lit pas comme un document"),
    ],
)
async def test_what_cannot_be_cleaned_is_refused_in_words(node: WebNode, name: str, content: bytes, words: str) -> None:
    got = await give(node, name, content)
    assert got.status == 422
    assert words in got.json()["probleme"]


@pytest.mark.parametrize("name", ["page.png", "page.jpg", "page.gif"])
async def test_a_page_that_calls_itself_a_picture_is_refused_in_words(node: WebNode, name: str) -> None:
    got = await give(node, name, b"<html><script>alert(1)</script>")
    assert got.status == 422
    assert got.json()["probleme"] == f"«\u00a0{name}\u00a0» ne se lit pas comme une image."


@pytest.mark.parametrize("name", ["../../x", "/etc/passwd", "a\0b", "x" * 300 + ".pdf", "CON"])
async def test_the_name_of_a_file_leads_nowhere(node: WebNode, name: str) -> None:
    path = path_of(node, await give(node, name, b"content"))
    got = await read(node, path)
    assert got.status == 200
    assert "/" not in got.headers["Content-Disposition"].partition("''")[2]
    assert "%2F" not in got.headers["Content-Disposition"]


async def test_a_file_is_seen_by_whoever_may_see_what_shows_it(node: WebNode) -> None:
    path = path_of(node, await give(node, "a.png", drawing()))
    url = f"{node.url}{path}"
    missing = await read(node, f"/media/{'0' * 64}.png", "ali")

    def publish(audience: Audience) -> None:
        def put(uow: UnitOfWork) -> None:
            iri = f"{node.url}/ressources/une"
            document = json.dumps({"id": iri, "type": "Note", "content": f'<img src="{url}" alt="">'}).encode()
            entry = Entry(
                iri=iri, type="Note", kind="Note", audience=audience, author=f"{node.url}/personnes/mireille",
                community=f"{node.url}/communautes/logement", is_local=True, stored_at=node.now,
            )  # fmt: skip
            keep_thing(uow, entry, jsonld.read(document), document)

        node.database.write_now(put)

    async def seen() -> list[int]:
        return [(await read(node, path, person)).status for person in ("mireille", "ali", "")]

    assert await seen() == [200, 404, 404]
    hidden = await read(node, path, "ali")
    assert hidden.text.replace(path[7:71], "0" * 64) == missing.text
    publish(Audience.PUBLIC)
    assert await seen() == [200, 200, 200]
    publish(Audience.COMMUNITY)
    assert await seen() == [200, 404, 404]
    node.database.write_now(lambda uow: uow.media.use(f"{node.url}/organisation", [path[7:71]]))
    assert await seen() == [200, 200, 200]


async def test_who_may_give_how_much(node: WebNode) -> None:
    assert (await give(node, "a.txt", b"x", person="")).status == 403
    assert (await give(node, "a.txt", b"")).status == 422
    assert (await give(node, "a.txt", b"x" * 300_000)).status == 413
    headers, body = form({"jeton": "autre"}, {"fichier": ("a.txt", b"x")})
    session = await node.session(f"{node.url}/personnes/mireille")
    assert (await node.ask("POST", "/fichiers", headers={**headers, "Cookie": f"s={session}"}, body=body)).status == 403
    headers, body = form({}, {"fichier": ("a.txt", b"x" * 20_000)})
    assert (await node.ask("POST", "/fichiers", headers=headers, body=body)).status == 413


async def test_a_wrong_ending_is_no_address(node: WebNode) -> None:
    path = path_of(node, await give(node, "a.json", DOCUMENT))
    assert (await read(node, path.replace(".bin", ".json"))).status == 404


@pytest.mark.shows("RFC 9110", "A recording is given in parts, on condition that it is still the same.", how="own")
async def test_one_listens_to_the_middle_of_a_recording(node: WebNode, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "PIECE", 100)
    path = path_of(node, await give(node, "Message.weba", recorded("weba")))
    whole = await read(node, path, accept="audio/webm,audio/*;q=0.9,*/*;q=0.5")
    assert (whole.status, whole.headers["Content-Type"], whole.headers["Accept-Ranges"]) == (200, "audio/webm", "bytes")
    sound, size, tag = whole.body, len(whole.body), whole.headers["ETag"]
    assert (size, b"secrete" in sound) == (len(recorded("weba")), False)
    assert tag == f'"{path[7:39]}"'
    mine = {"Accept": "*/*", "Cookie": f"s={await node.session(f'{node.url}/personnes/mireille')}"}
    for asked, status, told, body in (
        ({"Range": "bytes=256-511"}, 206, f"bytes 256-511/{size}", sound[256:512]),
        ({"Range": "bytes=-10", "If-Range": tag}, 206, f"bytes {size - 10}-{size - 1}/{size}", sound[-10:]),
        ({"Range": "bytes=0-1", "If-Range": '"old"'}, 200, None, sound),
        ({"Range": f"bytes={size}-"}, 416, f"bytes */{size}", b""),
        ({"Range": "bytes=0-1", "If-None-Match": tag}, 304, None, b""),
    ):
        got = await node.ask("GET", path, headers=mine | asked)
        assert (got.status, got.headers.get("Content-Range"), got.body) == (status, told, body), asked
        assert got.headers["ETag"] == tag
    hidden = await node.get(path, accept="*/*", person=f"{node.url}/personnes/ali", Range="bytes=0-1")
    assert (hidden.status, hidden.headers.get("Content-Range")) == (404, None)
    asked_as_document = await node.get(path, accept=AP, person=f"{node.url}/personnes/mireille", Range="bytes=0-1")
    assert asked_as_document.status == 406


async def test_what_is_withdrawn_while_it_is_fetched_ends(node: WebNode, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "PIECE", 100)
    path, looks = path_of(node, await give(node, "a.pdf", b"x" * 1_000)), iter((True, True, False))
    monkeypatch.setattr(Media, "is_seen", lambda *_: next(looks))
    with pytest.raises(ClientPayloadError):
        await read(node, path)
    assert next(looks, None) is None


async def test_a_long_file_waits_for_its_turn_and_comes_back_whole(node: WebNode, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "SMALL", 1_000)
    content = bytes(range(256)) * 700
    assert (await read(node, path_of(node, await give(node, "a.pdf", content)))).body == content
    assert (await give(node, "b.pdf", b"x" * 300_000)).status == 413
    monkeypatch.setattr("tempfile.TemporaryFile", _no_room)
    assert (await give(node, "b.pdf", content)).status == 503


def _no_room(**_: object) -> None:
    raise OSError(28, "No space left on device")
