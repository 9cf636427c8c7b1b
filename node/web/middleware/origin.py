"""The address this node answers at: whatever a request says of its host is compared with it, and never believed.

Spec: RFC 9110 §7.4.
"""

from __future__ import annotations

from functools import lru_cache
from ipaddress import ip_address, ip_network
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler

#: The origin of the node: https://savoirs.example.
ORIGIN = web.AppKey("origin", str)

#: Networks of proxies whose X-Forwarded-For is believed.
PROXIES = web.AppKey("proxies", tuple)

#: What stands in an address around its host.
_BESIDE = frozenset("/\\?#@")

#: What a machine beside the node may ask under any name.
ANYWHERE = ("/sante",)


@web.middleware
async def refuse_other_hosts(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answers 421 to a request for another host, 400 to one that names two."""
    hosts = request.headers.getall("Host", [])
    if len(hosts) > 1:
        raise web.HTTPBadRequest(text="A request names one host.")
    if any(not _BESIDE.isdisjoint(host) for host in hosts):
        raise web.HTTPMisdirectedRequest(text="A host is a name and a port.")
    named = {_authority(f"//{host}", request.app[ORIGIN]) for host in hosts}
    if not request.raw_path.startswith("/"):
        named.add(_authority(request.raw_path, request.app[ORIGIN]))
    ours = _authority(request.app[ORIGIN], request.app[ORIGIN])
    if named != {ours} and request.path not in ANYWHERE:
        raise web.HTTPMisdirectedRequest(text="This node does not answer for that host.")
    return await handler(request)


def client(request: web.Request) -> str:
    """The address of who asks: the peer's, or what the last trusted proxy says of it."""
    peer: str = request.remote or ""
    forwarded = ",".join(request.headers.getall("X-Forwarded-For", [])).split(",")
    while forwarded and is_trusted(peer, request.app[PROXIES]):
        before = forwarded.pop().strip()
        if not is_address(before):
            break
        peer = before
    return peer


@lru_cache(maxsize=1024)
def is_trusted(address: str, networks: tuple[str, ...]) -> bool:
    """Whether an address belongs to one of the networks of trusted proxies."""
    return is_address(address) and any(ip_address(address) in ip_network(network, strict=False) for network in networks)


def is_address(text: str) -> bool:
    """Whether a text is an IP address."""
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=256)
def _authority(url: str, origin: str) -> str:
    """Host and port of a URL in one spelling: lower case, without final dot, with the port that is meant."""
    try:
        parts, own = urlsplit(url), urlsplit(origin)
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme or own.scheme, 0)
    except ValueError:
        return ""
    return f"{(parts.hostname or '').removesuffix('.')}:{port}"
