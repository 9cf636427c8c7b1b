"""Words that somebody may have meant who mistyped one: a letter too many, too few, another one, or two the wrong way round.

Only words that find something within the scope of whoever asks are offered: what is hidden must not show by its words.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Sequence

from sqlalchemy import bindparam, text

from node.storage.ground import Ground
from node.storage.words import LANGUAGES, forms, stem

#: A shorter word has too many neighbours, a longer one is none that anybody types.
SHORTEST, LONGEST = 4, 24
#: So many neighbours are looked at, those that most is said of first.
MOST = 12
_LETTERS = string.ascii_lowercase
_WORD = re.compile(r"[^\W_]+(?:['’·-][^\W_]+)*")

_SQLITE = text("SELECT term FROM search_index_terms WHERE term IN :stems ORDER BY doc DESC LIMIT :most")
_POSTGRESQL = text(
    "SELECT stem FROM unnest(CAST(:stems AS text[])) AS stem "
    "WHERE EXISTS (SELECT 1 FROM search_index WHERE words @@ CAST(quote_literal(stem) AS tsquery)) ORDER BY stem LIMIT :most"
)


def neighbours(ground: Ground, word: str) -> list[str]:
    """The stems in the index of words that differ from a folded word by one slip."""
    if not SHORTEST <= len(word) <= LONGEST or word.isdigit():
        return []
    made = sorted({stem(each, language) for each in _slips(word) for language in LANGUAGES})
    if ground.dialect == "sqlite":
        asked = _SQLITE.bindparams(bindparam("stems", expanding=True))
        return [str(row[0]) for row in ground.connection.execute(asked, {"stems": made, "most": MOST})]
    return [str(row[0]) for row in ground.connection.execute(_POSTGRESQL, {"stems": made, "most": MOST})]


def written(stemmed: str, texts: Sequence[str]) -> str:
    """How a word with that stem is written in one of these texts; "" when it stands in none."""
    for each in texts:
        for found in _WORD.findall(each):
            if any(stem(form, language) == stemmed for form in forms(found) for language in LANGUAGES):
                return str(found).lower()
    return ""


def _slips(word: str) -> Iterator[str]:
    parts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    for before, after in parts:
        if after:
            yield before + after[1:]
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        for letter in _LETTERS:
            yield before + letter + after
            if after:
                yield before + letter + after[1:]
