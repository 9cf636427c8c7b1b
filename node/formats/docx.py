"""Word documents (.docx): one resource each, with its headings, lists, tables and links. Reads only.

Spec: ECMA-376 Part 1 §17.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from xml.parsers.expat import ExpatError

from node.contracts import Draft, File, Format
from node.domain.documents import Card, options, resource
from node.domain.markup import tree_of
from node.domain.packed import parts_of, repacked
from node.errors import Invalid

_TEXT = "word/document.xml"
_CARD = "docProps/core.xml"
#: Where the reader goes; it would believe a document that leads it elsewhere.
_READ = ("word/", "_rels/", "[Content_Types].xml", _CARD)
_STYLES = "p[style-name='Title'] => h1:fresh\np[style-name='Subtitle'] => p:fresh"
#: In bytes, of one part of it. The reader takes a hundred times as much memory, and a text of 250 KB has never so much.
_LARGEST = 3 * 1024 * 1024
#: What leads back from a footnote: links within a document are let go of.
_BACK = re.compile(r'\s*<a href="#[^"]*">↑</a>')
_SEPARATORS = re.compile(r"[;,]")


def read(file: File) -> Iterator[Draft]:
    """One resource; Invalid says in one line why the document is not read."""
    # imported here: a node that serves reads no documents
    import mammoth  # noqa: PLC0415

    parts = parts_of(file.name, file.content, _READ)
    if _TEXT not in parts:
        raise Invalid(f"{file.name}: this is no Word document; save it as .docx")
    if max(map(len, parts.values())) > _LARGEST:
        raise Invalid(f"{file.name}: this document is longer than the reader takes; split it")
    card = _card(file.name, parts.get(_CARD, b""))
    try:
        found = mammoth.convert_to_html(
            repacked(parts), style_map=_STYLES, convert_image=mammoth.images.img_element(lambda _: {})
        )
    except (
        KeyError,
        ValueError,
        IndexError,
        AttributeError,
        TypeError,
        RecursionError,
        ExpatError,
        zipfile.BadZipFile,
    ) as fault:
        # A part that is missing, or says what it may not: the reader trusts what a word processor wrote.
        raise Invalid(f"{file.name}: this document is damaged; open it and save it again") from fault
    thing = resource(file.name, _BACK.sub("", found.value), card)
    yield Draft(thing=thing, source=file.name, topics=card.keywords, options=options(card))


def _card(name: str, content: bytes) -> Card:
    """What the document says of itself."""
    if not content:
        return Card()
    said = {element.tag.rpartition("}")[2]: " ".join((element.text or "").split()) for element in tree_of(name, content)}
    return Card(
        title=said.get("title", ""),
        authors=tuple(author for each in said.get("creator", "").split(";") if (author := each.strip())),
        published=said.get("created", ""),
        updated=said.get("modified", ""),
        language=said.get("language", ""),
        keywords=tuple(word for each in _SEPARATORS.split(said.get("keywords", "")) if (word := each.strip())),
    )


FORMAT = Format(
    name="docx",
    media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    extension="docx",
    loses={
        "fr": "Images, mise en page, couleurs, commentaires et passages supprimés.",
        "en": "Images, layout, colours, comments and deleted passages.",
    },
    read=read,
)
