"""A node and a server of another make, once per signature standard, for all tests with live peers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from kit.fedify import Fedify
from kit.live import LiveNode
from kit.pair import Pair
from node.storage.engine import Database


@pytest.fixture(scope="session", params=["draft-cavage", "rfc9421"])
def pair(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    folder = tmp_path_factory.mktemp(request.param)
    peer = Fedify("127.0.0.12", folder, request.param)
    node = LiveNode(folder / "node", "127.0.0.11", "Carrefour", mode="open")
    try:
        node.run("community", "add", "Habitation", "--slug", "habitation")
        node.run("member", "add", "mireille@carrefour.example", "--name", "Mireille Gagnon", "--community", "habitation")
        node.start()
        with closing(Database(f"sqlite:///{folder / 'node' / 'maillage.sqlite'}")) as database:
            made = Pair(node, peer, request.param, folder, database)
            made.link()
            yield made
    finally:
        node.stop()
        peer.close()
