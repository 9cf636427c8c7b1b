"""Our node and a server of another make that follow one another, and what a test asks of both."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kit.fedify import Fedify
from kit.live import LiveNode, until
from node.cli.commands.inspect import look
from node.storage.engine import Database


@dataclass(frozen=True)
class Pair:
    """Our node and the peer, which follow one another."""

    node: LiveNode
    peer: Fedify
    standard: str
    folder: Path
    database: Database

    @property
    def here(self) -> str:
        return f"{self.node.url}/communautes/habitation"

    def known(self) -> Any:
        """What our node knows, as `inspect` prints it."""
        return self.database.read_now(look)

    def publish(self, title: str, text: str, *options: str) -> str:
        file = self.folder / "note.md"
        file.write_text(f"---\ntitle: {title}\n---\n\n{text}\n", "utf-8")
        return self.node.run("publish", str(file), "--community", "habitation", "--audience", "public", *options).strip()

    def content(self, iri: str) -> str:
        return str((self.known()["objects"].get(iri) or {}).get("content"))

    def until_heard(self, kind: str, about: str) -> dict[str, Any]:
        """The first activity of a type about a thing, or about an activity about it, that was posted to the peer."""
        found: list[dict[str, Any]] = []

        def is_there() -> bool:
            found[:] = [each for each in self.peer.received(kind) if each["status"] and about in json.dumps(each["body"])]
            return bool(found)

        until(is_there, describe=lambda: (self.known()["deliveries"], self.peer.complaints()))
        return found[0]

    def announced(self, iri: str) -> list[dict[str, Any]]:
        """What our community announced about a thing, without the announcements of its bare address."""
        heard = [each for each in self.peer.received("Announce") if iri in json.dumps(each["body"])]
        return [each for each in heard if isinstance(each["body"]["object"], dict)]

    def holds(self, iri: str) -> bool:
        """Whether their group holds a thing, as we know it."""
        return any(iri in each for name, each in self.known()["collections"].items() if name.startswith(self.peer.cercle))

    def link(self) -> None:
        """Their person follows our community; our community follows their person and their group."""
        self.peer.say("Follow", self.here, deliver=[self.here])
        until(lambda: self.peer.received("Accept"), describe=lambda: (self.known()["refused"], self.peer.complaints()))
        for handle in ("ana", "cercle"):
            self.node.run("follow", "habitation", f"@{handle}@{self.peer.host}")
        until(
            lambda: set(self.known()["following"][self.here].values()) == {"accepted"},
            describe=lambda: (self.known()["refused"], self.peer.complaints()),
        )
