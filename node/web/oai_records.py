"""Records as harvesters get them: header, and the thing in Dublin Core or as linked data.

Spec: OAI-PMH §2.5.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree.ElementTree import Element

from node.domain import dublin_core
from node.domain.markup import dressed, put
from node.domain.visibility import PUBLIC_SCOPE
from node.storage.naming import names_of
from node.storage.shelves.changes import Change
from node.storage.unit_of_work import UnitOfWork
from node.web.oai_triples import SCHEMA, describe
from vocab import jsonld
from vocab.errors import VocabError
from vocab.namespaces import DC11, RDF
from vocab.things.object import Object

XSI = "http://www.w3.org/2001/XMLSchema-instance"
OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What a record is made of. `sets` are the communities that hold it; `thing` is None where it ended."""

    change: Change
    sets: Sequence[str]
    thing: Object | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Prefix:
    """A format of metadata: where its schema is, its namespace, and how a thing is written in it."""

    schema: str
    namespace: str
    write: Callable[[Element, Object, Mapping[str, str], str], None]


def read(uow: UnitOfWork, found: Sequence[Change]) -> list[Source]:
    """The things that changed, as they are now, with the sets they are in; one that cannot be read is left out."""
    shown, sets = uow.changes.shown(found), uow.changes.sets([change.thing for change in found])
    read = {iri: thing for iri, each in shown.items() if (thing := _thing(each.document)) is not None}
    return [
        Source(change=change, sets=sets.get(change.thing, ()), thing=read.get(change.thing))
        for change in found
        if change.deed == "delete" or change.thing in read
    ]


def names(uow: UnitOfWork, sources: Sequence[Source], language: str) -> Mapping[str, str]:
    """What everybody may know that the IRIs in these things are called."""
    return names_of(uow, [source.thing for source in sources if source.thing], PUBLIC_SCOPE, language)


def put_header(parent: Element, source: Source) -> None:
    """Which record it is, since when it is so, and in which sets."""
    header = put(parent, "header", status="" if source.thing else "deleted")
    put(header, "identifier", source.change.thing)
    put(header, "datestamp", datestamp(source.change.at))
    for community in source.sets:
        put(header, "setSpec", spec_of(community))


def put_record(parent: Element, source: Source, prefix: Prefix, names: Mapping[str, str], publisher: str) -> None:
    """The whole record; of what ended only the header is left."""
    record = put(parent, "record")
    put_header(record, source)
    if source.thing is not None:
        prefix.write(put(record, "metadata"), source.thing, names, publisher)


def datestamp(at: datetime) -> str:
    """A moment as the protocol writes it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def spec_of(community: str) -> str:
    """The set of a community: the name in its address."""
    return community.rpartition("/")[2]


def _thing(document: bytes) -> Object | None:
    try:
        thing = jsonld.read(document)
    except VocabError:
        return None
    return thing if isinstance(thing, Object) else None


def _dublin_core(parent: Element, thing: Object, names: Mapping[str, str], publisher: str) -> None:
    where = f"{OAI_DC} http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
    spaces = {"xmlns:oai_dc": OAI_DC, "xmlns:dc": DC11, "xmlns:xsi": XSI, "xsi:schemaLocation": where}
    root = dressed(put(parent, "oai_dc:dc"), spaces)
    for said in dublin_core.statements(thing, names, publisher):
        dressed(put(root, f"dc:{said.element}", said.value), {"xml:lang": said.language})


def _linked_data(parent: Element, thing: Object, names: Mapping[str, str], publisher: str) -> None:
    del names, publisher
    describe(parent, thing)


PREFIXES: Mapping[str, Prefix] = {
    "oai_dc": Prefix(schema="http://www.openarchives.org/OAI/2.0/oai_dc.xsd", namespace=OAI_DC, write=_dublin_core),
    "rdf": Prefix(schema=SCHEMA, namespace=RDF, write=_linked_data),
}
