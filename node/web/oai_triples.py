"""Everything that a thing says, as RDF in XML.

Spec: RDF/XML §2.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby
from xml.etree.ElementTree import Element

from pyoxigraph import Literal, NamedNode, Triple

from node.domain.markup import dressed, put
from vocab import rdf
from vocab.errors import VocabError
from vocab.namespaces import GIVEN_PREFIXES, PREFIXES, RDF, XSD
from vocab.things.object import Object

#: What harvesters of libraries check RDF in XML with.
SCHEMA = "http://www.openarchives.org/OAI/2.0/rdf.xsd"
#: How a predicate is cut in two: into a namespace, and a name that XML takes.
_NAME = re.compile(r"^(?P<space>.*[#/:])(?P<name>[A-Za-z_][A-Za-z0-9._-]*)$", re.DOTALL)
_KNOWN = {space: prefix for prefix, space in (GIVEN_PREFIXES | PREFIXES).items()}
_STRING = f"{XSD}string"


def describe(parent: Element, thing: Object) -> None:
    """Puts what the thing says below `parent`; a predicate that no XML can name is left out."""
    try:
        found = rdf.triples(thing)
    except VocabError:
        found = []
    root = dressed(put(parent, "rdf:RDF"), {"xmlns:rdf": RDF, "xsi:schemaLocation": f"{RDF} {SCHEMA}"})
    for subject, about in groupby(found, key=lambda triple: triple.subject):
        said = {"rdf:about" if isinstance(subject, NamedNode) else "rdf:nodeID": subject.value}
        _put(dressed(put(root, "rdf:Description"), said), about)


def _put(node: Element, triples: Iterable[Triple]) -> None:
    for triple in triples:
        cut = _NAME.match(triple.predicate.value)
        if cut is None:
            continue
        prefix = _KNOWN.get(cut["space"], "p")
        spaces = {} if prefix == "rdf" else {f"xmlns:{prefix}": cut["space"]}
        value, attributes = _object(triple.object)
        dressed(put(node, f"{prefix}:{cut['name']}", value, anyway=True), {**spaces, **attributes})


def _object(term: object) -> tuple[str | None, dict[str, str]]:
    """What stands in the element of an object, and in its attributes."""
    if isinstance(term, NamedNode):
        return None, {"rdf:resource": term.value}
    if not isinstance(term, Literal):
        return None, {"rdf:nodeID": getattr(term, "value", "")}
    if term.language:
        return term.value, {"xml:lang": term.language}
    kind = term.datatype.value
    return term.value, {} if kind == _STRING else {"rdf:datatype": kind}
