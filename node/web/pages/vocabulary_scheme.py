"""A scheme of concepts: what it is for, and each of its concepts in its order."""

from __future__ import annotations

from node.contracts import Page, View, Visit
from node.storage.unit_of_work import UnitOfWork
from node.web.addresses import Addresses
from node.web.published import SCHEMES
from node.web.translations import Tongue, language_of
from node.web.words import Book
from vocab import concepts, extracts
from vocab.namespaces import CONCEPTS


def show(uow: UnitOfWork, visit: Visit) -> View:
    """All concepts of a scheme."""
    del uow
    book = Book(Tongue(language_of(visit.language)), Addresses(visit))
    name = visit.path["scheme"]
    iri = f"{CONCEPTS}{name}/"
    return View(
        title=concepts.label(iri, book.tongue.language) or name,
        values={
            "name": name,
            "iri": iri,
            "definition": book.text(extracts.scheme_definition(name)),
            "items": [book.concept(concept) for concept in concepts.scheme(name)],
        },
    )


PAGE = Page(path=f"/vocab/{{scheme:{SCHEMES}}}{{end:/?}}", right="anyone", show=show)
