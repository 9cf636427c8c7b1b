"""What a harvester is told: the six verbs over the log of changes.

Records are what stands in repertoires: terms and places have their own way out, and what people answer one another is no
document. Spec: OAI-PMH §4.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from node.contracts import House
from node.domain.markup import dressed, put, written
from node.domain.resuming import LASTS, Place, opened, sealed
from node.storage.shelves.changes import Choice
from node.storage.unit_of_work import UnitOfWork
from node.web import oai_records
from node.web.oai_records import PREFIXES, XSI, datestamp, put_header, put_record, spec_of
from node.web.oai_requests import Fault, Question, asked, span
from vocab.things.actor import Actor
from vocab.types import all_types

OAI = "http://www.openarchives.org/OAI/2.0/"
#: So many records are given at once.
PART = 100

_ROOT = {"xmlns": OAI, "xmlns:xsi": XSI, "xsi:schemaLocation": f"{OAI} http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd"}
#: What is public and no document of a repertoire.
_NO_RECORDS = ("Concept", "Mapping", "Note", "Place")
#: What was asked in no form of the protocol is not said again: it would not be of that form here either.
_NOT_REPEATED = "badArgument"
_NOTHING = Fault(code="noRecordsMatch", words="There is no such record.")
_UNKNOWN_PREFIX = Fault(code="cannotDisseminateFormat", words=f"The formats are {', '.join(PREFIXES)}.")
_UNKNOWN_TOKEN = Fault(code="badResumptionToken", words="This token was not given here, or is too old: begin anew.")
_UNKNOWN_RECORD = Fault(code="idDoesNotExist", words="There is no record of that identifier.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One answer in the making: for whom it is read, by what, and where it goes."""

    uow: UnitOfWork
    house: House
    root: Element

    @property
    def secret(self) -> bytes:
        """What seals the places in lists: made from a key of this node, of which it tells nothing."""
        return hashlib.sha256(b"oai " + self.uow.keys.signing(self.house.organisation).pem.encode()).digest()


def told(uow: UnitOfWork, house: House, query: str) -> bytes:
    """The answer to a query, a fault of which is an answer too."""
    question = asked(query)

    def fill(root: Element) -> None:
        put(root, "responseDate", datestamp(house.now))
        request = put(root, "request", f"{house.url}/oai")
        telling = Telling(uow=uow, house=house, root=root)
        fault = _VERBS[question.verb](telling, question) if isinstance(question, Question) else question
        if isinstance(question, Question) and (fault is None or fault.code != _NOT_REPEATED):
            dressed(request, {"verb": question.verb, **question.arguments})
        if fault is not None:
            put(root, "error", fault.words, code=fault.code)

    return written("OAI-PMH", fill, _ROOT)


@cache
def no_records() -> tuple[str, ...]:
    """The kinds of what is public and no record: actors among them."""
    kinds = {cls.KIND[0] if cls.KIND else cls.__name__ for cls in all_types() if issubclass(cls, Actor)}
    return tuple(sorted({*kinds, *_NO_RECORDS}))


def _identify(telling: Telling, question: Question) -> None:
    del question
    house, oldest = telling.house, telling.uow.changes.oldest()
    said = put(telling.root, "Identify")
    put(said, "repositoryName", house.name)
    put(said, "baseURL", f"{house.url}/oai")
    put(said, "protocolVersion", "2.0")
    put(said, "adminEmail", house.contact or f"webmaster@{urlsplit(house.url).hostname}")
    put(said, "earliestDatestamp", datestamp(oldest.at if oldest else house.now))
    put(said, "deletedRecord", "persistent")
    put(said, "granularity", "YYYY-MM-DDThh:mm:ssZ")


def _formats(telling: Telling, question: Question) -> Fault | None:
    if question.get("identifier") and not _records(telling, question.get("identifier")):
        return _UNKNOWN_RECORD
    listed = put(telling.root, "ListMetadataFormats")
    for name, prefix in PREFIXES.items():
        described = put(listed, "metadataFormat")
        put(described, "metadataPrefix", name)
        put(described, "schema", prefix.schema)
        put(described, "metadataNamespace", prefix.namespace)
    return None


