"""XML from outside, read without harm; and what may stand in XML of ours.

Nothing is fetched, no entity is put in, and a document that is too deep or has too many parts is refused while it is read.
Spec: XML 1.0 §2.2.
"""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable, Mapping
from xml.etree.ElementTree import Element, ParseError, SubElement, tostring

from defusedxml import DefusedXmlException, EntitiesForbidden
from defusedxml.ElementTree import iterparse

from node.domain.html import visible
from node.errors import Invalid

#: Deeper, or more than so many elements, is no document that somebody wrote.
DEEPEST = 64
MOST_ELEMENTS = 100_000
#: What may not stand in XML and is left by `visible`.
_UNFIT = re.compile("[\ufffe\uffff]")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_ENCODING = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
#: Others are no alphabets, and some of them (punycode) take a time that grows with the square of the text.
_USUAL = re.compile(r"(?i)(?:utf|iso|latin|windows|cp|us|ascii|mac|koi8|shift|euc|gb|big5)[A-Za-z0-9._:-]*")
#: Names of HTML that XML does not know, and an & that begins no name at all.
_NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});)([A-Za-z][A-Za-z0-9]{1,31};)?")
_CDATA, _CDATA_END = "<![CDATA[", "]]>"
_BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


def tree_of(name: str, content: bytes) -> Element:
    """The root of an XML document; `name` is for the message of Invalid, which says in one line why it is not read.

    Blank lines before the beginning, control characters, names of HTML (&nbsp;) and a bare & are forgiven: feeds have them.
    """
    text = _mended(_decoded(name, content))
    depth, count = 0, 0
    root: Element | None = None
    try:
        # what is declared is looked at before anything is put in anywhere
        events = iterparse(io.BytesIO(text.encode()), ("start", "end"), forbid_entities=True, forbid_external=True)
        for event, element in events:
            depth += 1 if event == "start" else -1
            count += event == "start"
            if depth > DEEPEST or count > MOST_ELEMENTS:
                raise Invalid(f"{name}: this document is nested too deep, or has too many parts")
            root = element
    except EntitiesForbidden as fault:
        raise Invalid(f"{name}: this document declares entities of its own, which are not read") from fault
    except DefusedXmlException as fault:
        raise Invalid(f"{name}: this document points to another one that would have to be read with it") from fault
    except (ParseError, ValueError) as fault:
        raise Invalid(f"{name}: this is no well-formed XML: {str(fault)[:100]}") from fault
    if root is None:  # a parser that finds no element has said so
        raise Invalid(f"{name}: there is nothing in this document")
    return root


def fitting(text: str) -> str:
    """The text without the characters that may not stand in XML."""
    return _UNFIT.sub("", visible(text))


def _decoded(name: str, content: bytes) -> str:
    """The text: in the encoding of its first bytes, else of its declaration, else in UTF-8, else in that of old Windows."""
    declared = _ENCODING.match(content[:300])
    by_mark = next((coding for mark, coding in _BOMS.items() if content.startswith(mark)), "")
    said = declared[1].decode("ascii") if declared else ""
    coding = by_mark or (said if _USUAL.fullmatch(said) else "utf-8")
    try:
        return content.decode(coding)
    except (LookupError, UnicodeError):
        pass
    try:
        return content.decode("utf-8" if coding.lower() not in {"utf-8", "utf8"} else "cp1252", "replace")
    except UnicodeError as fault:
        raise Invalid(f"{name}: this is no text in any usual encoding") from fault


def _mended(text: str) -> str:
    seen = _DECLARATION.sub("", fitting(text)).lstrip()
    done: list[str] = []
    at = 0
    # place by place, not by one pattern: where an end is missing, a pattern looks for it again from every beginning
    while at < len(seen):
        opening = seen.find(_CDATA, at)
        opening = len(seen) if opening < 0 else opening
        closing = seen.find(_CDATA_END, opening)
        closing = len(seen) if closing < 0 else closing + len(_CDATA_END)
        done += [_NAMED.sub(_character, seen[at:opening]), seen[opening:closing]]
        at = closing
    return "".join(done)


def _character(found: re.Match[str]) -> str:
    name = found[1] or ""
    known = html.unescape(f"&{name}") if name else "&"
    return html.escape(known, quote=True) if known != f"&{name}" else f"&amp;{name}"


def written(tag: str, fill: Callable[[Element], None], attributes: Mapping[str, str]) -> bytes:
    """A whole document, its root filled by `fill`. Prefixes are written as they are: say them in the attributes of the root."""
    root = Element(tag, dict(attributes))
    fill(root)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + bytes(tostring(root, "utf-8", xml_declaration=False))


def put(parent: Element, tag: str, text: str | None = None, *, anyway: bool = False, **attributes: str) -> Element:
    """Adds an element to `parent` and gives it; one with a text of "" and no attribute only when `anyway`.

    Attributes of "" are left out.
    """
    told = {name: fitting(value) for name, value in attributes.items() if value}
    if text == "" and not anyway and not (told.keys() - {"type"}):
        return Element(tag)
    made = SubElement(parent, tag, told)
    made.text = fitting(text) if text else None
    return made


def dressed(element: Element, attributes: Mapping[str, str]) -> Element:
    """The element with these attributes too, whatever they are called; those of "" are left out."""
    for name, value in attributes.items():
        if value:
            element.set(name, fitting(value))
    return element
