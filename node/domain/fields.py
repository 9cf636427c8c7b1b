"""Values of the vocabulary from what people type: a word of a scheme, a licence, a date, a number, a text by language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import chain
from typing import TYPE_CHECKING

from node.domain.dates import moment
from node.domain.licences import licence
from node.errors import Invalid
from vocab import concepts
from vocab.namespaces import AS, SKOS
from vocab.terms import Shape, Slot
from vocab.things.ordered_collection import OrderedCollection
from vocab.values import Ref, Text

if TYPE_CHECKING:
    from node.domain.files import Value

#: Properties that take other words too, by the name of their field: the scheme in which a word is looked up.
_USUAL = {
    "genre": ("genres",),
    "action_lever": ("leviers",),
    "register": ("registres",),
    "access_level": ("acces",),
    "role": ("roles",),
}
_MATCHES = {
    "exactMatch": ("=", "identique a", "exact", "exact match"),
    "closeMatch": ("≈", "~", "proche de", "proche", "close", "close match"),
    "broadMatch": ("plus large", "broad", "broader", "broad match"),
    "narrowMatch": ("plus etroit", "narrow", "narrower", "narrow match"),
    "relatedMatch": ("voisin de", "voisin", "related", "related match"),
}
_RELATIONS = {form: name for name, forms in _MATCHES.items() for form in (name.casefold(), *forms)}
_TRUTHS = {"oui": True, "yes": True, "true": True, "vrai": True, "non": False, "no": False, "false": False, "faux": False}
#: The clock by which people here write hours.
ZONE = "America/Toronto"
_ADDRESS = re.compile(r"^https?://\S+$")


def fold(text: str) -> str:
    """A text without accents, case and double spaces, to compare names by."""
    # One after the other: to put many marks on one letter in order takes the square of their number, and none of them stays.
    letters = chain.from_iterable(unicodedata.normalize("NFKD", letter) for letter in text.casefold())
    return " ".join("".join(letter for letter in letters if not unicodedata.combining(letter)).split())


def is_address(text: str) -> bool:
    """Whether this is the address of something, and not a name for it."""
    return _ADDRESS.match(text) is not None


def pointers(slot: Slot, texts: Sequence[str]) -> tuple[tuple[Ref, ...], tuple[str, ...]]:
    """The things that these words point to, and the words that only the node's own things can tell.

    Where the property wants an ordered collection, the words are what stands in it.
    Invalid for a word that is not in the scheme of the property, a licence or a relation that is not known.
    """
    found = [_pointer(slot, text) for text in texts]
    refs = tuple(Ref(iri) for iri in found if iri)
    if AS + "OrderedCollection" in slot.term.ranges:
        refs = (OrderedCollection(items=refs, total_items=len(refs)).ref,)
    return refs, tuple(text for text, iri in zip(texts, found, strict=True) if not iri)


def _pointer(slot: Slot, text: str) -> str:
    if is_address(text):
        return text
    if schemes := schemes_of(slot):
        return _concept(schemes, text)
    if slot.name == "license":
        return licence(text) or _unknown("licence", text, ["CC BY 4.0", "CC BY-SA 4.0", "CC0", "https://…"])
    if slot.name == "relationship":
        name = _RELATIONS.get(fold(text.removeprefix("skos:")))
        return SKOS + name if name else _unknown("relation", text, list(_MATCHES))
    return slot.term.words.get(text, "")


def schemes_of(slot: Slot) -> tuple[str, ...]:
    """The names of the schemes whose concepts a property takes."""
    return slot.term.schemes or _USUAL.get(slot.name, ())


def _concept(schemes: Sequence[str], text: str) -> str:
    found = next((each for scheme in schemes if (each := concepts.find(text, scheme=scheme))), None)
    if found:
        return found.iri
    return _unknown(" and ".join(schemes), text, [known.slug for scheme in schemes for known in concepts.scheme(scheme)])


def _unknown(what: str, text: str, known: Sequence[str]) -> str:
    raise Invalid(f"« {text} » is not known among {what}; write one of {', '.join(known)}")


def texts(value: Value, language: str) -> tuple[Text, ...]:
    """A text per list item; one text in several languages where each language has one."""
    if isinstance(value, str):
        return (Text.of(value, language),) if value else ()
    if isinstance(value, tuple):
        return tuple(Text.of(text, language) for text in value)
    if all(len(said) == 1 for said in value.values()) and value:
        return (Text.by_language({tag: said[0] for tag, said in value.items()}, primary=language),)
    return tuple(Text.of(text, tag) for tag, said in value.items() for text in said)


def plain_value(slot: Slot, text: str, clock: str = "") -> datetime | bool | int | float | str:
    """A moment, truth, number or word from a text; Invalid says what was expected.

    `clock` is the time zone of an hour that is written without one, UTC when it is "".
    """
    read, expected = _READERS.get(slot.shape, (str, ""))
    try:
        return moment(text, clock) if slot.shape is Shape.MOMENT else read(text)
    except (ValueError, KeyError) as fault:
        raise Invalid(f"« {text} » is not {expected}") from fault


_READERS: dict[Shape, tuple[Callable[[str], datetime | bool | int | float | str], str]] = {
    Shape.MOMENT: (moment, "a date; write 2026-11-22 or 2026-11-22T14:00:00-05:00"),
    Shape.TRUTH: (lambda text: _TRUTHS[fold(text)], "an answer; write yes or no"),
    Shape.COUNT: (int, "a whole number; write digits only"),
    Shape.NUMBER: (lambda text: float(text.replace(",", ".")), "a number; write it like 0.8"),
}
