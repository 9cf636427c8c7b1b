"""The tables of correspondences: how the fields of another platform are said in these words, and back."""

from __future__ import annotations

from node.contracts import Page, View, Visit
from node.storage.unit_of_work import UnitOfWork
from node.web.addresses import Addresses
from node.web.translations import Tongue, language_of
from node.web.words import Book
from vocab.crosswalks import crosswalks


def show(uow: UnitOfWork, visit: Visit) -> View:
    """Every table, whole."""
    del uow
    book = Book(Tongue(language_of(visit.language)), Addresses(visit))
    tables = [
        {
            "name": table.name,
            "title": book.text(table.title),
            "source": table.source,
            "loses": book.text(table.loses),
            "classes": book.named(table.classes),
            "rows": [(row.theirs, row.way, book.named(row.ours), book.text(row.note)) for row in table.rows],
        }
        for table in crosswalks().values()
    ]
    return View(title=book.tongue.say("Tables de correspondances"), values={"tables": tables})


PAGE = Page(path="/vocab/correspondances", right="anyone", show=show)
