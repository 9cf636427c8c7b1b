"""maillage fetch: what an address is, how it was read, and how others show it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from kit.shell import HABITATION, URL, Shell

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


def test_our_own_note_as_others_show_it(maillage: Shell, note: str) -> None:
    out = maillage("fetch", note, "--as", "mastodon", "--as", "mobilizon").out
    assert "On Mastodon (4.3 to 4.7) this becomes: status, public" in out
    assert "title            L’accueil en trois temps" in out
    assert "| On écoute, on reformule, on propose un pas." in out
    assert "· The content is not shown, only the title, the summary and a link." in out
    assert "Mobilizon (4.0 to 5.1) would not take this: An Article is read only as the post of a group" in out


def test_the_same_for_programs(maillage: Shell, note: str) -> None:
    looks = maillage("fetch", note, "--as", "lemmy", "--as", "nodebb", "--json").json
    assert list(looks) == ["lemmy", "nodebb"]
    assert (looks["lemmy"]["becomes"], looks["lemmy"]["accepted"], looks["lemmy"]["title"]) == (
        "post",
        True,
        "L’accueil en trois temps",
    )
    assert looks["nodebb"]["hashtags"] == ["Accueil"]


@pytest.mark.parametrize("address", [HABITATION, "@habitation@savoirs.example", f"{URL}/organisation"])
def test_our_own_actors_are_found_without_asking_ourselves(maillage: Shell, address: str) -> None:
    assert maillage("fetch", address, "--json").json["url"] in {HABITATION, f"{URL}/organisation"}


def test_what_is_not_public_of_ours_is_not_there(maillage: Shell, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("# Entre nous\n\nRien que pour nous.\n", "utf-8")
    secret = maillage("publish", str(tmp_path / "secret.md"), "--community", "habitation").line
    assert "nothing public" in maillage.fails("fetch", secret, "--as", "mastodon")
    assert "nothing public" in maillage.fails("fetch", f"{URL}/ressources/absente")


def test_a_thing_elsewhere_as_others_show_it(maillage: Shell, far: tuple[str, dict[str, bytes]]) -> None:
    host, pages = far
    picture = {"type": "Image", "url": f"{host}/1.png", "mediaType": "image/png"}
    pages["/note"] = document(
        f"{host}/note", attributedTo=f"{host}/a", to=["https://www.w3.org/ns/activitystreams#Public"], attachment=[picture]
    )
    out = maillage("fetch", f"{host}/note", "--as", "mastodon").out
    assert "status, public" in out
    assert f"picture          {host}/1.png (without words)" in out
