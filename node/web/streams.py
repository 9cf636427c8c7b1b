"""The log of changes as pages that two kinds of harvesters read: an event stream of linked data, and change discovery of IIIF.

One document for both. As JSON it is a collection of activities, the oldest first; as linked data each activity is a member of
the stream, and what it is about stands in the graph that is named after it. A page is full for ever once the next one is
begun: nothing comes to it, and what is changed or deleted later leaves it.
Spec: LDES §3. Spec: TREE §2. Spec: IIIF Change Discovery §2.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import orjson

from node.storage.shelves.changes import Change, Choice, Shown
from node.storage.unit_of_work import UnitOfWork
from vocab import jsonld
from vocab.errors import VocabError
from vocab.jsonld_write import moment
from vocab.namespaces import AS, DCTERMS, RDF, XSD

#: So many places in the order make a page. Never to be changed: harvesters remember which pages were full.
PLACES = 100
#: How often it makes sense to ask for what is new, in seconds; and for how long a copy of a full page may be kept by anybody.
OFTEN = 300

TREE, LDES = "https://w3id.org/tree#", "https://w3id.org/ldes#"
IIIF = "http://iiif.io/api/discovery/1/context.json"

_DEEDS = {"create": "Create", "update": "Update", "delete": "Delete"}

#: Every name in full or by prefix: nothing has to be fetched to understand a page. JSON-LD 1.0.
CONTEXT: Mapping[str, object] = {
    "@vocab": AS,
    "as": AS,
    "dcterms": DCTERMS,
    "ldes": LDES,
    "rdf": RDF,
    "tree": TREE,
    "xsd": XSD,
    "id": "@id",
    "type": "@type",
    "kind": {"@id": "rdf:type", "@type": "@id"},
    **{name: {"@id": f"as:{name}", "@type": "@id"} for name in ("actor", "first", "last", "next", "object", "partOf", "prev")},
    "endTime": {"@id": "as:endTime", "@type": "xsd:dateTime"},
    "orderedItems": {"@id": "as:items", "@container": "@list"},
    "totalItems": {"@id": "as:totalItems", "@type": "xsd:nonNegativeInteger"},
    "memberOf": {"@reverse": "tree:member", "@type": "@id"},
    "viewOf": {"@reverse": "tree:view", "@type": "@id"},
    **{name: {"@id": f"ldes:{name}", "@type": "@id"} for name in (
        "timestampPath", "versionOfPath", "versionCreatePath", "versionCreateObject", "versionUpdatePath",
        "versionUpdateObject", "versionDeletePath", "versionDeleteObject", "retentionPolicy",
    )},
    "immutable": {"@id": "ldes:immutable"},
    "pollingInterval": {"@id": "ldes:pollingInterval"},
    "versionAmount": {"@id": "ldes:versionAmount"},
    "title": "dcterms:title",
    "relation": {"@id": "tree:relation"},
    "node": {"@id": "tree:node", "@type": "@id"},
    "path": {"@id": "tree:path", "@type": "@id"},
    "value": {"@id": "tree:value", "@type": "xsd:dateTime"},
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """The stream at an address. `is_for_iiif`: its pages name the context of IIIF, which its readers must find."""

    address: str
    title: str
    language: str
    is_for_iiif: bool = False

    @property
    def iri(self) -> str:
        """What the members belong to; the address is that of its first document."""
        return f"{self.address}#flux"

    def page(self, number: int) -> str:
        """The address of a page."""
        return f"{self.address}/{number}"

    def root(self, uow: UnitOfWork) -> bytes:
        """What the stream is, and where its pages begin and end."""
        first, last = uow.changes.oldest(), uow.changes.newest()
        said: dict[str, object] = {
            "id": self.address,
            "type": "OrderedCollection",
            "kind": ["tree:Node", "ldes:EventSource"],
            "summary": self.title,
            "totalItems": uow.changes.count(Choice()),
            "viewOf": self._described(),
            "retentionPolicy": {"id": f"{self.address}#retention", "type": "ldes:RetentionPolicy", "versionAmount": 1},
        }
        if first is not None and last is not None:
            said["first"], said["last"] = self._link(first), self._link(last)
            said["relation"] = [self._relation(first)]
        return self._document(said)

    def part(self, uow: UnitOfWork, number: int) -> tuple[bytes, bool] | None:
        """A page, and whether nothing more comes to it; None for one that was not begun."""
        newest = uow.changes.newest()
        if newest is None or not 1 <= number <= page_of(newest):
            return None
        start, end = (number - 1) * PLACES, number * PLACES
        found = uow.changes.listed(Choice(after=start, up_to=end), PLACES)
        previous = uow.changes.before(start + 1)
        following = next(iter(uow.changes.listed(Choice(after=end), 1)), None)
        said: dict[str, object] = {
            "id": self.page(number),
            "type": "OrderedCollectionPage",
            "kind": ["tree:Node"],
            "partOf": {"id": self.address, "type": "OrderedCollection"},
            "viewOf": self._described(),
        }
        if previous is not None:
            said["prev"] = self._link(previous)
        if following is not None:
            said |= {"next": self._link(following), "relation": [self._relation(following)], "immutable": True}
        said["orderedItems"] = self._members(uow, found)
        return self._document(said), following is not None

    def _document(self, said: Mapping[str, object]) -> bytes:
        context = [CONTEXT, IIIF] if self.is_for_iiif else CONTEXT
        return orjson.dumps({"@context": context, **said})

    def _described(self) -> Mapping[str, object]:
        """The stream itself: how its members are ordered, and what makes one a version of which thing."""
        versions = {
            f"version{deed}{part}": value
            for deed in _DEEDS.values()
            for part, value in (("Path", "rdf:type"), ("Object", f"as:{deed}"))
        }
        return {
            "id": self.iri,
            "type": "ldes:EventStream",
            "title": {"@value": self.title, "@language": self.language},
            "timestampPath": "as:endTime",
            "versionOfPath": "as:object",
            **versions,
            "pollingInterval": OFTEN,
        }

    def _members(self, uow: UnitOfWork, found: Sequence[Change]) -> list[Mapping[str, object]]:
        shown = uow.changes.shown(found)
        return [self._member(change, shown.get(change.thing)) for change in found]

    def _member(self, change: Change, shown: Shown | None) -> Mapping[str, object]:
        """One change: what is there now, or that nothing is."""
        said: dict[str, object] = {
            "id": f"{self.address}#{change.id}",
            "type": _DEEDS[change.deed],
            "memberOf": self.iri,
            "object": {"id": change.thing, "type": shown.type} if shown else {"id": change.thing, "type": "Tombstone"},
            "endTime": moment(change.at),
        }
        if shown is None:
            return said
        if shown.author:
            said["actor"] = shown.author
        return {**said, "@graph": _graph(shown.document)}

    def _link(self, change: Change) -> Mapping[str, str]:
        return {"id": self.page(page_of(change)), "type": "OrderedCollectionPage"}

    def _relation(self, change: Change) -> Mapping[str, str]:
        """Leads to the page of a change, on which nothing is older."""
        return {
            "type": "tree:GreaterThanOrEqualToRelation",
            "node": self.page(page_of(change)),
            "path": "as:endTime",
            "value": moment(change.at),
        }


def page_of(change: Change) -> int:
    """The page on which a change stands."""
    return (change.id - 1) // PLACES + 1


def _graph(document: bytes) -> list[object]:
    """What a document says, every name in full, so that no context of anybody has to be fetched."""
    try:
        return [jsonld.expand(jsonld.parse(document))]
    except VocabError:
        return []
