"""Notebooks: the outline becomes a collection with an id, and a list of links for software that knows no notebooks."""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Mapping
from dataclasses import replace

from vocab.things.notebook import Notebook
from vocab.things.ordered_collection import OrderedCollection
from vocab.things.source import Source
from vocab.values import Ref, Text

_LIST = re.compile(r"<ol>((?:(?!<ol>).)*)</ol>\s*$", re.DOTALL)
_LISTED = re.compile(r"^\d+\. \[.*\]\((.*)\)$")
#: A longer text is left as it is.
_LONGEST = 300_000


def items_of(notebook: Notebook) -> tuple[str, ...]:
    """The IRIs of what stands in the outline, in order."""
    outline = notebook.entries.thing if notebook.entries else None
    return tuple(ref.iri for ref in outline.items if ref.iri) if isinstance(outline, OrderedCollection) else ()


def without_outline(content: str, items: Collection[str]) -> str:
    """The HTML of a notebook without the list at its end that repeats the outline for software that knows no notebooks."""
    found = _LIST.search(content) if len(content) <= _LONGEST else None
    links = {html.unescape(href) for href in re.findall(r'href="([^"]*)"', found[1])} if found else set()
    return content[: found.start()] if found and links and links <= set(items) else content


def without_list(text: str, items: Collection[str]) -> str:
    """The Markdown of a notebook without that list."""
    lines = text.rstrip().split("\n")
    while lines and (found := _LISTED.match(lines[-1])) and found[1] in items:
        lines.pop()
    return "\n".join(lines).rstrip()


def with_outline(notebook: Notebook, iri: str, names: Mapping[str, str]) -> Notebook:
    """The notebook as it is published at `iri`; `names` are the titles of its items by IRI, its IRI where there is none."""
    items = items_of(notebook)
    if not items:
        return notebook
    collection = OrderedCollection(id=f"{iri}#sommaire", items=tuple(map(Ref, items)), total_items=len(items))
    whole = replace(notebook, entries=collection.ref)
    if whole.content is None or items[0] in whole.content.primary:
        return whole
    links = "".join(
        f'<li><a href="{html.escape(item)}">{html.escape(names.get(item, item), quote=False)}</a></li>' for item in items
    )
    language, text = whole.content.entries[0]
    content = Text(entries=((language, f"{text}<ol>{links}</ol>"), *whole.content.entries[1:]))
    listed = "".join(f"{number}. [{names.get(item, item)}]({item})\n" for number, item in enumerate(items, 1))
    return replace(whole, content=content, source=_with_list(whole.source, listed))


def _with_list(source: Ref | None, listed: str) -> Ref | None:
    """The text it was written in, with the list: who shows the source shows nothing of the content."""
    text = source.thing if source is not None else None
    if not isinstance(text, Source) or text.content is None or text.media_type != "text/markdown":
        return source
    return replace(text, content=Text.of(f"{text.content.primary.rstrip()}\n\n{listed}", text.content.language)).ref
