"""Words as they are compared in search: accents, case, elisions and inclusive forms aside, and stemmed.

The same analysis serves both databases, the index and the query. Accents are folded before stemming, so that
what is typed without them finds the same.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import chain, groupby, islice, repeat
from typing import Protocol

from node.domain.html import unescaped

#: The languages that are stemmed.
LANGUAGES = ("fr", "en")
#: A longer token is no word.
LONGEST = 64
#: What is longer without a space is read in parts: to put the marks on one letter in order takes the square of their number.
LONGEST_PIECE = 128
#: A word this short keeps its ending, and an ending this short is put behind the whole word.
SHORTEST = 4
SHORT_ENDING = 2
#: A stem is how each of its words begins, but for so many of its last letters at most: travaux, travail; dying, die.
CHANGED = 3
#: An inclusive form has a stem, an ending, and perhaps the s of the plural.
MOST_PARTS = 3


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ELIDED = _words(
    """
    l d qu n s c j m t jusqu lorsqu puisqu quoiqu presqu
    """
)
_STOP = _words(
    """
    a à au aux avec ce ces cet cette dans de des du elle elles en est et il ils je la le les leur leurs mais ne
    nous on ou où par pas pour qu que qui sa se ses si son sont sur tu un une vos votre vous y an and are as at be
    by for from has have in is it its no not of or that the their these this those to was were will with
    """
)
#: A word may hold apostrophes, and the signs that inclusive writing puts before an ending.
_WORD = re.compile(r"[^\W_]+(?:['’ʼ·•‧⋅∙.][^\W_]+)*")
_PIECE = re.compile(rf"\S{{1,{LONGEST_PIECE}}}")
_SIGN = re.compile(r"[·•‧⋅∙.]")
_APOSTROPHE = re.compile(r"['’ʼ]")
_BRACKETED = re.compile(r"(?<=\w)\((\w{1,6})\)(s?)(?!\w)")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d"})

#: Endings that inclusive writing adds; after a full stop only these count as such.
_ENDINGS = _words(
    """
    e es ne nes le les te tes se ses ve ves fe rice rices trice trices euse euses eure eures ere eres iere ieres
    ive ives elle elles enne ennes onne onnes ale ales aine aines ande andes ante antes ente entes esse esses
    eresse ienne iennes
    """
)

_TAG = re.compile(r"(<[^<>]*>)")
_TAG_NAME = re.compile(r"</?\s*([a-zA-Z0-9]+)")
#: Tags that may stand inside a word.
_INLINE = _words(
    """
    a abbr b bdi bdo cite code del dfn em font i ins kbd mark q s samp small span strong sub sup u var wbr
    """
)
_HIDDEN = frozenset({"script", "style", "template"})

_IRREGULAR = {plural: plural[:-2] + "il" for plural in _words("travaux baux vitraux coraux emaux soupiraux")} | {
    plural: plural[:-1]
    for plural in _words("jeux enjeux lieux milieux feux voeux aveux cheveux neveux adieux pneus bleus choux bijoux genoux")
}

_lock = threading.Lock()


class Stemmer(Protocol):
    """What the library gives."""

    def stemWord(self, word: str) -> str:  # noqa: N802 - named by the library
        """The stem of a word in lower case."""
        ...


def fold(text: str) -> str:
    """The letters and digits of a word in lower case, without accents, ligatures undone."""
    plain = unicodedata.normalize("NFKD", text).lower().translate(_LIGATURES)
    return "".join(letter for letter in unicodedata.normalize("NFKD", plain) if letter.isalnum())


def forms(text: str) -> Iterator[str]:
    """The words of a text, folded, in order, without the smallest; an inclusive form gives each of its forms."""
    for piece in _pieces(text):
        yield from _known_spoken(piece) if len(piece) <= LONGEST else _spoken(piece)


def stem(word: str, language: str) -> str:
    """The stem of a folded word in one of LANGUAGES."""
    return word[:LONGEST] if word.isdigit() else _stem(word, language)[:LONGEST]


def stems(text: str, language: str, most: int | None = None) -> list[str]:
    """The stems of a text in one of LANGUAGES, in order; the same stem is not said twice in a row. `most`: the first so many."""
    pieces = _pieces(text)
    # what stands between two spaces, a word with its punctuation, has mostly been met before; what is long is not kept
    made = _known_stems if max(map(len, pieces), default=0) <= LONGEST else _stems
    each = groupby(chain.from_iterable(map(made, pieces, repeat(language))))
    return [stemmed for stemmed, _ in islice(each, most)]


def languages_of(tag: str) -> tuple[str, ...]:
    """The languages to stem a text in whose BCP 47 tag this is: both when it is none of them."""
    primary = tag.split("-", maxsplit=1)[0].lower()
    return (primary,) if primary in LANGUAGES else LANGUAGES


def without_tags(markup: str) -> str:
    """The text of a piece of HTML."""
    pieces: list[str] = []
    hidden = ""
    for piece in _TAG.split(markup):
        named = _TAG_NAME.match(piece) if piece.startswith("<") else None
        name = named.group(1).lower() if named else ""
        if hidden:
            hidden = "" if name == hidden and piece.startswith("</") else hidden
        elif name in _HIDDEN and not piece.startswith("</"):
            hidden = name
        elif name or piece.startswith("<!"):
            pieces.append("" if name in _INLINE else " ")
        else:
            pieces.append(unescaped(piece))
    return "".join(pieces)


@lru_cache(maxsize=50_000)
def _stem(word: str, language: str) -> str:
    with _lock:  # a stemmer keeps its word in itself
        return str(_stemmer(language).stemWord(_singular(word) if language == "fr" else word))


@cache
def _stemmer(language: str) -> Stemmer:
    # imported with the first word: it brings thirty languages, and a start need not wait for them
    import snowballstemmer  # noqa: PLC0415

    made: Stemmer = snowballstemmer.stemmer({"fr": "french", "en": "english"}[language])
    return made


def _singular(word: str) -> str:
    """What the French rules need accents or a list for: formée(s) → forme, travaux → travail, jeux → jeu."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) > SHORTEST and word.endswith(("ee", "ees")):
        return word.removesuffix("s")[:-1]
    return word


