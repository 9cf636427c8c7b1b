"""What a document of the web is, and which feeds a page says that its site has."""

from __future__ import annotations

import re

from node.domain.feeds import address_of
from node.domain.html import unescaped

#: Kinds of feed by their media type, the best first; and the actor that a page stands for.
KINDS = {
    "application/atom+xml": "atom",
    "application/rss+xml": "rss",
    "application/feed+json": "jsonfeed",
    "application/json": "jsonfeed",
    "text/calendar": "icalendar",
}
ACTOR = "application/activity+json"
PAGE = "html"
#: Where the head of a page ends for us.
_LONGEST_HEAD = 200_000
_START = 4_096
_ROOT = re.compile(rb"<(?:[A-Za-z][A-Za-z0-9]{0,20}:)?(feed|rss|RDF|html)\b", re.IGNORECASE)
_LINK = re.compile(r"<link\b([^<>]{1,2000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([A-Za-z-]{1,20})\s{0,5}=\s{0,5}(?:"([^"]{0,2000})"|'([^']{0,2000})'|([^\s"'>]{1,2000}))""")
_BY_ROOT = {b"feed": "atom", b"rss": "rss", b"rdf": "rss", b"html": PAGE}


def kind_of(content: bytes) -> str:
    """Which kind of feed a document begins like, or "html" for a page; "" for anything else."""
    start = content[:_START].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start[:15].upper() == b"BEGIN:VCALENDAR":
        return "icalendar"
    if start.startswith(b"{"):
        return "jsonfeed"
    wide = start.replace(b"\x00", b"") if b"\x00" in start[:64] else start
    root = _ROOT.search(wide)
    return _BY_ROOT[root[1].lower()] if root and wide.removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").startswith(b"<") else ""


def linked(content: bytes, url: str, *media_types: str) -> list[str]:
    """The addresses that the head of a page at `url` gives for these kinds, in the order of the kinds."""
    page = content[:_LONGEST_HEAD].decode("utf-8", "replace")
    head = re.split(r"<body\b|</head\b", page, maxsplit=1, flags=re.IGNORECASE)[0]
    found: dict[str, list[str]] = {}
    for link in _LINK.findall(head):
        said = {name.lower(): unescaped(a or b or c) for name, a, b, c in _ATTRIBUTE.findall(link)}
        address = address_of(said.get("href", ""), url)
        if "alternate" in said.get("rel", "").lower().split() and address:
            found.setdefault(said.get("type", "").partition(";")[0].strip().lower(), []).append(address)
    return list(dict.fromkeys(address for kind in media_types for address in found.get(kind, [])))
