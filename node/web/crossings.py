"""Intersections as people read them: between whom, how strong, why, and the path from the evidence to the number."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from node.domain.bases import BasisKind
from node.domain.intersections import WEIGHTS
from node.storage.readings import said
from node.storage.shelves.intersections import IntersectionRow
from node.web.desk import Desk, Link, refs
from node.web.wording import excerpt
from vocab import concepts
from vocab.thing import Thing

_PLAIN_PLACES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossing:
    """An intersection in a list: its two communities, its strength from 0 to 1, and why, in a sentence."""

    iri: str
    href: str
    ends: tuple[str, str]
    left: Link
    right: Link
    strength: float
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """One basis of an intersection. `share` is weight × strength, `left_over` what of 1 remains unfilled after it."""

    kind: str
    label: str
    sentence: str
    items: tuple[Link, ...]
    mappings: tuple[Link, ...]
    strength: float
    weight: float
    share: float
    left_over: float


def crossing(desk: Desk, row: IntersectionRow) -> Crossing:
    """A stored intersection as a list shows it."""
    thing = said(row.document)
    return Crossing(
        iri=row.iri,
        href=desk.addresses.thing(row.iri),
        ends=(row.left, row.right),
        left=desk.community(row.left),
        right=desk.community(row.right),
        strength=row.strength,
        sentence=excerpt(desk.worded(getattr(thing, "summary", None))[0], 400) or sentence(desk, grounds(desk, thing)),
    )


def grounds(desk: Desk, thing: Thing) -> tuple[Ground, ...]:
    """The bases of an intersection in the order in which they weigh, with what is left of 1 after each."""
    found = [ground for ref in refs(thing, "basis") if ref.thing and (ground := _ground(desk, ref.thing))]
    found.sort(key=lambda ground: -ground.share)
    return tuple(_with_left_over(found))


def sentence(desk: Desk, bases: tuple[Ground, ...]) -> str:
    """Why two communities touch, in one sentence."""
    parts = [ground.sentence for ground in bases]
    if not parts:
        return desk.tongue.say("Ce sur quoi elle repose n’est pas dit.")
    *first, last = parts
    joint = desk.tongue.say(" et ")
    words = f"{', '.join(first)}{joint}{last}" if first else last
    return f"{words[0].upper()}{words[1:]}."


def _ground(desk: Desk, basis: Thing) -> Ground | None:
    kinds = [kind for kind in BasisKind if any(ref.iri == kind.iri for ref in refs(basis, "basis_kind"))]
    if not kinds:
        return None
    kind = kinds[0]
    strength = float(getattr(basis, "strength", None) or 0.0)
    items = tuple(_item(desk, ref.iri) if kind is BasisKind.RESOURCES else desk.term(ref) for ref in refs(basis, "shared_item"))
    count = int(getattr(basis, "shared_count", None) or len(items))
    return Ground(
        kind=kind.value,
        label=concepts.label(kind.iri, desk.language) or kind.value,
        sentence=_words(desk, kind, count, items),
        items=items,
        mappings=tuple(_item(desk, ref.iri) for ref in refs(basis, "derived_from")),
        strength=strength,
        weight=WEIGHTS[kind],
        share=WEIGHTS[kind] * strength,
        left_over=1.0,
    )


def _item(desk: Desk, iri: str) -> Link:
    stored = desk.uow.things.get(iri, desk.scope)
    if stored is None or stored.entry.deleted_at:
        nameless = desk.tongue.say("une ressource d’ailleurs (%(host)s)", host=desk.house_of(urlsplit(iri).netloc))
        return Link(text=nameless, href=desk.addresses.thing(iri))
    words, language = desk.worded(getattr(stored.thing, "name", None))
    return Link(text=words or stored.entry.name or iri, href=desk.addresses.thing(iri), language=language)


def _words(desk: Desk, kind: BasisKind, count: int, items: tuple[Link, ...]) -> str:
    tongue = desk.tongue
    if kind is BasisKind.TOPICS:
        return tongue.count("un sujet commun", "%(num)s sujets communs", count)
    if kind is BasisKind.RESOURCES:
        return tongue.count("une ressource tenue par les deux", "%(num)s ressources tenues par les deux", count)
    if kind is BasisKind.PEOPLE:
        return tongue.say("au moins %(num)s personnes membres des deux", num=count)
    names = _names(desk, items)
    return tongue.say("le même territoire (%(places)s)", places=names) if names else tongue.say("un territoire commun")


def _names(desk: Desk, items: tuple[Link, ...]) -> str:
    quoted = "«\u00a0%s\u00a0»" if desk.language == "fr" else "“%s”"
    return ", ".join(quoted % text for text in dict.fromkeys(item.text for item in items[: _PLAIN_PLACES * 2]))


def _with_left_over(found: list[Ground]) -> list[Ground]:
    left, done = 1.0, []
    for ground in found:
        left *= 1.0 - ground.share
        done.append(replace(ground, left_over=left))
    return done
