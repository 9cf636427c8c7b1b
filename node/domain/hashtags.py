"""Topics as hashtags: what software that knows no topics shows of them, and gathers by."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from vocab.things.hashtag import Hashtag
from vocab.things.object import Object
from vocab.values import Ref, Text

T = TypeVar("T", bound=Object)

_WORD = re.compile(r"[^\W_]+")
_LONGEST = 60


def hashtag(label: str) -> str:
    """The hashtag of a label: its words together, each with a capital so that screen readers tell them apart; "" for none."""
    words = _WORD.findall(label)
    joined = "".join(word[0].upper() + word[1:] for word in words)[:_LONGEST]
    # All digits would be no hashtag to most software.
    return f"#{joined}" if joined and not joined.isdigit() else ""


def tagged(thing: T, labels: Mapping[str, str]) -> T:
    """The thing with a hashtag for each of its topics; `labels` are those of the topics by IRI. Other tags stay."""
    kept = tuple(ref for ref in thing.tag if not isinstance(ref.thing, Hashtag))
    named = [(iri, name) for iri, label in labels.items() if (name := hashtag(label))]
    # An id of its own: the topic itself is a concept, and no hashtag.
    made = tuple(
        Hashtag(id=f"{thing.id}#sujet-{number}", name=Text.of(name), href=Ref(iri)).ref
        for number, (iri, name) in enumerate(named, 1)
    )
    return replace(thing, tag=(*kept, *made))
