"""WebFinger, both ways: which actor a name means, and which name an actor has; and host-meta, for those who still ask.

Spec: RFC 7033 §4.
Spec: RFC 6415 §2.
Spec: FEP-2c59 §Webfinger.
Spec: FEP-d556 §Server-level actor discovery.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import quote
from xml.sax.saxutils import quoteattr

import orjson

from federation.addresses import origin
from federation.errors import LocalError, MalformedHandle, NotOurs, TooLarge, UnacceptableAnswer
from federation.fetching import MEDIA_TYPE, is_activity_type
from federation.handles import Handle, handle

__all__ = [
    "JRD",
    "LARGEST",
    "XRD",
    "Found",
    "Handle",
    "handle",
    "host_meta",
    "host_meta_json",
    "jrd",
    "parse_resource",
    "parse_webfinger",
    "read_webfinger",
    "webfinger_url",
]

JRD = "application/jrd+json"
XRD = "application/xrd+xml; charset=utf-8"
LARGEST = 65_536
_MOST_LINKS = 100

_PROFILE_PAGE = "http://webfinger.net/rel/profile-page"
_SERVICE = "https://www.w3.org/ns/activitystreams#Service"
_SUBSCRIBE = "http://ostatus.org/schema/1.0/subscribe"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a host said of an account of its own: its actor, and the handle to show, always at the host that was asked.

    `claimed` is set when the subject names another host: show that one only after it, asked for `claimed`, gives the same actor.
    """

    actor: str
    handle: Handle
    claimed: Handle | None = None


def parse_resource(resource: str, url: str) -> Handle | str:
    """What a WebFinger query at our address `url` asks for: the Handle of an account of ours, or an address of ours.

    Raises MalformedHandle (400) when it cannot be read, NotOurs (404) when it is another host's.
    """
    ours = origin(url)
    if ours is None:
        raise LocalError("Our own address is not one")
    if resource[:8].lower().startswith(("https://", "http://")):
        place = origin(resource)
        if place is None:
            raise MalformedHandle("This address cannot be read")
        if place != ours:
            raise NotOurs(f"{place} is another server")
        return f"{ours}{_path(resource)}"
    asked = handle(resource)
    if origin(f"{ours.scheme}://{asked.host}") != ours:
        raise NotOurs(f"{asked.host} is another server")
    return asked


def jrd(
    account: Handle, actor: str, *, page: str = "", subscribe: str = "", service: str = "", rels: Collection[str] = ()
) -> bytes:
    """What we answer for an actor of ours: `page` is where people read about it, `subscribe` a template with {uri}.

    `service` is the actor of the server itself, for whoever asks about the server's own address; `rels` the links wanted.
    """
    links = [{"rel": "self", "type": MEDIA_TYPE, "href": actor}]
    if page:
        links.append({"rel": _PROFILE_PAGE, "type": "text/html", "href": page})
    if subscribe:
        links.append({"rel": _SUBSCRIBE, "template": subscribe})
    if service:
        links.append({"rel": _SERVICE, "type": MEDIA_TYPE, "href": service})
    aliases = [actor] if page in {"", actor} else [actor, page]
    wanted = [link for link in links if not rels or link["rel"] in rels]
    return orjson.dumps({"subject": account.account, "aliases": aliases, "links": wanted})


def webfinger_url(asked: Handle, scheme: str = "https") -> str:
    """The address that tells which actor an account is."""
    return f"{scheme}://{asked.host}/.well-known/webfinger?resource={quote(asked.account, safe='')}"


def parse_webfinger(document: bytes, host: str) -> str:
    """The IRI of the actor that `host` named; raises UnacceptableAnswer or TooLarge.

    There must be a `self` link of an ActivityPub type to an http(s) address, and only one. Nothing is proven by it yet.
    """
    actors = {href for href in map(_actor, _links(_object(document))) if href}
    if len(actors) != 1:
        raise UnacceptableAnswer(f"{host} names {len(actors)} actors, not one")
    return actors.pop()


def read_webfinger(document: bytes, asked: Handle) -> Found:
    """What the host of `asked` said of it: its actor, and the name to show; raises UnacceptableAnswer or TooLarge."""
    actor = parse_webfinger(document, asked.host)
    subject = _subject(_object(document))
    if subject is None or subject.host == asked.host:
        # A name on the host that was asked is that host's to give.
        return Found(actor=actor, handle=subject or asked)
    return Found(actor=actor, handle=asked, claimed=subject)


def host_meta(url: str) -> bytes:
    """What /.well-known/host-meta answers: where our WebFinger is, as XRD."""
    template = quoteattr(f"{url}/.well-known/webfinger?resource={{uri}}")
    link = f'<Link rel="lrdd" type="{JRD}" template={template}/>'
    xrd = f'<XRD xmlns="http://docs.oasis-open.org/ns/xri/xrd-1.0">{link}</XRD>'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{xrd}\n'.encode()


def host_meta_json(url: str) -> bytes:
    """The same as JRD. Spec: RFC 6415 §3."""
    return orjson.dumps({"links": [{"rel": "lrdd", "type": JRD, "template": f"{url}/.well-known/webfinger?resource={{uri}}"}]})


def _object(document: bytes) -> dict[str, object]:
    if len(document) > LARGEST:
        raise TooLarge(f"This is larger than {LARGEST} bytes")
    try:
        read = orjson.loads(document)
    except orjson.JSONDecodeError as problem:
        raise UnacceptableAnswer("The WebFinger answer is not JSON") from problem
    if not isinstance(read, dict):
        raise UnacceptableAnswer("The WebFinger answer is not a JSON object")
    return read


def _links(said: dict[str, object]) -> list[dict[str, object]]:
    links = said.get("links")
    listed = links[:_MOST_LINKS] if isinstance(links, list) else []
    return [link for link in listed if isinstance(link, dict)]


def _actor(link: dict[str, object]) -> str:
    rel, kind, href = link.get("rel"), link.get("type"), link.get("href")
    is_actor = rel == "self" and isinstance(kind, str) and is_activity_type(kind)
    return href if is_actor and isinstance(href, str) and origin(href) else ""


def _subject(said: dict[str, object]) -> Handle | None:
    subject = said.get("subject")
    if not isinstance(subject, str) or subject[:5].lower() != "acct:":
        return None
    try:
        return handle(subject)
    except MalformedHandle:
        return None


def _path(resource: str) -> str:
    rest = resource.partition("://")[2]
    _, separator, path = rest.partition("/")
    return f"{separator}{path}"
