"""For whom here something received is."""

from __future__ import annotations

from collections.abc import Iterable

from node.domain.entries import Audience


def audience_and_readers(
    *, is_public: bool, recipient: str | None, named: Iterable[str], people_here: Iterable[str]
) -> tuple[Audience, frozenset[str]]:
    """The audience and the readers of something received.

    What is not public may be read here by the person in whose own inbox it lay (`recipient`), and by people here whom it names;
    an empty set means that it is for nobody here.
    """
    if is_public:
        return Audience.PUBLIC, frozenset()
    people = frozenset(people_here)
    return Audience.COMMUNITY, (frozenset(named) | {recipient or ""}) & people
