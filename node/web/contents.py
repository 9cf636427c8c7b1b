"""What a resource leads to as a list of its own: the notes of a notebook, what speaks of a term, what is said below a note."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from aiohttp import web

from node.contracts import Listing
from node.domain.publishing import no_wider
from node.errors import NotFound
from node.storage.outlining import opened
from node.storage.stored import StoredThing
from node.web.addresses import RESOURCE_ELSEWHERE
from node.web.cards import title_of
from node.web.desk import Desk
from node.web.listings import CONTENTS, PART, Address, listing
from node.web.translations import phrase
from vocab.things.notebook import Notebook

#: The property by which other things point to a term or a place.
FACETS: Mapping[str, str] = {"Concept": "topic", "Place": "territory"}

_TITLES: Mapping[str, str] = {
    "Notebook": phrase("Carnet : %(name)s"),
    "Concept": phrase("Ce qui parle de « %(name)s »"),
    "Place": phrase("Ce qui touche %(name)s"),
}
_OFFERS: Mapping[str, str] = {
    "Notebook": phrase("Emporter plutôt les notes de ce carnet"),
    "Concept": phrase("Emporter plutôt ce qui en parle"),
    "Place": phrase("Emporter plutôt ce qui touche ce territoire"),
}
_THE_ANSWERS = phrase("Emporter plutôt les réponses")
_ANSWERS = phrase("Réponses à « %(name)s »")


def resource(desk: Desk, stored: StoredThing | None) -> Listing:
    """A resource alone, or what it leads to; raises NotFound for what may not be seen, HTTPGone for what was withdrawn."""
    if stored is None:
        raise NotFound
    if stored.entry.deleted_at:
        raise web.HTTPGone(text="This has been withdrawn.")
    title, _ = title_of(desk, stored)
    path, query = _address(desk, stored.entry.iri)
    if CONTENTS not in desk.visit.query:
        return listing(desk, [stored], title=title, at=(path, query))
    words = desk.tongue.say(_TITLES.get(stored.entry.kind, _ANSWERS), name=title)
    return listing(desk, _contents(desk, stored), title=words, at=(path, {**query, CONTENTS: "oui"}))


def leads_to(desk: Desk, stored: StoredThing) -> str:
    """What else than the resource itself its page offers to take away."""
    return desk.tongue.say(_OFFERS.get(stored.entry.kind, _THE_ANSWERS))


def _address(desk: Desk, iri: str) -> Address:
    return (urlsplit(iri).path, {}) if desk.visit.house.is_local(iri) else (RESOURCE_ELSEWHERE, {"iri": iri})


def _contents(desk: Desk, stored: StoredThing) -> list[StoredThing]:
    iri, facet = stored.entry.iri, FACETS.get(stored.entry.kind)
    if facet:
        return desk.uow.things.with_facet(facet, iri, scope=desk.scope, limit=PART)
    if isinstance(stored.thing, Notebook):
        return [each.stored for each in opened(desk.uow, stored, desk.scope) if each.stored is not None][:PART]
    turns = desk.uow.threads.below(iri, scope=desk.scope, audiences=no_wider(stored.entry.audience), limit=PART)
    return [turn.thing for turn in turns]
