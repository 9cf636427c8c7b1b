"""A search as the visitor asked for it: words, scope, facets; and why a mapping between two terms found something."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from node.domain.html import plain
from node.storage.shelves.mappings import MappingRow
from node.storage.shelves.search import SearchHit
from node.storage.wished import FACET_PARAMETERS, held_within, narrowed_by, portee_of, words_of
from node.storage.words import LANGUAGES, forms, stem
from node.web.desk import Desk
from node.web.wording import kind_words, language_name, leading, licence
from vocab.values import Ref

#: How many results one page shows, the last page that may be asked for, and how many of each facet are offered.
PAGE_SIZE, LAST_PAGE, FACETS = 20, 250, 8
#: All parameters that make it another search.
PARAMETERS = ("q", "portee", "communaute", "tel", *FACET_PARAMETERS.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is searched for. `portee` is "" for everywhere; `communities` are those that must hold what is found, None for any.

    `is_any`: what has only some of the words is wanted too.
    """

    words: str
    portee: str
    community: str
    communities: tuple[str, ...] | None
    narrowed: Mapping[str, str | None]
    page: int
    at: datetime
    is_any: bool = False


def wish(desk: Desk) -> Wish:
    """The search that an address asks for; what it says in a way nobody understands counts as not said."""
    query = desk.visit.query
    return Wish(
        words=words_of(query),
        portee=portee_of(query),
        community=query.get("communaute", ""),
        communities=held_within(desk.uow, query, desk.visit.reader.communities),
        narrowed=narrowed_by(query),
        page=page_of(desk),
        # the same all day, so that what was counted can be used again
        at=desk.visit.house.now.replace(hour=0, minute=0, second=0, microsecond=0),
    )


def page_of(desk: Desk) -> int:
    """Which page of a list an address asks for."""
    page = desk.visit.query.get("page", "1")
    return min(int(page), LAST_PAGE) if re.fullmatch(r"[1-9][0-9]{0,3}", page) else 1


def after_page(page: int, *, is_more: bool) -> dict[str, str | None] | None:
    """What leads to the part after this one, None at the end and at the last that can be asked for."""
    return {"page": str(page + 1)} if is_more and page < LAST_PAGE else None


def asked(sought: Wish) -> dict[str, Any]:
    """A wish as the search shelf takes it."""
    return {"communities": sought.communities, "at": sought.at, "is_any": sought.is_any, **sought.narrowed}


class Bridges:
    """The accepted mappings that this reader may see and one end of which the words searched for name."""

    def __init__(self, desk: Desk, words: str) -> None:
        self.desk = desk
        sought = _stems(words)
        rows = desk.uow.mappings.all("accepted") if sought else []
        ends = [pair for row in rows if desk.uow.things.get(row.thing, desk.scope) for pair in _both_ways(row)]
        self.touched = [(here, there) for here, there in ends if (label := _stems(self._label(here))) and label <= sought]

    def via(self, hit: SearchHit) -> str:
        """« Trouvé grâce à la correspondance A ≈ B » when the hit speaks of the other end of a mapping alone; else ""."""
        if not self.touched:
            return ""
        topics = {facet.text for facet in self.desk.uow.things.facets(hit.thing.entry.iri) if facet.property == "topic"}
        said = _stems(_text_of(self.desk, hit))
        for here, there in self.touched:
            is_said = here in topics or _stems(self._label(here)) <= said
            if not is_said and (there in topics or _stems(self._label(there)) <= said):
                names = {"here": self._label(here), "there": self._label(there)}
                return self.desk.tongue.say("Trouvé grâce à la correspondance « %(here)s » ≈ « %(there)s »", **names)
        return ""

    def _label(self, iri: str) -> str:
        return self.desk.term(Ref(iri=iri)).text


def choice_words(desk: Desk, facet: str, value: str) -> str:
    """What a choice of a facet is called."""
    say = desk.tongue.say
    if facet == "origin":
        return say("D’ici") if desk.visit.house.url.endswith(f"//{value}") else desk.house_of(value)
    if facet == "age":
        return {"7": say("Depuis une semaine"), "31": say("Depuis un mois"), "365": say("Depuis un an")}[value]
    named: Mapping[str, Callable[[str], str]] = {
        "kind": lambda kind: kind_words(kind, desk.tongue),
        "topic": lambda iri: desk.term(Ref(iri=iri)).text,
        "territory": lambda iri: desk.term(Ref(iri=iri)).text,
        "home": lambda iri: desk.community(iri).text,
        "language": lambda tag: leading(language_name(tag, desk.tongue)),
        "license": lambda iri: licence(iri, desk.tongue).label,
    }
    return named[facet](value)


def _both_ways(row: MappingRow) -> tuple[tuple[str, str], tuple[str, str]]:
    return (row.subject, row.object), (row.object, row.subject)


def _text_of(desk: Desk, hit: SearchHit) -> str:
    thing = hit.thing.thing
    return " ".join(plain(desk.worded(getattr(thing, name, None))[0]) for name in ("name", "summary", "content"))


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(form, language) for form in forms(text) for language in LANGUAGES)
