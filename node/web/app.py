"""The aiohttp application: one way in for pages and endpoints, what surrounds every request, and how it listens."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

from aiohttp import web

from node.contracts import Endpoint, Format, Page, Tools
from node.storage.keyring import kept_key
from node.web.dispatch import Dispatcher
from node.web.limits import Limits
from node.web.middleware import csrf, errors, headers, origin, pressure, session
from node.web.routing import Routes

STATIC = Path(__file__).parent / "static"

#: All addresses of the node but static files.
ROUTES = web.AppKey("routes", Routes)

#: The script that keeps public pages for whoever loses the connection: it looks after all addresses, wherever it lies itself.
OVER_ALL = "hors-ligne.js"

#: A static file asked for with the mark of its content never changes; one without is asked about again.
FOREVER, BRIEFLY = "public, max-age=31536000, immutable", "public, max-age=3600"


def build(
    tools: Tools,
    pages: Mapping[str, Page],
    endpoints: Mapping[str, Endpoint],
    formats: Mapping[str, Format],
    *,
    limits: Limits | None = None,
    poke: Callable[[], None] = lambda: None,
) -> web.Application:
    """The application of a node.

    `pages`, `endpoints` and `formats` are the collected contributions by module name. `poke` is called each time
    something was received. ValueError when two contributions share an address.
    """
    limits, house = limits or Limits(), tools.house()
    application = web.Application(
        middlewares=[errors.translate, origin.refuse_other_hosts, pressure.relieve, csrf.refuse_cross_site],
        client_max_size=limits.body,
    )
    application[ROUTES] = Routes(pages, endpoints)
    application[errors.PAGES], application[errors.HOUSE] = pages, tools.house
    application[origin.ORIGIN], application[origin.PROXIES] = house.url, limits.trusted_proxies
    application[session.IS_SECURE] = house.url.startswith("https:")
    application[pressure.LIMITS], application[pressure.PRESSURE] = limits, pressure.Pressure(limits, _known_here(tools))
    application.on_response_prepare.append(headers.complete)
    dispatcher = Dispatcher(tools=tools, pages=pages, routes=application[ROUTES], formats=formats, limits=limits, poke=poke)

    async def answer(request: web.Request) -> web.StreamResponse:
        return await dispatcher(request)

    application.router.add_get("/static/{name:[a-z0-9._-]+}", static)
    application.router.add_route("*", "/{rest:.*}", answer)
    return application


def _known_here(tools: Tools) -> Callable[[str], Awaitable[bool]]:
    """Whether a key is at hand, so that nothing has to be fetched for whoever signs with it."""

    async def is_known(key_id: str) -> bool:
        return bool(key_id) and await tools.database.recall(kept_key, key_id) is not None

    return is_known


async def static(request: web.Request) -> web.StreamResponse:
    """A file that belongs to the pages."""
    path = STATIC / request.match_info["name"]
    if not await asyncio.to_thread(path.is_file):
        raise web.HTTPNotFound
    reach = {"Service-Worker-Allowed": "/"} if path.name == OVER_ALL else {}
    kept = FOREVER if request.query.get("v") else BRIEFLY
    return web.FileResponse(path, headers={"Cache-Control": kept, **reach})
