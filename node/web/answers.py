"""From a reply or a page to the HTTP answer: representation, validators, caching, links between the faces of one address.

Spec: RFC 9110 §13. Spec: RFC 9111 §5.2. Spec: RFC 8288 §3.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections.abc import Mapping, Sequence
from urllib.parse import quote

from aiohttp import web

from node.contracts import Format, Listing, Reply
from node.storage.engine import Database
from node.web.negotiation import ACTIVITY, GRAPHS, LINKED_DATA, TURTLE, chosen
from node.web.pieces import InPieces
from node.web.ranges import NoSuchPart, part_of
from vocab import jsonld, rdf

#: What an answer may depend on.
VARY = "Accept, Accept-Language, Cookie, Signature, Authorization"

#: The faces that say of something what it is, for robots that look for that.
DESCRIBING = GRAPHS - {ACTIVITY}

#: Kept by caches, asked about again each time.
REVALIDATED = "public, no-cache"

#: What of an address as it was asked for stands in a Link header as it is, beside letters and digits.
_AS_IT_IS = "!#$%&'()*+,-./:;=?@[]_~"

#: What can stand in a Link header as it is.
_ADDRESS = re.compile(r"https?://[!#-;=?-\[\]_a-z~]{1,2000}")

#: Made for one reader.
UNSHARED = "private, no-store"


async def as_wanted(reply: Reply, wanted: str, formats: Mapping[str, Format]) -> Reply:
    """The same reply in the media type wanted; only ActivityPub documents have other faces."""
    if reply.media_type != ACTIVITY or wanted == ACTIVITY:
        return reply
    if wanted == LINKED_DATA:
        return _with(reply, reply.body, LINKED_DATA)
    if wanted == TURTLE:
        return _with(reply, await asyncio.to_thread(_turtle, reply.body), f"{TURTLE}; charset=utf-8")
    for form in formats.values():
        if form.write and wanted in {form.media_type, *form.also}:
            return _with(reply, await asyncio.to_thread(form.write, _alone(reply)), wanted)
    return reply


def face(reply: Reply, accept: str, offers: Sequence[str]) -> str:
    """Which face of a reply suits an Accept header; raises 406 when an ActivityPub document has none that does."""
    if reply.media_type != ACTIVITY:
        return reply.media_type
    wanted = chosen(accept, offers)
    if wanted is None:
        raise _not_acceptable(offers)
    return wanted


def _not_acceptable(offers: Sequence[str]) -> web.HTTPNotAcceptable:
    """Says what there is, so that a program can ask for it. Spec: RFC 9110 §15.5.7."""
    there = ", ".join(dict.fromkeys(offers))
    return web.HTTPNotAcceptable(text=f"This is not available in the media types asked for. Ask for one of: {there}.")


def accept(request: web.Request) -> str:
    """What a request asks for, in all its Accept headers."""
    return ", ".join(request.headers.getall("Accept", []))


def acceptable(request: web.Request, offers: Sequence[str]) -> str:
    """Which of the media types offered a request wants most; raises 406 for none."""
    wanted = chosen(accept(request), offers)
    if wanted is None:
        raise _not_acceptable(offers)
    return wanted


def response(reply: Reply, request: web.Request, *, is_shared: bool, database: Database | None = None) -> web.StreamResponse:
    """The answer: 304 when the asker has these very bytes; kept by nobody when it was made for one reader.

    What lies in the rows goes out from `database` in pieces.
    """
    answer: web.StreamResponse = web.Response(body=reply.body, status=reply.status)
    if reply.kept and database:
        answer = InPieces(reply.kept, database)
    answer.headers["Content-Type"] = reply.media_type
    answer.headers["Vary"] = VARY
    answer.headers["Cache-Control"] = REVALIDATED if is_shared else UNSHARED
    for name, value in reply.headers:
        if name.lower() in {"set-cookie", "link"}:
            answer.headers.add(name, value)
        else:
            answer.headers[name] = value
    if reply.status == web.HTTPOk.status_code and request.method in {"GET", "HEAD"}:
        tag = answer.headers.get("ETag") or entity_tag(reply)
        answer.headers["ETag"] = tag
        if _has(request.headers.get("If-None-Match", ""), tag):
            return _not_modified(answer)
        if request.method == "GET" and answer.headers.get("Accept-Ranges") == "bytes":
            _in_part(answer, reply, request)
    return answer


def _in_part(answer: web.StreamResponse, reply: Reply, request: web.Request) -> None:
    """Leaves of the answer the part that was asked for. Spec: RFC 9110 §15.3.7."""
    asked, condition = (request.headers.get(name, "") for name in ("Range", "If-Range"))
    size = reply.kept.size if reply.kept else len(reply.body)
    try:
        part = part_of(asked, condition, answer.headers["ETag"], size) if asked else None
    except NoSuchPart:
        answer.set_status(web.HTTPRequestRangeNotSatisfiable.status_code)
        answer.headers["Content-Range"], part = f"bytes */{size}", slice(0, 0)
    else:
        if part is None:
            return
        answer.set_status(web.HTTPPartialContent.status_code)
        answer.headers["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{size}"
    if isinstance(answer, InPieces):
        answer.part = part
    elif isinstance(answer, web.Response):
        answer.body = reply.body[part]


def entity_tag(reply: Reply) -> str:
    """The validator of a representation: made from its type and bytes."""
    mark = hashlib.sha256(b"\0".join((reply.media_type.encode(), reply.body))).hexdigest()[:32]
    return f'"{mark}"'


def links(url: str, wanted: str, offers: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Link headers from one face of an address to the others; `url` is as it was asked for, and may not end its own brackets."""
    here = quote(url, safe=_AS_IT_IS)
    return tuple(
        ("Link", f'<{here}>; rel="{"alternate describedby" if offer in DESCRIBING else "alternate"}"; type="{offer}"')
        for offer in offers
        if offer != wanted
    )


def related(links: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Link headers for relations and where they lead; what is no address is left out. Spec: RFC 8288 §3."""
    return tuple(("Link", f'<{target}>; rel="{relation}"') for relation, target in links if _ADDRESS.fullmatch(target))


def _with(reply: Reply, body: bytes, media_type: str) -> Reply:
    return Reply(body=body, media_type=media_type, status=reply.status, headers=reply.headers)


def _turtle(document: bytes) -> bytes:
    return rdf.turtle(jsonld.read(document)).encode()


def _alone(reply: Reply) -> Listing:
    thing = jsonld.read(reply.body)
    return Listing(things=(thing,), iri=thing.id)


def _has(header: str, tag: str) -> bool:
    """Whether an If-None-Match header names a tag; weak tags count as equal. Spec: RFC 9110 §13.1.2."""
    return header.strip() == "*" or tag in {part.strip().removeprefix("W/") for part in header.split(",")}


def _not_modified(answer: web.StreamResponse) -> web.Response:
    kept = {name: answer.headers[name] for name in ("ETag", "Vary", "Cache-Control")}
    return web.Response(status=web.HTTPNotModified.status_code, headers=kept)
