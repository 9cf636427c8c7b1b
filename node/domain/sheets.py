"""A thing as the fields of the form in which people change it; `filling.py` leads back.

Every field is a text. A field of several values has one a line; what a thing points to is named in words, and found again by
them. Labels and explanations of the fields are those of the vocabulary.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from node.domain.credits import lines_of
from node.domain.differences import merged, merged_list
from node.domain.html import clean, plain, visible
from node.domain.marking import markdown
from node.domain.notebooks import items_of, without_list, without_outline
from node.errors import Invalid
from vocab.terms import Slot, slots_of
from vocab.thing import Thing
from vocab.things.notebook import Notebook
from vocab.things.source import Source
from vocab.types import class_for
from vocab.values import Ref, Text

Sheet = Mapping[str, str]
#: What a thing, term or place is called; "" when that is not known.
Naming = Callable[[str], str]


class Control(enum.StrEnum):
    """How a field is filled."""

    LINE = "line"
    PROSE = "prose"
    MARKDOWN = "markdown"
    LINES = "lines"  # several texts, one a line
    CHOICE = "choice"  # a concept of a scheme
    CHOICES = "choices"  # several of them
    NAMES = "names"  # terms or places by what they are called, one a line
    LINKS = "links"  # other things: an address, and behind it what it is called
    DATE = "date"
    LICENCE = "licence"
    LANGUAGE = "language"
    CREDITS = "credits"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldOf:
    """A field of the form: its name there, the field of the thing, how it is filled, and its group on the page."""

    name: str
    slot: str
    control: Control
    group: str


def _fields(group: str, **named: tuple[str, Control]) -> tuple[FieldOf, ...]:
    return tuple(FieldOf(name=name, slot=slot, control=control, group=group) for name, (slot, control) in named.items())


#: Every field, in the order of the page; a form has those that the class of its thing knows.
FIELDS = (
    *_fields(
        "contenu",
        titre=("name", Control.LINE),
        texte=("content", Control.MARKDOWN),
        resume=("summary", Control.PROSE),
    ),
    *_fields(
        "pratique",
        contexte=("organizational_context", Control.PROSE),
        aide=("helped", Control.LINES),
        nui=("hindered", Control.LINES),
        prudence=("caution", Control.LINES),
        cout=("estimated_cost", Control.LINES),
        transfert=("transferability", Control.LINES),
    ),
    *_fields(
        "reperes",
        genre=("genre", Control.CHOICE),
        sujets=("topic", Control.NAMES),
        territoires=("territory", Control.NAMES),
        leviers=("action_lever", Control.CHOICES),
        cite=("references", Control.LINKS),
        voisins=("related", Control.LINKS),
    ),
    *_fields(
        "fiabilite",
        statut=("knowledge_status", Control.CHOICE),
        actualite=("currency", Control.CHOICE),
        relire=("review_by", Control.DATE),
        posture=("posture", Control.CHOICE),
    ),
    *_fields(
        "credits",
        credits=("credit", Control.CREDITS),
        auteurs=("creator", Control.LINES),
        licence=("license", Control.LICENCE),
        langue=("in_language", Control.LANGUAGE),
        origine=("origin", Control.LINE),
        parution=("issued", Control.LINE),
        editeur=("publisher_name", Control.LINES),
        reference=("citation", Control.LINES),
        categories=("platform_category", Control.LINES),
    ),
)
#: The longest text of a field; what is longer is no sheet.
LONGEST = {Control.MARKDOWN: 200_000, Control.LINE: 500}
LONGEST_OTHER = 20_000
_BY_NAME = {field.name: field for field in FIELDS}
_SEVERAL = frozenset({Control.LINES, Control.NAMES, Control.LINKS, Control.CHOICES, Control.CREDITS})


def fields_for(thing: Thing) -> tuple[FieldOf, ...]:
    """The fields of the form of a thing."""
    slots = {slot.name for slot in slots_of(class_for(thing.type, thing.kind))}
    return tuple(field for field in FIELDS if field.slot in slots)


def slot_of(thing: Thing, field: FieldOf) -> Slot:
    """The property of the vocabulary that a field fills."""
    return next(slot for slot in slots_of(class_for(thing.type, thing.kind)) if slot.name == field.slot)


def sheet_of(thing: Thing, naming: Naming) -> dict[str, str]:
    """What stands in each field of the form of a thing."""
    return {field.name: _said(thing, field, naming) for field in fields_for(thing)}


def tidied(field: FieldOf, said: str) -> str:
    """What somebody typed, as a sheet has it; raises Invalid when it is too long."""
    longest = LONGEST.get(field.control, LONGEST_OTHER)
    text = visible(said).strip() if field.control is not Control.MARKDOWN else visible(said).strip("\n").rstrip()
    if len(text) > longest:
        raise Invalid(f"this is longer than {longest} characters")
    if field.control is Control.LINE:
        return " ".join(text.split())
    if field.control in _SEVERAL:
        return "\n".join(dict.fromkeys(line for each in text.split("\n") if (line := " ".join(each.split()))))
    return text


def joined(base: Sheet, mine: Sheet, theirs: Sheet) -> tuple[dict[str, str], tuple[str, ...]]:
    """What two people made of one sheet, and the fields that both changed in two ways: there `mine` stands."""
    found, contested = {}, []
    for name, said in mine.items():
        before, other = base.get(name, ""), theirs.get(name, "")
        if _BY_NAME[name].control in _SEVERAL:
            found[name] = "\n".join(merged_list(before.split("\n"), said.split("\n"), other.split("\n"))).strip("\n")
            continue
        both = merged(before, said, other)
        found[name] = said if both is None else both
        if both is None:
            contested.append(name)
    return found, tuple(contested)


def words_of(field: FieldOf, value: object, naming: Naming = lambda _: "") -> str:
    """One value of a property as a line of its field."""
    if isinstance(value, Text):
        return (
            plain(value.primary) if field.slot == "summary" else value.primary if field.control is Control.PROSE else _line(value)
        )
    if isinstance(value, datetime):
        return value.date().isoformat()
    return _pointer(field, value, naming) if isinstance(value, Ref) else str(value)


def _line(text: Text) -> str:
    return " ".join(text.primary.split())


def _pointer(field: FieldOf, ref: Ref, naming: Naming) -> str:
    inside = getattr(ref.thing, "name", None)
    name = naming(ref.iri) or (_line(inside) if isinstance(inside, Text) else "")
    if field.control is Control.NAMES:
        return name or ref.iri
    return f"{ref.iri} {name}".strip() if field.control is Control.LINKS else ref.iri


def _said(thing: Thing, field: FieldOf, naming: Naming) -> str:
    value = getattr(thing, field.slot, None)
    many = value if isinstance(value, tuple) else () if value is None else (value,)
    if field.control is Control.MARKDOWN:
        return _markdown(thing)
    if field.control is Control.CREDITS:
        return "\n".join(lines_of(many))
    return "\n".join(filter(None, (words_of(field, each, naming) for each in many)))


def _markdown(thing: Thing) -> str:
    """The text as it was written, without the list that repeats the outline of a notebook."""
    items = items_of(thing) if isinstance(thing, Notebook) else ()
    kept, content = getattr(thing, "source", None), getattr(thing, "content", None)
    written = kept.thing if kept is not None else None
    if isinstance(written, Source) and written.content is not None and written.media_type == "text/markdown":
        return without_list(written.content.primary, items)
    return markdown(clean(without_outline(content.primary, items))) if content is not None else ""
