"""A live node among an evil server, an innocent one and a canary; what it knows before and after, and whether it still stands."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from federation.messages import SigningKey
from federation.outbox import seal
from kit.hostile import AP, Canary, Place, Somebody, now
from kit.live import LiveNode, until
from node.cli.commands.inspect import look
from node.storage.engine import Database

KEPT = ("followers", "following", "objects", "collections")
#: Who is told what; and what may come back for something that proves nothing.
UNPROVEN = frozenset({401})
REFUSED = frozenset({400, 401, 403})
SAFE = frozenset({202, 400, 401, 403})


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What the node answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass
class Scene:
    """Everything a hostile test needs; `here` is a community of the node."""

    folder: Path
    slug: str = "accueil"
    read: int = 0
    node: LiveNode = field(init=False)
    evil: Place = field(init=False)
    innocent: Place = field(init=False)
    canary: Canary = field(init=False)

    def __post_init__(self) -> None:
        self.evil, self.innocent, self.canary = Place("127.0.0.12"), Place("127.0.0.14"), Canary("127.0.0.13")
        self.m, self.bob = Somebody(self.evil, "m"), Somebody(self.evil, "bob")
        self.v = Somebody(self.innocent, "v")
        allowed = ("127.0.0.11/32", "127.0.0.12/32", "127.0.0.14/32")
        self.node = LiveNode(self.folder, "127.0.0.11", "Assiégé", mode="open", allowed=allowed)
        self.node.run("community", "add", "Accueil", "--slug", self.slug)
        self.node.start()
        self.database = Database(f"sqlite:///{self.folder / 'maillage.sqlite'}")

    def close(self) -> None:
        """Ends it all; the log must tell of no mishap."""
        self.node.stop()
        self.database.close()
        for place in (self.evil, self.innocent, self.canary):
            place.close()
        assert self.mishaps() == []

    @property
    def here(self) -> str:
        """The community that is written to."""
        return f"{self.node.url}/communautes/{self.slug}"

    @property
    def inbox(self) -> str:
        """Its inbox."""
        return f"{self.here}/inbox"

    def mishaps(self) -> list[str]:
        """The lines of the log, since it was read last, that no request may cause."""
        with (self.folder / "serve.log").open("rb") as log:
            log.seek(self.read)
            text = log.read().decode()
            self.read = log.tell()
        return [line for line in text.splitlines() if "Traceback" in line or "unforeseen" in line or " ERROR " in line]

    def ask(self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None) -> Reply:
        """One request on a connection of its own, answered by anything but a failure of the node."""
        connection = http.client.HTTPConnection(self.node.address, self.node.port, timeout=120)
        try:
            connection.request(method, path, body=body or None, headers=dict(headers or {}))
            answer = connection.getresponse()
            read = answer.read()
        finally:
            connection.close()
        assert answer.status < 500 or answer.status == 503, (answer.status, read)
        return Reply(status=answer.status, headers=_joined(answer.getheaders()), body=read)

    def post(self, body: bytes, headers: Mapping[str, str], path: str = "") -> int:
        """The status of a POST to the community's inbox."""
        return self.ask("POST", path or f"/communautes/{self.slug}/inbox", body, headers).status

    def send(self, by: Somebody, said: Any, *, key: SigningKey | None = None, standard: str = "draft-cavage") -> int:
        """The status of an activity, well signed by its sender, or with another key."""
        body = said if isinstance(said, bytes) else json.dumps(said).encode()
        sealed = seal(body, self.inbox, key or by.key, now(), standard)
        return self.post(body, dict(sealed.headers))

    def get(self, path: str, accept: str = AP, **headers: str) -> Reply:
        """An unsigned GET; `_` in names of headers stands for `-`."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.ask("GET", path.removeprefix(self.node.url), headers={"Accept": accept, **named})

    def known(self) -> Any:
        """What the node knows, as `inspect` prints it."""
        return self.database.read_now(look)

    def state(self) -> dict[str, Any]:
        """What no attack may change: links, objects, collections, and the keys of the actors known so far."""
        known = self.known()
        kept: dict[str, Any] = {name: known[name] for name in KEPT}
        # How often a thing was heard of may change; what is said of it may not.
        kept["objects"] = {
            iri: {name: value for name, value in each.items() if name != "times received"}
            for iri, each in known["objects"].items()
        }
        kept["actors"] = {iri: (each["pem"], each["local"], each["state"]) for iri, each in known["actors"].items()}
        return kept

    def settle(self, seconds: float = 90.0) -> None:
        """Waits until nothing that came in is still to be worked on; what is put off to later does not count."""
        until(self._is_idle, seconds=seconds, describe=lambda: self.known()["tasks"])

    def _is_idle(self) -> bool:
        counts, tasks = self.database.read_now(lambda uow: (uow.inbox.counts(), uow.tasks.all(state="due")))
        return not counts.get("due") and not [task for task in tasks if task.due_at <= now() and task.kind != "intersections"]

    @contextmanager
    def cheap(self, seconds: float) -> Iterator[None]:
        """What is done inside costs the node less than so much of a processor's time."""
        before = self.node.seconds_at_work()
        yield
        assert self.node.seconds_at_work() - before < seconds

    @contextmanager
    def unharmed(self) -> Iterator[None]:
        """Nothing that is done inside changes what the node knows, reaches the canary, or keeps the node from answering."""
        self.settle()
        before = self.state()
        yield
        self.settle()
        after = self.state()
        newcomers = after["actors"].keys() - before["actors"].keys()
        after["actors"] = {iri: each for iri, each in after["actors"].items() if iri not in newcomers}
        for part in before:
            changed = {key: (before[part].get(key), after[part].get(key)) for key in before[part] | after[part]}
            assert {key: values for key, values in changed.items() if values[0] != values[1]} == {}, changed
        self.stands()

    def stands(self) -> None:
        """The node answers, has made no mistake, and has not touched the canary."""
        assert self.get("/sante", "*/*").status == 200
        assert self.canary.touched == 0
        assert self.mishaps() == []


def _joined(headers: list[tuple[str, str]]) -> dict[str, str]:
    """Headers by name, those that stand there twice on lines of their own."""
    found: dict[str, str] = {}
    for name, value in headers:
        found[name] = f"{found[name]}\n{value}" if name in found else value
    return found
