"""Pages and endpoints share addresses; the more literal address wins; doubles are refused."""

from __future__ import annotations

import pytest

from node.contracts import Endpoint, Page, Reply, View, Visit
from node.storage.unit_of_work import UnitOfWork
from node.web.routing import LONGEST, Routes


def show(uow: UnitOfWork, visit: Visit) -> View:
    return View(values={}, title="")


def answer(uow: UnitOfWork, visit: Visit) -> Reply:
    return Reply(body=b"", media_type="text/plain")


def page(path: str) -> Page:
    return Page(path=path, right="anyone", show=show)


def endpoint(path: str) -> Endpoint:
    return Endpoint(path=path, answer=answer)


ROUTES = Routes(
    {"one": page("/communautes/{slug}"), "new": page("/communautes/nouvelle"), "home": page("/")},
    {"actor": endpoint("/{actor:organisation|communautes/[a-z0-9-]+}"), "dotted": endpoint("/nodeinfo/2.1")},
)


def test_page_and_endpoint_of_one_address() -> None:
    found = ROUTES.find("/communautes/logement")
    assert found is not None
    assert found.page is not None
    assert found.endpoint is not None
    assert (found.page.name, found.page.values) == ("one", {"slug": "logement"})
    assert (found.endpoint.name, found.endpoint.values) == ("actor", {"actor": "communautes/logement"})


def test_the_literal_address_wins() -> None:
    found = ROUTES.find("/communautes/nouvelle")
    assert found is not None
    assert found.page is not None
    assert found.page.name == "new"


@pytest.mark.parametrize(
    "path", ["/communautes/", "/communautes/a/b", "/Organisation", "/nodeinfo/2x1", "//", "", "/organisation/"]
)
def test_nothing_answers_elsewhere(path: str) -> None:
    assert ROUTES.find(path) is None


def test_an_address_is_found_again_however_long_it_is() -> None:
    for path in ("/communautes/logement", f"/communautes/{'a' * LONGEST}"):
        found = [ROUTES.find(path), ROUTES.find(path)]
        assert [each and each.page and each.page.values for each in found] == [{"slug": path.rpartition("/")[2]}] * 2
    assert ROUTES.find("/nothing") is ROUTES.find("/nothing") is None


def test_two_pages_of_one_address_are_refused() -> None:
    with pytest.raises(ValueError, match="/x"):
        Routes({"a": page("/x"), "b": page("/x")}, {})


def test_every_path_is_listed() -> None:
    assert ("page", "home", "/") in ROUTES.paths()
    assert len(ROUTES.paths()) == 5
