"""Every failure as an HTTP answer, in HTML or in one line: the only place that translates them.

What may not be seen answers exactly as what does not exist: both are NotFound, and nothing of the address is repeated.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Mapping
from http import HTTPStatus

import orjson
from aiohttp import web
from aiohttp.typedefs import Handler

from federation import signatures
from federation.errors import FederationError, KeyUnavailable
from node.contracts import House, Page, Visit
from node.domain.visibility import ANYONE
from node.errors import Busy, Conflict, Invalid, NodeError, NotAllowed, NotFound
from node.web import templates
from node.web.answers import UNSHARED, VARY
from node.web.forms import written_in
from node.web.middleware.locale import language_of
from node.web.middleware.pressure import PAUSE
from node.web.negotiation import ACTIVITY, HTML, JSON, chosen
from node.web.translations import speak
from node.web.visits import COUNTRY, SENT, VISIT

log = logging.getLogger(__name__)

#: The pages of the node, for the menu on the page of an error.
PAGES: web.AppKey[Mapping[str, Page]] = web.AppKey("pages")

#: The node as of now.
HOUSE: web.AppKey[Callable[[], House]] = web.AppKey("house")

STATUS: dict[type[NodeError], int] = {NotFound: 404, NotAllowed: 403, Invalid: 400, Conflict: 409, Busy: 503}

#: When to come back, in seconds, where a key could not be had: always the same, for the same reason as its words.
KEY_PAUSE = 60

PLAIN = "text/plain"

#: In which forms an error can be told, the preferred first: a program that names nothing gets one line.
OFFERS = (HTML, PLAIN, ACTIVITY, JSON)


@web.middleware
async def translate(request: web.Request, handler: Handler) -> web.StreamResponse:
    """The answer to a request, whatever happens in between; what was not foreseen is logged without its content."""
    try:
        return await handler(request)
    except web.HTTPException as refusal:
        kept = {name: refusal.headers[name] for name in ("Allow", "Retry-After", "Location") if name in refusal.headers}
        return worded(request, refusal.status, refusal.text or refusal.reason, kept, closes=refusal.keep_alive is False)
    except NodeError as problem:
        status = next((code for kind, code in STATUS.items() if isinstance(problem, kind)), 500)
        if isinstance(problem, Busy):
            log.error("the database could not be used for a request", extra={"kind": "Busy", "reason": str(problem)})  # noqa: TRY400
        return worded(request, status, str(problem), {"Retry-After": str(PAUSE)} if status == STATUS[Busy] else {})
    except FederationError as problem:
        # Why a key cannot be had is for our own people: nobody learns from the answer what we can reach.
        told = KeyUnavailable() if isinstance(problem, KeyUnavailable) else problem
        wish = dict(signatures.wished(request.method)) if told.status_hint == HTTPStatus.UNAUTHORIZED else {}
        if isinstance(told, KeyUnavailable):
            wish["Retry-After"] = str(KEY_PAUSE)
        return worded(request, told.status_hint, str(told), wish)
    except Exception as problem:  # noqa: BLE001 -- the one place for it in the web
        places = [f"{frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(problem.__traceback__)]
        log.error(  # noqa: TRY400 -- a traceback would carry content
            "unforeseen %s in %s at %s", type(problem).__name__, request.method, " < ".join(reversed(places))
        )
        return worded(request, 500, "Something went wrong on this node.", {})


def worded(request: web.Request, status: int, line: str, headers: Mapping[str, str], *, closes: bool = False) -> web.Response:
    """The answer to a failure: a page for people, one line for programs; those that read JSON find it in `error`, as of Mastodon.

    Nothing keeps it but the asker.
    """
    straight = _without_slash(request) if status == HTTPStatus.NOT_FOUND else ""
    if straight:
        status, headers = HTTPStatus.MOVED_PERMANENTLY, {"Location": straight}
    if status < HTTPStatus.BAD_REQUEST:
        return web.Response(status=status, headers={**headers, "Vary": VARY, "Cache-Control": UNSHARED})
    wanted = chosen(", ".join(request.headers.getall("Accept", [])), OFFERS) if request.method in {"GET", "HEAD"} else PLAIN
    is_form = request.method == "POST" and _is_form(request)
    if wanted == HTML or is_form:
        words = _written(request) if is_form else None
        body, media = templates.render_error(status, _visit(request), request.app[PAGES], written=words), HTML
    elif wanted in {ACTIVITY, JSON}:
        body, media = orjson.dumps({"error": " ".join(line.split())}).decode(), JSON
    else:
        body, media = f"{' '.join(line.split())}\n", PLAIN
    answer = web.Response(body=body.encode(), status=status, headers=dict(headers))
    answer.headers["Content-Type"] = media if media == JSON else f"{media}; charset=utf-8"
    answer.headers["Vary"] = VARY
    answer.headers["Cache-Control"] = UNSHARED
    if closes:
        answer.force_close()
    return answer


def _without_slash(request: web.Request) -> str:
    """The address without the slash that a person or a program put at its end; "" where there is none, or it is no reading.

    Asked of no row: it is told of what is not there, too.
    """
    path = request.rel_url.raw_path
    if request.method not in {"GET", "HEAD"} or not path.endswith("/") or not path.strip("/"):
        return ""
    query = f"?{request.rel_url.raw_query_string}" if request.rel_url.raw_query_string else ""
    return f"{request.app[HOUSE]().url}{path.rstrip('/')}{query}"


def _is_form(request: web.Request) -> bool:
    return request.content_type in {"application/x-www-form-urlencoded", "multipart/form-data"}


def _written(request: web.Request) -> str:
    """What somebody wrote in the form that was refused; whose form it was has been looked at before its body was read."""
    try:
        return written_in(request[SENT]) if SENT in request else ""
    except Invalid:
        return ""


def _visit(request: web.Request) -> Visit:
    """The visit as far as it is known; otherwise one by nobody."""
    if VISIT in request:
        speak(request[COUNTRY])
        visit: Visit = request[VISIT]
        return visit
    house = request.app[HOUSE]()
    return Visit(
        house=house,
        reader=ANYONE,
        language=language_of(request, house.language),
        path={},
        query=dict(request.query),
        url=request.path_qs,
    )
