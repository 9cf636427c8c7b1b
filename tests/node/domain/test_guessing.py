from __future__ import annotations

import pytest

from node.domain.guessing import PER_ACCOUNT, PER_ADDRESS, Way, neighbourhood, subjects


def test_an_account_is_the_same_however_it_is_spelt_and_not_to_be_read() -> None:
    one, two = (subjects(Way.PASSWORD, email, "") for email in ("A@Example.org ", "a@example.org"))
    assert one == two
    assert "example" not in next(iter(one))
    assert list(one.values()) == [PER_ACCOUNT]


def test_ways_are_counted_apart() -> None:
    assert not set(subjects(Way.PASSWORD, "a", "192.0.2.1")) & set(subjects(Way.LETTER, "a", "192.0.2.1"))


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.2", False),
        ("fe80::1%eth0", "fe80::2", True),
        ("", "nonsense", True),
    ],
)
def test_a_household_is_one_address(one: str, other: str, *, is_same: bool) -> None:
    assert (neighbourhood(one) == neighbourhood(other)) is is_same


def test_an_address_may_try_more_than_an_account() -> None:
    assert set(subjects(Way.PASSWORD, "", "192.0.2.1").values()) == {PER_ADDRESS}
    assert subjects(Way.PASSWORD, "", "") == {}
