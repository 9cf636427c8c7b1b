"""Which other things a thing leads to: what it cites, what stands beside it, and the links in its text."""

from __future__ import annotations

import html
import re

from node.domain.notebooks import items_of
from vocab.thing import Thing
from vocab.things.notebook import Notebook
from vocab.things.object import Object

#: More links of one text are not followed, and a longer text is not looked through.
MOST, _LONGEST = 100, 300_000
_HREF = re.compile(r'<a\b[^>]{0,500}?href="(https?://[^"\s]{1,1000})"')


def linked(thing: Thing) -> tuple[str, ...]:
    """The IRIs, each once, without the thing itself and what stands in its outline."""
    if not isinstance(thing, Object):
        return ()
    text = thing.content.primary if thing.content else ""
    hrefs = [html.unescape(href) for href in _HREF.findall(text)] if len(text) <= _LONGEST else []
    said = [ref.iri for ref in (*thing.references, *thing.related) if ref.iri]
    outside = {thing.id, "", *(items_of(thing) if isinstance(thing, Notebook) else ())}
    return tuple(iri for iri in dict.fromkeys([*said, *(href.partition("#")[0] for href in hrefs)]) if iri not in outside)[:MOST]
