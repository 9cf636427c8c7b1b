"""The visit that a request has become, once it is known who asks: what the page of an error is made for, too."""

from __future__ import annotations

import asyncio

from aiohttp import web

from federation.messages import Received
from node.contracts import Visit

VISIT = web.RequestKey("visit", Visit)

#: Whose words are spoken to who asks: pages are made in another thread than the one in which that is found out.
COUNTRY = web.RequestKey("country", str)

#: What was posted, once it was read.
SENT = web.RequestKey("sent", Received)

#: When a request must have been answered: a form with files is given longer once it is known who sends it.
DEADLINE = web.RequestKey("deadline", asyncio.Timeout)
