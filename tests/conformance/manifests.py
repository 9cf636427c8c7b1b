"""Manifests of W3C suites in Turtle: their entries, and what hangs on them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Store

MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"

Term = NamedNode | BlankNode | Literal
Node = NamedNode | BlankNode


class Manifest:
    """One manifest."""

    def __init__(self, path: Path) -> None:
        self._store = Store()
        self._store.load(path=path, format=RdfFormat.TURTLE, base_iri=path.absolute().as_uri())

    def entries(self) -> Iterator[Node]:
        """The tests in it, in its order."""
        for quad in self._store.quads_for_pattern(None, NamedNode(f"{MF}entries"), None):
            for item in self.listed(quad.object):
                if not isinstance(item, Literal):
                    yield item

    def all(self, subject: object, word: str) -> list[Term]:
        """Everything that is said by one word."""
        if not isinstance(subject, Node):
            return []
        found = [quad.object for quad in self._store.quads_for_pattern(subject, NamedNode(word), None)]
        return [term for term in found if isinstance(term, Term)]

    def one(self, subject: object, word: str) -> Term | None:
        """The first of it."""
        return next(iter(self.all(subject, word)), None)

    def text(self, subject: object, word: str) -> str:
        """Its value, "" when nothing is said."""
        found = self.one(subject, word)
        return found.value if found is not None else ""

    def kinds(self, entry: Node) -> set[str]:
        """The names of the types of a test, without where they come from."""
        return {term.value.rpartition("#")[2] for term in self.all(entry, f"{RDF}type")}

    def name(self, entry: Node) -> str:
        """What a test is called."""
        return f"{entry.value.rpartition('/')[2]}: {self.text(entry, f'{MF}name')}"

    def listed(self, head: object) -> Iterator[Term]:
        """The members of a list."""
        while head != NamedNode(f"{RDF}nil") and head is not None:
            first = self.one(head, f"{RDF}first")
            if first is not None:
                yield first
            head = self.one(head, f"{RDF}rest")


def path_of(iri: str) -> Path:
    """The file that a file address names."""
    return Path(unquote(urlsplit(iri).path))
