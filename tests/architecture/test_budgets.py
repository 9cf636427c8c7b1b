"""Small by rule: files of at most 300 lines, functions of at most 40, plain names for modules."""

from __future__ import annotations

import pytest

from architecture.sources import ROOT, functions, modules, name, ours_of_tests

FILE_LINES = 300
FUNCTION_LINES = 40
#: (path, lines) of what may be longer, with its reason; the list only shrinks.
EXCUSED: dict[str, str] = {}
FORBIDDEN = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "misc",
    "manager",
    "service",
    "base",
    "core",
    "data",
    "info",
}


def test_no_file_is_too_long() -> None:
    sizes = {name(path): len(path.read_text("utf-8").splitlines()) for path in (*modules(), *ours_of_tests())}
    assert {path: lines for path, lines in sizes.items() if lines > FILE_LINES and path not in EXCUSED} == {}


def test_no_function_is_too_long() -> None:
    sizes = {
        f"{name(path)}:{function.lineno} {function.name}": (function.end_lineno or 0) - function.lineno + 1
        for path in modules()
        for function in functions(path)
    }
    assert {place: lines for place, lines in sizes.items() if lines > FUNCTION_LINES} == {}


def test_names_say_what_is_inside() -> None:
    named = [name(path) for path in modules() if path.stem in FORBIDDEN or path.parent.name in FORBIDDEN]
    assert named == []


def test_excuses_are_still_needed() -> None:
    for path in EXCUSED:
        assert len((ROOT / path).read_text("utf-8").splitlines()) > FILE_LINES, f"{path} needs no excuse any more"


@pytest.mark.parametrize("folder", ["tests/node", "tests/federation", "tests/vocab"])
def test_test_folders_are_no_packages(folder: str) -> None:
    # With an __init__.py the folder would be the package of that name, and hide the real one.
    assert list((ROOT / folder).rglob("__init__.py")) == []
