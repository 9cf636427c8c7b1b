"""What in the text of a letter its writer wrote: without signatures and without the letter that it answers; or what it passes on.

Spec: RFC 3676 §4.3.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

#: « Le 3 mai, Ali a écrit : », on one line or broken over up to three; a ruled line with words; the first of a few header lines.
_INTRODUCED = re.compile(r"(?:le|on)\b.{4,300}?\b(?:a écrit|écrivait|wrote)\s*:", re.IGNORECASE)
_RULED = re.compile(
    r"-{2,}\s*(?:message (?:d.origine|original|transféré|transmis)|(?:original|forwarded) message)\s*:?\s*-{2,}"
    r"|(?:début du message \w+|begin forwarded message)\s*:",
    re.IGNORECASE,
)
_FROM = re.compile(r"\*{0,2}(?:de|from|expéditeur)\s*:\*{0,2}\s", re.IGNORECASE)
_HEADED = re.compile(
    r"\*{0,2}(?:de|from|expéditeur|date|envoyé|sent|à|pour|to|cc|copie à|objet|sujet|subject|répondre à|reply-to|destinataires?)"
    r"\s*:\*{0,2}(?:\s|$)",
    re.IGNORECASE,
)
#: What a telephone or a program adds at the end.
_ADDED = re.compile(
    r"(?:envoyé (?:de|depuis|à partir de|avec)|sent (?:from|with)|get outlook for"
    r"|(?:obtenez|téléchargez|télécharger) outlook pour)\b"
    r".{0,120}",
    re.IGNORECASE,
)
_BROKEN, _NEAR = 3, 5


def own_words(text: str, *, is_forwarded: bool = False) -> str:
    """What its writer wrote; of a letter that is passed on, or that holds nothing else, what is quoted too."""
    lines = [line.rstrip() for line in text.replace("\u00a0", " ").splitlines()]
    begins, goes_on = _quoted_at(lines)
    own = _unsigned(lines[:begins])
    if own and not is_forwarded:
        return own
    return "\n\n".join(part for part in (own, _unsigned(_passed_on(lines[goes_on:]))) if part)


def unflowed(text: str, *, deletes_space: bool = False) -> str:
    """A text that was broken into short lines for travelling, in the lines that it had. Spec: RFC 3676 §4."""
    found: list[str] = []
    is_open = False
    for line in text.splitlines():
        plain = line.removeprefix(" ")
        is_flowing = plain.endswith(" ") and plain != "-- " and not plain.startswith(">")
        shown = plain[:-1] if is_flowing and deletes_space else plain
        if is_open and plain != "-- ":
            found[-1] += shown
        else:
            found.append(shown)
        is_open = is_flowing
    return "\n".join(found)


def _quoted_at(lines: Sequence[str]) -> tuple[int, int]:
    """Where the letter begins that is quoted, and where its lines go on after what leads to it; the end where there is none."""
    last = _all_quoted_from(lines)
    for at, line in enumerate(lines[:last]):
        if _RULED.fullmatch(line.strip()):
            return at, at + 1
        for length in range(1, _BROKEN + 1):
            if _INTRODUCED.fullmatch(" ".join(part.strip() for part in lines[at : at + length])):
                return at, at + length
        near = takewhile(str.strip, lines[at : at + _NEAR])
        if _FROM.match(line.strip()) and sum(bool(_HEADED.match(each.strip())) for each in near) > 1:
            is_ruled = at > 0 and set(lines[at - 1].strip()) in ({"_"}, {"-"})
            return at - is_ruled, at
    return last, last


def _all_quoted_from(lines: Sequence[str]) -> int:
    """The first line from which on every line is quoted or empty."""
    at = len(lines)
    while at and (not lines[at - 1].strip() or lines[at - 1].lstrip().startswith(">")):
        at -= 1
    return next((place for place in range(at, len(lines)) if lines[place].strip()), len(lines))


def _passed_on(lines: Sequence[str]) -> list[str]:
    """The lines of a letter that is passed on, without its marks, and without the names and addresses in its head."""
    bare = [re.sub(r"^\s*>\s?", "", line) for line in lines]
    while bare and not bare[0].strip():
        bare.pop(0)
    if bare and _HEADED.match(bare[0].strip()):
        end = next((place for place, line in enumerate(bare) if not line.strip()), len(bare))
        bare = bare[end:]
    return bare


def _unsigned(lines: Sequence[str]) -> str:
    """The text without what stands below the mark of a signature, and without what a program adds."""
    kept = list(lines[: next((at for at, line in enumerate(lines) if line.strip() == "--"), len(lines))])
    while kept and (not kept[-1].strip() or _ADDED.fullmatch(kept[-1].strip())):
        kept.pop()
    return "\n".join(kept).strip()
