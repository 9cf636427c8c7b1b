"""Hashtag: a word that gathers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from vocab.namespaces import AS
from vocab.terms import TypeTerm
from vocab.things.link import Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Hashtag(Link):
    """A hashtag; its name begins with #."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        AS + "Hashtag",
        {"fr": "mot-clic", "en": "hashtag"},
        {"fr": "Mot-clic.", "en": "Hashtag."},
        type="Hashtag",
        status="reused",
    )
