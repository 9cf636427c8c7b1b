"""What belongs to this node by its address."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from node.domain.house import House

HERE = House(url="https://a.example", name="A", mode="open", language="fr", now=datetime(2026, 11, 22, tzinfo=UTC))


def test_its_two_actors_live_under_its_address() -> None:
    assert (HERE.organisation, HERE.application) == ("https://a.example/organisation", "https://a.example/noeud")


@pytest.mark.parametrize(
    ("iri", "is_ours"),
    [
        ("https://a.example", True),
        ("https://a.example/x", True),
        ("https://a.example.evil/x", False),
        ("http://a.example/x", False),
    ],
)
def test_what_lies_below_its_address_is_ours(iri: str, is_ours: bool) -> None:
    assert HERE.is_local(iri) is is_ours
