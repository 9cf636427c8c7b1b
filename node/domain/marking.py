"""Clean HTML as Markdown: headings, lists, quotes, links, emphasis; a table row by row."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from node.domain.html import read_whole

_BLOCKS = frozenset("p div h1 h2 h3 h4 h5 h6 ul ol li blockquote pre hr table tr dl dt dd figcaption details summary br".split())  # noqa: SIM905
_AROUND = {"strong": "**", "b": "**", "em": "*", "i": "*", "del": "~~", "s": "~~"}
_SPECIAL = re.compile(r"([\\`*_\[\]<])")
_BEGINS = re.compile(r"^(\s*)([#>+-]|\d{1,9}[.)])(?=\s|$)")


@dataclass(slots=True)
class _List:
    """A list that is open: its next number, None where it has bullets."""

    number: int | None


@dataclass(slots=True)
class _State:
    """Where the reading is: the lines so far, the words of the one that goes on, and what is open around it.

    `code` is the place among the words where a span of code begins, None outside of one.
    """

    lines: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    lists: list[_List] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    quotes: int = 0
    mark: str = ""
    code: int | None = None
    is_preformatted: bool = False

    @property
    def is_literal(self) -> bool:
        """Whether what is read now stands as it is, marks or not."""
        return self.is_preformatted or self.code is not None


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.state = _State()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        state = self.state
        if tag in _BLOCKS:
            self.end_block()
        if tag in {"ul", "ol"}:
            begins = dict(attrs).get("start") or ""
            first = int(begins) if re.fullmatch(r"[0-9]{1,9}", begins) else 1
            state.lists.append(_List(first if tag == "ol" else None))
        elif tag == "li":
            state.mark = self._item()
        elif tag == "hr":
            state.lines += ["---", ""]
        elif re.fullmatch(r"h[1-6]", tag):
            state.mark = "#" * int(tag[1]) + " "
        elif tag == "a":
            state.links.append("" if state.is_literal else dict(attrs).get("href") or "")
            state.words.append("[" if state.links[-1] else "")
        else:
            self._open(tag, attrs)

    def _open(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        state = self.state
        if tag == "blockquote":
            state.quotes += 1
        elif tag == "pre":
            state.is_preformatted = True
        elif tag in {"td", "th"} and state.words:
            state.words.append(" | ")
        elif tag == "img" and not state.is_literal:
            state.words.append(_picture(dict(attrs)))
        elif tag == "code" and not state.is_literal:
            state.code = len(state.words)
        elif tag in _AROUND and not state.is_literal:
            state.words.append(_AROUND[tag])

    def handle_endtag(self, tag: str) -> None:
        state = self.state
        if tag == "a" and state.links:
            address = state.links.pop()
            state.words.append(f"](<{address}>)" if address else "")
        elif tag == "code":
            self._end_code()
        elif tag in _AROUND and not state.is_literal:
            state.words.append(_AROUND[tag])
        if tag not in _BLOCKS:
            return
        self.end_block()
        if tag in {"ul", "ol"} and state.lists:
            state.lists.pop()
        elif tag == "blockquote":
            state.quotes -= 1
        elif tag == "pre":
            state.is_preformatted = False

    def handle_data(self, data: str) -> None:
        self.state.words.append(data if self.state.is_literal else _SPECIAL.sub(r"\\\1", data))

    def end_block(self) -> None:
        """Writes the line that goes on, with what stands before it, and a blank one."""
        self._end_code()
        state = self.state
        said, state.words = "".join(state.words), []
        quote = "> " * state.quotes
        if state.is_preformatted and said.strip("\n"):
            fence = _fence(said, 3)
            state.lines += [f"{quote}{line}" for line in (fence, *said.strip("\n").split("\n"), fence)] + [quote.rstrip()]
        elif text := " ".join(said.split()):
            inset = "  " * (len(state.lists) - 1 if state.mark.strip() else len(state.lists))
            begun = text if state.mark else _BEGINS.sub(_escaped, text)
            state.lines += [f"{quote}{inset}{state.mark}{begun}", quote.rstrip()]
            state.mark = ""

    def _end_code(self) -> None:
        state, begins = self.state, self.state.code
        if begins is None:
            return
        said = " ".join("".join(state.words[begins:]).split())
        fence, room = _fence(said, 1), " " if "`" in said else ""
        state.words[begins:] = [f"{fence}{room}{said}{room}{fence}"] if said else []
        state.code = None

    def _item(self) -> str:
        last = self.state.lists[-1] if self.state.lists else _List(None)
        if last.number is None:
            return "- "
        last.number += 1
        return f"{last.number - 1}. "


def _fence(code: str, shortest: int) -> str:
    """So many backticks that none of those in the code ends it."""
    return "`" * max([shortest, *(len(run) + 1 for run in re.findall(r"`+", code))])


def _picture(attributes: dict[str, str | None]) -> str:
    words = _SPECIAL.sub(r"\\\1", attributes.get("alt") or "")
    address = attributes.get("src") or ""
    return f"![{words}](<{address}>)" if address else words


def _escaped(begins: re.Match[str]) -> str:
    return f"{begins[1]}{begins[2][:-1]}\\{begins[2][-1]}"


def markdown(text: str) -> str:
    """The Markdown of clean HTML."""
    reader = _Reader()
    read_whole(reader, text)
    reader.end_block()
    return re.sub(r"\n{3,}", "\n\n", "\n".join(reader.state.lines)).strip("\n")
