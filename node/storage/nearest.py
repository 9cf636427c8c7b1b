"""Words that somebody may have meant who mistyped one: a letter too many, too few, another one, or two the wrong way round.

In a long word two such slips are forgiven, if one of them is not at its beginning.

Only words that find something within the scope of whoever asks are offered: what is hidden must not show by its words.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Sequence

from sqlalchemy import bindparam, func, or_, select, text

from node.storage.ground import Ground
from node.storage.tables.finding import title_words
from node.storage.words import LANGUAGES, forms, stem

#: A shorter word has too many neighbours, a longer one is none that anybody types.
SHORTEST, LONGEST = 4, 24
#: A word as long as this may have two slips; of so many words that begin alike those are looked at that stand in titles.
LONG, TWO, ALIKE = 8, 2, 20_000
#: So many neighbours are looked at, those that most is said of first.
MOST = 12
_LAST = "\U0010ffff"
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


def further(ground: Ground, word: str) -> list[str]:
    """The stems of words of titles that differ from a long folded word by two slips."""
    if not LONG <= len(word) <= LONGEST or word.isdigit():
        return []
    column = title_words.c.word
    begins = (column.between(begin, begin + _LAST) for begin in (word[0], word[1] + word[0]))  # the first two may be swapped
    # an ending more or less, as that of the plural, is no slip
    long = func.length(column).between(len(word) - TWO - 1, len(word) + TWO + 1)
    known = ground.texts(select(column).where(or_(*begins), long).group_by(column).limit(ALIKE))
    near = [each for each in known if len(set(each) ^ set(word)) <= 2 * TWO + 1 and _is_near(word, each)]
    return list(dict.fromkeys(stem(each, language) for each in near for language in LANGUAGES))[:MOST]


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


def _is_near(word: str, other: str) -> bool:
    """Whether two slips at most lie between two words, endings aside or not."""
    pairs = {(word, other), *((stem(word, language), stem(other, language)) for language in LANGUAGES)}
    return any(_slips_between(*pair) <= TWO for pair in pairs)


def _slips_between(one: str, other: str) -> int:
    """How many slips lie between two words, more than TWO for too many: the optimal string alignment, row by row."""
    before, last = list[int](), list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        row = [at]
        for place, sign in enumerate(other, 1):
            fewest = min(last[place] + 1, row[place - 1] + 1, last[place - 1] + (letter != sign))
            if before and place > 1 and letter == other[place - 2] and sign == one[at - 2]:
                fewest = min(fewest, before[place - 2] + 1)
            row.append(fewest)
        if min(row) > TWO:
            return TWO + 1
        before, last = last, row
    return last[-1]
