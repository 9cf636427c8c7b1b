"""This node at the moment of a deed, as far as storage has to know of it."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Here(Protocol):
    """Where a deed is done, and when: what storage, which has neither settings nor a clock, is given with each deed.

    contracts.House is one, with more to it; it stands in a room above, so that storage says here what it needs of it.
    """

    @property
    def url(self) -> str:
        """Address of the node, without a trailing slash: what lives here begins with it."""
        ...

    @property
    def mode(self) -> str:
        """How far this node opens itself to others: archipelago, friends or open."""
        ...

    @property
    def now(self) -> datetime:
        """The moment of the deed, in UTC, and the same to its end."""
        ...

    def is_local(self, iri: str) -> bool:
        """Whether an IRI is one of this node's."""
        ...
