"""One intersection: between whom, on what it rests, how the number comes about, what would make it vanish."""

from __future__ import annotations

from node.contracts import Listing, Page, View, Visit
from node.errors import NotFound
from node.storage.shelves.intersections import IntersectionRow
from node.storage.unit_of_work import UnitOfWork
from node.web.cards import community_card
from node.web.crossings import crossing, grounds
from node.web.desk import Desk, refs
from node.web.listings import listing
from node.web.reasons import explained, steps, vanishing
from vocab import concepts, jsonld
from vocab.namespaces import CONCEPTS


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The intersection whose IRI is this address."""
    desk = Desk(uow, visit)
    row = _row(uow, visit)
    thing, found = jsonld.read(row.document), crossing(desk, row)
    sides = [community_card(desk, actor) for iri in found.ends if (actor := uow.actors.get(iri))]
    explanation = explained(desk, row)
    phases = [concepts.concept(ref.iri) for ref in refs(thing, "phase")]
    methods = [concepts.concept(ref.iri) for ref in refs(thing, "conforms_to")]
    return View(
        title=desk.tongue.say("%(left)s et %(right)s", left=found.left.text, right=found.right.text),
        values={
            "crossing": found,
            "sides": sides,
            "grounds": grounds(desk, thing),
            "steps": steps(desk, explanation) if explanation else {},
            "vanishing": vanishing(desk, explanation) if explanation else [],
            "phases": [(concept.labels, concept.definitions) for concept in phases if concept],
            "methods": [(_page_of(desk, concept.iri), concept.labels, concept.definitions) for concept in methods if concept],
            "computed_at": row.computed_at,
            "leads_to": "",
        },
        things=[thing],
    )


def _page_of(desk: Desk, concept: str) -> str:
    """Where a concept of ours is explained on this site."""
    return desk.addresses.page(f"/vocab/{concept.removeprefix(CONCEPTS)}")


def listed(uow: UnitOfWork, visit: Visit) -> Listing:
    """The intersection alone, with what it rests on."""
    desk, row = Desk(uow, visit), _row(uow, visit)
    found = crossing(desk, row)
    title = desk.tongue.say("%(left)s et %(right)s", left=found.left.text, right=found.right.text)
    return listing(desk, [jsonld.read(row.document)], title=title, at=(f"/intersections/{visit.path['id']}", {}))


def _row(uow: UnitOfWork, visit: Visit) -> IntersectionRow:
    row = uow.intersections.get(f"{visit.house.url}/intersections/{visit.path['id']}")
    if row is None:
        raise NotFound
    return row


PAGE = Page(path="/intersections/{id:[A-Za-z0-9_-]+}", right="anyone", show=show, listing=listed)
