"""The yardstick of pages: the least that the same server does for a request, one line back."""

from __future__ import annotations

import sys

import uvloop
from aiohttp import web


async def _answer(_: web.Request) -> web.Response:
    return web.Response(body=b"<!doctype html>", content_type="text/html")


def main() -> None:
    """Listens until killed: HOST, PORT."""
    host, port = sys.argv[1], int(sys.argv[2])
    application = web.Application()
    application.router.add_get("/{rest:.*}", _answer)
    loop = uvloop.new_event_loop()
    web.run_app(application, host=host, port=port, access_log=None, print=None, loop=loop, handle_signals=False)


if __name__ == "__main__":
    main()
