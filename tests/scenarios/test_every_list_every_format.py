"""Every list × every format × every reader: what may not be seen is in no document, name, moment or address that leaves.

Each list is asked for in a world in which something was planted and in one in which nothing was. To a reader who may not see it
the two must give the same listing, and so the same bytes in every format.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, quote, urlsplit

import pytest
from aiohttp import web

from kit.databases import in_memory
from kit.matrix_report import NAME
from kit.planted import CASES, ELSEWHERE, FRIEND, PATHS, VISIBLE, WORDS, Case, people, sow
from kit.signing import NOW
from kit.web_node import furnish, plant
from node import formats as formats_room
from node.actions.keep_private_address import make, opened
from node.collect import collect
from node.contracts import Format, House, Listing, Page, Visit
from node.domain.entries import Audience
from node.domain.visibility import ANYONE, Reader, may_see
from node.errors import NotFound
from node.storage.engine import Database
from node.storage.unit_of_work import UnitOfWork
from node.web import pages as pages_room
from node.web.routing import Routes
from vocab.namespaces import AS_CONTEXT

URL = "https://maison.example"
HOUSE = House(url=URL, name="Maison des savoirs", mode="open", language="fr", now=NOW)
PAGES = collect(pages_room, "PAGE", Page)
ROUTES = Routes(PAGES, {})
FORMATS = [form for form in collect(formats_room, "FORMAT", Format).values() if form.write]

#: By the pages that list something, addresses that bring them to do it.
LISTS = (
    "/",
    "/communautes",
    "/communautes/logement",
    "/communautes/logement/repertoire",
    "/communautes/logement/repertoire?portee=elargi",
    "/communautes/voisine/repertoire",
    "/communautes/logement/glossaire",
    "/agenda",
    "/communautes/logement/agenda",
    "/recherche",
    f"/recherche?q={WORDS['name']}",
    f"/recherche?q={WORDS['content']}&portee=communaute",
    f"/recherche?sujet={quote(f'{URL}/{PATHS[1]}', safe='')}",
    "/personnes/autrice",
    "/intersections",
    "/intersections/jamaisvue",
    "/ailleurs",
    f"/ailleurs/communaute?iri={quote(FRIEND.iri, safe='')}",
    f"/ailleurs/ressource?iri={quote(ELSEWHERE, safe='')}",
    f"/ailleurs/site?iri={quote(FRIEND.iri, safe='')}",
    f"/{VISIBLE}?contenu=oui",
    *(f"/{path}" for path in PATHS),
    *(f"/{path}?contenu=oui" for path in PATHS[:2]),
)

#: What a list gave: itself, or why not.
Given = Listing | str


@dataclass(frozen=True)
class World:
    """A node where a case is planted, or nothing."""

    database: Database

    def readers(self) -> Mapping[str, Reader]:
        """Everybody who might ask: with nothing, a session, a signature, or a private address."""
        member = Reader(actor=f"{URL}/personnes/mireille", communities=frozenset({f"{URL}/communautes/logement"}))
        neighbour = Reader(actor=f"{URL}/personnes/ali", communities=frozenset({f"{URL}/communautes/voisine"}))
        return {
            "anonymous": ANYONE,
            "member": member,
            "member of another community": neighbour,
            "signed actor of a followed node": Reader(actor=FRIEND.iri),
            "private address of a member": self.database.write_now(lambda uow: _by_address(uow, member.actor)),
            "private address of the author": self.database.write_now(lambda uow: _by_address(uow, f"{URL}/personnes/autrice")),
        }

    def lists(self, reader: Reader) -> dict[str, Given]:
        """What every list gives a reader."""
        return self.database.read_now(lambda uow: {address: _listed(uow, address, reader) for address in LISTS})


def _by_address(uow: UnitOfWork, person: str) -> Reader:
    return opened(uow, HOUSE, make(uow, HOUSE, person, "/recherche", "")).reader


def _listed(uow: UnitOfWork, address: str, reader: Reader) -> Given:
    parts = urlsplit(address)
    found = ROUTES.find(parts.path)
    assert found is not None
    assert found.page is not None
    assert found.page.target.listing is not None, address
    visit = Visit(
        house=HOUSE,
        reader=reader,
        language="fr",
        path=found.page.values,
        query={**dict(parse_qsl(parts.query)), "format": "x"},
        url=address,
    )
    try:
        return found.page.target.listing(uow, visit)
    except (NotFound, web.HTTPGone) as refusal:
        return f"{type(refusal).__name__}: {refusal}"


def _world(case: Case | None) -> World:
    database = in_memory()
    database.write_now(lambda uow: furnish(uow, HOUSE))
    database.write_now(lambda uow: people(uow, HOUSE))
    database.write_now(_point)
    if case is not None:
        database.write_now(lambda uow: sow(uow, HOUSE, case))
    return World(database)


def _point(uow: UnitOfWork) -> None:
    """Something public that points to all that is hidden: what that is called is not to be told."""
    named = {"topic": "subject", "references": "references"}
    context = {name: {"@id": f"http://purl.org/dc/terms/{term}", "@type": "@id"} for name, term in named.items()}
    words = {"@context": [AS_CONTEXT, context], **{key: [f"{URL}/{path}" for path in PATHS] for key in named}}
    plant(uow, HOUSE, "ressources/indiscrete", Audience.PUBLIC, **words)


@pytest.fixture(scope="module")
def blank() -> Iterator[Mapping[str, Mapping[str, Given]]]:
    """What each reader gets where nothing is planted."""
    world = _world(None)
    yield {name: world.lists(reader) for name, reader in world.readers().items()}
    world.database.close()


def documents(given: Given) -> str:
    """All that leaves of a list, in every format."""
    if isinstance(given, str):
        return given
    written = []
    for form in FORMATS:
        assert form.write is not None
        fitting = replace(given, things=[thing for thing in given.things if form.accepts(thing)])
        written.append(form.write(fitting).decode("utf-8", "replace"))
    return "\n".join(written)


def test_every_page_that_lists_something_is_asked() -> None:
    asked = {found.page.name for address in LISTS if (found := ROUTES.find(urlsplit(address).path)) and found.page}
    assert {name for name, page in PAGES.items() if page.listing} <= asked


@pytest.mark.parametrize("case", CASES, ids=str)
def test_what_may_not_be_seen_is_in_no_list(
    case: Case, blank: Mapping[str, Mapping[str, Given]], record_property: Callable[[str, object], None]
) -> None:
    world = _world(case)
    seen = set()
    for name, reader in world.readers().items():
        found = world.lists(reader)
        if not may_see(reader, case.kept(HOUSE, PATHS[0])):
            told = {address for address in LISTS if found[address] != blank[name][address]}
            assert not told, f"{case}, {name}"
        elif case.is_deleted:
            told = {
                address for address in LISTS for word in WORDS.values() if word in str(found[address]) and word not in address
            }
            assert not told, f"{case}, {name}"
        else:
            assert WORDS["name"] in str(found[f"/{PATHS[0]}"])
            seen.add(name)
    assert ("private address of the author" in seen) == (case.audience is Audience.PUBLIC and not case.is_deleted)
    world.database.close()
    record_property(NAME, f"{case}: {len(LISTS)} lists x {len(blank)} readers")


def test_the_same_in_every_format(
    blank: Mapping[str, Mapping[str, Given]], record_property: Callable[[str, object], None]
) -> None:
    world, compared = _world(Case(audience=Audience.COMMUNITY)), 0
    for name, reader in world.readers().items():
        found = world.lists(reader)
        if may_see(reader, Case(audience=Audience.COMMUNITY).entry(HOUSE, PATHS[0])):
            assert WORDS["content"] in documents(found[f"/{PATHS[0]}"])
            assert WORDS["name"] in documents(found["/communautes/logement/repertoire"])
            continue
        for address in LISTS:
            assert documents(found[address]) == documents(blank[name][address]), f"{name}: {address}"
            compared += len(FORMATS)
    world.database.close()
    record_property(NAME, f"{compared} documents in {len(FORMATS)} formats compared")
