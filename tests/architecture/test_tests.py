"""Every test says itself what must hold, and none is left out in silence: without what it needs, it fails in CI."""

from __future__ import annotations

import ast

import pytest

from architecture.sources import functions, name, ours_of_tests, tree
from kit.left_out import leave_out


def _asserts(test: ast.AST) -> bool:
    within = list(ast.walk(test))
    if any(isinstance(node, ast.Assert) for node in within):
        return True
    called = {ast.unparse(node.func) for node in within if isinstance(node, ast.Call)}
    return bool(called & {"pytest.raises", "pytest.fail"})


def test_each_asserts_something_itself() -> None:
    tests = [(f"{name(path)} {each.name}", each) for path in ours_of_tests() for each in functions(path)]
    silent = [which for which, each in tests if each.name.startswith("test_") and not _asserts(each)]
    assert silent == []


def test_a_test_is_left_out_with_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="there is no browser"):
        leave_out("there is no browser")


def test_in_ci_it_fails_instead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="there is no browser"):
        leave_out("there is no browser")


def test_nothing_is_left_out_in_another_way() -> None:
    ways = {"pytest.skip", "pytest.importorskip", "pytest.mark.skip", "pytest.mark.skipif", "pytest.mark.xfail", "unittest.skip"}
    lasts = {way.rpartition(".")[2] for way in ways}
    found = {
        name(path)
        for path in ours_of_tests()
        if any(last in path.read_text("utf-8") for last in lasts)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr in lasts and ast.unparse(node) in ways
    }
    assert found == {"tests/kit/left_out.py", "tests/architecture/test_tests.py"}
