"""The box in which people share, as forms: files kept between turns, left out again; refused before anything is kept."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any

import pytest

from kit.multipart import drawing, form
from kit.web_node import Got, WebNode, web_node
from node.domain.rights import MEMBER
from node.storage.shelves.members import MemberRow
from node.storage.unit_of_work import UnitOfWork
from node.web.readers import form_token


@pytest.fixture
async def node() -> AsyncIterator[WebNode]:
    async with web_node() as opened:
        person, community = f"{opened.url}/personnes/mireille", f"{opened.url}/communautes/logement"
        row = MemberRow(iri=person, email="m@example.org", name="Mireille")
        opened.database.write_now(lambda uow: uow.members.add(row))
        opened.database.write_now(lambda uow: uow.members.join(person, community, MEMBER, opened.now))
        yield opened


async def send(node: WebNode, fields: Mapping[str, str], files: Mapping[str, tuple[str, bytes]] | None = None) -> Got:
    session = await node.session(f"{node.url}/personnes/mireille")
    headers, body = form({"jeton": form_token(session), **fields}, files)
    return await node.ask("POST", "/partager", headers={**headers, "Cookie": f"s={session}"}, body=body)


async def look(node: WebNode, path: str) -> str:
    return (await node.get(path, accept="text/html", person=f"{node.url}/personnes/mireille")).text


async def test_files_are_kept_between_turns_and_may_be_left_out(node: WebNode) -> None:
    fields = {"texte": "Voici", "qui": "moi", "description": "Un plan bleu"}
    seen = await send(node, {**fields, "geste": "voir"}, {"fichier": ("plan.png", drawing())})
    page = await look(node, seen.headers["Location"].removeprefix(node.url))
    (digest,) = set(re.findall(r"/media/([0-9a-f]{64})\.png", page))
    assert 'value="Un plan bleu"' in page
    assert f'name="joints" value="{digest}"' in page
    without = await send(node, {**fields, "geste": "voir", "joints": digest, "retirer": digest})
    assert digest not in await look(node, without.headers["Location"].removeprefix(node.url))
    told = await send(node, {**fields, "joints": digest, f"description-{digest[:12]}": "Un plan rouge"})
    assert told.status == 303
    assert "Voici" in await look(node, told.headers["Location"].removeprefix(node.url))


async def test_a_file_of_somebody_else_does_not_go_along(node: WebNode) -> None:
    got = await send(node, {"texte": "", "qui": "moi", "joints": "a" * 64})
    assert got.status == 422
    assert "Collez un lien" in got.text


async def test_who_may_not_publish_there_is_told_before_anything_is_kept(node: WebNode) -> None:
    fields = {"texte": "Mots", "qui": "communaute", "communaute": f"{node.url}/communautes/voisine"}
    got = await send(node, fields, {"fichier": ("plan.png", drawing())})
    assert got.status == 422
    assert "Mots" in got.text
    assert node.database.read_now(lambda uow: uow.media.of(f"{node.url}/personnes/mireille")) == []
    assert (await send(node, {"texte": "x", "titre": "t" * 300, "qui": "moi"})).status == 422


async def test_what_a_phone_brings_along_is_in_its_field(node: WebNode) -> None:
    page = await look(node, "/partager?titre=Un+titre&texte=Bonjour+https://a.example/&lien=https://a.example/")
    assert 'value="https://a.example/"' in page
    assert 'value="Un titre"' in page
    assert re.search(r"<textarea[^>]*>\s*Bonjour</textarea>", page)


@pytest.mark.parametrize("path", ["/fichiers", "/partager"])
async def test_who_is_sent_away_while_a_file_arrives_gives_none(
    node: WebNode, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    person, read, was_known = f"{node.url}/personnes/mireille", node.database.read, asyncio.Event()

    async def told(look: Callable[[UnitOfWork], Any]) -> Any:
        found = await read(look)
        was_known.set()
        return found

    session = await node.session(person)
    fields = {"jeton": form_token(session), "texte": "Voici", "qui": "moi", "description": "Un plan"}
    headers, body = form(fields, {"fichier": ("plan.png", drawing())})

    async def arriving() -> AsyncIterator[bytes]:
        yield body[:100]
        await asyncio.wait_for(was_known.wait(), 90)
        await node.database.write(lambda uow: uow.sessions.close_all(person))
        yield body[100:]

    monkeypatch.setattr(node.database, "read", told)
    assert node.client is not None
    said = {**headers, "Cookie": f"s={session}"}
    async with node.client.post(f"{node.url}{path}", headers=said, data=arriving(), allow_redirects=False) as answer:
        assert (answer.status, "/noter" in answer.headers.get("Location", "")) in {(303, False), (403, False)}
    assert node.database.read_now(lambda uow: uow.media.of(person)) == []
