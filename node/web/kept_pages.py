"""The pages that anybody may read, as they were made a moment ago: many people who open the same page cost little more than one.

A page is given again only while nothing at all was committed since before it was made: not a state that might be old.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field

from node.contracts import Reply

#: So many bytes are kept in all, and no page that is larger than a part of that.
MOST, LARGEST = 6_000_000, 200_000


@dataclass(slots=True)
class KeptPages:
    """Pages by what makes them the pages they are; all of one `state` of the database."""

    _state: int = -1
    _size: int = 0
    _pages: dict[Hashable, Reply] = field(default_factory=dict)

    def get(self, key: Hashable, state: int | None) -> Reply | None:
        """The page as it is now, None when it is not known. `state` is that of this moment, None where nobody can tell."""
        return self._pages.get(key) if state is not None and state == self._state else None

    def put(self, key: Hashable, state: int | None, page: Reply) -> None:
        """Keeps a page that was made when the database was in `state`, or in a later one."""
        if state is None or len(page.body) > LARGEST:
            return
        if state != self._state or self._size + len(page.body) > MOST:
            self._state, self._size, self._pages = state, 0, {}
        if key not in self._pages:
            self._size += len(page.body)
            self._pages[key] = page
