"""The headers that every answer carries, errors included, and the one that none does."""

from __future__ import annotations

from aiohttp import web

from node.web.middleware.questions import ASKED_AT
from node.web.middleware.session import IS_SECURE

#: What a page may load and where it may send: its own node, nothing else.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

#: What no page of this node uses.
UNUSED = (
    "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen", "geolocation", "gyroscope",
    "magnetometer", "microphone", "midi", "payment", "picture-in-picture", "screen-wake-lock",
    "usb", "web-share", "xr-spatial-tracking",
)  # fmt: skip

#: Where people record what they say.
RECORDING = "/partager"

#: What the pages for coming in use, and no page of another site that shows them.
OWN = ("publickey-credentials-create", "publickey-credentials-get")

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": ", ".join((*(f"{feature}=()" for feature in UNUSED), *(f"{feature}=(self)" for feature in OWN))),
}

#: What is for scripts of any page to read, errors included: how a node is found, its words, what it is asked. Spec: RFC 7033 §5.
FOR_ALL = ("/.well-known/", "/catalogue", "/flux", "/nodeinfo/", "/oai", "/vocab/", ASKED_AT)
#: What such a script may send along and see, and for how long its browser need not ask again.
ASKED, SHOWN, A_DAY = "Accept, Accept-Language, Content-Type, If-None-Match", "ETag, Link", "86400"

#: One year.
HSTS = "max-age=31536000"


async def complete(request: web.Request, response: web.StreamResponse) -> None:
    """Adds the headers of security.md as an answer leaves, and takes away the version of the server."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.path == RECORDING:
        response.headers["Permissions-Policy"] = HEADERS["Permissions-Policy"].replace("microphone=()", "microphone=(self)")
    if is_for_all(request):
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = SHOWN
    if request.app[IS_SECURE]:
        response.headers["Strict-Transport-Security"] = HSTS
    response.headers.pop("Server", None)


def is_for_all(request: web.Request) -> bool:
    """Whether what is asked for may be read by scripts of any page."""
    return request.path.startswith(FOR_ALL)


def preflight(methods: tuple[str, ...]) -> web.Response:
    """What a browser asks before it lets a script of another page send a request of some kinds."""
    allowed = ", ".join((*methods, "OPTIONS"))
    return web.Response(
        status=web.HTTPNoContent.status_code,
        headers={
            "Allow": allowed,
            "Access-Control-Allow-Methods": allowed,
            "Access-Control-Allow-Headers": ASKED,
            "Access-Control-Max-Age": A_DAY,
        },
    )
