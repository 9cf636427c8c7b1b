"""The examples: documents as they travel, one of each kind, for those who write or read them with other software."""

from __future__ import annotations

from node.contracts import Page, View, Visit
from node.storage.unit_of_work import UnitOfWork
from node.web.addresses import Addresses
from node.web.translations import Tongue, language_of
from node.web.words import Book
from vocab.example_files import examples


def show(uow: UnitOfWork, visit: Visit) -> View:
    """Every example file, with what it is."""
    del uow
    book = Book(Tongue(language_of(visit.language)), Addresses(visit))
    listed = [(example.name, example.said.get("name", ""), book.named(example.classes[:1])) for example in examples().values()]
    return View(title=book.tongue.say("Exemples"), values={"examples": listed})


PAGE = Page(path="/vocab/exemples", right="anyone", show=show)
