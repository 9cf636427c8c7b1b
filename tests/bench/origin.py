"""Other servers in one process: each new person's document, and their inbox. GET /told says how many Accepts came, and to whom.

Started as a process: HOST, PORT, and the file with the documents by path.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import uvloop
from aiohttp import web

AP = "application/activity+json"


def main() -> None:
    """Listens until killed."""
    host, port, file = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    documents: dict[str, str] = json.loads(file.read_bytes())
    accepted: set[str] = set()

    async def answer(request: web.Request) -> web.StreamResponse:
        if request.method == "POST":
            said = json.loads(await request.read())
            if said.get("type") == "Accept":
                accepted.add(said["object"]["actor"])
            return web.Response(status=202)
        if request.path == "/told":
            return web.json_response(len(accepted))
        document = documents.get(request.path)
        if document is None:
            return web.Response(status=404)
        return web.Response(body=document.encode(), headers={"Content-Type": AP})

    application = web.Application()
    application.router.add_route("*", "/{rest:.*}", answer)
    web.run_app(application, host=host, port=port, access_log=None, print=None, loop=uvloop.new_event_loop())


if __name__ == "__main__":
    main()
