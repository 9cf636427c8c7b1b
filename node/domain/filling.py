"""A thing as the form was filled in, in which people change it: only the fields that say something else are written anew."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from node.domain.composing import rendered
from node.domain.credits import credits_of
from node.domain.dates import moment
from node.domain.fields import ZONE, fold, is_address, schemes_of
from node.domain.html import plain
from node.domain.licences import licence
from node.domain.prose import language_tag
from node.domain.prose import summary as summary_of
from node.domain.sentences import said as sentence
from node.domain.sheets import Control, FieldOf, Naming, Sheet, fields_for, sheet_of, slot_of, words_of
from node.errors import Invalid
from vocab import concepts
from vocab.things.object import Object
from vocab.things.source import Source
from vocab.values import Ref, Text

_CANNOT = sentence("Ce champ ne peut pas se lire ainsi.", "This field cannot be read like that.")
_PROBLEMS: Mapping[Control, Text] = {
    Control.DATE: sentence("Écrivez une date comme 2027-06-30.", "Write a date like 2027-06-30."),
    Control.LICENCE: sentence(
        "Écrivez CC BY 4.0, CC BY-SA 4.0, CC0 ou l’adresse de la licence.",
        "Write CC BY 4.0, CC BY-SA 4.0, CC0 or the address of the licence.",
    ),
    Control.LANGUAGE: sentence("Écrivez un code de langue, comme fr, en ou fr-CA.", "Write a language code, like fr or en."),
    Control.LINKS: sentence(
        "Une de ces notes n’est pas connue ici. Écrivez son adresse, ou son titre exact.",
        "One of these notes is not known here. Write its address, or its exact title.",
    ),
    Control.CREDITS: sentence("Écrivez un nom et ce que la personne a fait.", "Write a name and what the person did."),
}


class Misfilled(Invalid):
    """A field that cannot be understood: its name, and what to do in both languages."""

    def __init__(self, field: FieldOf, reason: str = "") -> None:
        super().__init__(f"{field.slot}: {reason or 'this cannot be read'}")
        self.field = field.name
        self.words = _PROBLEMS.get(field.control, _CANNOT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A thing as its form says it now, with the topics and places that are only named."""

    thing: Object
    topics: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What is called how: `of` names what has an address, `known` gives the address of what is so called; "" for neither."""

    of: Naming
    known: Callable[[str], str]


def filled(thing: Object, sheet: Sheet, names: Names) -> Filled:
    """The thing with what its sheet says; raises Misfilled for what a field cannot say."""
    before = sheet_of(thing, names.of)
    left: dict[str, tuple[str, ...]] = {}
    values: dict[str, Any] = {}
    for field in fields_for(thing):
        said = sheet.get(field.name, before[field.name])
        if said == before[field.name]:
            continue
        try:
            if field.control in {Control.NAMES, Control.LINKS}:
                values[field.slot], left[field.name] = _pointed(thing, field, said, names)
            elif field.control is Control.MARKDOWN:
                values |= _composed(thing, said)
            else:
                values[field.slot] = _READ[field.control](thing, field, said)
        except (Invalid, ValueError) as fault:
            raise Misfilled(field, str(fault)) from fault
    return Filled(thing=replace(thing, **values), topics=left.get("sujets", ()), places=left.get("territoires", ()))


def _tag(thing: Object) -> str:
    return thing.in_language or (thing.name.language if thing.name else "")


def _composed(thing: Object, said: str) -> dict[str, Any]:
    """The content, its source, and the summary when it was made of the text and nobody wrote it."""
    text = str(rendered(said)) or f"<p>{html.escape(thing.name.primary if thing.name else '', quote=False)}</p>"
    tag = thing.content.language if thing.content else _tag(thing)
    source = Source(content=Text.of(said), media_type="text/markdown").ref if said else None
    values: dict[str, Any] = {"content": Text.of(text, tag), "source": source, "media_type": "text/html"}
    old = thing.content.primary if thing.content else ""
    if thing.summary is not None and plain(thing.summary.primary) == summary_of(plain(old).split("\n")):
        values["summary"] = None  # made of the text, and made anew when it is published
    return values


def _line(thing: Object, field: FieldOf, said: str) -> object:
    held = getattr(thing, field.slot)
    if not said:
        return None
    if field.slot == "issued":
        return said
    if field.slot == "origin":
        return Ref(said if is_address(said) else _refused(said))
    tag = held.language if isinstance(held, Text) else _tag(thing)
    return Text.of(f"<p>{html.escape(said, quote=False)}</p>" if field.slot == "summary" else said, tag)


def _lines(thing: Object, field: FieldOf, said: str) -> object:
    lines = said.split("\n") if said else []
    if field.slot == "platform_category":
        return tuple(lines)
    known = {words_of(field, text): text for text in getattr(thing, field.slot)}
    return tuple(known.get(line) or Text.of(line, _tag(thing)) for line in lines)


def _choice(thing: Object, field: FieldOf, said: str) -> object:
    return _concept(thing, field, said) if said else None


def _choices(thing: Object, field: FieldOf, said: str) -> object:
    return tuple(_concept(thing, field, line) for line in said.split("\n")) if said else ()


def _concept(thing: Object, field: FieldOf, said: str) -> Ref:
    held = getattr(thing, field.slot)
    kept = [ref.iri for ref in (held if isinstance(held, tuple) else (held,)) if ref is not None]
    schemes = schemes_of(slot_of(thing, field))
    found = next((known for scheme in schemes if (known := concepts.find(said, scheme=scheme))), None)
    return Ref(found.iri if found else said if said in kept else _refused(said))


def _date(thing: Object, field: FieldOf, said: str) -> object:
    del thing, field
    return moment(said, ZONE) if said else None


def _licence(thing: Object, field: FieldOf, said: str) -> object:
    del thing, field
    return Ref(licence(said) or _refused(said)) if said else None


def _language(thing: Object, field: FieldOf, said: str) -> object:
    del thing, field
    return (language_tag(said) or _refused(said)) if said else None


def _credits(thing: Object, field: FieldOf, said: str) -> object:
    del thing, field
    return credits_of(said.split("\n")) if said else ()


_READ: Mapping[Control, Callable[[Object, FieldOf, str], object]] = {
    Control.LINE: _line,
    Control.PROSE: _line,
    Control.LINES: _lines,
    Control.CHOICE: _choice,
    Control.CHOICES: _choices,
    Control.DATE: _date,
    Control.LICENCE: _licence,
    Control.LANGUAGE: _language,
    Control.CREDITS: _credits,
}


def _refused(said: str) -> str:
    raise Invalid(f"« {said[:100]} » is not known")


def _pointed(thing: Object, field: FieldOf, said: str, names: Names) -> tuple[tuple[Ref, ...], tuple[str, ...]]:
    """What a field points to: what stood there under that name, an address, a thing so called; and the names left over."""
    held = {words_of(field, ref, names.of): ref for ref in getattr(thing, field.slot)}
    held |= {fold(name): ref for name, ref in held.items()}
    refs, others = [], []
    for line in said.split("\n") if said else []:
        kept = held.get(line) or held.get(fold(line))
        first = line.split(maxsplit=1)[0]
        iri = first if is_address(first) else names.known(line) if field.control is Control.LINKS else ""
        if kept is not None or iri:
            refs.append(kept or Ref(iri))
        elif field.control is Control.LINKS:
            _refused(line)
        else:
            others.append(line)
    return tuple(dict.fromkeys(refs)), tuple(others)
