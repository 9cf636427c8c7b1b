"""What somebody's file holds: its text, and the fields written at its head between two lines of dashes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from node.domain.html import visible
from node.errors import Invalid

if TYPE_CHECKING:
    import yaml

    Node: TypeAlias = yaml.ScalarNode | yaml.SequenceNode | yaml.MappingNode

#: A field's value: a text, a list, or a list per name (per language, mostly).
Value = str | tuple[str, ...] | Mapping[str, tuple[str, ...]]

_FENCE = re.compile(r"^(?:---|\.\.\.)\s*$")
_FIRST_FIELD = re.compile(r"^[\w-]+\s*:")
_LONGEST_HEAD = 64_000
#: In bytes. The text travels three times in one document (plain, by language, as source), and peers refuse one beyond 1 MiB.
LARGEST = 250_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a file's head: its value as written (numbers and dates too are texts), and its line, from 1."""

    value: Value
    line: int

    @property
    def texts(self) -> tuple[str, ...]:
        """Every text of the value, whatever its form."""
        if isinstance(self.value, str):
            return (self.value,) if self.value else ()
        if isinstance(self.value, Mapping):
            return tuple(text for texts in self.value.values() for text in texts)
        return self.value


def text_of(name: str, content: bytes) -> str:
    """The text of a file in UTF-8, without invisible characters; Invalid when it is too long or no text."""
    if len(content) > LARGEST:
        raise Invalid(
            f"{name}, line 1: this text is longer than {LARGEST // 1000} KB; split it, and gather the parts in a notebook"
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = content[: fault.start].count(b"\n") + 1
        raise Invalid(f"{name}, line {line}: this is not text in UTF-8; save the file as plain text in UTF-8") from fault
    if "\x00" in text:
        line = text[: text.index("\x00")].count("\n") + 1
        raise Invalid(f"{name}, line {line}: this is not a text file; export the document as plain text first")
    shown = visible(text.replace("\f", "\n\n"))
    if not shown.strip():
        raise Invalid(f"{name}, line 1: this file has no text in it; export it as text again")
    return shown


def head_and_body(name: str, text: str) -> tuple[dict[str, Field], str]:
    """The fields between the dashes at the head of a text, and what follows them; Invalid names line and remedy."""
    lines = [*text.split("\n"), ""]
    if not _FENCE.match(lines[0]) or not _FIRST_FIELD.match(lines[1]):
        return {}, text
    end = next((place for place, line in enumerate(lines[1:], start=1) if _FENCE.match(line)), None)
    if end is None:
        raise Invalid(f"{name}, line 1: the fields at the head have no end; put a line --- below the last of them")
    return _fields(name, "\n".join(lines[1:end])), "\n".join(lines[end + 1 :]).strip("\n")


def _fields(name: str, head: str) -> dict[str, Field]:
    # imported here: a node that serves reads no files
    import yaml  # noqa: PLC0415

    if len(head) > _LONGEST_HEAD:
        raise Invalid(f"{name}, line 2: the fields at the head are too long; move the text below the second ---")
    try:
        root = yaml.compose(head, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as fault:
        line = (fault.problem_mark.line if fault.problem_mark else 0) + 2
        problem = fault.problem or "this cannot be read"
        raise Invalid(f"{name}, line {line}: {problem}; write `name: value`, in quotes if the value has a colon") from fault
    except (yaml.YAMLError, RecursionError) as fault:
        raise Invalid(f"{name}, line 2: the fields at the head cannot be read; write `name: value` on each line") from fault
    if not isinstance(root, yaml.MappingNode):
        raise Invalid(f"{name}, line 2: the head is no list of fields; write `name: value` on each line")
    return {_word(name, key): Field(value=_value(name, node), line=_line(node)) for key, node in root.value}


def _value(name: str, node: Node) -> Value:
    """The value as it is written: YAML would make a number of 2026 and a No of the language code for Norwegian."""
    if node.id == "scalar":
        return _word(name, node)
    if node.id == "sequence":
        return tuple(_word(name, part) for part in node.value)
    pairs = node.value if node.id == "mapping" else []
    return {_word(name, key): _words(name, part) for key, part in pairs}


def _words(name: str, node: Node) -> tuple[str, ...]:
    parts = node.value if node.id == "sequence" else [node]
    return tuple(_word(name, part) for part in parts)


def _word(name: str, node: Node) -> str:
    if node.id != "scalar":
        raise Invalid(f"{name}, line {_line(node)}: a list inside a list cannot be read here; write one text per dash")
    return str(node.value).strip()


def _line(node: Node) -> int:
    """The line in the file, from 1; the first line is the dashes."""
    return int(node.start_mark.line) + 2
