"""What can be taken away from this node, and how: its data sets, each with its forms, and what answers questions about them.

Spec: DCAT 3 §6. Spec: VoID §2.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import orjson

from node.contracts import House
from node.domain.actors import glossary_of
from node.storage.shelves.actors import ActorRow
from node.storage.shelves.changes import Choice
from node.storage.unit_of_work import UnitOfWork
from node.web.harvest import OAI, no_records
from node.web.streams import IIIF, LDES, TREE
from vocab.jsonld_write import moment
from vocab.namespaces import AS, CDP, DCTERMS, FOAF, SCHEMA, SKOS, SSSOM, XSD

DCAT, VOID = "http://www.w3.org/ns/dcat#", "http://rdfs.org/ns/void#"
CONTEXT: Mapping[str, object] = {
    "dcat": DCAT,
    "dcterms": DCTERMS,
    "foaf": FOAF,
    "void": VOID,
    "xsd": XSD,
    **{name: {"@type": "@id"} for name in (
        "dcat:accessService", "dcat:accessURL", "dcat:downloadURL", "dcat:endpointDescription", "dcat:endpointURL",
        "dcat:servesDataset", "dcterms:conformsTo", "foaf:homepage", "foaf:primaryTopic", "void:dataDump",
        "void:sparqlEndpoint", "void:vocabulary",
    )},
    "dcterms:modified": {"@type": "xsd:dateTime"},
    "void:entities": {"@type": "xsd:integer"},
}  # fmt: skip
#: The forms in which the search gives everything public, part by part.
LISTED = {
    "atom": "application/atom+xml",
    "csv": "text/csv",
    "jsonld": "application/ld+json",
    "nquads": "application/n-quads",
    "turtle": "text/turtle",
}
#: How DCAT names languages.
LANGUAGE = "http://id.loc.gov/vocabulary/iso639-1/"
SPARQL = "http://www.w3.org/TR/sparql11-protocol/"

Node = Mapping[str, object]


def described(uow: UnitOfWork, house: House, *, has_questions: bool) -> bytes:
    """The catalogue in JSON-LD; `has_questions`: SPARQL is answered here."""
    newest = uow.changes.newest()
    communities = [row for row in uow.actors.local("Group") if row.state == "active"]
    changed = {"dcterms:modified": moment(newest.at)} if newest else {}
    said = {
        "@context": CONTEXT,
        "@id": f"{house.url}/catalogue",
        "@type": ["dcat:Catalog", "void:DatasetDescription"],
        "dcterms:title": _both(f"Données ouvertes\u00a0: {house.name}", f"Open data: {house.name}"),
        "dcterms:description": _both(
            "Ce qui se lit et s’emporte ici sans compte\u00a0: les ressources, les glossaires et leurs correspondances.",
            "What can be read and taken away here without an account: the resources, the glossaries and their mappings.",
        ),
        "dcterms:publisher": {"@id": house.organisation, "@type": "foaf:Agent", "foaf:name": house.name},
        "foaf:homepage": f"{house.url}/",
        "foaf:primaryTopic": f"{house.url}/catalogue#ressources",
        "dcterms:language": [{"@id": f"{LANGUAGE}fr"}, {"@id": f"{LANGUAGE}en"}],
        **changed,
        "dcat:dataset": [
            _resources(uow, house, newest.at if newest else None, has_questions=has_questions),
            _glossaries(house, communities),
            _mappings(house, communities),
        ],
        "dcat:service": _services(house, has_questions=has_questions),
    }
    return orjson.dumps(said)


def _resources(uow: UnitOfWork, house: House, at: datetime | None, *, has_questions: bool) -> Node:
    forms, stream = f"{house.url}/catalogue#ressources", f"{house.url}/flux"
    lists = [_given(f"{forms}-{name}", f"{house.url}/recherche?format={name}", media) for name, media in LISTED.items()]
    return {
        "@id": f"{house.url}/catalogue#ressources",
        "@type": ["dcat:Dataset", "void:Dataset"],
        "dcterms:title": _both("Ressources publiques des communautés", "Public resources of the communities"),
        "dcterms:description": _both(
            "Notes, outils, cahiers et rencontres que tout le monde peut lire, chacun sous la licence qu’il dit.",
            "Notes, tools, notebooks and meetings that everybody may read, each under the licence that it says.",
        ),
        "dcterms:publisher": {"@id": house.organisation},
        "foaf:homepage": f"{house.url}/recherche",
        "void:uriSpace": f"{house.url}/",
        "void:entities": uow.changes.living(Choice(without=no_records())),
        "void:vocabulary": [AS, CDP, DCTERMS, SCHEMA, SKOS],
        "void:feature": [{"@id": "http://www.w3.org/ns/formats/Turtle"}, {"@id": "http://www.w3.org/ns/formats/JSON-LD"}],
        "dcat:distribution": [
            {**_given(f"{forms}-flux", stream, "application/ld+json"), "dcterms:conformsTo": [LDES, TREE, IIIF]},
            {
                "@id": f"{forms}-oai",
                "@type": "dcat:Distribution",
                "dcat:accessURL": f"{house.url}/oai",
                "dcat:accessService": f"{house.url}/catalogue#oai",
                "dcterms:conformsTo": OAI,
            },
            *lists,
        ],
        **({"void:sparqlEndpoint": f"{house.url}/sparql"} if has_questions else {}),
        **({"dcterms:modified": moment(at)} if at else {}),
    }


def _glossaries(house: House, communities: Sequence[ActorRow]) -> Node:
    file = f"{house.url}/glossaire.ttl"
    return {
        "@id": f"{house.url}/catalogue#glossaires",
        "@type": ["dcat:Dataset", "void:Dataset"],
        "dcterms:title": _both("Glossaires des communautés", "Glossaries of the communities"),
        "dcterms:description": _both(
            "Les termes des communautés et ce qu’elles entendent par là, en SKOS.",
            "The terms of the communities and what they mean by them, in SKOS.",
        ),
        "dcterms:publisher": {"@id": house.organisation},
        "void:vocabulary": SKOS,
        "void:dataDump": file,
        "dcat:distribution": [_file(file, "text/turtle", SKOS)],
        "void:subset": [
            {
                "@id": glossary_of(row.iri),
                "@type": ["dcat:Dataset", "void:Dataset"],
                "dcterms:title": row.name,
                "dcterms:description": _both(f"Les termes de\u00a0: {row.name}", f"The terms of: {row.name}"),
                "dcterms:publisher": {"@id": row.iri, "@type": "foaf:Agent", "foaf:name": row.name},
                "void:dataDump": f"{row.iri}/glossaire.ttl",
                "dcat:distribution": [_file(f"{row.iri}/glossaire.ttl", "text/turtle", SKOS)],
            }
            for row in communities
        ],
    }


def _mappings(house: House, communities: Sequence[ActorRow]) -> Node:
    media = "text/tab-separated-values"
    files = [f"{house.url}/correspondances.tsv", *(f"{row.iri}/correspondances.tsv" for row in communities)]
    return {
        "@id": f"{house.url}/catalogue#correspondances",
        "@type": "dcat:Dataset",
        "dcterms:title": _both("Correspondances entre termes", "Mappings between terms"),
        "dcterms:description": _both(
            "Les termes que des communautés tiennent pour proches ou pareils, une fois acceptés, en SSSOM.",
            "The terms that communities take for close or the same, once accepted, as SSSOM.",
        ),
        "dcterms:publisher": {"@id": house.organisation},
        "dcat:distribution": [_file(file, media, SSSOM) for file in files],
    }


def _services(house: House, *, has_questions: bool) -> list[Node]:
    served = {"dcat:servesDataset": f"{house.url}/catalogue#ressources"}
    harvesting: Node = {
        "@id": f"{house.url}/catalogue#oai",
        "@type": "dcat:DataService",
        "dcterms:title": "OAI-PMH 2.0",
        "dcat:endpointURL": f"{house.url}/oai",
        "dcat:endpointDescription": f"{house.url}/oai?verb=Identify",
        "dcterms:conformsTo": OAI,
        **served,
    }
    questions: Node = {
        "@id": f"{house.url}/catalogue#sparql",
        "@type": "dcat:DataService",
        "dcterms:title": "SPARQL 1.1",
        "dcat:endpointURL": f"{house.url}/sparql",
        "dcat:endpointDescription": f"{house.url}/sparql",
        "dcterms:conformsTo": SPARQL,
        **served,
    }
    return [harvesting, questions] if has_questions else [harvesting]


def _given(name: str, address: str, media: str) -> Node:
    """A form of a data set. It has a name, so that the catalogue is the same to the byte until something changes."""
    return {"@id": name, "@type": "dcat:Distribution", "dcat:accessURL": address, "dcat:mediaType": _media(media)}


def _file(address: str, media: str, standard: str) -> Node:
    return {**_given(address, address, media), "dcat:downloadURL": address, "dcterms:conformsTo": standard}


def _media(media: str) -> Node:
    return {"@id": f"https://www.iana.org/assignments/media-types/{media}"}


def _both(french: str, english: str) -> list[Node]:
    return [{"@value": french, "@language": "fr"}, {"@value": english, "@language": "en"}]
