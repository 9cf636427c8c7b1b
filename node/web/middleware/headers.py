"""The headers that every answer carries, errors included, and the one that none does."""

from __future__ import annotations

from aiohttp import web

from node.web.middleware.session import IS_SECURE

#: What a page may load and where it may send: its own node, nothing else.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

#: What no page of this node uses.
UNUSED = (
    "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen", "geolocation", "gyroscope",
    "magnetometer", "microphone", "midi", "payment", "picture-in-picture", "publickey-credentials-get", "screen-wake-lock",
    "usb", "web-share", "xr-spatial-tracking",
)  # fmt: skip

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in UNUSED),
}

#: What is for scripts of any page to read, errors included: how a node is found. Spec: RFC 7033 §5.
FOR_ALL = ("/.well-known/", "/nodeinfo/")

#: One year.
HSTS = "max-age=31536000"


async def complete(request: web.Request, response: web.StreamResponse) -> None:
    """Adds the headers of security.md as an answer leaves, and takes away the version of the server."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.path.startswith(FOR_ALL):
        response.headers["Access-Control-Allow-Origin"] = "*"
    if request.app[IS_SECURE]:
        response.headers["Strict-Transport-Security"] = HSTS
    response.headers.pop("Server", None)
