"""Questions as they come in, looked at before anything is made of them, and what comes back.

Spec: SPARQL 1.1 Query Language §19.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from node.errors import Invalid

#: Everything in which a word is no keyword: remarks, addresses, texts, and all names that carry a mark of their own.
_ASIDE = re.compile(
    r"""\#[^\n\r]*
    | <[^<>"{}|^`\x00-\x20]*>
    | \"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
    | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*'
    | [?$@]\w+
    | [\w.-]*:(?:[\w:%-]|\\.|\.(?=[\w:%-]))*
    """,
    re.VERBOSE | re.DOTALL,
)
#: What would have us ask elsewhere, or read what is not in the index.
_REFUSED = re.compile(r"(?<!\w)(SERVICE|LOAD|FROM)(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question in SPARQL. `rows` and `statements` are the media types wanted of each kind of answer ("": none that is known).

    `default_graph` and `named_graphs` are the graphs that it is put to; without any, all of them together. `base` is the address
    that relative addresses in it start from.
    """

    text: str
    base: str
    rows: str
    statements: str
    default_graph: Sequence[str] = ()
    named_graphs: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What came of a question: with 200 the answer, else one line that says why there is none."""

    status: int
    media_type: str
    body: bytes


def checked(text: str, limit: int) -> str:
    """The same question; raises Invalid for one that is too long, or that asks for more than what is in the index."""
    if len(text.encode(errors="replace")) > limit:
        raise Invalid(f"A question may have {limit} bytes at most.")
    refused = _REFUSED.search(_ASIDE.sub(" ", text))
    if refused:
        raise Invalid(f"{refused[1].upper()} is refused: only what is in this index is asked. GRAPH tells the sources apart.")
    return text
