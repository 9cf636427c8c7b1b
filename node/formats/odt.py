"""OpenDocument texts (.odt), as LibreOffice writes them: one resource each. Reads only.

Spec: ODF 1.3 Part 3 §5.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from xml.etree.ElementTree import Element

from node.contracts import Draft, File, Format
from node.domain.documents import Card, options, resource
from node.domain.markup import tree_of
from node.domain.packed import parts_of
from node.errors import Invalid

_TEXT, _CARD = "content.xml", "meta.xml"
_XLINK = "{http://www.w3.org/1999/xlink}href"
_TAGS = {
    "p": ("p",), "list": ("ul",), "list-item": ("li",), "table": ("table",), "table-row": ("tr",), "table-cell": ("td",),
}  # fmt: skip
_SPACES = {"line-break": "<br>", "s": " ", "tab": " "}
#: In place of tags, for the style of a title.
_TITLE = "Title"
#: What is no text of the document: notes to it, passages that were deleted, pictures, and lists made of others.
_UNREAD = frozenset({
    "tracked-changes", "annotation", "annotation-end", "sequence-decls", "forms", "frame", "note-citation", "table-of-content",
    "alphabetical-index", "bookmark", "variable-decls", "user-field-decls",
})  # fmt: skip
_EMPHASIS = (("font-weight", "bold", "strong"), ("font-style", "italic", "em"))
_NUMBERED = "list-level-style-number"
_MOST_SPACES = 20


@dataclass(slots=True, kw_only=True)
class _Page:
    """What was written so far, the tags of each style, and the footnotes met."""

    styles: Mapping[str, tuple[str, ...]]
    out: list[str] = field(default_factory=list)
    notes: list[Element] = field(default_factory=list)


def read(file: File) -> Iterator[Draft]:
    """One resource; Invalid says in one line why the document is not read."""
    parts = parts_of(file.name, file.content, (_TEXT, _CARD))
    if _TEXT not in parts:
        raise Invalid(f"{file.name}: this is no OpenDocument text; save it as .odt")
    root = tree_of(file.name, parts[_TEXT])
    body = next((element for element in root.iter() if _name(element) == "text" and "office" in element.tag), None)
    if body is None:
        raise Invalid(f"{file.name}: there is no text in this document; of tables, save a CSV")
    page = _Page(styles=_styles(root))
    _inside(page, body)
    for number, note in enumerate(page.notes, start=1):
        page.out.append(f"<p><sup>{number}</sup> ")
        for paragraph in note.iter():
            if _name(paragraph) == "p":
                _inside(page, paragraph)
        page.out.append("</p>")
    card = _card(file.name, parts.get(_CARD, b""))
    thing = resource(file.name, "".join(page.out), card)
    yield Draft(thing=thing, source=file.name, topics=card.keywords, options=options(card))


def _inside(page: _Page, element: Element) -> None:
    """Writes what stands in an element; how deep they stand was looked at when they were read."""
    page.out.append(escape(element.text or "", quote=False))
    for part in element:
        _write(page, part)
        page.out.append(escape(part.tail or "", quote=False))


def _write(page: _Page, element: Element) -> None:
    name = _name(element)
    if name in _UNREAD:
        return
    if name == "note":
        page.notes.append(element)
        page.out.append(f"<sup>{len(page.notes)}</sup>")
        return
    if name in _SPACES:
        page.out.append(_SPACES[name] * _number(element, "c", _MOST_SPACES))
        return
    tags = _tags(page, element, name)
    link = f'<a href="{escape(element.get(_XLINK, ""))}">' if name == "a" else ""
    page.out.append(link + "".join(f"<{tag}>" for tag in tags))
    _inside(page, element)
    page.out.append("".join(f"</{tag}>" for tag in reversed(tags)) + ("</a>" if link else ""))


def _tags(page: _Page, element: Element, name: str) -> tuple[str, ...]:
    """The tags that stand around the words of an element."""
    style = page.styles.get(_attribute(element, "style-name"), ())
    match name:
        case "h":
            return (f"h{_number(element, 'outline-level', 6)}",)
        case "p" if _TITLE in style:
            return ("h1",)
        case "list" if style:
            return style
        case "span":
            return tuple(tag for tag in style if tag != _TITLE)
        case _:
            return _TAGS.get(name, ())


def _styles(root: Element) -> dict[str, tuple[str, ...]]:
    """The tags that each style of the document stands for."""
    found: dict[str, tuple[str, ...]] = {_TITLE: (_TITLE,)}
    for style in root.iter():
        if _name(style) == "list-style" and len(style) and _name(style[0]) == _NUMBERED:
            found[_attribute(style, "name")] = ("ol",)
        if _name(style) != "style":
            continue
        looks = {key.rpartition("}")[2]: value for part in style for key, value in part.attrib.items()}
        tags = tuple(tag for key, value, tag in _EMPHASIS if looks.get(key) == value)
        found[_attribute(style, "name")] = (_TITLE,) if _attribute(style, "parent-style-name") == _TITLE else tags
    return found


def _card(name: str, content: bytes) -> Card:
    """What the document says of itself."""
    if not content:
        return Card()
    said: dict[str, list[str]] = {}
    for element in tree_of(name, content).iter():
        said.setdefault(_name(element), []).append(" ".join((element.text or "").split()))
    first = {key: values[0] for key, values in said.items()}
    author = first.get("initial-creator") or first.get("creator", "")
    return Card(
        title=first.get("title", ""),
        authors=(author,) if author else (),
        published=first.get("creation-date", ""),
        updated=first.get("date", ""),
        language=first.get("language", ""),
        keywords=tuple(word for each in said.get("keyword", ()) for part in each.split(",") if (word := part.strip())),
    )


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _attribute(element: Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _number(element: Element, name: str, most: int) -> int:
    """A number that an attribute says, from 1 to the most that is meant."""
    said = _attribute(element, name)
    return min(max(int(said), 1), most) if said.isdecimal() and len(said) < len("1000") else 1


FORMAT = Format(
    name="odt",
    media_type="application/vnd.oasis.opendocument.text",
    extension="odt",
    loses={
        "fr": "Images, mise en page, couleurs, commentaires, passages supprimés, et si une liste dans une liste est numérotée.",
        "en": "Images, layout, colours, comments, deleted passages, and whether a list within a list is numbered.",
    },
    read=read,
)
