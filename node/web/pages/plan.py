"""The page on which a notebook is arranged: notes added, taken out, moved and put into parts, step by step, then saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from node.actions.arrange import begun
from node.actions.plan_notebook import Sketch, sketch
from node.contracts import Page, View, Visit
from node.domain.plans import MOST, Line, Plan, before_of, depths, end_of, may_nest, numbers, parent_of
from node.errors import NodeError, NotFound
from node.storage.unit_of_work import UnitOfWork
from node.web.cards import title_of
from node.web.desk import Desk
from node.web.shelved import NOTEBOOKS, notebook

#: So many notes are proposed for what somebody looks for.
_FOUND = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of the outline, and the steps that can be made with it."""

    place: int
    number: str
    depth: int
    title: str
    href: str
    is_part: bool
    is_new: bool
    steps: tuple[str, ...]


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The outline as it is being arranged; NotFound for whoever may not change the notebook."""
    desk = Desk(uow, visit)
    stored = notebook(desk)
    if stored is None or not visit.form_token:
        raise NotFound
    person, iri = visit.reader.actor, stored.entry.iri
    try:
        now = begun(uow, visit.house, iri, person)
    except NodeError as refused:
        raise NotFound from refused
    mine = sketch(uow, person, iri)
    plan = _titled(desk, mine.plan if mine else now.plan)
    values: dict[str, Any] = {
        "heading": stored.entry.name,
        "thing_href": desk.addresses.thing(iri),
        "action": f"/carnets/{visit.path['id']}/plan",
        "rows": _rows(desk, plan),
        "is_changed": mine is not None,
        "is_behind": mine is not None and _is_behind(mine, now.bases),
        "is_full": len(plan) >= MOST,
        **_found(desk, plan, iri),
    }
    title = desk.tongue.say("Sommaire de «\u00a0%(name)s\u00a0»", name=stored.entry.name)
    return View(title=title, values=values, is_secret=True)


def _is_behind(mine: Sketch, bases: Mapping[str, int]) -> bool:
    return any(bases.get(iri, number) != number for iri, number in mine.bases.items())


def _titled(desk: Desk, plan: Plan) -> Plan:
    known = desk.uow.things.several([line.iri for line in plan if line.iri], desk.scope)
    nameless = desk.tongue.say("une note qui ne se lit pas ici")
    return tuple(
        replace(line, title=title_of(desk, known[line.iri])[0] if line.iri in known else nameless) if line.iri else line
        for line in plan
    )


def _rows(desk: Desk, plan: Plan) -> list[Row]:
    return [
        Row(
            place=place,
            number=number,
            depth=depth,
            title=line.title,
            href=desk.addresses.thing(line.iri) if line.iri else "",
            is_part=line.is_part,
            is_new=not line.iri,
            steps=_steps(plan, place),
        )
        for place, (line, number, depth) in enumerate(zip(plan, numbers(plan), depths(plan), strict=True))
    ]


def _steps(plan: Plan, place: int) -> tuple[str, ...]:
    """What can be done with a line."""
    end, depth = end_of(plan, place), plan[place].depth
    possible = {
        "monter": before_of(plan, place) is not None,
        "descendre": end < len(plan) and plan[end].depth == depth,
        "entrer": may_nest(plan, place),
        "sortir": parent_of(plan, place) is not None,
        "retirer": True,
    }
    return tuple(name for name, is_possible in possible.items() if is_possible)


def _found(desk: Desk, plan: Plan, iri: str) -> Mapping[str, Any]:
    """What is found for what somebody would add, without what stands there already."""
    words = desk.visit.query.get("q", "").strip()[:200]
    there = {iri, *(line.iri for line in plan)}
    hits = desk.uow.search.find(words, scope=desk.scope, limit=_FOUND * 2) if words else []
    wanted = [hit.thing for hit in hits if hit.thing.entry.iri not in there and hit.thing.entry.kind not in {"Concept", "Place"}]
    found = [Line(iri=each.entry.iri, title=title_of(desk, each)[0]) for each in wanted[:_FOUND]]
    return {"words": words, "found": found}


PAGE = Page(path=f"/{NOTEBOOKS}/plan", right="member", show=show)
