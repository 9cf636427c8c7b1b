"""Sends a request to a live node byte for byte, as a test wants it."""

from __future__ import annotations

import contextlib
import http.client

from kit.live import LiveNode


def post(node: LiveNode, body: bytes, headers: dict[str, str], path: str = "/inbox") -> int:
    """The status that a POST gets."""
    connection = http.client.HTTPConnection(node.address, node.port, timeout=60)
    with contextlib.closing(connection):
        connection.request("POST", path, body=body, headers={"Host": node.host, **headers})
        return connection.getresponse().status
