"""Where a form that was accepted leads to."""

from __future__ import annotations

import pytest

from kit.signing import NOW
from node.contracts import House, Visit
from node.domain.visibility import ANYONE
from node.web.forms import back

HOUSE = House(url="https://ici.example", name="Ici", mode="open", language="fr", now=NOW)
VISIT = Visit(house=HOUSE, reader=ANYONE, language="fr", path={}, query={}, url="/")


@pytest.mark.parametrize(
    ("path", "done", "there"),
    [
        ("/a", "oui", "/a?langue=fr&fait=oui"),
        ("/a?b=c#d", "oui", "/a?b=c&langue=fr&fait=oui#d"),
        ("/a?langue=en", "oui", "/a?langue=en&fait=oui"),
        ("/a#d", "", "/a?langue=fr#d"),
        ("/a?langue=en", "", "/a?langue=en"),
    ],
)
def test_it_leads_back_and_tells_only_what_there_is_to_tell(path: str, done: str, there: str) -> None:
    assert back(VISIT, path, done).headers == (("Location", f"https://ici.example{there}"),)
