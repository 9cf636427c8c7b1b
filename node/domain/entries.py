"""An entry: a thing plus what this node knows of it. The domain decides about entries, never about types."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from datetime import datetime


class Audience(enum.StrEnum):
    """Who may see an entry. The value is what is stored, and what `--audience` takes."""

    SELF = "private"  # Moi: a draft, never leaves
    COMMUNITY = "community"  # Ma communauté: its members, wherever their account is
    CHOSEN = "chosen"  # Communautés choisies: the members of named communities
    PUBLIC = "public"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What the node knows of a thing, beside its document.

    `community` is the IRI of the group it belongs to ("" for none); `readers` are the IRIs of further people or communities
    that may see it (chosen communities; the people here to whom a copy was delivered). `kind` is our class ("PracticeNote"),
    or the AS2 type where there is none. `deleted_at` marks a tombstone.
    """

    iri: str
    type: str
    kind: str
    audience: Audience
    author: str = ""
    community: str = ""
    readers: frozenset[str] = field(default_factory=frozenset)
    is_local: bool = False
    name: str = ""
    summary: str = ""
    language: str = ""
    license: str = ""
    published_at: datetime | None = None
    updated_at: datetime | None = None
    stored_at: datetime | None = None
    deleted_at: datetime | None = None
