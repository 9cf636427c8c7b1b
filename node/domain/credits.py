"""Credits: who did what for a resource, a line for each person and contribution: « Ali Benali : redaction »."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from node.errors import Invalid
from vocab import concepts
from vocab.things.attribution import Attribution
from vocab.things.person import Person
from vocab.values import Ref, Text

#: The scheme of what one can do for a resource.
CONTRIBUTIONS = "contributions"
#: More lines are no credits.
MOST = 50
_BETWEEN = " : "


def lines_of(credits: Iterable[Ref]) -> list[str]:  # noqa: A002 - the word of the vocabulary
    """The lines: whoever has an address stands there by that, everybody else by their name."""
    found: list[str] = []
    for ref in credits:
        if isinstance(ref.thing, Attribution) and (who := named_in(ref.thing)):
            found += [line(who, role.iri) for role in ref.thing.had_role] or [who]
    return found


def line(who: str, role: str) -> str:
    """The line of somebody and what they did; a contribution that is none of ours stays an address."""
    concept = concepts.concept(role)
    return f"{who}{_BETWEEN}{concept.slug if concept else role}"


def parted(said: str) -> tuple[str, str]:
    """Who a line names, and the address of what they did, "" for none."""
    who, between, done = said.rpartition(_BETWEEN)
    if not between:
        return said.strip(), ""
    concept = concepts.find(done.strip(), scheme=CONTRIBUTIONS)
    return who.strip(), concept.iri if concept else done.strip()


def credits_of(lines: Sequence[str]) -> tuple[Ref, ...]:
    """The credits that some lines say, one for each person; raises Invalid for a contribution that nobody knows."""
    if len(lines) > MOST:
        raise Invalid(f"more than {MOST} credits")
    done: dict[str, list[str]] = {}
    for each in lines:
        who, role = parted(each)
        if not who or (role and "://" not in role):
            raise Invalid(f"« {each[:100]} » is no credit")
        done.setdefault(who, []).extend([role] if role else [])
    return tuple(Attribution(agent=_agent(who), had_role=tuple(map(Ref, roles))).ref for who, roles in done.items())


def named_in(said: Attribution) -> str:
    """Whom a credit names: by address, else by name; "" for nobody."""
    agent = said.agent
    inside = getattr(agent.thing, "name", None) if agent else None
    return (agent.iri if agent else "") or (inside.primary if isinstance(inside, Text) else "")


def _agent(who: str) -> Ref:
    return Ref(who) if who.startswith(("https://", "http://")) else Person(name=Text.of(who)).ref
