from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from node.domain.robots import allows

RULES = """# un site
User-agent: autre
Disallow: /

User-agent: *
User-agent: Encore
Disallow: /prive # ici
Allow: /prive/ouvert
Disallow: /*.pdf$
Disallow: /a*b*c
Disallow:
"""


@pytest.mark.parametrize(
    ("path", "is_allowed"),
    [
        ("/", True), ("/feed", True), ("/prive", False), ("/prives/x", False), ("/prive/ouvert/1", True), ("/x.pdf", False),
        ("/x.pdf?y", True), ("/a1b2c", False), ("/ab", True), ("/pri%76e", False), ("", True),
    ],
)  # fmt: skip
def test_the_longest_rule_that_fits_decides(path: str, *, is_allowed: bool) -> None:
    assert allows(RULES, path) is is_allowed


def test_a_group_that_names_us_is_the_only_one_that_counts() -> None:
    assert not allows(f"{RULES}\nUser-agent: Maillage\nDisallow: /feed", "/feed")
    assert allows(f"{RULES}\nUser-agent: Maillage\nDisallow: /feed", "/prive")
    assert allows("User-agent: *\nDisallow: /\n\nUser-agent: maillage\nAllow: /", "/feed")
    assert not allows("User-agent: *\nDisallow: /", "/feed")


@pytest.mark.parametrize("text", ["", "<html>", "Disallow: /", "User-agent\nDisallow: /", "\x00"])
def test_what_says_nothing_allows(text: str) -> None:
    assert allows(text, "/feed")


@settings(max_examples=50, deadline=None)
@given(st.text("ab*$/", max_size=30), st.text("ab/", max_size=30))
def test_any_pattern_is_decided(pattern: str, path: str) -> None:
    assert allows(f"User-agent: *\nDisallow: {pattern}", f"/{path}") in {True, False}


def test_a_pattern_of_stars_costs_nothing() -> None:
    assert allows(f"User-agent: *\nDisallow: /{'*a' * 200}b$", f"/{'a' * 2_000}")
