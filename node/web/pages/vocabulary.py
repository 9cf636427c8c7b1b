"""The vocabulary: every word and every scheme of concepts, what it is for, and where programs read it."""

from __future__ import annotations

from node.contracts import Page, View, Visit
from node.storage.unit_of_work import UnitOfWork
from node.web.addresses import Addresses
from node.web.desk import Link
from node.web.translations import Tongue, language_of
from node.web.words import Book
from vocab import concepts
from vocab.crosswalks import crosswalks
from vocab.example_files import examples
from vocab.lexicon import words
from vocab.namespaces import CDP, CDP_CONTEXT, CONCEPTS
from vocab.ontology import VERSION


def show(uow: UnitOfWork, visit: Visit) -> View:
    """All words, ours with what they mean."""
    del uow
    book = Book(Tongue(language_of(visit.language)), Addresses(visit))
    every = words().values()
    return View(
        title=book.tongue.say("Le vocabulaire"),
        values={
            "version": VERSION,
            "namespace": CDP,
            "context": CDP_CONTEXT,
            "classes": [book.entry(word) for word in every if word.is_minted and word.cls],
            "properties": [book.entry(word) for word in every if word.is_minted and word.slot],
            "reused": [book.entry(word) for word in every if not word.is_minted],
            "schemes": [_scheme(book, name) for name in concepts.names()],
            "tables": [
                Link(text=book.text(table.title), href=f"{book.addresses.page('/vocab/correspondances')}#{table.name}")
                for table in crosswalks().values()
            ],
            "example_count": len(examples()),
        },
    )


def _scheme(book: Book, name: str) -> Link:
    label = concepts.label(f"{CONCEPTS}{name}/", book.tongue.language) or name
    return Link(text=label, href=book.addresses.page(f"/vocab/{name}/"))


PAGE = Page(path="/vocab{document:/?|/ns}", right="anyone", show=show)
