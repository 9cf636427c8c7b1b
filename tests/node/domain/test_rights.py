from __future__ import annotations

import pytest

from node.domain.rights import ANIMATION, CURATION, DOCUMENTATION, GUEST, MEMBER, OBSERVER, ROLES, Deed, deeds_of, may, role
from vocab.concepts import scheme


def test_the_roles_are_those_of_the_vocabulary() -> None:
    assert set(ROLES) == {concept.iri for concept in scheme("roles")}


@pytest.mark.parametrize(
    ("held", "deed", "expected"),
    [
        (GUEST, Deed.READ, False),
        (GUEST, Deed.PUBLISH, False),
        (OBSERVER, Deed.READ, True),
        (OBSERVER, Deed.PUBLISH, False),
        (OBSERVER, Deed.DISCUSS, False),
        (MEMBER, Deed.PUBLISH, True),
        (MEMBER, Deed.EDIT_ANY, False),
        (MEMBER, Deed.FOLLOW, False),
        (DOCUMENTATION, Deed.EDIT_ANY, True),
        (DOCUMENTATION, Deed.INTEGRATE, False),
        (CURATION, Deed.INTEGRATE, True),
        (CURATION, Deed.ANSWER_FOLLOWERS, False),
        (ANIMATION, Deed.ANSWER_FOLLOWERS, True),
        (ANIMATION, Deed.SET_ROLES, True),
        ("https://elsewhere.example/roles/king", Deed.READ, False),
    ],
)
def test_each_role_has_its_deeds(held: str, deed: Deed, expected: bool) -> None:
    assert may([held], deed) is expected


def test_roles_combine() -> None:
    assert deeds_of([OBSERVER, CURATION]) == deeds_of([CURATION])
    assert deeds_of([]) == frozenset()
    assert deeds_of([DOCUMENTATION]) < deeds_of([CURATION]) < deeds_of([ANIMATION]) == frozenset(Deed)


@pytest.mark.parametrize(
    ("name", "expected"),
    [(" Animation ", ANIMATION), ("facilitation", ANIMATION), ("member", MEMBER), (CURATION, CURATION), ("king", None)],
)
def test_roles_are_known_by_name_and_by_iri(name: str, expected: str | None) -> None:
    assert role(name) == expected
