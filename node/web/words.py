"""What the pages of the vocabulary show of a word or a concept: what it says, how it is written, and what uses it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from node.web.addresses import Addresses
from node.web.desk import Link
from node.web.translations import Tongue, phrase
from vocab.concepts import Concept
from vocab.example_files import Example
from vocab.lexicon import Word, by_iri, form_of, words
from vocab.namespaces import CONCEPTS, compact
from vocab.terms import Bilingual, Slot

#: How sure we are of a word.
STATUSES = {
    "unstable": phrase("Peut encore changer"),
    "testing": phrase("À l’essai"),
    "stable": phrase("Stable"),
    "reused": phrase("Repris d’un autre vocabulaire"),
}
#: What a property holds, one value or several.
FORMS = {
    "link": (phrase("un lien"), phrase("un ou plusieurs liens")),
    "concept": (phrase("un concept"), phrase("un ou plusieurs concepts")),
    "text": (phrase("un texte, au besoin par langue"), phrase("un ou plusieurs textes, au besoin par langue")),
    "moment": (phrase("un moment, avec son fuseau"), phrase("un ou plusieurs moments")),
    "truth": (phrase("vrai ou faux"), phrase("vrai ou faux")),
    "count": (phrase("un nombre entier"), phrase("un ou plusieurs nombres entiers")),
    "number": (phrase("un nombre"), phrase("un ou plusieurs nombres")),
    "word": (phrase("un mot"), phrase("un ou plusieurs mots")),
}

#: A list or an object of one line, and the lines around it.
_SHORT = re.compile(r"([\[{])\n\s+([^\[\]{}\n]*)\n\s+([\]}])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A word or concept in a list: its name, where its page is, what it means; `code` is how it is written."""

    anchor: str
    label: str
    href: str
    definition: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Book:
    """The words in one language, with the addresses of one visit."""

    tongue: Tongue
    addresses: Addresses

    def entry(self, word: Word) -> Entry:
        """A word in a list."""
        return Entry(
            anchor=word.key,
            label=self.text(word.label),
            href=self.addresses.page(f"/vocab/ns/{word.key}"),
            definition=self.text(word.definition),
            code=word.key,
        )

    def concept(self, concept: Concept) -> Entry:
        """A concept in a list."""
        return Entry(
            anchor=concept.slug,
            label=concept.labels.in_language(self.tongue.language),
            href=self.addresses.page(f"/vocab/{concept.iri.removeprefix(CONCEPTS)}"),
            definition=concept.definitions.in_language(self.tongue.language),
            code=concept.slug,
        )

    def text(self, texts: Bilingual) -> str:
        """A text in the language of the page; "" where nothing is said."""
        return texts.get(self.tongue.language) or next(iter(texts.values()), "")

    def status(self, word: Word) -> str:
        """How sure we are of a word."""
        return self.tongue.say(STATUSES[word.status])

    def form(self, slot: Slot) -> str:
        """What a property holds."""
        return self.tongue.say(FORMS[form_of(slot)][slot.is_many])

    def named(self, keys: Iterable[str]) -> tuple[Link, ...]:
        """Words by name, led to where they have a page."""
        known = words()
        return tuple(
            Link(text=self.text(known[key].label), href=self.addresses.page(f"/vocab/ns/{key}"))
            if key in known
            else Link(text=key)
            for key in keys
        )

    def of_iris(self, iris: Iterable[str]) -> tuple[Link, ...]:
        """Words of ours by their name, words of others by theirs, led to where they are explained."""
        return tuple(self._of_iri(iri) for iri in iris)

    def example(self, example: Example) -> Link:
        """An example, led to its place on the page of all examples."""
        kind = next((words()[key] for key in example.classes if key in words()), None)
        title = example.said.get("name") or (self.text(kind.label) if kind else example.name)
        return Link(text=title, href=f"{self.addresses.page('/vocab/exemples')}#{example.name}", language=self._language(example))

    def _language(self, example: Example) -> str:
        """The language of a title, "" where it is the page's: the examples are in French."""
        return "fr" if example.said.get("name") else ""

    def _of_iri(self, iri: str) -> Link:
        word = by_iri().get(iri)
        if word is not None:
            return Link(text=self.text(word.label), href=self.addresses.page(f"/vocab/ns/{word.key}"))
        return Link(text=compact(iri), href=iri)


def as_text(part: Mapping[str, object]) -> str:
    """A piece of an example as people read it: what fits on a line stands on one."""
    return _SHORT.sub(r"\1\2\3", json.dumps(part, ensure_ascii=False, indent=2))
