"""A site outside on another loopback address: a page that says much of itself, one that leads there, one that is slow."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from kit.live import free_port
from kit.multipart import photograph

HOST = "127.0.0.12"
PAGE = """<!doctype html><html lang="fr-CA"><head><title>Prévenir l’éviction | Le Quotidien</title>
<meta property="og:site_name" content="Le Quotidien"><meta name="author" content="Zoé Roy">
<meta name="description" content="Trois villes racontent leur porte-à-porte, ce qui a aidé et ce qui a nui.">
<meta property="article:published_time" content="2026-03-04"><meta property="og:image" content="/une.jpg">
<link rel="license" href="https://creativecommons.org/licenses/by/4.0/"></head><body><p>…</p></body></html>"""


@asynccontextmanager
async def outsite() -> AsyncIterator[str]:
    """The address of the site; /article, /court (leads there), /lent (takes a minute), /prive (leads where none may go)."""

    async def page(_: web.Request) -> web.Response:
        return web.Response(text=PAGE, content_type="text/html")

    async def picture(_: web.Request) -> web.Response:
        return web.Response(body=photograph(120, 63, orientation=1), content_type="image/jpeg")

    async def short(_: web.Request) -> web.Response:
        raise web.HTTPFound("/article?fbclid=abc&utm_source=x")

    async def slow(_: web.Request) -> web.Response:
        await asyncio.sleep(60)
        return web.Response(text=PAGE, content_type="text/html")

    async def inward(_: web.Request) -> web.Response:
        raise web.HTTPFound("http://10.0.0.1/")

    application = web.Application()
    for path, handler in (("/article", page), ("/une.jpg", picture), ("/court", short), ("/lent", slow), ("/prive", inward)):
        application.router.add_get(path, handler)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    port = free_port(HOST)
    await web.TCPSite(runner, HOST, port).start()
    try:
        yield f"http://{HOST}:{port}"
    finally:
        await runner.cleanup()
