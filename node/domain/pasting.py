"""What was copied from a word processor or another page, as the HTML that it means: Word's lists and Docs' bold letters too."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from node.domain.html import ANY_NODE, clean, read_whole
from node.domain.marking import markdown

#: Longer is no paragraph that somebody copied, in characters; nor deeper, in tags.
LONGEST, DEEPEST = 900_000, 100
_SILENT = frozenset({"style", "script", "head", "title", "xml", "o:p", "template"})
_EMPTY = frozenset({"br", "hr", "img", "meta", "link", "col", "wbr", "input"})
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)")
_PLAIN_WEIGHT = re.compile(r"font-weight\s*:\s*(?:normal|[1-5]00)")
_ITALIC = re.compile(r"font-style\s*:\s*italic")
_WORD_ITEM = re.compile(r"\bMsoListParagraph|\bMsoListBullet|\bMsoListNumber")
_WORD_LEVEL = re.compile(r"mso-list\s*:\s*\S+\s+level(\d)")
_NUMBER = re.compile(r"^\s*(?:\d{1,3}|[a-z])\s*[.)]")
_HEADING = re.compile(r"\bMsoTitle\b")
_CONDITION = re.compile(r"<!\[[^<>]*\]>")


@dataclass(slots=True)
class _State:
    """What was written, what is open (tag, what closes it), and how deep one is in what is not shown."""

    pieces: list[str] = field(default_factory=list)
    open: list[tuple[str, str]] = field(default_factory=list)
    silent: int = 0
    is_marker: bool = False
    marker: str = ""
    item: int | None = None


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.state = _State()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        state, said = self.state, {name: value or "" for name, value in attrs}
        if tag in _EMPTY:
            if not state.silent:
                state.pieces.append(self.get_starttag_text() or "")
            return
        if tag in _SILENT and len(state.open) < DEEPEST:
            state.silent += 1
            state.open.append((tag, "silent"))
            return
        if len(state.open) >= DEEPEST:
            return
        before, after = _meant(tag, said)
        if tag == "p" and _WORD_ITEM.search(said.get("class", "")):
            level = _WORD_LEVEL.search(said.get("style", ""))
            state.item, state.marker = int(level[1]) if level else 1, ""
            before, after = "", f"</li{state.item}>"
            state.pieces.append("")
        elif "mso-list" in said.get("style", "") and "ignore" in said.get("style", "").lower():
            state.is_marker = True
            before, after = "", "marker"
        state.pieces.append(before)
        state.open.append((tag, after))

    def handle_endtag(self, tag: str) -> None:
        state = self.state
        if not any(each == tag for each, _ in state.open):
            return
        while state.open:
            opened, after = state.open.pop()
            self._end(after)
            if opened == tag:
                return

    def _end(self, after: str) -> None:
        state = self.state
        if after == "silent":
            state.silent -= 1
        elif after == "marker":
            state.is_marker = False
        else:
            state.pieces.append(after)

    def handle_data(self, data: str) -> None:
        state = self.state
        if state.silent:
            return
        if state.is_marker:
            state.marker += data
            return
        if state.item is not None:
            kind = "ol" if _NUMBER.match(state.marker) else "ul"
            state.pieces.append(f"<item {kind} {state.item}>")
            state.item = None
        state.pieces.append(html.escape(data, quote=False))


def _meant(tag: str, said: dict[str, str]) -> tuple[str, str]:
    """What a tag and the way it is dressed stand for."""
    style = said.get("style", "").lower()
    if tag in {"b", "strong"} and _PLAIN_WEIGHT.search(style):  # Docs wraps all that is copied so
        return "", ""
    if tag == "p" and _HEADING.search(said.get("class", "")):
        return "<h2>", "</h2>"
    if tag == "span":
        inner = [mark for mark, pattern in (("strong", _BOLD), ("em", _ITALIC)) if pattern.search(style)]
        return "".join(f"<{mark}>" for mark in inner), "".join(f"</{mark}>" for mark in reversed(inner))
    if tag == "a":
        return f'<a href="{html.escape(said.get("href", ""))}">', "</a>"
    return f"<{tag}>", f"</{tag}>"


_ITEM = re.compile(r"<item (?P<kind>ol|ul) (?P<level>\d)>(?P<text>.*?)</li\d>", re.DOTALL)


def _listed(text: str) -> str:
    """Word's paragraphs that are items, as lists of the depth that they say."""
    lines, at = list[str](), 0
    open_lists: list[str] = []
    for found in _ITEM.finditer(text):
        between = text[at : found.start()]
        if between.strip():
            lines += [f"</{kind}>" for kind in reversed(open_lists)]
            open_lists.clear()
        lines.append(between)
        level, kind = int(found["level"]), found["kind"]
        while len(open_lists) > level:
            lines.append(f"</{open_lists.pop()}>")
        while len(open_lists) < level:
            open_lists.append(kind)
            lines.append(f"<{kind}>")
        lines.append(f"<li>{found['text'].strip()}</li>")
        at = found.end()
    lines += [f"</{kind}>" for kind in reversed(open_lists)]
    return "".join([*lines, re.sub(r"</li\d>", "", text[at:])])


def _without_comments(text: str) -> str:
    """What Word hides in comments for itself is no text."""
    pieces, at = list[str](), 0
    while (begin := text.find("<!--", at)) >= 0 and (end := text.find("-->", begin)) >= 0:
        pieces.append(text[at:begin])
        at = end + len("-->")
    return "".join([*pieces, text[at:]])


def pasted(copied: str) -> str:
    """The Markdown of some HTML that was copied; "" where nothing in it is a text."""
    reader = _Reader()
    read_whole(reader, _CONDITION.sub("", _without_comments(copied[:LONGEST])))
    text = markdown(clean(_listed("".join(reader.state.pieces)), pictures=ANY_NODE)).strip()
    return text if re.search(r"\w", text) else ""
