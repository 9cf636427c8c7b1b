"""VirtualLocation: where one meets online."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from vocab.namespaces import SCHEMA
from vocab.terms import TypeTerm
from vocab.things.object import Object


@dataclass(frozen=True, slots=True, kw_only=True)
class VirtualLocation(Object):
    """A room online; its address is in `url`."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        SCHEMA + "VirtualLocation",
        {"fr": "lieu en ligne", "en": "virtual location"},
        {"fr": "Lieu en ligne.", "en": "Place online."},
        type="VirtualLocation",
        status="reused",
    )
