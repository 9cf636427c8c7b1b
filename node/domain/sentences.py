"""Words for people, in French and in English: French spacing, small numbers, lists, quotation marks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vocab.values import Text

NO_BREAK = "\u00a0"
#: French as it is spoken in France, where its words differ from those of here.
FRANCE = "fr-FR"
_OF_FRANCE = {
    "adresse de courriel": "adresse e-mail", "adresse courriel": "adresse e-mail", "du courriel": "de l’e-mail",
    "au courriel": "à l’e-mail", "le courriel": "l’e-mail", "ce courriel": "cet e-mail", "de courriels": "d’e-mails",
    "de courriel": "d’e-mail", "courriels": "e-mails", "courriel": "e-mail", "témoin (cookie)": "cookie",
}  # fmt: skip
_HERE = re.compile(rf"\b(?:{'|'.join(map(re.escape, _OF_FRANCE))})(?!\w)", re.IGNORECASE)
_NUMBERS = {
    "fr": ("aucun", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf"),
    "en": ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
}


def said(fr: str, en: str) -> Text:
    """A sentence in both languages, French first with its no-break spaces; whoever shows it fills in the `{names}`.

    Where France says it otherwise, it is there a third time.
    """
    here = spaced(fr)
    france = of_france(here)
    return Text.by_language({"fr": here, "en": en} | ({FRANCE: france} if france != here else {}), primary="fr")


def of_france(french: str) -> str:
    """A sentence of ours in the words of France: « courriel » is « e-mail » there."""
    return _HERE.sub(_there, french)


def _there(found: re.Match[str]) -> str:
    words = _OF_FRANCE[found[0].lower()]
    return words.capitalize() if found[0][0].isupper() else words


def spaced(french: str) -> str:
    """A French text with a no-break space wherever a space stands before : ; ! ? » or after «."""
    return re.sub(r" (?=[:;!?»])|(?<=«) ", NO_BREAK, french)


def quoted(words: str, language: str) -> str:
    """Words between the quotation marks of the language: « … » or “…”."""
    return f"«{NO_BREAK}{words}{NO_BREAK}»" if language == "fr" else f"“{words}”"


def listed(words: Sequence[str], language: str) -> str:
    """One or more words as a list in a sentence: a, b et c."""
    *first, last = words
    joint = " et " if language == "fr" else " and "
    return joint.join([", ".join(first), last]) if first else last


def paired(left: Text, right: Text, language: str) -> Text:
    """The name of what joins two terms: « left ≈ right », in that language first, and in every other that both have."""
    both = {tag for tag, _ in left.entries if tag} & {tag for tag, _ in right.entries}
    tags = [language, *sorted(both - {language})]
    return Text.by_language({tag: f"{left.in_language(tag)} ≈ {right.in_language(tag)}" for tag in tags}, primary=language)


def in_words(number: int, language: str) -> str:
    """A number in words up to nine, in figures from there on."""
    words = _NUMBERS[language]
    return words[number] if number < len(words) else str(number)


def counted(number: int, noun: str, language: str, *, is_feminine: bool = False) -> str:
    """A count of something, in words up to nine: « deux sujets », « une ressource »; `noun` is singular and takes an s."""
    amount = in_words(number, language)
    if is_feminine and language == "fr" and number <= 1:
        amount += "e"
    is_plural = number > 1 or (language == "en" and number == 0)
    return f"{amount} {noun}{'s' if is_plural else ''}"
