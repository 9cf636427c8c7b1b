"""Rows of a table as things: which column is which field, what a row says, and the cells that a thing fills in turn."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from node.domain import prose
from node.domain.fields import fold, is_address
from node.domain.files import LARGEST, Field
from node.domain.heads import READ_APART, class_of, field_name, language_of, values_of
from node.domain.html import clean, plain, visible
from node.errors import Invalid
from vocab.terms import slots_of
from vocab.things.meeting import Meeting
from vocab.things.object import Object
from vocab.types import all_types
from vocab.values import Ref, Text

#: A table with more rows or columns is taken in parts.
MOST_ROWS, MOST_COLUMNS = 20_000, 1_000
#: So many values stand in one cell at most: each topic would be a term of the glossary.
MOST_VALUES = 100
#: Fields that hold one text, whatever marks stand in it.
_WHOLE = frozenset({"title", "summary", "content", "audience", "kind", "genre", "language", "license", "key"})
_HTML = re.compile(r"</?(?:p|br|div|ul|ol|li|h[1-6]|a|strong|em|b|i|table|blockquote)\b[^<>]*>", re.IGNORECASE)
_BLANK_LINES = re.compile(r"\n[ \t]*\n\s*")
#: Where a row was before: the import says where it goes.
_NOT_ASKED = frozenset({"community", "communaute"})
#: How a spreadsheet knows a formula (also the wide forms that some programs take for it), and what tells it otherwise.
_FORMULA = tuple("=+-@＝＋－＠")
_NO_FORMULA = "'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a row tells: a thing, the topics that it only names, and the words that the deed which publishes decides about."""

    thing: Object
    topics: tuple[str, ...]
    options: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The header of a table, understood: the field of each column, "" for one that is left out; and the keys met so far."""

    name: str
    fields: tuple[str, ...]
    unknown: tuple[str, ...]
    keys: dict[str, int] = field(default_factory=dict)

    @property
    def complaint(self) -> str:
        """What to say of columns that are no field."""
        names = ", ".join(f"« {title} »" for title in self.unknown)
        return f"no field is known for {names}; say --map COLUMN=FIELD, or COLUMN= to leave it"

    def told(self, row: int, cells: Sequence[str]) -> Told | None:
        """What a row says, None for an empty one; raises Invalid with one line."""
        if any(len(cell.encode()) > LARGEST for cell in cells):
            raise Invalid(f"a cell is longer than {LARGEST // 1000} KB")
        if any(cell.strip() for cell in cells[len(self.fields) :]):
            raise Invalid(f"it has {len(cells)} cells, the header {len(self.fields)}: quote cells that hold separators")
        head: dict[str, Field] = {}
        for name, cell in zip(self.fields, cells, strict=False):
            words = _unguarded(visible(cell).strip())
            if name and words:
                head[name] = _joined(head.get(name), name, words, row)
        return self._told(head) if head else None

    def _told(self, head: Mapping[str, Field]) -> Told:
        body = _written(" ".join(head["content"].texts)) if "content" in head else ""
        title = " ".join(" ".join(head["title"].texts).split()) if "title" in head else ""
        title = title or prose.shorten(plain(body).split("\n", maxsplit=1)[0], 120)
        if not title:
            raise Invalid("it has neither a title nor a text")
        language = language_of(head, f"{title}\n{plain(body)}")
        kind = Meeting if "starttime" in head and "kind" not in head else class_of(head)
        values, options, topics = values_of(kind, head, language)
        thing = kind(**values, **_said(kind, head, title, body, language))
        given = options.get("key", "")
        if is_address(given) and thing.origin is None:
            thing = replace(thing, origin=Ref(given))
        return Told(thing=thing, topics=topics, options={**options, "key": self._key(thing, given)})

    def _key(self, thing: Object, given: str) -> str:
        """By what a row is known again: its own key, else an address it names, else what it is called; never its place."""
        if is_address(given) or given.startswith("urn:"):
            return given
        address = next((ref.iri for ref in (thing.origin, *thing.url) if ref is not None), "")
        begins = thing.start_time.isoformat() if thing.start_time else ""
        title = fold(thing.name.primary) if thing.name else ""
        key = f"{self.name}#{given}" if given else address or f"{self.name}: {' '.join([title, begins]).strip()}"
        if given:
            return key
        self.keys[key] = count = self.keys.get(key, 0) + 1
        return key if count == 1 else f"{key} ({count})"


def table(name: str, header: Sequence[str], columns: Mapping[str, str]) -> Table:
    """The table under a header; `columns` says which column is which field ("" leaves it out). Raises Invalid with one line."""
    if len(header) > MOST_COLUMNS:
        raise Invalid(f"{name}: {len(header)} columns are too many; keep those that say something, at most {MOST_COLUMNS}")
    titles = [" ".join(visible(title).split()) for title in header]
    given = {fold(column): field_name(word) if word else "" for column, word in columns.items()}
    for column, word in columns.items():
        if fold(column) not in map(fold, titles):
            raise Invalid(f"{name}: there is no column « {column} »; its columns: {', '.join(filter(None, titles))}")
        if word and given[fold(column)] not in _known():
            raise Invalid(f"there is no field {word!r}; write title, summary, content, author, topic, date, license, url…")
    fields = [given[fold(title)] if fold(title) in given else field_name(title) for title in titles]
    unknown = [title for title, word in zip(titles, fields, strict=True) if title and word and word not in _known() | _NOT_ASKED]
    kept = tuple(word if word in _known() else "" for word in fields)
    if not {"title", "content"} & set(kept):
        raise Invalid(
            f"{name}: no column is a title or a text; say which one is: --map « {next(filter(None, titles), '')} »=title"
        )
    return Table(name=name, fields=kept, unknown=tuple(unknown))


def guarded(text: str) -> str:
    """A text as a cell that no spreadsheet takes for a formula, without characters that show nothing."""
    shown = visible(text)
    return f"{_NO_FORMULA}{shown}" if _is_formula(shown) else shown


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith(_NO_FORMULA) and _is_formula(cell[1:]) else cell


def _is_formula(text: str) -> bool:
    """Whether some program takes a cell for one; also what looks like one that was told otherwise, so that it comes back."""
    return text.startswith("\t") or text.lstrip().startswith((*_FORMULA, _NO_FORMULA))


@cache
def _known() -> frozenset[str]:
    """Every field that a column can be."""
    kinds = [cls for cls in all_types() if issubclass(cls, Object)]
    slots = {re.sub("_", "", word).casefold() for cls in kinds for slot in slots_of(cls) for word in (slot.name, slot.key)}
    return frozenset(slots | READ_APART)


def _joined(before: Field | None, name: str, words: str, row: int) -> Field:
    """The field with what a further column says of it; several values stand between semicolons or on lines of their own."""
    if name in _WHOLE:
        return before or Field(value=words, line=row)
    marks = ";\n" if name != "topic" or ";" in words or "\n" in words else ","
    parts = [part for each in re.split(f"[{marks}]", words) if (part := each.strip())]
    values = tuple(dict.fromkeys([*(before.texts if before else ()), *parts]))
    if len(values) > MOST_VALUES:
        raise Invalid(f"{len(values)} values for {name} are too many; keep at most {MOST_VALUES}")
    return Field(value=values, line=row)


def _said(kind: type[Object], head: Mapping[str, Field], title: str, body: str, language: str) -> dict[str, Any]:
    said: dict[str, Any] = {"name": Text.of(title, language), "media_type": "text/html", "in_language": language or None}
    paragraphs = [plain(words) for words in re.findall(r"(?s)<p>(.*?)</p>", body)]
    given = prose.shorten(" ".join(" ".join(head["summary"].texts).split())) if "summary" in head else ""
    summary = plain(given) or prose.summary(paragraphs) or title
    if kind.TYPE != "Note":
        said["summary"] = Text.of(f"<p>{html.escape(summary, quote=False)}</p>", language)
    return {**said, "content": Text.of(body or f"<p>{html.escape(given or title, quote=False)}</p>", language)}


def _written(words: str) -> str:
    """A cell as HTML: cleaned when it is some, else its paragraphs."""
    if _HTML.search(words):
        return str(clean(words))
    paragraphs = (html.escape(part.strip(), quote=False) for part in _BLANK_LINES.split(words))
    return "\n".join(f"<p>{part.replace(chr(10), '<br>')}</p>" for part in paragraphs if part)
