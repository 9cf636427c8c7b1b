from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from node.domain.memberships import Membership, communities_of, consenting, is_in_force, members_who_may, roles_of
from node.domain.rights import ANIMATION, CURATION, MEMBER, Deed

SPRING = datetime(2026, 4, 1, tzinfo=UTC)
AUTUMN = datetime(2026, 10, 1, tzinfo=UTC)
HOUSING, FOOD = "https://a.example/communautes/habitation", "https://a.example/communautes/alimentation"


def belongs(
    person: str, community: str, role: str = MEMBER, *, until: datetime | None = None, has_consented: bool = False
) -> Membership:
    return Membership(person=person, community=community, role=role, since=SPRING, until=until, has_consented=has_consented)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (SPRING - timedelta(seconds=1), False),
        (SPRING, True),
        (AUTUMN - timedelta(seconds=1), True),
        (AUTUMN, False),
    ],
)
def test_a_membership_has_a_beginning_and_an_end(at: datetime, expected: bool) -> None:
    assert is_in_force(belongs("ana", HOUSING, until=AUTUMN), at) is expected


def test_without_an_end_it_goes_on() -> None:
    assert is_in_force(belongs("ana", HOUSING), AUTUMN + timedelta(days=9999))


def test_people_belong_where_their_membership_is_in_force() -> None:
    held = [belongs("ana", HOUSING), belongs("ana", FOOD, until=AUTUMN), belongs("ben", FOOD)]
    assert communities_of(held, "ana", SPRING) == {HOUSING, FOOD}
    assert communities_of(held, "ana", AUTUMN) == {HOUSING}
    assert communities_of(held, "eve", SPRING) == frozenset()


def test_roles_combine_and_end_each_at_its_time() -> None:
    held = [belongs("ana", HOUSING), belongs("ana", HOUSING, ANIMATION, until=AUTUMN), belongs("ana", FOOD, CURATION)]
    assert roles_of(held, "ana", HOUSING, SPRING) == {MEMBER, ANIMATION}
    assert roles_of(held, "ana", HOUSING, AUTUMN) == {MEMBER}
    assert roles_of(held, "ben", HOUSING, SPRING) == frozenset()
    assert members_who_may(held, HOUSING, Deed.ANSWER_FOLLOWERS, SPRING) == {"ana"}
    assert members_who_may(held, HOUSING, Deed.ANSWER_FOLLOWERS, AUTUMN) == frozenset()
    assert members_who_may(held, FOOD, Deed.INTEGRATE, SPRING) == {"ana"}


def test_consent_is_given_for_a_community_and_one_no_is_no() -> None:
    held = [
        belongs("ana", HOUSING, has_consented=True),
        belongs("ben", HOUSING, has_consented=True),
        belongs("ben", HOUSING, CURATION),
        belongs("eve", HOUSING),
        belongs("eve", FOOD, has_consented=True),
        belongs("zoé", HOUSING, until=AUTUMN, has_consented=True),
    ]
    assert consenting(held, HOUSING, SPRING) == {"ana", "zoé"}
    assert consenting(held, HOUSING, AUTUMN) == {"ana"}
