"""The mappings of a term, as its page tells them: which other term, how near, agreed or not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from node.web.desk import Desk, Link
from node.web.translations import phrase
from vocab.namespaces import SKOS
from vocab.values import Ref

_RELATIONS: Mapping[str, str] = {
    "exactMatch": phrase("Même sens que"),
    "closeMatch": phrase("Proche de"),
    "broadMatch": phrase("Plus étroit que"),
    "narrowMatch": phrase("Plus large que"),
    "relatedMatch": phrase("En rapport avec"),
}
#: Said of the term at the other end of the mapping.
_TURNED: Mapping[str, str] = {"broadMatch": "narrowMatch", "narrowMatch": "broadMatch"}
_STATES: Mapping[str, str] = {
    "accepted": phrase("correspondance acceptée"),
    "proposed": phrase("correspondance proposée"),
    "contested": phrase("correspondance contestée"),
}


def relation_words(desk: Desk, iri: str) -> str:
    """What a relation between two terms is called, "" for what is no such relation."""
    name = iri.removeprefix(SKOS)
    return desk.tongue.say(_RELATIONS[name]) if name in _RELATIONS else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Equivalent:
    """Another term to which this one corresponds, and the mapping that says so."""

    relation: str
    term: Link
    state: str
    href: str


def equivalents(desk: Desk, iri: str) -> list[Equivalent]:
    """The terms to which a term corresponds, by mappings that this reader may see."""
    found = []
    for row in desk.uow.mappings.of(iri):
        if desk.uow.things.get(row.thing, desk.scope) is None:
            continue
        is_subject = row.subject == iri
        relation = row.relation if is_subject else _TURNED.get(row.relation, row.relation)
        found.append(
            Equivalent(
                relation=desk.tongue.say(_RELATIONS[relation]),
                term=desk.term(Ref(iri=row.object if is_subject else row.subject)),
                state=desk.tongue.say(_STATES[row.state]),
                href=desk.addresses.thing(row.thing),
            )
        )
    return found