def _pieces(text: str) -> list[str]:
    pieces = text.split()
    return pieces if max(map(len, pieces), default=0) <= LONGEST_PIECE else _PIECE.findall(text)


def _tokens(piece: str) -> list[str]:
    composed = unicodedata.normalize("NFKC", piece).lower()
    return _WORD.findall(_BRACKETED.sub(r"·\1\2", composed) if "(" in composed else composed)


def _stems(piece: str, language: str) -> tuple[str, ...]:
    return tuple(stem(word, language) for word in _spoken(piece))


def _spoken(piece: str) -> tuple[str, ...]:
    return tuple(word for token in _tokens(piece) for word in _forms(token))


_known_stems = lru_cache(maxsize=50_000)(_stems)
_known_spoken = lru_cache(maxsize=20_000)(_spoken)


@lru_cache(maxsize=50_000)
def _forms(token: str) -> tuple[str, ...]:
    whole = _unelided(token)
    parts = [part for part in _SIGN.split(whole) if part]
    written = parts if len(parts) > 1 and not _is_inclusive(whole, parts) else _inclusive(parts)
    return tuple(form for part in written for form in _simple(part))


def _unelided(token: str) -> str:
    while (found := _APOSTROPHE.search(token)) is not None:
        before, after = token[: found.start()], token[found.end() :]
        if before in _ELIDED:
            token = after
        elif after == "s":
            token = before
        else:
            token = before + after
    return token


def _simple(word: str) -> list[str]:
    if word in _STOP or (len(word) == 1 and not word.isdigit()):
        return []
    folded = fold(word)[:LONGEST]
    return [folded] if folded else []


def _is_inclusive(token: str, parts: list[str]) -> bool:
    if "." in token:
        return all(fold(part) in _ENDINGS or part == "s" for part in parts[1:])
    return len(parts) <= MOST_PARTS


def _inclusive(parts: list[str]) -> list[str]:
    """facilitateur·trice·s → facilitateur, facilitatrice; tou·tes → tou, toutes."""
    if len(parts) == 1:
        return parts
    stem_, *endings = (fold(part) for part in parts)
    return [stem_, *(_joined(stem_, ending) for ending in endings if ending not in {"s", "x"})]


def _joined(word: str, ending: str) -> str:
    """A masculine form with a feminine ending: what the ending repeats is replaced."""
    if ending.startswith("rice") and word.endswith("teur"):
        return word[:-3] + ending
    if len(ending.rstrip("s")) <= SHORT_ENDING:
        return word[:-1] + ending if ending.startswith("ve") and word.endswith("f") else word + ending
    at = word.rfind(ending[0], max(1, len(word) - 5))
    return word[:at] + ending if at > 0 else word + ending
