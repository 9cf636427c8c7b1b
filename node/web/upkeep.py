"""What the page of a resource offers for looking after it: changing it, its history, what is new since one read it last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from node.domain.credits import lines_of, parted
from node.domain.linked import linked
from node.domain.notebooks import items_of
from node.storage.indexing import LINKED
from node.storage.outlining import opened
from node.storage.revising import may_revise
from node.storage.stored import StoredThing
from node.web.cards import title_of
from node.web.desk import Desk, Link, refs, web
from node.web.history import Archive
from vocab import concepts
from vocab.things.notebook import Notebook
from vocab.values import Ref

#: So many resources that link here, or that this one links to, are shown.
_MANY = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """A resource that this one is linked with, and when that was written; `leads_here`: it links to this one."""

    link: Link
    at: datetime | None
    leads_here: bool


def upkeep(desk: Desk, stored: StoredThing) -> Mapping[str, Any]:
    """The values of that part of the page."""
    visit, entry = desk.visit, stored.entry
    here = desk.addresses.thing(entry.iri).partition("?")[0] if entry.is_local else ""
    is_theirs = bool(visit.form_token) and may_revise(desk.uow, visit.house, entry, visit.reader.actor)
    archive = Archive(desk, stored)
    count = desk.uow.versions.current(stored)
    is_book = isinstance(stored.thing, Notebook)
    return {
        "edit_href": desk.addresses.page(f"{here}/modifier") if is_theirs else "",
        "plan_href": desk.addresses.page(here.replace("/ressources/", "/carnets/") + "/plan") if is_theirs and is_book else "",
        "gather_href": desk.addresses.page("/carnets/nouveau", note=entry.iri) if _may_gather(desk, stored) else "",
        "contributors": _contributors(desk, stored) if is_book else [],
        "history_href": archive.address() if count > 1 or entry.is_local else "",
        "version_count": desk.uow.versions.count(stored, desk.scope),
        "credits": _credits(desk, stored),
        "since": _since(archive, count),
        "read_iri": entry.iri if visit.form_token and entry.kind not in {"Concept", "Place", "Mapping"} else "",
        "neighbours": _neighbours(desk, stored),
    }


def _may_gather(desk: Desk, stored: StoredThing) -> bool:
    """Whether a resource can be put into a notebook by the reader: they are a member somewhere, and it is a text."""
    return bool(desk.visit.form_token and desk.visit.reader.communities) and stored.entry.type in {"Article", "Page"}


def _contributors(desk: Desk, stored: StoredThing) -> list[Link]:
    """Who wrote what stands in a notebook."""
    lines = opened(desk.uow, stored, desk.scope)
    authors = dict.fromkeys(each.stored.entry.author for each in lines if each.stored is not None and each.stored.entry.author)
    return [desk.person(iri) for iri in list(authors)[:_MANY]]


def _credits(desk: Desk, stored: StoredThing) -> list[tuple[Link, tuple[str, ...]]]:
    """Who did what for it."""
    found: dict[str, list[str]] = {}
    for line in lines_of(refs(stored.thing, "credit")):
        who, role = parted(line)
        found.setdefault(who, []).append(concepts.label(role, desk.language) or role)
    people = ((desk.person(who) if web(who) else Link(text=who), roles) for who, roles in found.items())
    return [(link, tuple(filter(None, roles))) for link, roles in people]


def _since(archive: Archive, count: int) -> Mapping[str, Any] | None:
    """What changed since the reader looked at it last; None when nothing did, or they never looked."""
    desk, person = archive.desk, archive.desk.visit.reader.actor
    visit = desk.uow.versions.visited(person, archive.stored.entry.iri) if person and desk.visit.form_token else None
    if visit is None or visit.number >= count or desk.uow.versions.get(archive.stored, visit.number, desk.scope) is None:
        return None
    return {
        "at": visit.at,
        "count": count - visit.number,
        "href": archive.address(de=visit.number, a=count) + "#changements",
    }


def _neighbours(desk: Desk, stored: StoredThing) -> list[Neighbour]:
    """The resources linked with this one, those that it leads to first, each once."""
    iri = stored.entry.iri
    led_to = linked(stored.thing)
    here = desk.uow.things.several(led_to, desk.scope)
    outward = [here[each] for each in led_to if each in here]
    inward = desk.uow.things.with_facet(LINKED, iri, scope=desk.scope, limit=_MANY)
    # that it stands in the outline of a notebook is told elsewhere
    books = [each.entry.iri for each in inward if isinstance(each.thing, Notebook) and iri in items_of(each.thing)]
    found: dict[str, Neighbour] = {}
    for leads_here, group in ((False, outward), (True, inward)):
        for each in group:
            if each.entry.iri in found or each.entry.iri in books:
                continue
            title, language = title_of(desk, each)
            link = Link(text=title, href=desk.addresses.thing(each.entry.iri), language=language)
            at = each.entry.updated_at or each.entry.published_at
            found[each.entry.iri] = Neighbour(link=link, at=at, leads_here=leads_here)
    return list(found.values())[: 2 * _MANY]


def unknown(desk: Desk, pointers: tuple[Ref, ...]) -> list[Ref]:
    """Of these the ones that are no resource here that this reader sees: they are told by their name or address alone."""
    return [ref for ref in pointers if not ref.iri or desk.uow.things.get(ref.iri, desk.scope) is None]
