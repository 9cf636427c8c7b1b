"""Markdown with fields at its head: what people write in their editor, and what a script can make. Reads only.

Any property of the vocabulary may stand at the head under its own name; the names in `_NAMES` are for people.
"""

from __future__ import annotations

import html
import re
from collections import abc
from functools import cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from node.contracts import Draft, File, Format
from node.domain import prose
from node.domain.entries import Audience
from node.domain.fields import ZONE, fold, plain_value, pointers, texts
from node.domain.files import Field, head_and_body, text_of
from node.domain.html import clean, plain
from node.errors import Invalid
from vocab.namespaces import CONCEPTS
from vocab.terms import Shape, Slot, slots_of
from vocab.things.event import Event
from vocab.things.mapping import Mapping
from vocab.things.object import Object
from vocab.things.practice_note import PracticeNote
from vocab.things.repertoire_item import RepertoireItem
from vocab.things.source import Source
from vocab.types import all_types, key_of
from vocab.values import Ref, Text

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

#: What people call a field → its name. Names of properties need not be here.
_NAMES = {
    "titre": "title", "name": "title", "nom": "title", "resume": "summary", "description": "summary", "type": "kind",
    "sorte": "kind", "sujets": "topic", "sujet": "topic", "tags": "topic", "topics": "topic", "territoire": "territory",
    "licence": "license", "langue": "language", "lang": "language", "inlanguage": "language", "auteur": "author",
    "auteurs": "author", "autrice": "author", "authors": "author", "attributedto": "author", "public": "audience",
    "visibilite": "audience", "relation": "relationship", "objet": "object", "confiance": "confidence",
    "etat": "mappingstate", "state": "mappingstate", "cle": "key", "id": "key", "glossaire": "inscheme",
    "date": "published", "leviers": "actionlever", "secteur": "sector", "debut": "starttime", "start": "starttime",
    "fin": "endtime", "end": "endtime", "fuseau": "timezone", "fuseauhoraire": "timezone", "lieu": "location",
    "lieux": "location", "inscription": "joinmode", "inscriptions": "joinmode", "places": "maximumattendeecapacity",
    "capacite": "maximumattendeecapacity", "statut": "eventstatus", "categorie": "category",
}  # fmt: skip
#: What the deed that publishes decides about.
_FOR_THE_DEED = frozenset({"author", "key"})
_READ_APART = _FOR_THE_DEED | {"title", "kind", "language", "summary", "audience", "content", "source", "mediatype"}
_AUDIENCES = {
    "moi": Audience.SELF, "prive": Audience.SELF, "brouillon": Audience.SELF, "ma communaute": Audience.COMMUNITY,
    "communaute": Audience.COMMUNITY, "communautes choisies": Audience.CHOSEN,
    **{audience.value: audience for audience in Audience},
}  # fmt: skip
_CARRIERS = frozenset({"Article", "Page", "Note", "Event", "Place"})
_LANGUAGE = re.compile(r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
_LONGEST_TITLE = 120


@cache
def _marks() -> MarkdownIt:
    # imported here: a node that serves reads no files
    from markdown_it import MarkdownIt  # noqa: PLC0415

    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


def read(file: File) -> list[Draft]:
    """One thing from a Markdown file in UTF-8; Invalid says in one line where the file is wrong and what to do.

    `thing.topic` has the topics given by address, `Draft.topics` those given by name. `options` holds "author", "audience"
    and "key" as written, and the words of any other field that names a thing of this node rather than its address.
    """
    name = file.name
    head, body = head_and_body(name, text_of(name, file.content))
    found = {_field_name(word): field for word, field in head.items()}
    try:
        return [_draft(name, found, body)]
    except _Misread as fault:
        raise Invalid(f"{name}, line {fault.line}: {fault}") from fault


class _Misread(Invalid):
    """A field that cannot be understood, with its line."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


def _draft(name: str, head: abc.Mapping[str, Field], body: str) -> Draft:
    """The draft. A mapping without a title has no name yet: what its terms are called is known where it is published."""
    tokens = _marks().parse(body)
    title, rest = _titled(head, tokens)
    rendered = str(clean(_marks().renderer.render(_lowered(rest), _marks().options, {})))
    language = _language(head, f"{title}\n{plain(rendered)}")
    kind = _class(head)
    values, options, topics = _values(kind, head, language)
    label = values.get("pref_label")
    names_itself = issubclass(kind, Mapping) and {"subject", "object"} <= set(head)
    title = title or (label.primary if isinstance(label, Text) else "") or ("" if names_itself else _first_words(rendered))
    if not title and not names_itself:
        raise _Misread(1, "this has no title and no text; write `title: …` between two lines of dashes")
    values |= _told(kind, title, rendered, language)
    summary = _summary(head, values, rendered) or title
    if kind.TYPE != "Note":
        values["summary"] = Text.of(f"<p>{html.escape(summary, quote=False)}</p>", language)
    written = _without_title(body, tokens, rest)
    if written:
        # Lemmy, NodeBB and Friendica show the source in place of the content, below a title of their own.
        source = Source(content=Text.of(written), media_type="text/markdown")
        values |= {"source": Ref("", thing=source)}
    return Draft(thing=kind(**values), source=name, topics=topics, options=options)


def _field_name(word: str) -> str:
    plain_word = re.sub(r"[\s_-]", "", fold(word))
    return _NAMES.get(plain_word, plain_word)


def _class(head: abc.Mapping[str, Field]) -> type[Object]:
    """The class that `kind` names, in either language; a practice note needs only its genre to say so."""
    field = head.get("kind")
    if field is None:
        genre = head.get("genre")
        is_note = genre is not None and fold(" ".join(genre.texts)).replace("-", " ") in {"note de pratique", "practice note"}
        return PracticeNote if is_note or (genre and genre.texts == (f"{CONCEPTS}genres/note-de-pratique",)) else RepertoireItem
    wanted = fold(" ".join(field.texts)).replace(" ", "")
    kinds = [cls for cls in all_types() if cls.TYPE in _CARRIERS and issubclass(cls, Object)]
    for cls in kinds:
        if wanted in {fold(word).replace(" ", "") for word in (key_of(cls), *cls.ABOUT.label.values())}:
            return cls
    raise _Misread(field.line, f"kind {field.value!r} is not known; write one of {', '.join(key_of(cls) for cls in kinds)}")


def _values(
    kind: type[Object], head: abc.Mapping[str, Field], language: str
) -> tuple[dict[str, Any], dict[str, str], tuple[str, ...]]:
    """The values for the fields of the class, the options, and the topics that are only named."""
    slots = {re.sub("_", "", word).casefold(): slot for slot in slots_of(kind) for word in (slot.name, slot.key)}
    values: dict[str, Any] = {}
    options = {word: "; ".join(head[word].texts) for word in sorted(_FOR_THE_DEED & set(head))}
    if "audience" in head:
        options["audience"] = _audience(head["audience"])
    topics: tuple[str, ...] = ()
    clock = _clock(head) if issubclass(kind, Event) else ""
    for word, field in head.items():
        slot = slots.get(word)
        if word in _READ_APART:
            continue
        if slot is None:
            options[word] = "; ".join(field.texts)
            continue
        value, names = _value(slot, field, language, clock)
        values |= {slot.name: value} if value not in {None, ()} else {}
        if slot.name == "topic":
            topics = names
        elif names:
            options[slot.key] = "; ".join(names)
    return values, options, topics


def _clock(head: abc.Mapping[str, Field]) -> str:
    """The time zone in which the hours of an event are written."""
    field = head.get("timezone")
    name = " ".join(field.texts) if field is not None else ZONE
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as fault:
        raise _Misread(field.line if field else 1, f"{name!r} is no time zone; write one like America/Toronto") from fault
    return name


def _value(slot: Slot, field: Field, language: str, clock: str) -> tuple[object, tuple[str, ...]]:
    """What a field says, and the names in it that are not addresses."""
    names: tuple[str, ...] = ()
    found: tuple[object, ...]
    try:
        match slot.shape:
            case Shape.REF:
                found, names = pointers(slot, field.texts)
            case Shape.TEXT:
                found = texts(field.value, language)
            case _:
                found = tuple(plain_value(slot, text, clock) for text in field.texts)
    except Invalid as fault:
        raise _Misread(field.line, str(fault)) from fault
    if slot.is_many:
        return found, names
    if len(found) > 1:
        raise _Misread(field.line, f"{slot.key} takes one value; keep one of {len(found)}")
    return (found[0] if found else None), names


def _audience(field: Field) -> str:
    wanted = fold(" ".join(field.texts))
    if wanted not in _AUDIENCES:
        raise _Misread(field.line, f"audience {field.value!r} is not known; write private, community, chosen or public")
    return _AUDIENCES[wanted].value


def _language(head: abc.Mapping[str, Field], words: str) -> str:
    field = head.get("language")
    if field is None:
        return prose.language(words)
    tag = " ".join(field.texts)
    if not _LANGUAGE.match(tag):
        raise _Misread(field.line, f"language {tag!r} is no language code; write fr, en, fr-CA…")
    return tag


def _titled(head: abc.Mapping[str, Field], tokens: list[Token]) -> tuple[str, list[Token]]:
    """The title at the head, else the heading that the text begins with, which then leaves the text."""
    title = " ".join(" ".join(head["title"].texts).split()) if "title" in head else ""
    if tokens and tokens[0].type == "heading_open" and tokens[0].tag in {"h1", "h2"}:
        heading = plain(_marks().renderer.render(tokens[1:2], _marks().options, {}))
        if not title or fold(heading) == fold(title):
            return title or heading, tokens[3:]
    return title, tokens


def _without_title(body: str, tokens: list[Token], rest: list[Token]) -> str:
    """The text as it was written, without the heading that became the title."""
    heading = tokens[0].map if tokens and len(rest) < len(tokens) else None
    lines = body.split("\n")
    return "\n".join(lines[heading[1] :] if heading else lines).strip("\n")


def _lowered(tokens: list[Token]) -> list[Token]:
    """Headings below the title's: the page has its own <h1>."""
    headings = [token for token in tokens if token.type in {"heading_open", "heading_close"}]
    if any(token.tag == "h1" for token in headings):
        for token in headings:
            token.tag = f"h{min(int(token.tag[1]) + 1, 6)}"
    return tokens


def _first_words(rendered: str) -> str:
    return prose.shorten(plain(rendered).split("\n", maxsplit=1)[0], _LONGEST_TITLE)


def _summary(head: abc.Mapping[str, Field], values: abc.Mapping[str, Any], rendered: str) -> str:
    if "summary" in head:
        return prose.shorten(" ".join(" ".join(head["summary"].texts).split()))
    definition = values.get("definition")
    paragraphs = re.findall(r"(?s)<p>(.*?)</p>", rendered)
    return prose.summary([*([definition.primary] if isinstance(definition, Text) else []), *map(plain, paragraphs)])


def _told(kind: type[Object], title: str, rendered: str, language: str) -> dict[str, Any]:
    told: dict[str, Any] = {"media_type": "text/html", "in_language": language or None}
    if title:
        told["name"] = Text.of(title, language)
    if rendered.strip() or (title and kind.TYPE in {"Article", "Event", "Note"}):
        told["content"] = Text.of(rendered.strip() or f"<p>{html.escape(title, quote=False)}</p>", language)
    return told


FORMAT = Format(
    name="markdown",
    media_type="text/markdown",
    extension="md",
    loses={"fr": "Rien de ce que l’entête et le texte disent.", "en": "Nothing of what its head and its text say."},
    read=read,
)
