"""Keeps the outline that somebody is arranging from one step to the next, until they save it or let it be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

import orjson

from node.domain.plans import Line, Plan, added, lifted, lowered, moved, nested, raised, removed
from node.errors import Invalid
from node.storage.unit_of_work import UnitOfWork

#: The longest title of a part.
LONGEST_TITLE = 300
_STEPS: dict[str, Callable[[Plan, int], Plan]] = {
    "monter": raised,
    "descendre": lowered,
    "entrer": nested,
    "sortir": lifted,
    "retirer": removed,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that somebody does to an outline: what, with which lines, before which one; and what they add."""

    deed: str
    places: Sequence[int] = ()
    before: int = 0
    line: Line | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """An outline on its way, with the versions that it began from."""

    plan: Plan
    bases: dict[str, int]


def sketch(uow: UnitOfWork, person: str, iri: str) -> Sketch | None:
    """What somebody has made of an outline so far; None when they have not begun, or had begun long ago in another form."""
    kept = uow.state.get(_key(person, iri))
    if not kept:
        return None
    said = orjson.loads(kept)
    return Sketch(plan=tuple(Line(**line) for line in said["plan"]), bases=said["bases"])


def step(uow: UnitOfWork, person: str, iri: str, start: Sketch, done: Step) -> Sketch:
    """Does one step and keeps what came of it; raises Invalid for a line that is not there."""
    plan = start.plan
    if done.line is not None:
        plan = added(plan, done.line)
    elif done.deed == "deplacer":
        plan = moved(plan, done.places, done.before)
    elif done.deed in _STEPS and done.places and done.places[0] < len(plan):
        plan = _STEPS[done.deed](plan, done.places[0])
    else:
        raise Invalid("There is no such line.")
    made = Sketch(plan=plan, bases=start.bases)
    # what a note is called is looked up when it is shown, to those who may see it then
    lines = [{**asdict(each), "title": "" if each.iri else each.title} for each in plan]
    uow.state.set(_key(person, iri), orjson.dumps({"plan": lines, "bases": start.bases}).decode())
    return made


def let_be(uow: UnitOfWork, person: str, iri: str) -> None:
    """Throws the steps away."""
    uow.state.set(_key(person, iri), "")


def _key(person: str, iri: str) -> str:
    return f"plan:{person} {iri}"
