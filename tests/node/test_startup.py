"""What a process loads before it has anything to do: what is heavy and rarely needed waits until it is."""

from __future__ import annotations

import subprocess
import sys

import pytest

#: Needed for a rare document, a file to be read, a first start, another database, or by nobody.
RARE = {"alembic", "lxml", "markdown_it", "psycopg", "pyld", "rdflib", "requests", "rich", "yaml"}
#: Needed by a node that serves, not by a command that looks at its database.
SERVING = {"aiohttp", "argon2", "babel", "jinja2", "uvloop"}
LOOKING = "import node.__main__, node.cli.commands.community"
SERVE = (
    "import node.wiring, node.web.app, node.worker, node.transport.documents, node.transport.keys, node.cli.commands.serve\n"
    "from node import activities, formats, jobs\n"
    "from node.collect import modules\n"
    "from node.web import endpoints, pages\n"
    "import importlib\n"
    "for room in (activities, endpoints, formats, jobs, pages):\n"
    "    for name in modules(room):\n"
    "        importlib.import_module(f'{room.__name__}.{name}')\n"
)


@pytest.mark.parametrize(("started", "unwanted"), [(LOOKING, RARE | SERVING), (SERVE, RARE)], ids=["looking", "serving"])
def test_what_is_heavy_and_rare_is_not_loaded_at_start(started: str, unwanted: set[str]) -> None:
    told = "\nimport sys; print('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", started + told], check=True, capture_output=True, text=True)
    loaded = set(done.stdout.split())
    assert "node.storage.engine" in loaded
    assert not loaded & unwanted
    assert "sqlalchemy.dialects.postgresql" not in loaded
