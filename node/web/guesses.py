"""What the form of a card calls what is guessed of a page."""

from __future__ import annotations

from collections.abc import Mapping

from node.domain.glimpses import Glimpse
from node.domain.tracking import fitting

#: Field of the form, and what a glimpse calls it.
GUESSED: Mapping[str, str] = {
    "titre": "title",
    "resume": "summary",
    "site": "site",
    "auteur": "author",
    "jour": "published",
    "langue": "language",
    "licence": "license",
}


def told(page: Glimpse) -> dict[str, str]:
    """The fields of the form as a page fills them; `lu` is the address that they were read at."""
    fields = {name: str(getattr(page, slot)) for name, slot in GUESSED.items()}
    known = {"lien": page.address, "lu": page.address, "repond": "oui" if page.is_read else "non"}
    return {**fields, **known, "langue": page.language.partition("-")[0]}


def guessed(address: str, fields: Mapping[str, str]) -> Glimpse:
    """What a form that was filled in before says of a page."""
    return Glimpse(address=fitting(address), is_read=True, **{slot: fields.get(name, "") for name, slot in GUESSED.items()})