def _sets(telling: Telling, question: Question) -> Fault | None:
    if "resumptionToken" in question.arguments:
        return _UNKNOWN_TOKEN  # all sets are given at once
    communities = _communities(telling)
    if not communities:
        return Fault(code="noSetHierarchy", words="There is no community here yet.")
    listed = put(telling.root, "ListSets")
    for iri, name in communities.items():
        described = put(listed, "set")
        put(described, "setSpec", spec_of(iri))
        put(described, "setName", name)
    return None


def _get(telling: Telling, question: Question) -> Fault | None:
    prefix = PREFIXES.get(question.get("metadataPrefix"))
    if prefix is None:
        return _UNKNOWN_PREFIX
    sources = _records(telling, question.get("identifier"))
    if not sources:
        return _UNKNOWN_RECORD
    named = oai_records.names(telling.uow, sources, telling.house.language)
    put_record(put(telling.root, "GetRecord"), sources[0], prefix, named, telling.house.name)
    return None


def _list(telling: Telling, question: Question) -> Fault | None:
    token = question.arguments.get("resumptionToken")
    place = _begun(telling, question) if token is None else opened(token, telling.secret, telling.house.now)
    if place is None or (isinstance(place, Place) and place.verb != question.verb):
        return _UNKNOWN_TOKEN
    if isinstance(place, Fault):
        return place
    found = telling.uow.changes.listed(_choice(place), PART + 1)
    if not found and not place.given:
        return _NOTHING
    sources = oai_records.read(telling.uow, found[:PART])
    listed = put(telling.root, question.verb)
    if question.verb == "ListIdentifiers":
        for source in sources:
            put_header(listed, source)
    else:
        named = oai_records.names(telling.uow, sources, telling.house.language)
        for source in sources:
            put_record(listed, source, PREFIXES[place.prefix], named, telling.house.name)
    if len(found) > PART or place.given:
        after = found[PART - 1].id if len(found) > PART else 0
        _put_token(telling, listed, replace(place, after=after, given=place.given + len(sources)), place.given)
    return None


def _begun(telling: Telling, question: Question) -> Place | Fault:
    """The beginning of a list; what changes while it is given comes in the next one."""
    if question.get("metadataPrefix") not in PREFIXES:
        return _UNKNOWN_PREFIX
    wanted, newest = span(question), telling.uow.changes.newest()
    if isinstance(wanted, Fault):
        return wanted
    communities = {spec_of(iri): iri for iri in _communities(telling)}
    if newest is None or ("set" in question.arguments and question.get("set") not in communities):
        return _NOTHING
    changes = telling.uow.changes
    place = Place(
        verb=question.verb,
        prefix=question.get("metadataPrefix"),
        community=communities.get(question.get("set"), ""),
        after=changes.last_before(wanted.since) if wanted.since else 0,
        up_to=changes.last_before(wanted.before) if wanted.before else newest.id,
        given=0,
        size=0,
    )
    return replace(place, size=changes.count(_choice(place)))


def _put_token(telling: Telling, listed: Element, place: Place, cursor: int) -> None:
    """Where the list goes on; an empty token at its end."""
    until = telling.house.now.replace(microsecond=0) + LASTS
    token = sealed(replace(place, until=int(until.timestamp())), telling.secret) if place.after else ""
    said = {"completeListSize": str(place.size), "cursor": str(cursor), "expirationDate": datestamp(until) if token else ""}
    dressed(put(listed, "resumptionToken", token, anyway=True), said)


def _choice(place: Place) -> Choice:
    return Choice(after=place.after, up_to=place.up_to, community=place.community, without=no_records())


def _records(telling: Telling, identifier: str) -> list[oai_records.Source]:
    """The record of an identifier, none when there never was one."""
    change = telling.uow.changes.get(identifier)
    return oai_records.read(telling.uow, [change]) if change and change.kind not in no_records() else []


def _communities(telling: Telling) -> dict[str, str]:
    return {row.iri: row.name or spec_of(row.iri) for row in telling.uow.actors.local("Group") if row.state == "active"}


_VERBS: Mapping[str, Callable[[Telling, Question], Fault | None]] = {
    "Identify": _identify,
    "ListMetadataFormats": _formats,
    "ListSets": _sets,
    "ListIdentifiers": _list,
    "ListRecords": _list,
    "GetRecord": _get,
}
