"""People, communities and organisations by what they are called and, of people here, by what they can help with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import exists, or_, select

from node.domain.visibility import Scope
from node.storage.ground import Ground
from node.storage.scopes import within
from node.storage.tables.actors import actors
from node.storage.tables.members import members, memberships
from node.storage.tables.things import things
from node.storage.words import LANGUAGES, forms, stem

#: So many actors are looked through.
MOST = 5_000
_KINDS = ("Group", "Organization")


@dataclass(frozen=True, slots=True, kw_only=True)
class Somebody:
    """An actor that was found: `type` as ActivityStreams has it; `helps` is what they say they can help with."""

    iri: str
    type: str
    name: str
    helps: str = ""


def find_people(ground: Ground, words: str, scope: Scope, limit: int, *, is_begun: bool = False) -> list[Somebody]:
    """Those who are called so, all words counting, or who can help with it; the last word perhaps only begun (`is_begun`).

    People are found by whoever shares a community with them, or may see something that they wrote; communities by everybody.
    """
    sought = list(dict.fromkeys(forms(words)))
    if not sought:
        return []
    found = [each for each in _known(ground) if _answers(sought, each.name, is_begun=is_begun)]
    helping = [each for each in _members(ground) if _answers(sought, f"{each.name} {each.helps}", is_begun=is_begun)]
    named = {each.iri: each for each in (*helping, *found)}
    shown = [each for each in named.values() if each.type in _KINDS or _is_shown(ground, each.iri, scope)]
    return sorted(shown, key=lambda each: (each.type != "Person", each.name.casefold(), each.iri))[:limit]


def _known(ground: Ground) -> list[Somebody]:
    wanted = select(actors.c.iri, actors.c.type, actors.c.name).where(actors.c.type.in_(_KINDS), actors.c.state == "active")
    return [Somebody(iri=iri, type=kind, name=name) for iri, kind, name in ground.connection.execute(wanted.limit(MOST))]


def _members(ground: Ground) -> list[Somebody]:
    wanted = select(members.c.iri, members.c.name, members.c.helps).join(actors, actors.c.iri == members.c.iri)
    rows = ground.connection.execute(wanted.where(actors.c.state == "active").limit(MOST))
    return [Somebody(iri=iri, type="Person", name=name, helps=helps) for iri, name, helps in rows]


def _answers(sought: Sequence[str], text: str, *, is_begun: bool) -> bool:
    """Whether all words stand in a text, endings aside."""
    said = _words(text)
    *whole, last = sought
    is_last = _stands(last, said) or (is_begun and any(word.startswith(last) for word in said))
    return is_last and all(_stands(word, said) for word in whole)


@lru_cache(maxsize=MOST)  # the same names are looked through at each search
def _words(text: str) -> frozenset[str]:
    return frozenset(forms(text))


def _stands(word: str, said: Iterable[str]) -> bool:
    """No ending is a whole word: what begins otherwise is not stemmed."""
    return word in said or any(
        stem(each, language) == stem(word, language) for each in said if each[0] == word[0] for language in LANGUAGES
    )


def _is_shown(ground: Ground, person: str, scope: Scope) -> bool:
    wrote = exists().where(things.c.author == person, within(scope), things.c.deleted_at.is_(None))
    shares = exists().where(
        memberships.c.person == person, memberships.c.community.in_(sorted(scope.communities)), memberships.c.until.is_(None)
    )
    conditions = [wrote, shares] if scope.communities else [wrote]
    return person == scope.actor or bool(ground.connection.execute(select(or_(*conditions))).scalar())
