"""The namespaces we speak, their prefixes, and the few addresses that have a meaning of their own."""

from __future__ import annotations

from typing import Final

ADMS: Final = "http://www.w3.org/ns/adms#"
AS: Final = "https://www.w3.org/ns/activitystreams#"
CDP: Final = "https://w3id.org/cdp/ns#"
DC11: Final = "http://purl.org/dc/elements/1.1/"
DCAT: Final = "http://www.w3.org/ns/dcat#"
DCTERMS: Final = "http://purl.org/dc/terms/"
FEP8A8E: Final = "https://w3id.org/fep/8a8e/"
FEPBAD1: Final = "https://w3id.org/fep/bad1/"
FOAF: Final = "http://xmlns.com/foaf/0.1/"
GEO: Final = "http://www.opengis.net/ont/geosparql#"
ICAL: Final = "http://www.w3.org/2002/12/cal/ical#"
LDP: Final = "http://www.w3.org/ns/ldp#"
LEMMY: Final = "https://join-lemmy.org/ns#"
LOCN: Final = "http://www.w3.org/ns/locn#"
MOBILIZON: Final = "https://joinmobilizon.org/ns#"
OA: Final = "http://www.w3.org/ns/oa#"
ORG: Final = "http://www.w3.org/ns/org#"
OWL: Final = "http://www.w3.org/2002/07/owl#"
PAIR: Final = "http://virtual-assembly.org/ontologies/pair#"
PAV: Final = "http://purl.org/pav/"
PROV: Final = "http://www.w3.org/ns/prov#"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
SCHEMA: Final = "http://schema.org/"
SECURITY: Final = "https://w3id.org/security#"
SHACL: Final = "http://www.w3.org/ns/shacl#"
SIOC: Final = "http://rdfs.org/sioc/ns#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
SSSOM: Final = "https://w3id.org/sssom/"
TOOT: Final = "http://joinmastodon.org/ns#"
WEBFINGER: Final = "https://purl.archive.org/socialweb/webfinger#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"

#: The address of everybody, in its full form: the only one that is written.
PUBLIC: Final = AS + "Public"
#: The other forms of it, accepted when reading.
PUBLIC_FORMS: Final = frozenset({PUBLIC, "as:Public", "Public"})

#: Under here live the concepts of our schemes: …/phases/active, …/roles/animation.
CONCEPTS: Final = "https://w3id.org/cdp/"

AS_CONTEXT: Final = "https://www.w3.org/ns/activitystreams"
SECURITY_CONTEXT: Final = "https://w3id.org/security/v1"
#: What a document that is going to carry a proof names too: the version that other servers have at hand and need not fetch.
PROOF_CONTEXT: Final = "https://w3id.org/security/data-integrity/v1"
CDP_CONTEXT: Final = "https://w3id.org/cdp/context/v1"

#: Prefixes that a context of ours may declare (`as`, `ldp` and `xsd` come with the ActivityStreams context).
PREFIXES: Final[dict[str, str]] = {
    "cdp": CDP,
    "rdf": RDF,
    "skos": SKOS,
    "dcterms": DCTERMS,
    "dc11": DC11,
    "dcat": DCAT,
    "oa": OA,
    "org": ORG,
    "prov": PROV,
    "schema": SCHEMA,
    "sioc": SIOC,
    "sssom": SSSOM,
    "pav": PAV,
    "toot": TOOT,
    "lemmy": LEMMY,
    "fep8a8e": FEP8A8E,
    "ical": ICAL,
    "geo": GEO,
    "locn": LOCN,
    "sec": SECURITY,
}

#: Prefixes that need no declaration where the ActivityStreams context is.
GIVEN_PREFIXES: Final[dict[str, str]] = {"as": AS}

#: Namespaces that are written in several ways: each is read as the first one.
SPELLINGS: Final[dict[str, str]] = {
    "http://schema.org#": SCHEMA,
    "https://schema.org#": SCHEMA,
    "https://schema.org/": SCHEMA,
}


def compact(iri: str) -> str:
    """The IRI as `prefix:name` when one of our prefixes fits, else as it is."""
    for prefix, namespace in (GIVEN_PREFIXES | PREFIXES).items():
        if iri.startswith(namespace) and len(iri) > len(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def expand(name: str) -> str:
    """The IRI that `prefix:name` stands for, by our own prefixes; anything else as it is."""
    prefix, colon, local = name.partition(":")
    namespace = (GIVEN_PREFIXES | PREFIXES).get(prefix)
    return namespace + local if colon and namespace and not local.startswith("//") else name
