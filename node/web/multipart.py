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


def parts(content_type: str, body: bytes, *, has_files: bool = True) -> list[Part]:
    """The parts of a form, in order; empty for what is no such form. ValueError for more than a form has, or one torn off.

    Without `has_files` files are left empty, for whoever asks for the fields alone.
    """
    kind, _, rest = content_type.partition(";")
    match = _BOUNDARY.search(rest)
    if kind.strip().lower() != MULTIPART or match is None:
        return []
    mark = b"\r\n--" + match["boundary"].rstrip().encode()
    return [part for begin, end in _spans(body, mark) if (part := _part(body, begin, end, has_files)) is not None]


def _spans(body: bytes, mark: bytes) -> list[tuple[int, int]]:
    """Where each part begins and ends: a file of many megabytes is copied once, when it is taken out."""
    if body.startswith(mark[2:]):
        begin = len(mark) - 2
    else:
        first = body.find(mark)
        begin = first + len(mark) if first >= 0 else -1
    found: list[tuple[int, int]] = []
    while begin >= 0 and body[begin : begin + 2] != b"--":
        end = body.find(mark, begin)
        found.append((begin, end))
        if len(found) > MOST_PARTS:
            raise ValueError("too many parts")
        begin = end + len(mark) if end >= 0 else -1
    if begin < 0:
        raise ValueError("the end of the form is missing")
    return found


def _part(body: bytes, begin: int, end: int, has_files: bool) -> Part | None:
    begin += 2 if body.startswith(b"\r\n", begin) else 0
    separator = body.find(b"\r\n\r\n", begin, min(end, begin + LONGEST_HEAD + 4))
    if separator < 0:
        return None
    head = body[begin:separator]
    said = next(
        (line for line in head.decode("utf-8", "replace").split("\r\n") if line.lower().startswith("content-disposition")), ""
    )
    name, filename = _NAME.search(said), _FILENAME.search(said)
    if name is None:
        return None
    content = body[separator + 4 : end] if has_files or not filename else b""
    return Part(name=_written(name["name"]), filename=_written(filename["name"]) if filename else None, content=content)


def _written(text: str) -> str:
    """A name as it was before a browser made it fit for a header."""
    plain = re.sub(r"\\(.)", r"\1", text)
    return re.sub(r"%(22|0D|0A)", lambda match: unquote(match[0]), plain)
