"""A form with files, read from its bytes: each part by its name. Spec: RFC 7578."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote

MULTIPART = "multipart/form-data"

#: More parts than any form of ours has, a folder of files included; the head of a part is no longer than this.
MOST_PARTS, LONGEST_HEAD = 500, 2_000

_BOUNDARY = re.compile(r'boundary="?(?P<boundary>[0-9A-Za-z\'()+_,./:=? -]{1,70})"?\s*(;|$)')
_NAME = re.compile(r'(?i);\s*name="(?P<name>(?:[^"\\]|\\.)*)"')
_FILENAME = re.compile(r'(?i);\s*filename="(?P<name>(?:[^"\\]|\\.)*)"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a form. `filename` is None of what is no file, "" where none was chosen."""

    name: str
    filename: str | None
    content: bytes


def parts(content_type: str, body: bytes) -> list[Part]:
    """The parts of a form, in order; empty for what is no such form. ValueError for more than a form has, or one torn off."""
    kind, _, rest = content_type.partition(";")
    match = _BOUNDARY.search(rest)
    if kind.strip().lower() != MULTIPART or match is None:
        return []
    mark = b"--" + match["boundary"].rstrip().encode()
    pieces = (b"\r\n" + body).split(b"\r\n" + mark, MOST_PARTS + 2)
    if len(pieces) > MOST_PARTS + 2:
        raise ValueError("too many parts")
    if len(pieces) < 2 or not pieces[-1].startswith(b"--"):  # noqa: PLR2004 -- what is before the first part, and the end
        raise ValueError("the end of the form is missing")
    return [part for piece in pieces[1:-1] if (part := _part(piece)) is not None]


def _part(piece: bytes) -> Part | None:
    head, separator, content = piece.removeprefix(b"\r\n").partition(b"\r\n\r\n")
    if not separator or len(head) > LONGEST_HEAD:
        return None
    said = next(
        (line for line in head.decode("utf-8", "replace").split("\r\n") if line.lower().startswith("content-disposition")), ""
    )
    name, filename = _NAME.search(said), _FILENAME.search(said)
    if name is None:
        return None
    return Part(name=_written(name["name"]), filename=_written(filename["name"]) if filename else None, content=content)


def _written(text: str) -> str:
    """A name as it was before a browser made it fit for a header."""
    plain = re.sub(r"\\(.)", r"\1", text)
    return re.sub(r"%(22|0D|0A)", lambda match: unquote(match[0]), plain)
