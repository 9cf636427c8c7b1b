"""Where copies go that are kept elsewhere, and what is known of those that went: as it is told, kept, and asked for by name."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import datetime
from pathlib import Path
from typing import Protocol
from urllib.parse import quote, urlsplit

#: How a copy is called there, and how many are kept.
NAME, KEPT = "maillage-{host}-{at:%Y-%m-%d-%H%M%S}.tar.age", 7
LIMITS: Mapping[str, int] = {"dossier": 1_000, "nom": 254, "secret": 500}
_DAV = re.compile(r"/remote\.php/(?:dav|webdav)")


class Carrier(Protocol):
    """Carries whole files by the guarded way out, slowly if need be; raises ForbiddenAddress or Unreachable."""

    async def put(self, url: str, headers: Sequence[tuple[str, str]], file: Path) -> int:
        """Sends a file; the status of the answer."""
        ...

    async def get(self, url: str, headers: Sequence[tuple[str, str]], file: Path, most: int) -> int:
        """Fetches what is there into a file, when it answers 200 with at most so many bytes; the status."""
        ...

    async def remove(self, url: str, headers: Sequence[tuple[str, str]]) -> int:
        """Has a file removed there; the status."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A folder of a WebDAV server, who we are there, and the key that seals what goes there: whoever opens it holds the other."""

    url: str
    user: str
    password: str = ""
    key: str = ""

    @property
    def headers(self) -> tuple[tuple[str, str], ...]:
        """What each request says of us.

        Spec: RFC 7617 §2.
        """
        if not self.user:
            return ()
        said = b64encode(f"{self.user}:{self.password}".encode()).decode()
        return (("Authorization", f"Basic {said}"),)

    @property
    def host(self) -> str:
        """The server."""
        return urlsplit(self.url).hostname or ""

    def of(self, name: str) -> str:
        """The address of a file in the folder."""
        return f"{self.url.rstrip('/')}/{quote(name)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A copy that lies there: what it is called, how large it is, its SHA-256, when it was read back and found the same."""

    name: str
    size: int
    digest: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """What came of putting a copy back, beside the node. `is_far`: it was the one kept elsewhere, and the key opened it.

    `there` counts what was in it, `here` what the node had then; `problem` says in one line what went wrong, "" nothing.
    """

    at: datetime
    copied_at: datetime | None = None
    is_far: bool = False
    there: Mapping[str, int] = field(default_factory=dict)
    here: Mapping[str, int] = field(default_factory=dict)
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Log:
    """Where copies go (without the password; None nowhere), and those that lie there, the newest first.

    `problem` is what kept the last one, tried at `tried_at`, from arriving, by a short word ("" nothing).
    """

    place: Place | None = None
    sent: tuple[Sent, ...] = ()
    tried_at: datetime | None = None
    problem: str = ""
    rehearsal: Rehearsal | None = None

    def payload(self) -> str:
        """As text, to be kept."""
        place = replace(self.place, password="") if self.place else None
        return json.dumps(asdict(replace(self, place=place)), default=lambda at: at.isoformat())

    @classmethod
    def of(cls, payload: str) -> Log:
        """What was kept."""
        said = json.loads(payload or "{}")
        at = said.get("tried_at")
        tried = said.get("rehearsal")
        return cls(
            place=Place(**said["place"]) if said.get("place") else None,
            sent=tuple(Sent(**{**each, "at": datetime.fromisoformat(each["at"])}) for each in said.get("sent", ())),
            tried_at=datetime.fromisoformat(at) if at else None,
            problem=said.get("problem", ""),
            rehearsal=_rehearsal(tried) if tried else None,
        )


def _rehearsal(said: Mapping[str, object]) -> Rehearsal:
    moments = {name: datetime.fromisoformat(str(said[name])) for name in ("at", "copied_at") if said.get(name)}
    known = {each.name for each in fields(Rehearsal)} - {"at", "copied_at"}
    return Rehearsal(**{name: value for name, value in said.items() if name in known}, **moments)  # type: ignore[arg-type]


def told(said: Mapping[str, str], known: Place | None) -> tuple[Place, dict[str, str]]:
    """The folder that a form says, and what is wrong by field, each with a short word; an empty password stays the known one.

    The address of a Nextcloud as people see it becomes that of its files.
    """
    url, user = said.get("dossier", "").strip(), said.get("nom", "").strip()
    is_same = known is not None and known.url == url and known.user == user
    password = said.get("secret", "") or (known.password if known is not None and is_same else "")
    wrong = {name: "long" for name, most in LIMITS.items() if len(said.get(name, "")) > most}
    parts = urlsplit(url) if "dossier" not in wrong else urlsplit("")
    if parts.scheme not in {"https", "http"} or not parts.hostname or parts.query or parts.username:
        wrong.setdefault("dossier", "folder")
    elif "/apps/files" in parts.path and not _DAV.search(parts.path):
        root = parts.path.partition("/index.php")[0].partition("/apps/files")[0]
        url = f"{parts.scheme}://{parts.netloc}{root}/remote.php/dav/files/{quote(user)}"
    if ":" in user:
        wrong["nom"] = "name"
    return Place(url=url, user=user, password=password, key=known.key if known else ""), wrong
