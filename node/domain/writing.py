"""What people write in Markdown names: notes, people and terms, as links that say which they are by their first sign."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SPECIAL = re.compile(r"([\\`*_\[\]<])")
_LINK = re.compile(
    r"(?<!!)\[(?P<sign>[@#]?)(?P<words>(?:\\.|[^\[\]\\\n]){1,300})\]\(<?(?P<address>https?://[^\s<>()]{1,1000})>?\)"
)
_ESCAPED = re.compile(r"\\(.)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What a text names: people and terms with the words that name them, and everything else that it links to."""

    people: dict[str, str]
    terms: dict[str, str]
    others: tuple[str, ...]


def thing_as_written(name: str, iri: str) -> str:
    """A link to a note."""
    return f"[{_plain(name)}](<{iri}>)"


def person_as_written(name: str, iri: str) -> str:
    """A link that mentions somebody."""
    return f"[@{_plain(name)}](<{iri}>)"


def term_as_written(name: str, iri: str) -> str:
    """A link to a term, which what is written is about."""
    return f"[#{_plain(name)}](<{iri}>)"


def named_in(text: str) -> Named:
    """What the links of a text in Markdown lead to."""
    people, terms, others = dict[str, str](), dict[str, str](), dict[str, None]()
    for link in _LINK.finditer(text):
        address, plain = link["address"], _ESCAPED.sub(r"\1", link["words"])
        if link["sign"] == "@":
            people[address] = plain
        elif link["sign"] == "#":
            terms[address] = plain
        else:
            others[address] = None
    return Named(people=people, terms=terms, others=tuple(others))


def _plain(name: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(name.split())).lstrip("@#")
