"""maillage fetch: what a remote address is, and how it was read."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from kit.shell import Shell

pytestmark = pytest.mark.enable_socket

AS2 = "https://www.w3.org/ns/activitystreams"


@pytest.fixture
def far(maillage: Shell) -> Iterator[tuple[str, dict[str, bytes]]]:
    """A server elsewhere: its address, and what it answers by path."""
    pages: dict[str, bytes] = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = pages.get(self.path)
            self.send_response(404 if body is None else 200)
            self.send_header("Content-Type", "application/activity+json")
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *arguments: object) -> None:
            del arguments

    maillage.monkeypatch.setenv("MAILLAGE_FEDERATION__ALLOW_HTTP", "true")
    maillage.monkeypatch.setenv("MAILLAGE_FEDERATION__ALLOW_ADDRESSES", '["127.0.0.12/32"]')
    server = HTTPServer(("127.0.0.12", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.12:{server.server_port}", pages
    server.shutdown()
    thread.join()
    server.server_close()


def document(iri: str, **said: Any) -> bytes:
    return json.dumps({"@context": AS2, "id": iri, "type": "Note", "content": "Bonjour", **said}).encode()


def test_a_note_is_read_and_shown(maillage: Shell, far: tuple[str, dict[str, bytes]]) -> None:
    host, pages = far
    pages["/note"] = document(f"{host}/note", attributedTo=f"{host}/a")
    read = maillage("fetch", f"{host}/note", "--json").json
    assert (read["url"], read["type"], read["read_as"], read["status"]) == (f"{host}/note", "Note", "Note", 200)
    assert read["read_by"] == "the direct reader"
    assert read["document"]["content"] == "Bonjour"
    out = maillage("fetch", f"{host}/note").out
    assert "the direct reader" in out
    assert "content: Bonjour" in out


def test_what_needs_the_processor_is_said_so(maillage: Shell, far: tuple[str, dict[str, bytes]]) -> None:
    host, pages = far
    context = [AS2, {"truc": "https://ex.example/truc"}]
    pages["/note"] = document(f"{host}/note", truc={"@set": ["machin"]}, **{"@context": context})
    read = maillage("fetch", f"{host}/note", "--json").json
    assert "processor" in read["read_by"]
    assert read["kept_unread"] == ["https://ex.example/truc"]


def test_what_cannot_be_had_is_one_line(maillage: Shell, far: tuple[str, dict[str, bytes]]) -> None:
    host, pages = far
    pages["/vide"] = b""
    pages["/autre"] = document("https://autre.example/note")
    pages["/brut"] = b"\xff\xfe"
    for path in ("/rien", "/vide", "/autre", "/brut"):
        maillage.fails("fetch", f"{host}{path}", "--json")
    assert "not written like" in maillage.fails("fetch", "personne")
    assert "127.0.0.13" in maillage.fails("fetch", "http://127.0.0.13:18999/x")


def test_an_address_that_answers_nothing(maillage: Shell, far: tuple[str, dict[str, bytes]]) -> None:
    maillage.monkeypatch.setenv("MAILLAGE_FEDERATION__ALLOW_ADDRESSES", '["127.0.0.14/32"]')
    assert "127.0.0.14" in maillage.fails("fetch", "http://127.0.0.14:18999/x", "--json")
