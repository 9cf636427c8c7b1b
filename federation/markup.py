"""What other servers leave of the HTML that they get, in outline: which elements stay, and what the words alone are."""

from __future__ import annotations

import html
import re

import nh3

#: What most servers keep of a text.
COMMON = frozenset("a abbr b blockquote br code del em i li ol p pre s span strong u ul".split())  # noqa: SIM905
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
TABLES = frozenset({"table", "tbody", "thead", "tfoot", "tr", "td", "th", "caption"})
WIDE = COMMON | HEADINGS | TABLES | frozenset("cite dd div dl dt figcaption figure hr img ins kbd q small sub sup".split())  # noqa: SIM905

_HEADING = re.compile(r"(?i)<h[1-6]\b[^<>]*>")
_HEADING_END = re.compile(r"(?i)</h[1-6]\s*>")
_BLOCK_END = re.compile(r"(?i)</(?:p|div|li|h[1-6]|blockquote|pre|tr|dt|dd|figcaption)\s*>|<[bh]r\b[^<>]*>")
_TAG = re.compile(r"<[^<>]*>")
#: A number with more digits than that of any character: Python refuses to read the longest of them.
_NO_CHARACTER = re.compile(r"&#[0-9]{8,};?")


def kept(text: str, elements: frozenset[str]) -> str:
    """A text with these elements alone; the words of others stay."""
    return nh3.clean(text, tags=set(elements), attributes={"a": {"href"}, "img": {"src", "alt"}}, link_rel=None)


def with_flat_headings(text: str) -> str:
    """A text whose headings are bold paragraphs."""
    return _HEADING_END.sub("</strong></p>", _HEADING.sub("<p><strong>", text))


def words(text: str) -> str:
    """The words of some HTML, one line per block."""
    plain = html.unescape(_NO_CHARACTER.sub("\ufffd", _TAG.sub("", _BLOCK_END.sub("\n", text))))
    return "\n".join(line for each in plain.split("\n") if (line := each.strip()))


def linked(url: str) -> str:
    """An address as a link."""
    return f'<a href="{html.escape(url)}">{html.escape(url)}</a>' if url else ""
