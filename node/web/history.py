"""The versions of a resource as pages show them: who saved which when, what differs between two, what one of them says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from node.domain.differences import Passage, compared
from node.domain.html import clean
from node.domain.notebooks import items_of, without_outline
from node.domain.sheets import Control, FieldOf, fields_for, sheet_of, slot_of, tidied
from node.errors import NotFound
from node.storage.revising import may_revise, names_for
from node.storage.shelves.versions import Version
from node.storage.stored import StoredThing
from node.web.cards import audience_words, kind_of, title_of
from node.web.desk import Desk, Link
from node.web.shelved import MOST_DIGITS
from node.web.wording import language_name, leading, licence
from vocab import concepts
from vocab.thing import Thing
from vocab.things.notebook import Notebook

#: So many versions stand on one page.
PORTION = 30
#: The page of the versions of what comes from elsewhere.
ELSEWHERE = "/ailleurs/versions"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What changed in one field: in its text, word by word; else what it lost and what it gained."""

    label: str
    passages: tuple[Passage, ...] = ()
    gone: tuple[str, ...] = ()
    come: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A version in the history. `fields` are the labels of what it changed; `changes` leads to how."""

    number: int
    href: str
    at: datetime | None
    by: Link
    comment: str
    fields: tuple[str, ...]
    changes: str
    is_last: bool
    audience: str


@dataclass(frozen=True, slots=True)
class Archive:
    """The versions of one resource, and where they are read."""

    desk: Desk
    stored: StoredThing
    read: dict[int, dict[str, str]] = field(default_factory=dict)

    def sheet(self, version: Version) -> dict[str, str]:
        """What stands in each field of a version; read once."""
        if version.number not in self.read:
            naming = names_for(self.desk.uow, self.desk.scope, self.desk.language).of
            self.read[version.number] = sheet_of(version.stored.thing, naming)
        return self.read[version.number]

    def address(self, number: int | None = None, **query: str | int | None) -> str:
        """Where the history, or one version, is read."""
        iri, addresses = self.stored.entry.iri, self.desk.addresses
        if not self.desk.visit.house.is_local(iri):
            return addresses.page(ELSEWHERE, iri=iri, n=number, **query)
        path = addresses.thing(iri).partition("?")[0]
        return addresses.page(f"{path}/versions{'' if number is None else f'/{number}'}", **query)

    def version(self, number: int) -> Version:
        """A version; raises NotFound."""
        found = self.desk.uow.versions.get(self.stored, number, self.desk.scope)
        if found is None:
            raise NotFound
        return found

    def asked(self, name: str) -> int:
        """The number of a version in the query, 0 for none."""
        said = self.desk.visit.query.get(name, "")
        return int(said) if said.isascii() and said.isdecimal() and len(said) <= MOST_DIGITS else 0


def history(archive: Archive) -> Mapping[str, Any]:
    """What the page of the history shows, with what differs between two versions when two are asked for."""
    desk, stored = archive.desk, archive.stored
    last = archive.asked("avant") or None
    found = desk.uow.versions.of(stored, desk.scope, limit=PORTION + 1, before=last)
    rows = [_row(archive, each, before) for each, before in zip(found, [*found[1:], None], strict=False)]
    one, other = sorted((archive.asked("de"), archive.asked("a")))
    compares = bool(one) and one != other
    return {
        **_heading(archive),
        "rows": rows[:PORTION],
        "older": archive.address(avant=found[PORTION - 1].number) if len(found) > PORTION else "",
        "current": desk.uow.versions.current(stored),
        "may_restore": may_revise(desk.uow, desk.visit.house, stored.entry, desk.visit.reader.actor)
        and bool(desk.visit.form_token),
        "compared": (archive.version(one), archive.version(other)) if compares else None,
        "changes": differing(archive, archive.version(one), archive.version(other)) if compares else [],
        "action": archive.address().partition("?")[0],
        "is_elsewhere": not stored.entry.is_local,
    }


def told(archive: Archive, number: int) -> Mapping[str, Any]:
    """What the page of one version shows."""
    desk, version = archive.desk, archive.version(number)
    stored, thing = version.stored, version.stored.thing
    content, language = desk.worded(getattr(thing, "content", None) or getattr(thing, "definition", None))
    items = items_of(thing) if isinstance(thing, Notebook) else ()
    sheet = archive.sheet(version)
    shown = [field for field in fields_for(thing) if field.control is not Control.MARKDOWN and field.name != "titre"]
    may = may_revise(desk.uow, desk.visit.house, archive.stored.entry, desk.visit.reader.actor)
    before = desk.uow.versions.of(archive.stored, desk.scope, limit=1, before=number)
    return {
        **_heading(archive),
        "version": version,
        "by": desk.person(version.by) if version.by else None,
        "version_heading": title_of(desk, stored)[0],
        "language_of_text": language,
        "content": clean(without_outline(content, items), pictures=desk.visit.house.url),
        "fields": [(label(desk, thing, field), _values(desk, field, sheet[field.name])) for field in shown if sheet[field.name]],
        "outline": [desk.term(ref) for ref in _listed(thing)],
        "audience": audience_words(desk, stored.entry.audience),
        "changes_href": archive.address(de=before[0].number, a=number) + "#changements" if before else "",
        "citation": archive.desk.visit.house.url + archive.address(number),
        "current": desk.uow.versions.current(archive.stored),
        "may_restore": may and not version.is_last and bool(desk.visit.form_token),
        "action": archive.address(number).partition("?")[0],
    }


def differing(archive: Archive, before: Version, after: Version) -> list[Change]:
    """What two versions say differently, field by field."""
    desk, old, new = archive.desk, archive.sheet(before), archive.sheet(after)
    found = [
        _change(desk, after.stored.thing, field, old.get(field.name, ""), new.get(field.name, ""))
        for field in fields_for(after.stored.thing)
        if old.get(field.name, "") != new.get(field.name, "")
    ]
    names = [tuple(desk.term(ref).text for ref in _listed(each.stored.thing)) for each in (before, after)]
    if names[0] != names[1]:
        lines = ["\n".join(each) for each in names]
        found.append(Change(label=desk.tongue.say("Sommaire"), passages=compared(*lines)))
    words = [_reach(desk, each) for each in (before, after)]
    if words[0] != words[1]:
        found.append(Change(label=desk.tongue.say("Visibilité"), gone=(words[0],), come=(words[1],)))
    return found


def label(desk: Desk, thing: Thing, field: FieldOf) -> str:
    """What a field is called: as the vocabulary calls its property, but for the two that everybody calls otherwise."""
    if field.name in {"titre", "texte"}:
        return desk.tongue.say("Titre") if field.name == "titre" else desk.tongue.say("Texte")
    said = slot_of(thing, field).term.label
    return leading(said.get(desk.language) or said["fr"])


def _heading(archive: Archive) -> dict[str, Any]:
    desk, stored = archive.desk, archive.stored
    title, language = title_of(desk, stored)
    return {
        "heading": title,
        "language_of_heading": language,
        "kind": kind_of(desk, stored.thing),
        "thing_href": desk.addresses.thing(stored.entry.iri),
        "history_href": archive.address(),
        "origin": desk.origin(stored.entry.iri),
    }


def _row(archive: Archive, version: Version, before: Version | None) -> Row:
    desk = archive.desk
    return Row(
        number=version.number,
        href=archive.address(version.number),
        at=version.at,
        by=desk.person(version.by) if version.by else Link(text=desk.tongue.say("une personne d’ailleurs")),
        comment=version.comment or _note(desk, version),
        fields=_touched(archive, before, version) if before else (),
        changes=archive.address(de=before.number, a=version.number) + "#changements" if before else "",
        is_last=version.is_last,
        audience=audience_words(desk, version.stored.entry.audience),
    )


def _touched(archive: Archive, before: Version, after: Version) -> tuple[str, ...]:
    """The labels of what is not the same in two versions."""
    desk, thing, old, new = archive.desk, after.stored.thing, archive.sheet(before), archive.sheet(after)
    fields = [label(desk, thing, field) for field in fields_for(thing) if old.get(field.name, "") != new.get(field.name, "")]
    if [ref.iri for ref in _listed(before.stored.thing)] != [ref.iri for ref in _listed(thing)]:
        fields.append(desk.tongue.say("Sommaire"))
    is_same_reach = before.stored.entry.audience is after.stored.entry.audience
    return tuple(fields if is_same_reach else [*fields, desk.tongue.say("Visibilité")])


def _note(desk: Desk, version: Version) -> str:
    """What somebody elsewhere said about the change."""
    notes = getattr(version.stored.thing, "change_note", ())
    return desk.worded(notes[0])[0] if notes and not version.stored.entry.is_local else ""


def _change(desk: Desk, thing: Thing, field: FieldOf, old: str, new: str) -> Change:
    name = label(desk, thing, field)
    if field.control in {Control.MARKDOWN, Control.PROSE, Control.LINE} and field.name != "origine":
        return Change(label=name, passages=compared(old, new))
    before, after = _values(desk, field, tidied(field, old)), _values(desk, field, tidied(field, new))
    return Change(
        label=name,
        gone=tuple(value for value in before if value not in after),
        come=tuple(value for value in after if value not in before),
    )


def _values(desk: Desk, field: FieldOf, said: str) -> tuple[str, ...]:
    """What stands in a field, in words."""
    if field.control in {Control.CHOICE, Control.CHOICES}:
        return tuple(concepts.label(iri, desk.language) or iri for iri in said.split("\n") if iri)
    if field.control is Control.LICENCE:
        return (licence(said, desk.tongue).label,)
    if field.control is Control.LANGUAGE:
        return (language_name(said, desk.tongue),)
    if field.control is Control.CREDITS:
        return tuple(_credit(desk, line) for line in said.split("\n") if line)
    return tuple(line for line in said.split("\n") if line)


def _credit(desk: Desk, line: str) -> str:
    who, between, done = line.rpartition(" : ")
    concept = concepts.find(done, scheme="contributions") if between else None
    name = (who if between else line).strip()
    name = desk.person(name).text if name.startswith("http") else name
    return f"{name} ({concept.labels.in_language(desk.as_spoken)})" if concept else name


def _reach(desk: Desk, version: Version) -> str:
    return audience_words(desk, version.stored.entry.audience) or desk.tongue.say("Public")


def _listed(thing: Thing) -> tuple[Any, ...]:
    entries = getattr(thing, "entries", None)
    outline = entries.thing if entries is not None else None
    return tuple(getattr(outline, "items", ()))
