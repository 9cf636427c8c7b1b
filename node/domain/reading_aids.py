"""What helps to read and to quote a text: how long it takes, words explained, plain language, how to cite it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from node.domain.fields import fold
from node.domain.html import CleanHtml, joined, plain

#: Words a minute, read with care; below so many words no time is told.
PACE, LEAST = 200, 120

#: Within these nothing is linked: it is a link, code or a heading already.
_CLOSED = frozenset({"a", "code", "pre", "h1", "h2", "h3", "h4", "h5", "h6"})
_TAG = re.compile(r"(<[^>]*>)")
_NAME = re.compile(r"</?([a-z0-9]+)")
_PLAIN = re.compile(r"<(h[1-6])>((?:[^<]|<(?!/h))*)</\1>")
_PLAIN_TITLES = {"en langage clair", "langage clair", "en mots simples", "in plain language", "plain language"}
#: What stands before a family name and belongs to it.
_PARTICLES = frozenset({"ben", "bin", "da", "de", "del", "den", "der", "di", "du", "el", "la", "le", "st", "van", "von"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """A word of a text with what it means here; `labels` are the ways of writing it, `anchor` where it is explained."""

    labels: tuple[str, ...]
    anchor: str


def minutes(text: str) -> int:
    """How many minutes an HTML text takes to read, 0 for one that is read at a glance."""
    words = len(plain(text).split())
    return max(1, round(words / PACE)) if words >= LEAST else 0


def with_plain_part(text: CleanHtml, anchor: str) -> tuple[CleanHtml, bool]:
    """The text with a mark on its heading « En langage clair », and whether it has one."""
    for found in _PLAIN.finditer(text):
        if fold(plain(found[2])).strip(" :.!") in _PLAIN_TITLES:
            marked = f'{text[: found.start()]}<{found[1]} id="{anchor}">{found[2]}</{found[1]}>{text[found.end() :]}'
            return joined([marked]), True
    return text, False


def with_explained(text: CleanHtml, words: Iterable[Explained]) -> CleanHtml:
    """The text with a link from the first place where each word stands to where it is explained."""
    pieces = _TAG.split(text)
    for word in words:
        _link(pieces, word)
    return joined(pieces)


def _link(pieces: list[str], word: Explained) -> None:
    labels = sorted({label for label in word.labels if label.strip()}, key=len, reverse=True)
    if not labels:
        return
    wanted = re.compile(rf"\b(?:{'|'.join(re.escape(label) for label in labels)})(?:s|x)?\b", re.IGNORECASE)
    depth = 0
    for place, piece in enumerate(pieces):
        if piece.startswith("<"):
            name = _NAME.match(piece)
            if name and name[1] in _CLOSED:
                depth += -1 if piece.startswith("</") else 1
        elif not depth and (found := wanted.search(piece)):
            link = f'<a class="word" href="#{word.anchor}">{found[0]}</a>'
            pieces[place : place + 1] = [
                piece[: found.start()],
                link[: link.index(">") + 1],
                found[0],
                "</a>",
                piece[found.end() :],
            ]
            return


def inverted(name: str) -> str:
    """The name of a person as a bibliography writes it: « Fontaine, M. »."""
    parts = name.split()
    if len(parts) < 2:  # noqa: PLR2004 - a name alone
        return name
    cut = len(parts) - 1
    while cut > 1 and fold(parts[cut - 1]).strip(".") in _PARTICLES:
        cut -= 1
    initials = " ".join("-".join(f"{bit[0]}." for bit in part.split("-") if bit) for part in parts[:cut])
    return f"{' '.join(parts[cut:])}, {initials}"


def listed(names: Sequence[str], last: str) -> str:
    """Names one after the other, `last` before the last one."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {last} {names[-1]}" if names else ""


def cited(authors: str, day: str, title: str, source: str, address: str) -> tuple[str, str, str]:
    """A reference in the style of the APA, in three parts of which the middle one is slanted."""
    opening = f"{authors} ({day}). " if authors else ""
    after = "" if authors else f" ({day})"
    return opening, title.rstrip("."), f"{after}. {f'{source}. ' if source else ''}{address}"


def year_and_day(at: datetime | None, language: str, month: str) -> str:
    """A date as a reference says it: « 2026, 22 novembre », "2026, November 22"."""
    if at is None:
        return ""
    return f"{at.year}, {month} {at.day}" if language == "en" else f"{at.year}, {at.day} {month}"
