"""A site that has only a feed, from the command line: followed, listed, let go of; and imported once."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from kit.shell import HABITATION, Shell
from vocab.namespaces import AS_CONTEXT

pytestmark = pytest.mark.enable_socket

FEED = (
    "<rss version='2.0'><channel><title>Blogue du quartier</title><link>/</link><item><title>Un café</title><link>/un</link>"
    "<guid>1</guid><description>Le texte.</description><pubDate>Mon, 02 Mar 2026 14:00:00 GMT</pubDate></item>"
    "<item><guid>2</guid></item></channel></rss>"
)
PAGE = "<html><head><link rel='alternate' type='application/rss+xml' href='/feed'></head></html>"


@pytest.fixture
def site(maillage: Shell) -> Iterator[str]:
    """A site with a page, a feed and nothing else."""
    both = PAGE.replace("</head>", "<link rel=alternate type=application/activity+json href=/acteur></head>")
    pages = {
        "/blogue": ("text/html", both),
        "/": ("text/html", PAGE),
        "/feed": ("application/rss+xml", FEED),
        "/texte": ("text/html", "<html><p>x</p></html>"),
    }

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kind, body = pages.get(self.path, ("", ""))
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", kind or "text/plain")
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *arguments: object) -> None:
            del arguments

    maillage.monkeypatch.setenv("MAILLAGE_FEDERATION__ALLOW_HTTP", "true")
    maillage.monkeypatch.setenv("MAILLAGE_FEDERATION__ALLOW_ADDRESSES", '["127.0.0.12/32"]')
    server = HTTPServer(("127.0.0.12", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    url = f"http://127.0.0.12:{server.server_port}"
    actor = {"@context": AS_CONTEXT, "id": f"{url}/acteur", "type": "Group", "name": "Blogue", "inbox": f"{url}/boite"}
    pages["/acteur"] = "application/activity+json", json.dumps(actor)
    yield url
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_address_of_a_site_is_enough_to_follow_its_feed(maillage: Shell, site: str) -> None:
    said = maillage("follow", "habitation", f"{site}/").line
    assert said == f"{HABITATION} → {site}/feed: followed by its feed (rss, Blogue du quartier). 1 items."
    (row,) = maillage("links", "--json").json
    assert (row["direction"], row["state"], row["follower"], row["target"]) == ("feed", "followed", HABITATION, f"{site}/feed")
    assert row["in_words"] == "Habitation ← Blogue du quartier"
    assert "already" in maillage.fails("follow", "habitation", f"{site}/feed", "--feed")
    assert maillage("unfollow", "habitation", f"{site}/feed").line == f"{HABITATION} → {site}/feed: ended"
    assert maillage("links", "--json").json == []
    assert "There is no such link" in maillage.fails("unfollow", "habitation", HABITATION)
    assert "names no feed" in maillage.fails("follow", "habitation", f"{site}/texte")
    assert "404" in maillage.fails("follow", "habitation", f"{site}/absent", "--feed")


def test_a_site_that_can_be_answered_is_followed_as_such(maillage: Shell, site: str) -> None:
    assert maillage("follow", "habitation", f"{site}/blogue").line == f"{HABITATION} → {site}/acteur: requested."
    assert "followed by its feed" in maillage("follow", "habitation", f"{site}/blogue", "--feed").line


def test_a_feed_is_imported_once_from_its_address(maillage: Shell, site: str) -> None:
    dry = maillage("import", "rss", f"{site}/feed", "--community", "habitation", "--dry-run", "--json")
    assert [(row["state"], row["title"]) for row in dry.json] == [("new", "Un café"), ("unreadable", "")]
    first = maillage("import", "files", f"{site}/feed", "--community", "habitation", "--json").json[0]
    again = maillage("import", "rss", f"{site}/feed", "--community", "habitation", "--json").json[0]
    assert (first["state"], again["state"], first["iri"]) == ("new", "same", again["iri"])
    assert "Atom" in maillage.fails("import", "atom", f"{site}/feed", "--community", "habitation")
    assert "answered 404" in maillage.fails("import", "rss", f"{site}/absent", "--community", "habitation")
    assert "never contacted" in maillage.fails("import", "rss", "http://127.0.0.13/feed", "--community", "habitation")
