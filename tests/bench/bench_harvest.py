"""What harvesters cost: a thousand records and ten thousand by OAI-PMH, and the same as an event stream."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import AsyncIterator, Iterator
from urllib.parse import quote

from bench.figures import Figure

from federation.messages import SigningKey
from kit.web_node import WebNode, plant, web_node
from node.domain.entries import Audience
from node.storage.unit_of_work import UnitOfWork
from node.web import streams

FEW, MANY = 1_000, 10_000
_TOKEN = re.compile(rb"<resumptionToken[^>]*>([^<]+)</resumptionToken>")
_BODY = f"<p>{'maintien logement accueil ' * 60}</p>"


def _fill(node: WebNode, first: int, last: int) -> None:
    def deed(uow: UnitOfWork) -> None:
        for number in range(first, last):
            plant(uow, node.house(), f"ressources/r{number}", Audience.PUBLIC, name=f"Titre {number}", content=_BODY)

    node.database.write_now(deed)


async def _by_records(node: WebNode, prefix: str) -> int:
    """All records, part by part; how many."""
    query, found = f"verb=ListRecords&metadataPrefix={prefix}", 0
    while query:
        got = await node.get(f"/oai?{query}", accept="*/*")
        found += got.body.count(b"<record>")
        token = _TOKEN.search(got.body)
        query = f"verb=ListRecords&resumptionToken={quote(token[1].decode())}" if token else ""
    return found


async def _by_pages(node: WebNode, n: int) -> int:
    found = 0
    for page in range(1, n // streams.PLACES + 2):
        found += (await node.get(f"/flux/{page}", accept="application/ld+json")).body.count(b'"memberOf"')
    return found


async def _figures() -> AsyncIterator[Figure]:
    async with web_node() as node:
        organisation = f"{node.url}/organisation"
        key = SigningKey(iri=f"{organisation}#main-key", pem="sealed with this")
        node.database.write_now(lambda uow: uow.keys.add(organisation, key, "rsa", node.now))
        there = 0
        for n in (FEW, MANY):
            for first in range(there, n, 500):
                _fill(node, first, min(first + 500, n))
            there = n
            for prefix in ("oai_dc", "rdf"):
                start = time.perf_counter()
                if await _by_records(node, prefix) != n:
                    raise RuntimeError("not every record was given")
                yield Figure(name=f"OAI-PMH, {prefix}, of {n}", value=n / (time.perf_counter() - start), unit="records a second")
            start = time.perf_counter()
            found = await _by_pages(node, n)
            yield Figure(name=f"event stream, of {n}", value=found / (time.perf_counter() - start), unit="members a second")


def measure() -> Iterator[Figure]:
    """How many a second, of few and of many: it should be the same."""

    async def collected() -> list[Figure]:
        return [figure async for figure in _figures()]

    yield from asyncio.run(collected())
