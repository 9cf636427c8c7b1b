"""The pages of the village, as anybody or a member sees them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import parse_qsl, urlsplit

import pytest

from kit.databases import in_memory
from kit.village import ADDRESSES, HERE, HOUSE, MEMBER, TOUCH, furnish
from kit.village_office import OFFICE, furnish_office
from kit.village_round import ROUND
from kit.village_sites import SITES, furnish_sites
from node import formats as formats_room
from node.collect import collect
from node.contracts import Format, Page, View, Visit
from node.domain.visibility import ANYONE, Reader
from node.storage.engine import Database
from node.web import pages as pages_room
from node.web import templates
from node.web.routing import Routes
from node.web.takeaway import ways

#: Pages that show somebody more than nothing.
DESKS = {place.partition("?")[0] for place in OFFICE}
FORMATS = tuple(collect(formats_room, "FORMAT", Format).values())


@dataclass(frozen=True, slots=True)
class Village:
    """A database with the story in it, and its pages."""

    database: Database
    pages: Mapping[str, Page]

    def view(self, url: str, reader: Reader = ANYONE, name: str = "") -> tuple[View, str]:
        """What a page answers at an address, and its HTML; where only some may go, one of them goes."""
        parts = urlsplit(url)
        found = Routes(self.pages, {}).find(parts.path)
        assert found is not None
        assert found.page is not None
        if reader == ANYONE and not self.is_open(url):
            reader, name = MEMBER, "Mireille Gagnon"
        match, query = found.page, dict(parse_qsl(parts.query, keep_blank_values=True))
        visit = Visit(
            house=HOUSE,
            reader=reader,
            reader_name=name,
            language=query.get("langue", "fr"),
            path=match.values,
            query=query,
            url=url,
            is_admin=bool(name),
            form_token="0" * 64 if name else "",
        )
        view = self.database.read_now(lambda uow: match.target.show(uow, visit))
        out = ways(visit, FORMATS, view.things) if match.target.listing and view.status == HTTPStatus.OK else None
        return view, templates.render(match.name, view, visit, self.pages, out)

    def is_open(self, url: str) -> bool:
        """Whether a page is shown as a visitor sees it; otherwise somebody of the village looks."""
        path = urlsplit(url).path
        found = Routes(self.pages, {}).find(path)
        return path not in DESKS and bool(found and found.page and found.page.target.right == "anyone")

    def html(self, url: str, reader: Reader = ANYONE, name: str = "") -> str:
        """The HTML of a page."""
        return self.view(url, reader, name)[1]


@pytest.fixture(scope="session")
def village() -> Iterator[Village]:
    """The story, written once; pages only read."""
    database = in_memory()
    database.write_now(furnish)
    database.write_now(furnish_office)
    database.write_now(furnish_sites)
    yield Village(database, collect(pages_room, "PAGE", Page))
    database.close()


@pytest.fixture(scope="session")
def addresses() -> tuple[str, ...]:
    """An address of every page."""
    return (*ADDRESSES, *OFFICE, *ROUND, *SITES)


@pytest.fixture(scope="session")
def member() -> Reader:
    """Somebody who belongs to the community in housing."""
    return MEMBER


@pytest.fixture(scope="session")
def touch() -> str:
    """The address of the page of an intersection."""
    return TOUCH.removeprefix(HERE)
