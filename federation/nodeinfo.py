"""NodeInfo: what a server says of itself, both ways, and where its application actor is.

Spec: NodeInfo 2.1 §Schema.
Spec: NodeInfo 2.0 §Schema.
Spec: FEP-2677 §Discovery.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import orjson

from federation.addresses import origin
from federation.errors import LocalError, TooLarge, UnacceptableAnswer

VERSIONS = ("2.0", "2.1")
MEDIA_TYPE = "application/json"
APPLICATION_REL = "https://www.w3.org/ns/activitystreams#Application"
LARGEST = 65_536

_REL = "http://nodeinfo.diaspora.software/ns/schema/"
_SOFTWARE_NAME = re.compile(r"[a-z0-9-]{1,100}")
_UNPRINTABLE = re.compile(r"[^\x20-\x7e]")
_LONGEST_VERSION = 100
_EMAIL = re.compile(r"[A-Za-z0-9._+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,63}")


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeInfo:
    """What a server says of itself. Counts are None where it does not say; `contact` is the address to write to, "" for none."""

    software: str
    version: str
    protocols: tuple[str, ...] = ("activitypub",)
    has_open_registrations: bool = False
    users: int | None = None
    posts: int | None = None
    repository: str = ""
    node_name: str = ""
    languages: tuple[str, ...] = field(default_factory=tuple)
    contact: str = ""


def media_type(version: str) -> str:
    """The Content-Type of a NodeInfo document."""
    return f'{MEDIA_TYPE}; profile="{_REL}{version}#"'


def document(said: NodeInfo, version: str = "2.1") -> bytes:
    """The NodeInfo document in version "2.0" or "2.1"; raises LocalError for a name that the schema does not allow."""
    if version not in VERSIONS or not _SOFTWARE_NAME.fullmatch(said.software):
        raise LocalError(f"No NodeInfo {version} can be made for {said.software!r}")
    software = {"name": said.software, "version": said.version}
    if version == "2.1" and said.repository:
        software["repository"] = said.repository
    # A count that is not said is left out: hidden is allowed, wrong is not.
    users = {} if said.users is None else {"total": said.users}
    usage = {"users": users} if said.posts is None else {"users": users, "localPosts": said.posts}
    metadata: dict[str, object] = {"nodeName": said.node_name, "nodeLanguages": list(said.languages)}
    if said.contact:
        metadata["maintainer"] = {"email": said.contact}
    return orjson.dumps(
        {
            "version": version,
            "software": software,
            "protocols": list(said.protocols),
            "services": {"inbound": [], "outbound": []},
            "openRegistrations": said.has_open_registrations,
            "usage": usage,
            "metadata": metadata,
        }
    )


def well_known(url: str, application: str = "") -> bytes:
    """What /.well-known/nodeinfo answers at our address `url`: both versions, newest first, and the application actor."""
    links = [{"rel": f"{_REL}{version}", "href": f"{url}/nodeinfo/{version}"} for version in reversed(VERSIONS)]
    if application:
        links.append({"rel": APPLICATION_REL, "href": application})
    return orjson.dumps({"links": links})


def parse_well_known(document: bytes) -> tuple[str, str]:
    """Where a server's NodeInfo is, newest version that we read, and its application actor ("" when not said).

    Only http(s) addresses count; check them before fetching. Raises UnacceptableAnswer or TooLarge.
    """
    links = _object(document).get("links")
    found: dict[str, str] = {}
    for link in links if isinstance(links, list) else []:
        rel, href = (link.get("rel"), link.get("href")) if isinstance(link, dict) else (None, None)
        if isinstance(rel, str) and isinstance(href, str) and origin(href):
            found.setdefault(rel, href)
    addresses = [found[f"{_REL}{version}"] for version in reversed(VERSIONS) if f"{_REL}{version}" in found]
    if not addresses:
        raise UnacceptableAnswer("The server points to no NodeInfo that can be read")
    return addresses[0], found.get(APPLICATION_REL, "")


def parse(document: bytes) -> NodeInfo:
    """What a server says of itself; what is odd is left out, what is no NodeInfo raises UnacceptableAnswer or TooLarge."""
    said = _object(document)
    software = _inner(said, "software")
    name = software.get("name")
    if not isinstance(name, str) or not _SOFTWARE_NAME.fullmatch(name.lower()):
        raise UnacceptableAnswer("This NodeInfo names no software")
    protocols = said.get("protocols")
    usage = _inner(said, "usage")
    return NodeInfo(
        software=name.lower(),
        version=_clean(software.get("version")),
        protocols=tuple(_clean(entry) for entry in protocols[:20]) if isinstance(protocols, list) else (),
        has_open_registrations=said.get("openRegistrations") is True,
        users=_count(_inner(usage, "users").get("total")),
        posts=_count(usage.get("localPosts")),
        contact=_address(_inner(_inner(said, "metadata"), "maintainer").get("email")),
    )


def _object(document: bytes) -> dict[str, object]:
    if len(document) > LARGEST:
        raise TooLarge(f"This is larger than {LARGEST} bytes")
    try:
        read = orjson.loads(document)
    except orjson.JSONDecodeError as problem:
        raise UnacceptableAnswer("This is not JSON") from problem
    if not isinstance(read, dict):
        raise UnacceptableAnswer("This is not a JSON object")
    return read


def _inner(said: dict[str, object], key: str) -> dict[str, object]:
    value = said.get(key)
    return value if isinstance(value, dict) else {}


def _clean(value: object) -> str:
    return _UNPRINTABLE.sub("", value)[:_LONGEST_VERSION] if isinstance(value, str) else ""


def _address(value: object) -> str:
    return value if isinstance(value, str) and _EMAIL.fullmatch(value) else ""


def _count(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**9 else None
