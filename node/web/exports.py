"""Lists and things in the formats that others read: which one is wanted, and how it goes out.

Spec: RFC 8288 §3. Spec: RFC 6266 §4.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import urlsplit

from node.contracts import Format, Listing, Reply
from node.errors import NotFound
from node.web.negotiation import HTML, MACHINE

#: What people wrote elsewhere may be in it: shown by a browser, it does nothing and loads nothing.
INERT = "default-src 'none'; style-src 'unsafe-inline'; sandbox"

_UNFIT = re.compile(r"[^a-z0-9]+")


def media_types(formats: Iterable[Format]) -> tuple[str, ...]:
    """The media types in which lists go out beside their pages, those for machines first."""
    written = {media for form in formats if form.write for media in (form.media_type, *form.also)} - {HTML}
    return (*(media for media in MACHINE if media in written), *sorted(written - set(MACHINE)))


def named(formats: Iterable[Format], name: str) -> Format:
    """The format of a name; raises NotFound when there is none, or none that is written."""
    for form in formats:
        if form.name == name and form.write:
            return form
    raise NotFound("There is no format of this name to take things out in.")


def by_media_type(formats: Iterable[Format], media_type: str) -> Format | None:
    """The format of a media type that is written, as that type; None when there is none."""
    found = next((form for form in formats if form.write and media_type in {form.media_type, *form.also}), None)
    return replace(found, media_type=media_type) if found else None


async def written(listing: Listing, form: Format, *, is_secret: bool = False) -> Reply:
    """The document of a list, with what leads to its page and its next part.

    `is_secret`: its address is one; the document does not repeat it, so that who passes on the one keeps the other.
    """
    write = form.write
    if write is None:
        raise NotFound("This format is read here, not written.")
    fitting = replace(listing, things=[thing for thing in listing.things if form.accepts(thing)])
    if is_secret:
        fitting = replace(fitting, here="", following="")
    body = await asyncio.to_thread(write, fitting)
    links = [(f"<{listing.iri}>", 'rel="alternate"; type="text/html"')] if listing.iri else []
    if listing.following:
        links.append((f"<{listing.following}>", f'rel="next"; type="{form.media_type}"'))
    return Reply(
        body=body,
        media_type=f"{form.media_type}; charset=utf-8" if form.media_type.startswith("text/") else form.media_type,
        headers=(
            ("Content-Security-Policy", INERT),
            ("Content-Disposition", f'{_disposition(form)}; filename="{_file_name(listing)}.{form.extension}"'),
            *((("X-Robots-Tag", "noindex"),) if is_secret else ()),
            *(("Link", f"{target}; {relation}") for target, relation in links),
        ),
    )


def _disposition(form: Format) -> str:
    return "attachment" if form.media_type == HTML else "inline"


def _file_name(listing: Listing) -> str:
    """A name for the file, from the path of the list alone: it tells nothing that its address does not."""
    return _UNFIT.sub("-", urlsplit(listing.iri).path.lower()).strip("-")[:80] or "maillage"
