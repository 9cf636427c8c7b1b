"""The repertoire: search first, then narrow by scope, kind, topic and origin; each result with where it comes from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from node.contracts import Listing, Page, View, Visit
from node.storage.unit_of_work import UnitOfWork
from node.web.cards import card
from node.web.desk import Desk
from node.web.finding import FACET_PARAMETERS, FACETS, PAGE_SIZE, PARAMETERS, Bridges, Wish, after_page, asked, wish
from node.web.listings import PART, listing, readable
from node.web.lists import Pages
from node.web.translations import phrase
from node.web.wording import kind_words
from vocab.values import Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A way to narrow a search: what it is called, how many it would leave, where it leads; the chosen one leads back."""

    text: str
    count: int
    href: str
    is_chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """Something by which the search is narrowed, and the address without it; or a topic to begin with."""

    text: str
    href: str


def show(uow: UnitOfWork, visit: Visit) -> View:
    """What is found, of what this reader may see."""
    desk = Desk(uow, visit)
    sought = wish(desk)
    total = uow.search.count(sought.words, scope=desk.scope, **asked(sought))
    hits = uow.search.find(sought.words, scope=desk.scope, limit=PAGE_SIZE, offset=(sought.page - 1) * PAGE_SIZE, **asked(sought))
    bridges = Bridges(desk, sought.words)
    return View(
        title=_title(desk, sought),
        things=readable(hit.thing for hit in hits),
        values={
            "words": sought.words,
            "total": total,
            "items": [card(desk, hit.thing, words=sought.words, via=bridges.via(hit)) for hit in hits],
            "scopes": _scopes(desk, sought),
            "facets": _facets(desk, sought),
            "wider": _wider(desk, sought) if not hits else 0,
            "ideas": _ideas(desk) if not hits else [],
            "chips": _chips(desk, sought),
            "hidden": {name: value for name, value in visit.query.items() if name in {"portee", "communaute"}},
            "pages": _pages(desk, sought, total),
        },
    )


def listed(uow: UnitOfWork, visit: Visit) -> Listing:
    """What is found, in longer parts."""
    desk = Desk(uow, visit)
    sought = wish(desk)
    offset = (sought.page - 1) * PART
    hits = uow.search.find(sought.words, scope=desk.scope, limit=PART + 1, offset=offset, **asked(sought))
    return listing(
        desk,
        [hit.thing for hit in hits[:PART]],
        title=_title(desk, sought),
        at=("/recherche", {name: visit.query.get(name) for name in PARAMETERS}),
        after=after_page(sought.page, is_more=len(hits) > PART),
    )


def _title(desk: Desk, sought: Wish) -> str:
    return desk.tongue.say("Recherche : %(words)s", words=sought.words) if sought.words else desk.tongue.say("Répertoire")


def _scopes(desk: Desk, sought: Wish) -> list[tuple[str, str, bool]]:
    say, here = desk.tongue.say, desk.addresses.here
    found = [
        (say("Partout"), here(portee=None, communaute=None, page=None), not sought.portee),
        (say("Ce site"), here(portee="noeud", communaute=None, page=None), sought.portee == "noeud"),
        (say("D’ailleurs"), here(portee="ailleurs", communaute=None, page=None), sought.portee == "ailleurs"),
    ]
    if sought.community:
        name = desk.community(sought.community).text
        found.insert(0, (name, here(portee="communaute", page=None), sought.portee == "communaute"))
    elif desk.visit.reader.communities:
        found.insert(0, (say("Mes communautés"), here(portee="communaute", page=None), sought.portee == "communaute"))
    return found


def _facets(desk: Desk, sought: Wish) -> list[tuple[str, list[Choice]]]:
    say = desk.tongue.say
    titles = {"kind": say("Type"), "topic": say("Sujet"), "origin": say("Origine")}
    counted = _counted(desk, sought)
    found = [(title, _choices(desk, facet, counted[facet], sought.narrowed[facet])) for facet, title in titles.items()]
    return [(title, choices) for title, choices in found if choices]


def _counted(desk: Desk, sought: Wish) -> dict[str, list[tuple[str, int]]]:
    """How many each choice would leave. What is chosen does not narrow its own facet: one may still choose another."""
    counted = desk.uow.search.facets(sought.words, scope=desk.scope, **asked(sought))
    for facet, value in sought.narrowed.items():
        if value is not None:
            without = {**asked(sought), facet: None}
            counted[facet] = desk.uow.search.facets(sought.words, scope=desk.scope, **without)[facet]
    return counted


def _choices(desk: Desk, facet: str, counted: Sequence[tuple[str, int]], chosen: str | None) -> list[Choice]:
    shown = [(value, count) for value, count in counted if value][:FACETS]
    shown += [pair for pair in counted if pair[0] == chosen and pair not in shown]
    texts = {value: _value(desk, facet, value) for value, _ in shown}
    twins = {text for text in texts.values() if list(texts.values()).count(text) > 1}
    return [
        Choice(
            text=f"{texts[value]} ({desk.origin(value).name})" if texts[value] in twins else texts[value],
            count=count,
            href=_narrower(desk, facet, None if value == chosen else value),
            is_chosen=value == chosen,
        )
        for value, count in shown
    ]


def _wider(desk: Desk, sought: Wish) -> int:
    """How much the same words find everywhere."""
    return desk.uow.search.count(sought.words, scope=desk.scope) if sought.words else 0


def _ideas(desk: Desk) -> list[Chip]:
    """Topics of which something can be read, those most treated first."""
    topics = desk.uow.search.facets("", scope=desk.scope)["topic"]
    named = {desk.term(Ref(iri=topic)).text: topic for topic, _ in reversed(topics[:FACETS]) if topic}
    return [Chip(text=text, href=desk.addresses.page("/recherche", sujet=topic)) for text, topic in reversed(named.items())]


def _narrower(desk: Desk, facet: str, value: str | None) -> str:
    return desk.addresses.here(**{FACET_PARAMETERS[facet]: value, "page": None})


def _chips(desk: Desk, sought: Wish) -> list[Chip]:
    found = [
        Chip(text=_value(desk, facet, value), href=_narrower(desk, facet, None))
        for facet, value in sought.narrowed.items()
        if value
    ]
    if sought.words:
        quoted = desk.tongue.say("« %(words)s »", words=sought.words)
        found.insert(0, Chip(text=quoted, href=desk.addresses.here(q=None, page=None)))
    return found


def _value(desk: Desk, facet: str, value: str) -> str:
    if facet == "kind":
        return kind_words(value, desk.tongue)
    if facet == "topic":
        return desk.term(Ref(iri=value)).text
    is_here = desk.visit.house.url.endswith(f"//{value}")
    return desk.tongue.say("D’ici") if is_here else desk.house_of(value)


def _pages(desk: Desk, sought: Wish, total: int) -> Pages:
    page = sought.page
    after = after_page(page, is_more=total > page * PAGE_SIZE)
    return Pages(
        newer=desk.addresses.here(page=page - 1 if page > 2 else None) if page > 1 else "",  # noqa: PLR2004 - page 1 needs no number
        newer_label=desk.tongue.say("Résultats précédents"),
        older=desk.addresses.here(**after) if after else "",
        older_label=desk.tongue.say("Résultats suivants"),
    )


PAGE = Page(path="/recherche", right="anyone", show=show, menu=3, label=phrase("Répertoire"), listing=listed)
