"""Fetches documents of other servers with our Application actor's signature, and finds actors by their address.

What may be believed is decided in federation/fetching.py; this file only asks and follows.
Spec: ActivityPub §3.2.
Spec: RFC 7033 §4.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from federation import discovery, fetching, outbox
from federation.errors import ForbiddenAddress, Gone, RemoteError, UnacceptableAnswer, Unreachable
from federation.handles import Handle, handle
from federation.messages import Answer, Outgoing, SigningKey
from node.transport.requests import Requests

#: How long a failure is remembered, so that a storm of mentions of one bad address costs one request.
FAILURE_REMEMBERED = timedelta(seconds=60)
REMEMBERED_FAILURES = 1_000
OK = 200


@dataclass(frozen=True, slots=True)
class _Failure:
    error: RemoteError
    until: datetime


class Documents:
    """The way out that jobs and actions use (contracts.Outside).

    `key()` gives the Application actor's key, None while there is none; then requests go unsigned.
    """

    def __init__(
        self, requests: Requests, *, key: Callable[[], Awaitable[SigningKey | None]], now: Callable[[], datetime]
    ) -> None:
        self._requests = requests
        self._key = key
        self._now = now
        self._failures: dict[str, _Failure] = {}

    async def send(self, outgoing: Outgoing) -> Answer:
        """Makes one request, following no redirect; raises ForbiddenAddress, UnacceptableAnswer or Unreachable."""
        return await self._requests.send(outgoing)

    async def document(self, iri: str, *, is_anew: bool = False) -> Answer:
        """The document at `iri`, believed: 200, an ActivityPub type, its id equal to the final `url`.

        Raises Gone, UnacceptableAnswer, ForbiddenAddress or Unreachable; all but the last are remembered for a minute, unless it
        is asked for anew.
        """
        known = None if is_anew else self._failures.get(iri)
        if known is not None and known.until > self._now():
            raise type(known.error)(str(known.error))
        try:
            # One time for all redirects together: a message that waits for a key must not wait for each of them.
            async with asyncio.timeout(self._requests.total_seconds):
                return await self._believed(iri)
        except TimeoutError as problem:
            raise Unreachable(f"{iri[:200]} did not answer within the time given") from problem
        except (Gone, UnacceptableAnswer, ForbiddenAddress) as problem:
            self._remember(iri, problem)
            raise

    async def lookup(self, address: str) -> str:
        """The IRI of the actor that `@name@host` or an address of the web names, as its own document says it.

        Raises MalformedHandle, Gone, UnacceptableAnswer, ForbiddenAddress or Unreachable.
        """
        if address.startswith(("https://", "http://")):
            return (await self.document(address)).url
        # What a host says of its own accounts is that host's word; the actor's own document says who it is.
        return (await self.document(await self._ask(handle(address)))).url

    async def _believed(self, iri: str) -> Answer:
        asked, is_second = iri, False
        while True:
            answer = await self._follow(asked)
            verdict = fetching.acceptable(answer, asked, is_second=is_second)
            if isinstance(verdict, fetching.Believed):
                return Answer(status=answer.status, url=verdict.iri, headers=answer.headers, body=answer.body)
            asked, is_second = verdict.url, True

    async def _follow(self, asked: str) -> Answer:
        url, hops = asked, 0
        while True:
            # Signed anew for each address: a signature made for one is never shown to another.
            answer = await self._requests.send(await self._signed(url))
            target = fetching.redirect(answer, asked, hops, allow_http=self._requests.allow_http)
            if target is None:
                return answer
            url, hops = target, hops + 1

    async def _signed(self, url: str) -> Outgoing:
        fetching.check_url(url, allow_http=self._requests.allow_http)
        key = await self._key()
        if key is None:
            return Outgoing(method="GET", url=url, headers=(("Accept", fetching.ACCEPT),))
        return await asyncio.to_thread(outbox.signed_fetch, url, key, self._now())

    async def _ask(self, asked: Handle) -> str:
        answer = await self._plain(discovery.webfinger_url(asked))
        if answer.status in {404, 410}:
            raise Gone(f"{asked.host} knows nobody named {asked.name}")
        if answer.status != OK:
            raise Unreachable(f"{asked.host} answered {answer.status} when asked for {asked}")
        return discovery.parse_webfinger(answer.body, asked.host)

    async def _plain(self, asked: str) -> Answer:
        try:
            return await self._unsigned(asked)
        except Unreachable:
            if not self._requests.allow_http:
                raise
            return await self._unsigned(asked.replace("https://", "http://", 1))

    async def _unsigned(self, asked: str) -> Answer:
        url, hops = asked, 0
        while True:
            answer = await self._requests.send(
                Outgoing(method="GET", url=url, headers=(("Accept", "application/jrd+json, application/json"),))
            )
            target = fetching.redirect(answer, asked, hops, allow_http=self._requests.allow_http, may_leave=True)
            if target is None:
                return answer
            url, hops = target, hops + 1

    def _remember(self, iri: str, problem: RemoteError) -> None:
        while len(self._failures) >= REMEMBERED_FAILURES:
            self._failures.pop(next(iter(self._failures)))
        self._failures[iri] = _Failure(problem, self._now() + FAILURE_REMEMBERED)
