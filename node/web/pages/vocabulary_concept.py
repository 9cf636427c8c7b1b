"""One concept: what it means, what it is also called, which properties lead to it, which examples name it."""

from __future__ import annotations

from node.contracts import Page, View, Visit
from node.errors import NotFound
from node.storage.unit_of_work import UnitOfWork
from node.web.addresses import Addresses
from node.web.desk import Link
from node.web.published import SCHEMES, SLUG
from node.web.translations import LANGUAGES, Tongue, language_of
from node.web.words import Book
from vocab import concepts
from vocab.concepts import Concept
from vocab.example_files import of_concept, words_leading_to
from vocab.namespaces import CONCEPTS


def show(uow: UnitOfWork, visit: Visit) -> View:
    """A concept of one of our schemes, by its address; raises NotFound."""
    del uow
    scheme = visit.path["scheme"]
    concept = concepts.concept(f"{CONCEPTS}{scheme}/{visit.path['concept']}")
    if concept is None:
        raise NotFound
    book = Book(Tongue(language_of(visit.language)), Addresses(visit))
    language = book.tongue.language
    other = next(each for each in LANGUAGES if each != language)
    return View(
        title=concept.labels.in_language(language),
        values={
            "concept": concept,
            "path": concept.iri.removeprefix(CONCEPTS),
            "scheme": Link(
                text=concepts.label(concept.scheme, language) or scheme, href=book.addresses.page(f"/vocab/{scheme}/")
            ),
            "definition": concept.definitions.in_language(language),
            "note": concept.note.in_language(language) if concept.note else "",
            "example": concept.example.in_language(language) if concept.example else "",
            "other_language": other,
            "other_label": concept.labels.in_language(other),
            "also_called": [Link(text=text, language=tag) for tag, text in concept.other_labels],
            "broader": [_link(book, found) for iri in concept.broader if (found := concepts.concept(iri))],
            "words": book.named(words_leading_to(concept.scheme)),
            "examples": [book.example(example) for example in of_concept(concept.iri)],
        },
    )


def _link(book: Book, concept: Concept) -> Link:
    entry = book.concept(concept)
    return Link(text=entry.label, href=entry.href)


PAGE = Page(path=f"/vocab/{{scheme:{SCHEMES}}}/{{concept:{SLUG}}}", right="anyone", show=show)
