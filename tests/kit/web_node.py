"""A node's web side on a loopback port: real server, real rows in memory, real signatures, a clock that stands still."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from aiohttp import ClientSession, web
from multidict import CIMultiDict, CIMultiDictProxy
from yarl import URL

from federation import signatures
from federation.errors import Unreachable
from federation.messages import Answer, Outgoing
from kit.databases import in_memory
from kit.live import free_port
from kit.signing import NOW, Directory, Signer
from node.collect import collect
from node.contracts import Endpoint, Format, House, Page, Tools
from node.domain.entries import Audience, Entry
from node.graph.engine import Graph
from node.storage.engine import Database
from node.storage.shelves.actors import ActorRow
from node.storage.shelves.members import MemberRow
from node.storage.unit_of_work import UnitOfWork
from node.web import app, endpoints, listening, pages
from node.web.limits import Limits
from vocab.namespaces import AS_CONTEXT, PUBLIC

AP = "application/activity+json"


class Nowhere:
    """The way out of a node that may not go out."""

    async def send(self, outgoing: Outgoing) -> Answer:
        raise Unreachable(outgoing.url)

    async def document(self, iri: str, *, is_anew: bool = False) -> Answer:
        del is_anew
        raise Unreachable(iri)

    async def lookup(self, address: str) -> str:
        raise Unreachable(address)


@dataclass(frozen=True, kw_only=True)
class Got:
    """An answer, whole."""

    status: int
    headers: CIMultiDictProxy[str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class WebNode:
    """A node that answers at `url` until the context ends."""

    url: str
    database: Database
    keys: Directory
    mode: str
    application: web.Application | None = None
    client: ClientSession | None = None
    now: datetime = NOW
    pokes: int = 0
    sessions: dict[str, str] = field(default_factory=dict)
    signed_reads: bool = False
    graph: Graph | None = None

    def house(self) -> House:
        return House(
            url=self.url,
            name="Maison des savoirs",
            mode=self.mode,
            language="fr",
            now=self.now,
            allow_http=True,
            signed_reads=self.signed_reads,
        )

    @property
    def tools(self) -> Tools:
        return Tools(house=self.house, database=self.database, outside=Nowhere(), keys=self.keys, handlers={}, graph=self.graph)

    def poke(self) -> None:
        self.pokes += 1

    async def ask(self, method: str, path: str, *, headers: Mapping[str, str] | None = None, body: bytes | None = None) -> Got:
        """One request, its path sent as it is, no redirect followed."""
        assert self.client is not None
        url = URL(f"{self.url}{path}", encoded=True)
        async with self.client.request(method, url, headers=headers, data=body, allow_redirects=False) as answer:
            return Got(status=answer.status, headers=CIMultiDictProxy(CIMultiDict(answer.headers)), body=await answer.read())

    async def get(self, path: str, *, accept: str = AP, signer: Signer | None = None, person: str = "", **more: str) -> Got:
        """A GET by nobody, by a signer, or by a person with a session."""
        headers = {"Accept": accept, **{name.replace("_", "-"): value for name, value in more.items()}}
        if signer is not None:
            headers |= self.signature("GET", path, signer)
        if person:
            headers["Cookie"] = f"s={await self.session(person)}"
        return await self.ask("GET", path, headers=headers)

    async def deliver(
        self, signer: Signer, body: bytes, path: str = "/inbox", *, standard: str = "draft-cavage", **more: str
    ) -> Got:
        """A signed POST to an inbox."""
        headers = {"Content-Type": AP, **self.signature("POST", path, signer, body, standard)}
        return await self.ask("POST", path, headers=headers | {k.replace("_", "-"): v for k, v in more.items()}, body=body)

    def signature(
        self, method: str, path: str, signer: Signer, body: bytes = b"", standard: str = "draft-cavage"
    ) -> dict[str, str]:
        """The headers that a signed request carries, its host included."""
        headers = (("Content-Type", AP),) if body else ()
        outgoing = Outgoing(method=method, url=f"{self.url}{path}", headers=headers, body=body)
        return dict(signatures.sign(standard, outgoing, signer.key, self.now).headers)

    def plant(self, path: str, audience: Audience) -> str:
        """Puts a practice note at a path; its IRI."""
        return self.database.write_now(lambda uow: plant(uow, self.house(), path, audience))

    async def session(self, person: str) -> str:
        """The session cookie of a person, opened when there is none."""
        if person not in self.sessions:
            self.sessions[person] = await self.database.write(lambda uow: uow.sessions.open(person, self.now))
        return self.sessions[person]

    async def raw(self, data: bytes, *, then: float = 0.0, more: bytes = b"", seconds: float = 60.0) -> bytes:
        """What comes back for these bytes, until the node closes or nothing comes for `seconds`."""
        parts = URL(self.url)
        reader, writer = await asyncio.open_connection(parts.host, parts.port)
        try:
            writer.write(data)
            await writer.drain()
            if more:
                await asyncio.sleep(then)
                writer.write(more)
                await writer.drain()
            async with asyncio.timeout(seconds):
                return await reader.read()
        finally:
            writer.close()


@asynccontextmanager
async def web_node(
    *,
    limits: Limits | None = None,
    mode: str = "open",
    signers: tuple[Signer, ...] = (),
    extra_pages: Mapping[str, Page] | None = None,
    extra_endpoints: Mapping[str, Endpoint] | None = None,
    formats: Mapping[str, Format] | None = None,
    port: int = 0,
    graph: Graph | None = None,
) -> AsyncIterator[WebNode]:
    """A node with every page and endpoint that there is, its actors made, listening on 127.0.0.1."""
    port = port or free_port("127.0.0.1")
    database = in_memory()
    keys = Directory(keys={signer.key.iri: signer.public for signer in signers})
    node = WebNode(url=f"http://127.0.0.1:{port}", database=database, keys=keys, mode=mode, graph=graph)
    database.write_now(lambda uow: furnish(uow, node.house()))
    node.application = app.build(
        node.tools,
        {**collect(pages, "PAGE", Page), **(extra_pages or {})},
        {**collect(endpoints, "ENDPOINT", Endpoint), **(extra_endpoints or {})},
        formats or {},
        limits=limits,
        poke=node.poke,
    )
    runner = await listening.listen(node.application, "127.0.0.1", port, limits=limits)
    try:
        async with ClientSession() as node.client:
            yield node
    finally:
        await runner.cleanup()
        database.close()


def furnish(uow: UnitOfWork, house: House) -> None:
    """The organisation, the application, two communities, and a person in each."""
    actors = (
        ("organisation", "Organization", "organisation"),
        ("noeud", "Application", "noeud"),
        ("communautes/logement", "Group", "logement"),
        ("communautes/voisine", "Group", "voisine"),
        ("personnes/mireille", "Person", "mireille"),
        ("personnes/ali", "Person", "ali"),
    )
    for path, kind, username in actors:
        uow.actors.put(actor_row(house, path, kind, username))
    for name, community in (("mireille", "logement"), ("ali", "voisine")):
        person = f"{house.url}/personnes/{name}"
        uow.members.add(MemberRow(iri=person, email=f"{name}@example.org", name=name.title(), created_at=house.now))
        since = house.now - timedelta(days=1)
        uow.members.join(person, f"{house.url}/communautes/{community}", "https://w3id.org/cdp/roles/membre", since)


def actor_row(house: House, path: str, kind: str, username: str) -> ActorRow:
    """A local actor with its document."""
    iri = f"{house.url}/{path}"
    places = {name: f"{iri}/{name}" for name in ("inbox", "outbox", "followers", "following")}
    key = {"id": f"{iri}#main-key", "owner": iri, "publicKeyPem": "PEM"}
    said = {
        "@context": [AS_CONTEXT, "https://w3id.org/security/v1"],
        "id": iri,
        "type": kind,
        "name": username.title(),
        "preferredUsername": username,
        "url": iri,
        **places,
        "publicKey": key,
    }
    return ActorRow(
        iri=iri,
        type=kind,
        kind="CommunityOfPractice" if kind == "Group" else kind,
        document=json.dumps(said).encode(),
        name=username.title(),
        username=username,
        host=house.url.partition("://")[2],
        is_local=True,
        inbox=f"{iri}/inbox",
        shared_inbox=f"{house.url}/inbox",
        followers=f"{iri}/followers",
        outbox=f"{iri}/outbox",
        repertoire=f"{iri}/repertoire" if kind == "Group" else "",
        key_id=f"{iri}#main-key",
        key_pem="PEM",
        state="active",
        fetched_at=house.now,
        created_at=house.now,
    )


def plant(uow: UnitOfWork, house: House, path: str, audience: Audience, **words: Any) -> str:
    """A practice note of mireille's in logement, at that path; its IRI. `words` are put into document and entry."""
    iri, author, community = f"{house.url}/{path}", f"{house.url}/personnes/mireille", f"{house.url}/communautes/logement"
    readers = words.pop("readers", frozenset())
    said = {
        "@context": AS_CONTEXT,
        "id": iri,
        "type": "Article",
        "name": "Titre",
        "summary": "<p>Résumé</p>",
        "content": "<p>Corps</p>",
        "attributedTo": author,
        "audience": community,
        "url": iri,
        "to": [PUBLIC] if audience is Audience.PUBLIC else [f"{community}/membres"],
        "published": "2026-11-20T10:00:00Z",
        **words,
    }
    entry = Entry(
        iri=iri,
        type="Article",
        kind="PracticeNote",
        audience=audience,
        author=author,
        community=community,
        readers=readers,
        is_local=True,
        name=str(said["name"]),
        summary=str(said["summary"]),
        language="fr",
        published_at=house.now,
        stored_at=house.now,
    )
    uow.things.put(entry, json.dumps(said).encode())
    uow.holdings.add(community, iri, "own", house.now, "")
    return iri
