"""The repertoire: search first, then narrow by scope and facets; each result with where it comes from and why it was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from node.contracts import Listing, Page, View, Visit
from node.storage.shelves.search import Overview, SearchHit
from node.storage.unit_of_work import UnitOfWork
from node.storage.wished import FACET_PARAMETERS
from node.web.cards import Card, card
from node.web.desk import Desk, Link, refs
from node.web.finding import FACETS, PAGE_SIZE, PARAMETERS, Bridges, Wish, after_page, asked, choice_words, wish
from node.web.keeping_searches import kept
from node.web.listings import PART, listing, readable
from node.web.lists import Pages
from node.web.matched import why, writers
from node.web.translations import phrase
from vocab.values import Ref

#: So many people and communities are shown beside what is found.
MOST_PEOPLE = 4


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
    typed = wish(desk)
    sought, seen = _understood(desk, typed)
    offset = (sought.page - 1) * PAGE_SIZE
    hits = uow.search.find(sought.words, scope=desk.scope, limit=PAGE_SIZE, offset=offset, **asked(sought)) if seen.total else []
    return View(
        title=_title(desk, typed),
        things=readable(hit.thing for hit in hits),
        values={
            "words": typed.words,
            "understood": sought.words if sought.words != typed.words else "",
            "as_typed": desk.addresses.here(tel="oui", page=None),
            "is_any": sought.is_any,
            "total": seen.total,
            "items": _cards(desk, hits, sought.words),
            "scopes": _scopes(desk, typed),
            "facets": _facets(desk, sought, seen),
            "chips": _chips(desk, typed),
            "hidden": {name: value for name, value in visit.query.items() if name in {"portee", "communaute"}},
            "pages": _pages(desk, sought, seen.total),
            **_people(desk, sought, hits),
            **_nothing(desk, sought, hits),
            **kept(desk, typed, _title(desk, typed)),
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


def _understood(desk: Desk, typed: Wish) -> tuple[Wish, Overview]:
    """The search as it was typed; where that finds nothing, with its slips mended, else with only some of its words."""
    found = _overview(desk, typed)
    if found.total or not typed.words or desk.visit.query.get("tel"):
        return typed, found
    mended = desk.uow.search.nearest(typed.words, scope=desk.scope)
    for words, is_any in ((mended, False), (typed.words, True), (mended, True)):
        other = replace(typed, words=words, is_any=is_any)
        if words and (seen := _overview(desk, other)).total:
            return other, seen
    return typed, found


def _overview(desk: Desk, sought: Wish) -> Overview:
    return desk.uow.search.overview(sought.words, scope=desk.scope, **asked(sought))


def _cards(desk: Desk, hits: Sequence[SearchHit], words: str) -> list[Card]:
    desk.expect(ref.iri for each in readable(hit.thing for hit in hits) for ref in refs(each, "topic"))
    bridges = Bridges(desk, words)
    return [_told(card(desk, hit.thing, words=words, via=bridges.via(hit)), why(desk, hit, words)) for hit in hits]


def _told(shown: Card, reason: str) -> Card:
    """The card with why it was found, after what else it says of how it came here."""
    return replace(shown, via=" · ".join(filter(None, (shown.via, reason))))


def _people(desk: Desk, sought: Wish, hits: Sequence[SearchHit]) -> dict[str, Any]:
    """Who is called so or can help with it, and who wrote what was found first; with the first results only."""
    if not sought.words or sought.page > 1:
        return {"people": [], "writers": []}
    found = desk.uow.search.people(sought.words, scope=desk.scope, limit=MOST_PEOPLE)
    shown = [(desk.community(each.iri) if each.type == "Group" else desk.person(each.iri), each.helps) for each in found]
    return {"people": shown, "writers": writers(desk, list(hits), {link.text for link, _ in shown})}


def _nothing(desk: Desk, sought: Wish, hits: Sequence[SearchHit]) -> dict[str, Any]:
    """Ways on from a search that found nothing: more widely, a subject to begin with, somebody to ask."""
    if hits:
        return {"wider": 0, "ideas": [], "ask": ""}
    mine = sorted(desk.visit.reader.communities & set(desk.communities))
    ask = desk.addresses.page("/partager", question="oui", texte=sought.words) if mine and desk.visit.form_token else ""
    wider = desk.uow.search.count(sought.words, scope=desk.scope) if sought.words else 0
    return {"wider": wider, "ideas": _ideas(desk), "ask": ask}


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


def _facets(desk: Desk, sought: Wish, seen: Overview) -> list[tuple[str, list[Choice]]]:
    say = desk.tongue.say
    titles = {
        "kind": say("Type"),
        "topic": say("Terme"),
        "territory": say("Territoire"),
        "home": say("Communauté"),
        "origin": say("Origine"),
        "age": say("Fraîcheur"),
        "language": say("Langue"),
        "license": say("Licence"),
    }
    found = [(title, _choices(desk, facet, seen.facets[facet], sought.narrowed[facet])) for facet, title in titles.items()]
    return [(title, choices) for title, choices in found if choices]


def _choices(desk: Desk, facet: str, counted: Sequence[tuple[str, int]], chosen: str | None) -> list[Choice]:
    shown = [(value, count) for value, count in counted if value][:FACETS]
    shown += [pair for pair in counted if pair[0] == chosen and pair not in shown]
    texts = {value: choice_words(desk, facet, value) for value, _ in shown}
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


def _ideas(desk: Desk) -> list[Link]:
    """Topics of which something can be read, those most treated first."""
    topics = desk.uow.search.facets("", scope=desk.scope)["topic"]
    named = {desk.term(Ref(iri=topic)).text: topic for topic, _ in reversed(topics[:FACETS]) if topic}
    return [Link(text=text, href=desk.addresses.page("/recherche", sujet=topic)) for text, topic in reversed(named.items())]


def _narrower(desk: Desk, facet: str, value: str | None) -> str:
    return desk.addresses.here(**{FACET_PARAMETERS[facet]: value, "page": None})


def _chips(desk: Desk, sought: Wish) -> list[Chip]:
    found = [
        Chip(text=choice_words(desk, facet, value), href=_narrower(desk, facet, None))
        for facet, value in sought.narrowed.items()
        if value
    ]
    if sought.words:
        quoted = desk.tongue.say("« %(words)s »", words=sought.words)
        found.insert(0, Chip(text=quoted, href=desk.addresses.here(q=None, page=None)))
    return found


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
