"""The form in which a resource is changed: its fields by group, with the labels and explanations of the vocabulary."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from node.domain.credits import CONTRIBUTIONS, parted
from node.domain.fields import schemes_of
from node.domain.sheets import LONGEST, LONGEST_OTHER, Control, FieldOf, fields_for, sheet_of, slot_of
from node.storage.revising import names_for
from node.storage.shelves.versions import Version
from node.storage.stored import StoredThing
from node.web.cards import audience_words, kind_of, title_of
from node.web.desk import Desk
from node.web.history import Archive, differing, label
from node.web.translations import phrase
from node.web.wording import licence
from vocab import concepts
from vocab.terms import Slot
from vocab.thing import Thing

_GROUPS: Mapping[str, str] = {
    "contenu": phrase("Le texte"),
    "pratique": phrase("La pratique"),
    "reperes": phrase("Repères"),
    "fiabilite": phrase("Fiabilité"),
    "credits": phrase("Crédits et provenance"),
}
#: What is said of how a field is filled, behind the explanation of the vocabulary.
_HOW: Mapping[Control, str] = {
    Control.LINES: phrase("Un par ligne."),
    Control.NAMES: phrase("Un par ligne, comme on l’appelle ici. Ce qui n’existe pas encore sera créé."),
    Control.LINKS: phrase("Une note par ligne\u00a0: son adresse, ou son titre exact."),
    Control.LANGUAGE: phrase("Un code, comme fr, en ou fr-CA."),
}
#: What is said of a field in the place of the vocabulary's explanation, which is for programs.
_INSTEAD: Mapping[str, str] = {
    "titre": "",
    "texte": "",
    "resume": phrase("Une ou deux phrases. Sans rien y toucher, il suit le début du texte."),
    "langue": "",
}
LICENCES = (
    "https://creativecommons.org/licenses/by/4.0/",
    "https://creativecommons.org/licenses/by-sa/4.0/",
    "https://creativecommons.org/licenses/by-nc/4.0/",
    "https://creativecommons.org/licenses/by-nc-sa/4.0/",
    "https://creativecommons.org/publicdomain/zero/1.0/",
)
#: So many empty lines wait for further credits.
_SPARE = 2
#: So many people of the community are proposed for the credits.
_MOST_PEOPLE = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One field as the form shows it."""

    name: str
    label: str
    hint: str
    control: str
    value: str
    longest: int
    options: tuple[tuple[str, str], ...] = ()
    chosen: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Fields that belong together; `filled`: how many of them say something."""

    name: str
    title: str
    fields: tuple[Asked, ...]
    filled: int
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """A line of the credits: who, and what they did."""

    who: str
    role: str


def sheet_form(desk: Desk, stored: StoredThing) -> Mapping[str, Any]:
    """What the page of the form shows; a form that was refused, with what was in it."""
    thing, sent = stored.thing, desk.visit.sent
    current = desk.uow.versions.current(stored)
    sheet = sheet_of(thing, names_for(desk.uow, desk.scope, desk.visit.house.language).of)
    said = {name: sent.get(name, "") for name in sheet} if sent else sheet
    title, language = title_of(desk, stored)
    here = desk.addresses.thing(stored.entry.iri).partition("?")[0]
    return {
        "heading": title,
        "language_of_heading": language,
        "kind": kind_of(desk, thing),
        "thing_href": desk.addresses.thing(stored.entry.iri),
        "action": f"{here}/modifier",
        "groups": [_group(desk, thing, name, said) for name in _GROUPS if any(f.group == name for f in fields_for(thing))],
        "names": " ".join(sheet),
        "base": sent.get("version", "") if sent else str(current),
        "current": current,
        "credits": _credits(desk, said.get("credits", "")),
        "contributions": _concepts(desk, (CONTRIBUTIONS,)),
        "people": _people(desk, stored.entry.community),
        "reach": audience_words(desk, stored.entry.audience) or desk.tongue.say("Public"),
        "reach_href": desk.addresses.page(f"{here}/visibilite"),
        "meanwhile": _meanwhile(desk, stored, current),
        "language_of_text": stored.entry.language,
    }


def credit_lines(sent: Mapping[str, str]) -> str:
    """The credits that a form says, a line for each."""
    rows = sorted(int(name.split("-")[1]) for name in sent if name.startswith("credit-") and name.endswith("-qui"))
    lines = [(sent[f"credit-{row}-qui"].strip(), sent.get(f"credit-{row}-quoi", "").strip()) for row in rows]
    return "\n".join(f"{who} : {role}" if role else who for who, role in lines if who)


def _group(desk: Desk, thing: Thing, name: str, said: Mapping[str, str]) -> Group:
    fields = tuple(_asked(desk, thing, field, said[field.name]) for field in fields_for(thing) if field.group == name)
    wrong = any(field.name in desk.visit.problems for field in fields)
    filled = sum(bool(field.value) for field in fields)
    return Group(
        name=name, title=desk.tongue.say(_GROUPS[name]), fields=fields, filled=filled, is_open=wrong or name == "contenu"
    )


def _asked(desk: Desk, thing: Thing, field: FieldOf, value: str) -> Asked:
    slot = slot_of(thing, field)
    return Asked(
        name=field.name,
        label=label(desk, thing, field),
        hint=_hint(desk, field, slot),
        control=field.control.value,
        value=value,
        longest=LONGEST.get(field.control, LONGEST_OTHER),
        options=_options(desk, field, slot, value),
        chosen=frozenset(value.split("\n")),
    )


def _hint(desk: Desk, field: FieldOf, slot: Slot) -> str:
    about = slot.term.definition.get(desk.language) or slot.term.definition["fr"]
    how = desk.tongue.say(_HOW[field.control]) if field.control in _HOW else ""
    instead = _INSTEAD.get(field.name)
    first = about if instead is None else desk.tongue.say(instead) if instead else ""
    return f"{first} {how}".strip()


def _options(desk: Desk, field: FieldOf, slot: Slot, value: str) -> tuple[tuple[str, str], ...]:
    if field.control is Control.LICENCE:
        from_here = [(iri, licence(iri, desk.tongue).label) for iri in dict.fromkeys([*LICENCES, *([value] if value else [])])]
        return (("", desk.tongue.say("non précisée")), *from_here)
    if field.control not in {Control.CHOICE, Control.CHOICES}:
        return ()
    known = _concepts(desk, schemes_of(slot))
    others = tuple(
        (iri, concepts.label(iri, desk.language) or iri) for iri in value.split("\n") if iri and iri not in dict(known)
    )
    nothing = (("", desk.tongue.say("non précisé")),) if field.control is Control.CHOICE else ()
    return (*nothing, *known, *others)


def _concepts(desk: Desk, schemes: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((each.iri, each.labels.in_language(desk.as_spoken)) for scheme in schemes for each in concepts.scheme(scheme))


def _credits(desk: Desk, said: str) -> list[Credit]:
    lines = (credit_lines(desk.visit.sent) if desk.visit.sent else said).split("\n")
    found = [Credit(who=_name(desk, who), role=role) for line in lines if line for who, role in [parted(line)]]
    return [*found, *[Credit(who="", role="")] * _SPARE]


def _name(desk: Desk, who: str) -> str:
    row = desk.uow.actors.get(who) if "://" in who else None
    return row.name if row is not None and row.name else who


def _people(desk: Desk, community: str) -> list[str]:
    rows = desk.uow.members.of(community, desk.visit.house.now) if community in desk.scope.communities else []
    names = {row.person: found.name for row in rows[:_MOST_PEOPLE] if (found := desk.uow.actors.get(row.person))}
    return sorted(set(names.values()), key=str.casefold)


def _meanwhile(desk: Desk, stored: StoredThing, current: int) -> Mapping[str, Any] | None:
    """What others changed while the form was filled in, when it was refused for that."""
    base = desk.visit.sent.get("version", "")
    if "version" not in desk.visit.problems or not base.isdecimal():
        return None
    start, last = (desk.uow.versions.get(stored, number, desk.scope) for number in (int(base), current))
    if start is None or last is None:
        return None
    return {"changes": differing(Archive(desk, stored), start, last), "by": _who(desk, last), "at": last.at}


def _who(desk: Desk, version: Version) -> str:
    return desk.person(version.by).text
