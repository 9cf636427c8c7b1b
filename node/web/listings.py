"""What a page lists, for programs: the things that the reader may see, what they are called, and where the list goes on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from node.contracts import Listing
from node.storage.naming import names_of
from node.storage.shelves.holdings import Holding
from node.storage.stored import StoredThing
from node.web.desk import Desk
from vocab.errors import VocabError
from vocab.thing import Thing

#: As many things stand in one part of a list, whatever its format.
PART = 200

#: The parameter of an address that names a format.
FORMAT = "format"


def listing(
    desk: Desk,
    found: Iterable[StoredThing],
    *,
    title: str,
    at: tuple[str, Mapping[str, str | None]],
    after: Mapping[str, str | None] | None = None,
    summary: str = "",
) -> Listing:
    """The things of a list as one document.

    `at` is the path of the list and the parameters that make it another list; `after` are those that lead to its next part,
    None at the end. What cannot be read is left out.
    """
    stored = [each for each in found if each.entry.deleted_at is None]
    things = [thing for each in stored if (thing := _thing(each)) is not None]
    moments = [moment for each in stored if (moment := each.entry.updated_at or each.entry.published_at)]
    path, query = at
    wanted = {FORMAT: desk.visit.query.get(FORMAT)}
    asked = {name: desk.visit.query.get(name) for name in ("page", "avant")}
    url = desk.visit.house.url
    return Listing(
        things=things,
        title=title,
        summary=summary,
        iri=url + desk.addresses.page(path, **query),
        here=url + desk.addresses.page(path, **query, **asked, **wanted),
        following="" if after is None else url + desk.addresses.page(path, **query, **after, **wanted),
        language=desk.language,
        publisher=desk.visit.house.name,
        changed_at=max(moments, default=None),
        names=names_of(desk.uow, things, desk.scope, desk.language),
    )


def held(holdings: Sequence[Holding]) -> list[StoredThing]:
    """What is held, as far as it is here; of a list that was asked for with one more than PART."""
    return [holding.thing for holding in holdings[:PART] if holding.thing is not None]


def after_holdings(holdings: Sequence[Holding]) -> dict[str, str | None] | None:
    """What leads to the part after these holdings, which were asked for with one more than PART."""
    return {"avant": holdings[PART - 1].cursor} if len(holdings) > PART else None


def _thing(stored: StoredThing) -> Thing | None:
    try:
        return stored.thing
    except VocabError:
        return None
