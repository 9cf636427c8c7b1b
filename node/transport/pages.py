"""Pages of the web that are no ActivityPub documents: asked for without a signature, redirects followed anywhere public.

Spec: RFC 9110 §15.4.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from federation.errors import Unreachable
from federation.fetching import redirect
from federation.messages import Answer, Outgoing

#: One errand, however often it is sent on.
TOTAL_SECONDS = 20.0
_PERMANENT = frozenset({301, 308})

Send = Callable[[Outgoing], Awaitable[Answer]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What an address led to. `address` is where to ask next time: where redirects that are for good have led."""

    answer: Answer
    address: str


async def page_at(send: Send, url: str, headers: tuple[tuple[str, str], ...] = (), *, allow_http: bool = False) -> Found:
    """What is at an address of the web, whatever its status; raises UnacceptableAnswer, ForbiddenAddress or Unreachable.

    Every address on the way is checked, before its name is resolved and as it is connected to.
    """
    asked, address, hops = url, url, 0
    is_for_good = True
    try:
        async with asyncio.timeout(TOTAL_SECONDS):
            while True:
                answer = await send(Outgoing(method="GET", url=asked, headers=headers))
                target = redirect(answer, asked, hops, allow_http=allow_http, may_leave=True)
                if target is None:
                    return Found(answer=answer, address=address)
                is_for_good = is_for_good and answer.status in _PERMANENT
                address = target if is_for_good else address
                asked, hops = target, hops + 1
    except TimeoutError as problem:
        raise Unreachable(f"{url[:200]} did not answer within the time given") from problem
