"""One word of the vocabulary: what it means, how it is written, an example, what other software shows of it, what uses it."""

from __future__ import annotations

from typing import Any

from node.contracts import Page, View, Visit
from node.errors import NotFound
from node.storage.unit_of_work import UnitOfWork
from node.web.addresses import Addresses
from node.web.desk import Link
from node.web.published import WORD
from node.web.seen_elsewhere import glimpses
from node.web.translations import LANGUAGES, Tongue, language_of
from node.web.words import Book, as_text
from vocab import crosswalks, extracts, lexicon
from vocab.example_files import Example, of_word
from vocab.lexicon import Word
from vocab.thing import Thing
from vocab.types import key_of

#: As many examples and shapes are named.
MOST = 8


def show(uow: UnitOfWork, visit: Visit) -> View:
    """A class or a property, ours or reused, by its name in JSON; raises NotFound."""
    del uow
    word = lexicon.words().get(visit.path["word"])
    if word is None:
        raise NotFound
    book = Book(Tongue(language_of(visit.language)), Addresses(visit))
    examples = of_word(word.key)
    other = next(language for language in LANGUAGES if language != book.tongue.language)
    values: dict[str, Any] = {
        "word": word,
        "other_label": word.label.get(other, ""),
        "other_language": other,
        "definition": book.text(word.definition),
        "note": book.text(word.note),
        "status": book.status(word),
        "above": book.of_iris(word.above),
        "near": book.of_iris(word.near),
        "examples": [book.example(example) for example in examples[:MOST]],
        "example": _example(examples[0], word) if examples else None,
        "glimpses": glimpses(examples[0].name) if examples else (),
        "tables": _tables(book, word),
        "shapes": book.named(extracts.shapes_by_word().get(word.iri, ())[:MOST]),
    }
    return View(title=book.text(word.label), values=values | _class(book, word.cls) | _property(book, word))


def _class(book: Book, cls: type[Thing] | None) -> dict[str, Any]:
    if cls is None:
        return {"travels_as": "", "kinds": (), "own": (), "required": (), "below": ()}
    word = lexicon.words()[key_of(cls)]
    return {
        "travels_as": cls.TYPE,
        "kinds": cls.KIND,
        "own": [book.entry(each) for each in lexicon.own_properties(cls)],
        "required": book.named(each.key for each in lexicon.required(cls)),
        "below": book.named(word.below),
    }


def _property(book: Book, word: Word) -> dict[str, Any]:
    if word.slot is None:
        return {"form": "", "ranges": (), "owners": (), "needed_in": ()}
    return {
        "form": book.form(word.slot),
        "ranges": book.of_iris(word.slot.term.ranges),
        "owners": book.named(word.owners),
        "needed_in": book.named(word.needed_in),
    }


def _example(example: Example, word: Word) -> dict[str, str]:
    part = example.said if word.cls and word.key in example.classes else example.part(word.key) or example.said
    return {"name": example.name, "text": as_text(part)}


def _tables(book: Book, word: Word) -> list[tuple[Link, str]]:
    """Where the word stands in the tables of correspondences, with what it is called there."""
    page = book.addresses.page("/vocab/correspondances")
    rows = [(table, row.theirs) for table, row in crosswalks.of_word(word.key)]
    rows += [(table, "") for table in crosswalks.of_class(word.key)]
    return [(Link(text=book.text(table.title), href=f"{page}#{table.name}"), theirs) for table, theirs in rows]


PAGE = Page(path=f"/vocab/ns/{{word:{WORD}}}", right="anyone", show=show)
