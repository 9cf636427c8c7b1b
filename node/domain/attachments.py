"""Where what goes along with a text is: Mastodon says an address, Pleroma and PeerTube links to it, Lemmy a link alone."""

from __future__ import annotations

from vocab.things.link import Link
from vocab.things.object import Object
from vocab.values import Ref


def place_of(ref: Ref) -> str:
    """The first address of the web at which a file is, or to which a link leads; "" for none."""
    if isinstance(ref.thing, Link):
        return _web(ref.thing.href.iri) if ref.thing.href else ""
    if isinstance(ref.thing, Object):
        return next((found for each in ref.thing.url if (found := place_of(each))), "")
    return _web(ref.iri)


def kind_of(ref: Ref) -> str:
    """The media type that is said of a file, or of the link to it; "" for none."""
    said = ref.thing.media_type if isinstance(ref.thing, (Object, Link)) else ""
    return said or next((found for each in getattr(ref.thing, "url", ()) if (found := kind_of(each))), "")


def _web(iri: str) -> str:
    return iri if iri.startswith(("https://", "http://")) else ""
