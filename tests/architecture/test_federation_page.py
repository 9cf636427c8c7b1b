"""FEDERATION.md says what the tests show, and nothing of it by hand."""

from __future__ import annotations

import ast

import federation_page
import pytest

from kit import shown


def test_the_page_is_current() -> None:
    assert federation_page.PAGE.read_text("utf-8") == federation_page.page(), "run: make federation"


def test_every_reason_is_a_sentence() -> None:
    assert [each["what"] for each in federation_page.unsupported() if not each["why"].endswith(".")] == []


def test_every_activity_is_told() -> None:
    told = dict(federation_page.activities())
    assert {"Create", "Follow", "Undo"} <= set(told)
    assert [name for name, what in told.items() if not what] == []


@pytest.mark.parametrize(
    ("mark", "complaint"),
    [
        ('pytest.mark.shows("FEP-1b12")', "write pytest.mark.shows"),
        ('pytest.mark.shows("FEP-0000", "It works.")', "not in federation/specs.toml"),
        ('pytest.mark.shows("FEP-1b12", "It works.", how="by heart")', "no way to try"),
        ('pytest.mark.shows("FEP-1b12", "It works")', "full stop"),
        ('pytest.mark.shows("FEP-1b12", "It " + works)', "plain texts"),
        ('pytest.mark.shows("FEP-1b12", "It works.", peers="Lemmy")', "write pytest.mark.shows"),
    ],
)
def test_a_mark_that_cannot_be_read_is_said(mark: str, complaint: str) -> None:
    call = ast.parse(mark).body[0]
    assert isinstance(call, ast.Expr)
    assert isinstance(call.value, ast.Call)
    with pytest.raises(shown.BadMark, match=complaint):
        shown._shown(call.value, "tests/test_x.py")


def test_a_mark_is_read_without_running() -> None:
    found = {(each.spec, each.peer, each.how) for each in shown.all_shown()}
    assert ("FEP-1b12", "Maillage", "two nodes") in found
