"""Who may change what: the same actor, never merely the same server."""

from __future__ import annotations

import pytest

from federation.trust import may_be_taken_as_said, may_change

M, BOB, V = "https://evil.example/users/m", "https://evil.example/users/bob", "https://innocent.example/users/v"
NOTE = "https://evil.example/n/1"


@pytest.mark.shows("FEP-fe34", "Only the very actor changes a thing; the same server is not enough.")
@pytest.mark.parametrize(
    ("actor", "iri", "owner", "may"),
    [
        (M, NOTE, M, True),
        (M, M, M, True),
        (M, M, "", True),
        (M, NOTE, BOB, False),  # A13, B10: the neighbour on the same server
        (M, BOB, BOB, False),
        (M, NOTE, "", False),
        (M, "https://innocent.example/n/1", V, False),  # B07, B08: a stranger
        (M, "https://innocent.example/n/1", M, False),  # a foreign thing that is said to be his
        (M, V, "", False),
        (M, "urn:x", M, False),
        ("urn:m", "urn:m", "urn:m", False),
    ],
)
def test_only_the_very_actor_changes_a_thing(actor: str, iri: str, owner: str, *, may: bool) -> None:
    assert may_change(actor, iri=iri, owner=owner) is may


def test_b01_b02_embedded_things_are_believed_only_of_their_author() -> None:
    assert may_be_taken_as_said(M, iri=NOTE, owner=M)
    assert not may_be_taken_as_said(M, iri=NOTE, owner=BOB)
    assert not may_be_taken_as_said(M, iri="https://innocent.example/n/1", owner=M)
    assert not may_be_taken_as_said(M, iri="", owner=M)
    assert not may_be_taken_as_said(M, iri=NOTE, owner="")
